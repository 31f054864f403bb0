//go:build linux

package starlark_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	gostarlark "go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/pyparity/pyparity/harness/starlark"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/harness/trace"
)

// thing is an object of a port: it warns when it is collected, and yields
// values that somebody sends it.
type thing struct {
	name string
	sent chan gostarlark.Value
	peer gostarlark.Value
}

var thingClass = &pyval.Class{Module: "things", Short: "Thing"}

func (t *thing) String() string         { return "<thing " + t.name + ">" }
func (t *thing) Type() string           { return "Thing" }
func (t *thing) Freeze()                {}
func (t *thing) Truth() gostarlark.Bool { return true }
func (t *thing) Hash() (uint32, error)  { return 1, nil }
func (t *thing) PyClass() *pyval.Class  { return thingClass }
func (t *thing) PyState() []pyval.Attr {
	state := []pyval.Attr{{Name: "broken", Value: pyval.ValueError.Errorf("no")}, {Name: "name", Value: gostarlark.String(t.name)}}
	if t.peer != nil {
		state = append(state, pyval.Attr{Name: "peer", Value: t.peer})
	}
	return state
}

func (t *thing) AttrNames() []string { return []string{"name", "peer", "send"} }

func (t *thing) Attr(name string) (gostarlark.Value, error) {
	method := func(f func(thread *gostarlark.Thread, args gostarlark.Tuple) (gostarlark.Value, error)) gostarlark.Value {
		return gostarlark.NewBuiltin(name, func(thread *gostarlark.Thread, _ *gostarlark.Builtin, args gostarlark.Tuple, _ []gostarlark.Tuple) (gostarlark.Value, error) {
			return f(thread, args)
		})
	}
	switch name {
	case "name":
		return gostarlark.String(t.name), nil
	case "__iter__":
		return method(func(*gostarlark.Thread, gostarlark.Tuple) (gostarlark.Value, error) { return t, nil }), nil
	case "__next__":
		return method(func(*gostarlark.Thread, gostarlark.Tuple) (gostarlark.Value, error) {
			v, more := <-t.sent
			if !more {
				return nil, pyval.NewException(pyval.StopIteration)
			}
			return v, nil
		}), nil
	case "send":
		return method(func(_ *gostarlark.Thread, args gostarlark.Tuple) (gostarlark.Value, error) {
			t.sent <- args[0]
			return gostarlark.None, nil
		}), nil
	case "end":
		return method(func(*gostarlark.Thread, gostarlark.Tuple) (gostarlark.Value, error) {
			close(t.sent)
			return gostarlark.None, nil
		}), nil
	case "warn":
		return method(func(thread *gostarlark.Thread, args gostarlark.Tuple) (gostarlark.Value, error) {
			return gostarlark.None, pyval.Warn(thread, pyval.UserWarning, pyval.Str(args[0]))
		}), nil
	case "call":
		return method(func(thread *gostarlark.Thread, args gostarlark.Tuple) (gostarlark.Value, error) {
			return pyval.Call(thread, args[0], args[1:], nil)
		}), nil
	}
	return nil, nil
}

func (t *thing) SetField(name string, v gostarlark.Value) error {
	if name != "peer" {
		return gostarlark.NoSuchAttrError("")
	}
	t.peer = v
	return nil
}

// thingsModule has the class Thing.
var thingsModule = starlark.Module{Name: "things", New: func(env *starlark.Env) (gostarlark.Value, error) {
	class := func(_ *gostarlark.Thread, _ *gostarlark.Builtin, args gostarlark.Tuple, _ []gostarlark.Tuple) (gostarlark.Value, error) {
		t := &thing{name: pyval.Str(args[0]), sent: make(chan gostarlark.Value)}
		runtime.AddCleanup(t, func(name string) {
			_ = env.Warn(pyval.ResourceWarning, "unclosed "+name) // nobody would see an exception
		}, t.name)
		return t, nil
	}
	return &starlarkstruct.Module{Name: "things", Members: gostarlark.StringDict{"Thing": gostarlark.NewBuiltin("Thing", class)}}, nil
}}

