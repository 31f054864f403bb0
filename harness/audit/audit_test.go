package audit_test

import (
	"bytes"
	"context"
	"errors"
	"math"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	. "github.com/onsi/gomega"
	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/audit"
	"github.com/pyparity/pyparity/harness/behaviour"
	harnessstarlark "github.com/pyparity/pyparity/harness/starlark"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/harness/subject"
)

const corpus = `"""Roots."""

def root_of_four():
    """sqrt returns the root."""
    roots.sqrt(4)

def root_of_a_negative():
    """sqrt refuses a negative number."""
    roots.sqrt(-4)

def name():
    """The name is a text."""
    roots.name()
`

// roots is a module under test: its functions take any number of arguments.
func roots(*harnessstarlark.Env) (starlark.Value, error) {
	return &starlarkstruct.Module{Name: "roots", Members: starlark.StringDict{
		"sqrt": starlark.NewBuiltin("sqrt", func(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
			i, err := starlark.AsInt32(args[0])
			if err != nil || i < 0 {
				return nil, pyval.ValueError.Errorf("math domain error")
			}
			return starlark.MakeInt(int(math.Sqrt(float64(i)))), nil
		}),
		"name": starlark.NewBuiltin("name", func(*starlark.Thread, *starlark.Builtin, starlark.Tuple, []starlark.Tuple) (starlark.Value, error) {
			return starlark.String("roots"), nil
		}),
	}}, nil
}

var table = audit.Table{Callables: []audit.Callable{
	{Name: "sqrt", Args: "x:int /", Result: "int", Raises: "ValueError", Repeats: true,
		Except: map[string]string{"exception: TypeError is swallowed": "it raises none"}},
	{Name: "name", Result: "str", Repeats: true},
}}

func port(mutants []audit.Mutant) *subject.Local {
	var right func() *harnessstarlark.Runner
	right = func() *harnessstarlark.Runner {
		return &harnessstarlark.Runner{
			Modules: []harnessstarlark.Module{{Name: "roots", New: roots}},
			Variant: func(id string) (*harnessstarlark.Runner, error) {
				for _, m := range mutants {
					if m.ID == id {
						r := right()
						m.Apply(r)
						return r, nil
					}
				}
				return nil, errors.New("no mutant " + id)
			},
		}
	}
	return &subject.Local{SubjectName: "port", New: func(string) (subject.Runner, error) { return right(), nil }}
}

type live struct{}

func (live) Open(context.Context, string) (subject.Subject, harness.Reference, error) {
	return port(nil), harness.Reference{Python: "3.13", Mode: "live"}, nil
}

func suite(t *testing.T, text string) *harness.Suite {
	t.Helper()
	c, err := behaviour.Load(fstest.MapFS{"roots.py": {Data: []byte(text)}}, "corpus", behaviour.Modules("roots"))
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return &harness.Suite{Corpus: c}
}

func run(t *testing.T, mutants []audit.Mutant) []audit.Finding {
	t.Helper()
	return runOn(t, corpus, mutants)
}

func runOn(t *testing.T, text string, mutants []audit.Mutant) []audit.Finding {
	t.Helper()
	findings, err := audit.Run(t.Context(), suite(t, text), audit.Options{
		Python: "3.13", Subject: port(mutants), Mutants: mutants, Live: live{}, Jobs: 2,
		Limits: subject.Limits{Step: time.Second, Behaviour: 2 * time.Second},
	})
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return findings
}

func TestMutantsComeFromTheTable(t *testing.T) {
	g := NewWithT(t)
	var ids []string
	for _, m := range table.Mutants() {
		ids = append(ids, m.ID)
	}
	g.Expect(ids).To(ContainElements(
		"sqrt/result: None", "sqrt/result: one more", "sqrt/exception: ValueError is swallowed",
		"sqrt/argument: x: a float is truncated", "sqrt/effect: it never returns",
		"name/result: without its last character", "name/argument: a surplus one is dropped",
	))
	g.Expect(ids).NotTo(ContainElements("sqrt/effect: it is done twice", "sqrt/exception: TypeError is swallowed"))
	seen := map[string]bool{}
	for _, id := range ids {
		g.Expect(seen[id]).To(BeFalse(), id)
		seen[id] = true
	}
}

func TestATableThatCannotBeReadPanics(t *testing.T) {
	for name, c := range map[string]audit.Callable{
		"a kind":        {Name: "f", Result: "complex"},
		"a parameter":   {Name: "f", Args: "x"},
		"an exception":  {Name: "f", Except: map[string]string{"result: purple": "there is none"}},
		"an attribute":  {Name: "a.b", Attribute: true, Result: "complex"},
		"an item":       {Name: "f", Result: "int,complex"},
		"items of list": {Name: "f", Result: "[complex]"},
	} {
		t.Run(name, func(t *testing.T) {
			NewWithT(t).Expect(func() { audit.Table{Callables: []audit.Callable{c}}.Mutants() }).To(Panic())
		})
	}
}

// A mutant is caught by a behaviour that sees the difference, and by no other.
func TestWhatIsCaughtAndWhatSurvives(t *testing.T) {
	g := NewWithT(t)
	caught := map[string]string{}
	for _, f := range run(t, table.Mutants()) {
		caught[f.Mutant.ID] = f.By
	}
	for id, by := range map[string]string{
		"sqrt/result: one more":                   "roots.root_of_four",
		"sqrt/result: None":                       "roots.root_of_four",
		"sqrt/exception: ValueError is swallowed": "roots.root_of_a_negative",
		"sqrt/effect: it never returns":           "roots.root_of_a_negative",
		"name/result: without its last character": "roots.name",
		// No behaviour calls it with a float, or with two arguments.
		"sqrt/argument: x: a float is truncated":  "",
		"name/argument: a surplus one is dropped": "",
	} {
		got, ok := caught[id]
		g.Expect(ok).To(BeTrue(), id)
		g.Expect(got).To(Equal(by), id)
	}
}

