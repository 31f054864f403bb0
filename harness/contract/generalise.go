package contract

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/pyparity/pyparity/harness/trace"
)

// Generalise makes a contract of two or more runs of one behaviour. Collects
// tells for each step whether it collects. Where the runs differ in shape, or a
// run did not come to its end, the error is an *UnstableError.
func Generalise(collects []bool, runs []trace.Trace) (*Contract, error) {
	if len(runs) < 2 {
		return nil, fmt.Errorf("a contract takes two runs or more, not %d", len(runs))
	}
	if err := complete(len(collects), runs); err != nil {
		return nil, err
	}
	normal := make([]trace.Trace, len(runs))
	for i, t := range runs {
		normal[i] = Normalise(collects, t)
	}
	g := &generaliser{numbers: map[string]int{}}
	c := &Contract{Steps: make([]Expectation, len(collects))}
	for g.step = range collects {
		o, err := g.observation(column(normal, func(t trace.Trace) trace.Observation { return t.Observations[g.step] }))
		if err != nil {
			return nil, err
		}
		c.Steps[g.step] = Expectation{o}
	}
	c.Variables = len(g.numbers)
	return c, nil
}

// complete checks that every run has an observation for each step.
func complete(steps int, runs []trace.Trace) error {
	for _, t := range runs {
		if t.End != trace.EndDone {
			return &UnstableError{t.LastStep(), "", "their ends", column(runs, func(t trace.Trace) string { return string(t.End) })}
		}
	}
	for _, t := range runs {
		for i, o := range t.Observations {
			if o.Step != i || isEmpty(o) {
				return &UnstableError{i, "", "their observations of steps", column(runs, stepNumbers)}
			}
		}
		if len(t.Observations) != steps {
			return &UnstableError{
				min(steps, len(t.Observations)), "", "their number of observations",
				column(runs, func(t trace.Trace) string { return strconv.Itoa(len(t.Observations)) }),
			}
		}
	}
	return nil
}

// isEmpty reports an observation of nothing, which no subject can send.
func isEmpty(o trace.Observation) bool {
	return o.Outcome() == trace.OutcomeReturned && o.Returned == nil
}

func stepNumbers(t trace.Trace) string {
	var numbers []string
	for _, o := range t.Observations {
		number := strconv.Itoa(o.Step + 1)
		if isEmpty(o) {
			number += " (empty)"
		}
		numbers = append(numbers, number)
	}
	return strings.Join(numbers, " ")
}

// column takes one thing from each run.
func column[R, T any](runs []R, take func(R) T) []T {
	taken := make([]T, len(runs))
	for i, r := range runs {
		taken[i] = take(r)
	}
	return taken
}

// A generaliser walks all runs side by side. Its methods take what each run has
// at one place.
type generaliser struct {
	step    int
	numbers map[string]int // of variables, by their texts over the runs
}

func (g *generaliser) unstable(path, what string, values []string) error {
	return &UnstableError{g.step, path, what, values}
}

// same checks that one aspect is equal in all runs.
func same[R any](g *generaliser, path, what string, runs []R, text func(R) string) error {
	texts := column(runs, text)
	for _, t := range texts {
		if t != texts[0] {
			return g.unstable(path, what, texts)
		}
	}
	return nil
}

func (g *generaliser) observation(runs []trace.Observation) (trace.Observation, error) {
	o := trace.Observation{Step: g.step, NotRun: runs[0].NotRun}
	err := same(g, "", "outcome", runs, describeOutcome)
	if err != nil {
		return o, err
	}
	switch runs[0].Outcome() {
	case trace.OutcomeReturned:
		var v trace.Value
		v, err = g.value("", column(runs, func(o trace.Observation) trace.Value { return *o.Returned }))
		o.Returned = &v
	case trace.OutcomeRaised:
		o.Raised, err = g.exception("", column(runs, func(o trace.Observation) *trace.Exception { return o.Raised }))
	}
	if err != nil {
		return o, err
	}
	if err := same(g, "", "warnings", runs, func(o trace.Observation) string { return warningClasses(o.Warnings) }); err != nil {
		return o, err
	}
	for i, w := range runs[0].Warnings {
		text, err := g.value(fmt.Sprintf("warnings[%d]", i), column(runs, func(o trace.Observation) trace.Value { return o.Warnings[i].Text }))
		if err != nil {
			return o, err
		}
		o.Warnings = append(o.Warnings, trace.Warning{Class: w.Class, Text: text})
	}
	return o, nil
}

// describeOutcome is as much of an observation as has to be the same in all runs
// before its parts are looked at.
func describeOutcome(o trace.Observation) string {
	switch {
	case o.Raised != nil:
		return "raised"
	case o.NotRun != "":
		return "not run for want of " + o.NotRun
	}
	return "returned"
}

func warningClasses(ws []trace.Warning) string {
	if len(ws) == 0 {
		return "none"
	}
	return strings.Join(column(ws, func(w trace.Warning) string { return w.Class }), ", ")
}