func runThings(t *testing.T, texts ...string) trace.Trace {
	t.Helper()
	var steps []step
	for _, text := range texts {
		steps = append(steps, step{text: text})
	}
	req := request(t, steps...)
	req.Modules = []string{"things"}
	got := run(t, &starlark.Runner{Modules: []starlark.Module{thingsModule}}, req)
	if got.End != trace.EndDone {
		t.Fatalf("ended with %s: %s", got.End, got.Detail)
	}
	return got
}

func shown(t *testing.T, o trace.Observation) string {
	t.Helper()
	return encoded(t, o)
}

func TestCollectRunsTheCleanupsOfWhatIsUnreachable(t *testing.T) {
	for round := range 20 {
		name := fmt.Sprint("t", round)
		got := runThings(t, fmt.Sprintf("a = things.Thing(%q)", name), "[a, a]", "a = None", "gc.collect()", "1")
		var collected []trace.Warning
		for _, o := range got.Observations[:4] {
			collected = append(collected, o.Warnings...)
		}
		want := []trace.Warning{{Class: "ResourceWarning", Text: trace.StrValue("unclosed " + name)}}
		NewWithT(t).Expect(collected).To(Equal(want), "round %d: the warning comes with gc.collect() at the latest", round)
	}
}

func TestCollectFreesWhatCollectedObjectsHeld(t *testing.T) {
	got := runThings(t, "a = things.Thing('a')", "a.peer = things.Thing('b')", "b = a.peer", "a = None", "b = None", "gc.collect()")
	var texts []string
	for _, o := range got.Observations {
		for _, w := range o.Warnings {
			texts = append(texts, w.Text.Text)
		}
	}
	NewWithT(t).Expect(texts).To(ConsistOf("unclosed a", "unclosed b"))
}

func TestCollectKeepsWhatStepsStillReach(t *testing.T) {
	got := runThings(t, "a = things.Thing('a')", "f = lambda: a", "l = [things.Thing('b')]", "gc.collect()", "f()", "l")
	for _, o := range got.Observations {
		if len(o.Warnings) > 0 {
			t.Errorf("step %d: %v", o.Step, o.Warnings)
		}
	}
}

func TestIdentityIsByFirstAppearance(t *testing.T) {
	got := runThings(t, "a = things.Thing('a')", "b = things.Thing('b')", "(b, a)", "a.peer = b", "a", "b.peer = a", "b")
	g := NewWithT(t)
	g.Expect(shown(t, got.Observations[0])).To(ContainSubstring(`"id":0`))
	g.Expect(shown(t, got.Observations[1])).To(ContainSubstring(`"id":1`))
	g.Expect(shown(t, got.Observations[2])).To(MatchRegexp(`"id":1.*"id":0`))
	g.Expect(shown(t, got.Observations[4])).To(ContainSubstring(
		`{"object":{"class":"things.Thing","id":0,"state":{"broken":{"exception":{"class":"ValueError"`))
	g.Expect(shown(t, got.Observations[4])).To(ContainSubstring(`"peer":{"object":{"class":"things.Thing","id":1,"state":`))
	g.Expect(shown(t, got.Observations[6])).To(ContainSubstring(`"peer":{"object":{"class":"things.Thing","id":1}}`),
		"an object inside its own state stands without state")
}

func TestIdentityIsNeverGivenTwice(t *testing.T) {
	var steps []string
	for range 30 {
		steps = append(steps, "things.Thing('x')", "gc.collect()")
	}
	got := runThings(t, steps...)
	for i := 0; i < len(got.Observations); i += 2 {
		if id := got.Observations[i].Returned.ID; id != i/2 {
			t.Errorf("object %d has the number %d", i/2, id)
		}
	}
}

func TestWarningsBelongToTheStepThatTheyArriveIn(t *testing.T) {
	got := runThings(t,
		"a = things.Thing('a')", "a.warn('one')", "h = spawn(a.warn, 'two')", "join(h)", "[a.warn(x) for x in ['three', 'four']]", "1")
	texts := map[int][]string{}
	for _, o := range got.Observations {
		for _, w := range o.Warnings {
			texts[o.Step] = append(texts[o.Step], w.Class+": "+w.Text.Text)
		}
	}
	g := NewWithT(t)
	g.Expect(texts[1]).To(Equal([]string{"UserWarning: one"}))
	g.Expect(append(texts[2], texts[3]...)).To(Equal([]string{"UserWarning: two"}))
	g.Expect(texts[4]).To(Equal([]string{"UserWarning: three", "UserWarning: four"}))
	g.Expect(texts[5]).To(BeEmpty())
}