// A mutant of a method is shown to behaviours only that make an object of its
// class; without any it survives.
// What a behaviour looks up by a text it may call, too.
func TestAFunctionIsShownToBehavioursThatLookItUp(t *testing.T) {
	g := NewWithT(t)
	const text = `"""Roots."""

def by_its_name():
    """A function can be looked up."""
    f = "sqrt"
    getattr(roots, f)(4)
`
	caught := map[string]string{}
	for _, f := range runOn(t, text, table.Mutants()) {
		caught[f.Mutant.ID] = f.By
	}
	g.Expect(caught).To(HaveKeyWithValue("sqrt/result: one more", "roots.by_its_name"))
	g.Expect(caught).To(HaveKeyWithValue("name/result: without its last character", ""))
}

func TestAMethodIsShownToBehavioursThatMakeItsObject(t *testing.T) {
	g := NewWithT(t)
	ran := func(makers ...string) int {
		c := audit.Callable{Name: "sqrt", Args: "x:int /", Result: "int", Repeats: true, Makers: makers}
		findings := run(t, audit.Table{Callables: []audit.Callable{c}}.Mutants()[:1])
		return findings[0].Ran
	}
	g.Expect(ran()).To(Equal(2))
	g.Expect(ran("other", "sqrt")).To(Equal(2))
	g.Expect(ran("name")).To(BeZero())
}

func TestSummary(t *testing.T) {
	g := NewWithT(t)
	findings := run(t, []audit.Mutant{
		audit.New("sqrt", "result", "zero", []string{"sqrt"}, audit.Returning(func(starlark.Value) starlark.Value { return starlark.MakeInt(0) })),
		audit.New("sqrt", "result", "right", []string{"sqrt"}, audit.Returning(func(v starlark.Value) starlark.Value { return v })),
	})
	s := audit.Summarise("3.13", findings, []audit.Survivor{{ID: "sqrt/result: zero", Reason: "a mistake"}}, true)
	g.Expect(s.Caught).To(Equal(1))
	g.Expect(s.Total).To(Equal(2))
	g.Expect(s.Unexpected()).To(HaveLen(1))
	g.Expect(s.Stale).To(Equal([]string{"sqrt/result: zero"}))
	g.Expect(s.Green()).To(BeFalse())
	var text bytes.Buffer
	g.Expect(s.Write(&text)).To(Succeed())
	g.Expect(text.String()).To(And(ContainSubstring("50.0 %"), ContainSubstring("NOT DECLARED"), ContainSubstring("stale")))

	declared := []audit.Survivor{{ID: "sqrt/result: right", Reason: "it is the port itself"}, {ID: "gone", Reason: "was there"}}
	g.Expect(audit.Summarise("3.13", findings, declared[:1], true).Green()).To(BeTrue())
	g.Expect(audit.Summarise("3.13", findings, declared, true).Stale).To(Equal([]string{"gone"}))
	g.Expect(audit.Summarise("3.13", findings, declared, false).Green()).To(BeTrue(), "not all were tried")
}

func TestSurvivorsNeedReasons(t *testing.T) {
	g := NewWithT(t)
	all, err := audit.LoadSurvivors([]byte(`[{"id": "a", "reason": "b"}]`), "survivors.json")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(all).To(Equal([]audit.Survivor{{ID: "a", Reason: "b"}}))
	for text, want := range map[string]string{
		`[{"id": "a"}]`:                "a has no reason",
		`[{"id": "a", "reason": " "}]`: "a has no reason",
		`[{"reason": "b"}]`:            "without an id",
		`[{"id": "a", "why": "b"}]`:    "why",
		`{`:                            "survivors.json",
		`[{"id":"a","reason":"b"},{"id":"a","reason":"b"}]`: "twice",
	} {
		_, err := audit.LoadSurvivors([]byte(text), "survivors.json")
		g.Expect(err).To(MatchError(ContainSubstring(want)), text)
	}
}

// A port that meets nothing shows nothing about its mutants.
func TestAPortThatIsWrongItself(t *testing.T) {
	mutants := table.Mutants()
	broken := &subject.Local{SubjectName: "broken", New: func(string) (subject.Runner, error) {
		return &harnessstarlark.Runner{Modules: []harnessstarlark.Module{{Name: "roots", New: func(*harnessstarlark.Env) (starlark.Value, error) {
			return &starlarkstruct.Module{Name: "roots"}, nil
		}}}}, nil
	}}
	_, err := audit.Run(t.Context(), suite(t, corpus), audit.Options{Python: "3.13", Subject: broken, Mutants: mutants, Live: live{}})
	NewWithT(t).Expect(err).To(MatchError(ContainSubstring("none of the 3 behaviours")))
}

// A subject that has no variants refuses, which is an error and no catch.
func TestASubjectWithoutVariants(t *testing.T) {
	g := NewWithT(t)
	plain := &subject.Local{SubjectName: "plain", New: func(string) (subject.Runner, error) {
		return &harnessstarlark.Runner{Modules: []harnessstarlark.Module{{Name: "roots", New: roots}}}, nil
	}}
	_, err := audit.Run(t.Context(), suite(t, corpus), audit.Options{Python: "3.13", Subject: plain, Mutants: table.Mutants(), Live: live{}})
	g.Expect(err).To(HaveOccurred())
	g.Expect(strings.ToLower(err.Error())).To(ContainSubstring("variant"))
}