func (g *generaliser) exception(path string, runs []*trace.Exception) (*trace.Exception, error) {
	first := runs[0]
	err := firstError(
		func() error {
			return same(g, path, "exception class", runs, func(e *trace.Exception) string { return e.Class })
		},
		func() error {
			return same(g, path+".__mro__", "base classes", runs, func(e *trace.Exception) string { return strings.Join(e.Bases, ", ") })
		},
		func() error {
			return same(g, path+".errno", "errno", runs, func(e *trace.Exception) string { return renderOptional(e.Errno) })
		},
		func() error {
			return same(g, path+".args", "number of arguments", runs, func(e *trace.Exception) string { return strconv.Itoa(len(e.Args)) })
		},
		func() error {
			return same(g, path+".strerror", "strerror", runs, func(e *trace.Exception) string { return strconv.FormatBool(e.Strerror != nil) })
		},
		func() error {
			return same(g, path+".exceptions", "whether it is a group", runs, func(e *trace.Exception) string { return strconv.FormatBool(e.Members != nil) })
		},
	)
	if err != nil {
		return nil, err
	}
	e := &trace.Exception{Class: first.Class, Bases: slices.Clone(first.Bases), Errno: first.Errno}
	for i := range first.Args {
		v, err := g.value(fmt.Sprintf("%s.args[%d]", path, i), column(runs, func(e *trace.Exception) trace.Value { return e.Args[i] }))
		if err != nil {
			return nil, err
		}
		e.Args = append(e.Args, v)
	}
	if first.Strerror != nil {
		v, err := g.value(path+".strerror", column(runs, func(e *trace.Exception) trace.Value { return *e.Strerror }))
		if err != nil {
			return nil, err
		}
		e.Strerror = &v
	}
	if e.Text, err = g.value(path, column(runs, func(e *trace.Exception) trace.Value { return e.Text })); err != nil || first.Members == nil {
		return e, err
	}
	members, err := g.value(path+".exceptions", column(runs, func(e *trace.Exception) trace.Value { return *e.Members }))
	e.Members = &members
	return e, err
}

func firstError(checks ...func() error) error {
	for _, check := range checks {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (g *generaliser) value(path string, runs []trace.Value) (trace.Value, error) {
	first := runs[0]
	if err := same(g, path, "type", runs, func(v trace.Value) string { return string(v.Kind) }); err != nil {
		return first, err
	}
	switch first.Kind {
	case trace.Int, trace.Float:
		return g.leaf(runs, 0), nil
	case trace.Str:
		return g.text(path, runs)
	case trace.Bytes, trace.Bytearray, trace.Memoryview:
		return g.bytes(path, runs)
	case trace.Digest:
		err := same(g, path, "length", runs, func(v trace.Value) string { return fmt.Sprintf("%s of %d", v.Of, v.Len) })
		return g.leaf(runs, first.Len), err
	case trace.Tuple, trace.List, trace.Dict:
		return g.items(path, runs)
	case trace.Set, trace.Frozenset:
		return g.items(path, column(runs, func(v trace.Value) trace.Value {
			v.Items = sortedNaturally(v.Items)
			return v
		}))
	case trace.Object:
		return g.object(path, runs)
	case trace.Raised:
		e, err := g.exception(path, column(runs, func(v trace.Value) *trace.Exception { return v.Exception }))
		return trace.Value{Kind: trace.Raised, Exception: e}, err
	case trace.None, trace.Bool, trace.Enum, trace.Class, trace.Callable, trace.Module:
		for _, v := range runs {
			if !reflect.DeepEqual(v, first) {
				return first, g.unstable(path, "value", column(runs, trace.Render))
			}
		}
		return first, nil
	}
	return first, fmt.Errorf("step %d: a run of the reference cannot hold a value of kind %q", g.step+1, first.Kind)
}

func (g *generaliser) items(path string, runs []trace.Value) (trace.Value, error) {
	v := runs[0]
	if err := same(g, path, "length", runs, func(v trace.Value) string { return strconv.Itoa(len(v.Items)) }); err != nil {
		return v, err
	}
	v.Items = make([]trace.Value, len(v.Items))
	for i := range v.Items {
		item, err := g.value(itemPath(path, runs[0], i), column(runs, func(v trace.Value) trace.Value { return v.Items[i] }))
		if err != nil {
			return v, err
		}
		v.Items[i] = item
	}
	return v, nil
}

func (g *generaliser) object(path string, runs []trace.Value) (trace.Value, error) {
	v := runs[0]
	if err := same(g, path, "object", runs, renderIdentity); err != nil {
		return v, err
	}
	if err := same(g, path, "public attributes", runs, attributeNames); err != nil {
		return v, err
	}
	v.State = slices.Clone(v.State)
	for i, f := range v.State {
		value, err := g.value(path+"."+f.Name, column(runs, func(v trace.Value) trace.Value { return v.State[i].Value }))
		if err != nil {
			return v, err
		}
		v.State[i].Value = value
	}
	return v, nil
}

func attributeNames(v trace.Value) string {
	if v.State == nil {
		return "not shown"
	}
	return strings.Join(column(v.State, func(f trace.Field) string { return f.Name }), ", ")
}