func TestBlockingCallLetsOthersRun(t *testing.T) {
	got := runThings(t,
		"a = things.Thing('a')",
		"h = spawn(list, a)", // waits in __next__, called by the interpreter's own list
		"a.send(1)", "[a.send(n) for n in range(2, 5)]", "a.end()", "join(h)",
		"b = things.Thing('b')",
		"h = spawn(lambda: [x * 2 for x in b])",
		"b.send(5)", "b.end()", "join(h)",
		"sorted([3, 1], key=lambda x: a.call(abs, x))",
		"c = things.Thing('c')",
		"h = spawn(sorted, [1, 2], key=c.send)",
	)
	g := NewWithT(t)
	g.Expect(shown(t, got.Observations[5])).To(ContainSubstring(`{"list":[{"int":"1"},{"int":"2"},{"int":"3"},{"int":"4"}]}`))
	g.Expect(shown(t, got.Observations[10])).To(ContainSubstring(`{"list":[{"int":"10"}]}`))
	g.Expect(shown(t, got.Observations[11])).To(ContainSubstring(`{"list":[{"int":"1"},{"int":"3"}]}`))
	g.Expect(got.Observations[13].Raised.Text.Text).To(ContainSubstring("unexpected keyword argument 'key'"))
}

func TestValuesAreSharedBetweenGoroutines(t *testing.T) {
	got := runThings(t,
		"l = []", "d = {}", "b = bytearray()", "s = set()",
		"hs = [spawn(lambda n: [l.append(n), d.setdefault(n, n), b.append(n), s.add(n), l[0], len(d), repr(b)], n) for n in range(30)]",
		"[join(h) and None for h in hs] == [None] * 30",
		"(len(l), len(d), len(b), len(s))",
	)
	NewWithT(t).Expect(shown(t, got.Observations[6])).To(ContainSubstring(`{"tuple":[{"int":"30"},{"int":"30"},{"int":"30"},{"int":"30"}]}`))
}

func TestModuleIsFreshForEveryBehaviour(t *testing.T) {
	runner := &starlark.Runner{Modules: []starlark.Module{mathModule}}
	first := request(t, step{text: "math.pi = 3"}, step{text: "math.pi"})
	first.Modules = []string{"math"}
	second := request(t, step{text: "math.pi"})
	second.Modules = []string{"math"}
	g := NewWithT(t)
	g.Expect(run(t, runner, first).Observations[1].Returned).To(Equal(new(trace.IntValue(3))))
	g.Expect(run(t, runner, second).Observations[0].Returned.Kind).To(Equal(trace.Float))
}

func TestUnknownModuleIsRefused(t *testing.T) {
	req := request(t, step{text: "1"})
	req.Modules = []string{"nope"}
	got := run(t, &starlark.Runner{}, req)
	NewWithT(t).Expect(got).To(Equal(trace.Trace{End: trace.EndRefused, Detail: "there is no module nope here"}))
}

func TestRunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	reason := errors.New("enough")
	time.AfterFunc(20*time.Millisecond, func() { cancel(reason) })
	runner := &starlark.Runner{}
	req := request(t, step{text: "time.sleep(60)"})
	req.Modules = nil
	err := runner.Run(ctx, req, func(subject.Event) error { return nil })
	if !errors.Is(err, reason) {
		t.Errorf("ended with %v", err)
	}
}

func TestBehaviourHasADeadlineOfItsOwn(t *testing.T) {
	req := badRequest(time.Second, strings.Split(strings.Repeat("time.sleep(0.1),", 20)+"1", ",")...)
	req.Limits.Behaviour = 250 * time.Millisecond
	got := run(t, &starlark.Runner{Modules: []starlark.Module{badModule}}, req)
	g := NewWithT(t)
	g.Expect(got.End).To(Equal(trace.EndHang))
	g.Expect(got.Detail).To(MatchRegexp(`^the behaviour took longer than 0.25s, at step \d+$`))
	g.Expect(len(got.Observations)).To(BeNumerically("<", 20))
}

func TestObservingIsNoPartOfTheTime(t *testing.T) {
	got := runThings(t, "time.sleep(0.05)")
	if took := got.Observations[0].Took; took < 50*time.Millisecond {
		t.Errorf("took %v", took)
	}
}
