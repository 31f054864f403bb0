package contract

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pyparity/pyparity/harness/trace"
)

func stepsOf(observations ...trace.Observation) *Contract {
	c := &Contract{}
	for i, o := range observations {
		o.Step = i
		c.Steps = append(c.Steps, Expectation{o})
	}
	return c
}

func TestCompare(t *testing.T) {
	value := func(v trace.Value) trace.Observation { return trace.Observation{Returned: &v} }
	number := func(i int64) trace.Observation { return value(trace.IntValue(i)) }
	variable := func(id int) trace.Observation {
		return value(trace.Value{Kind: trace.Var, ID: id, Of: trace.Int})
	}
	object := func(id int, timeout trace.Value) trace.Observation {
		return value(trace.Value{Kind: trace.Object, Class: "socket.socket", ID: id, State: []trace.Field{{Name: "timeout", Value: timeout}}})
	}
	fails := func(class, message string, bases ...string) trace.Observation {
		return trace.Observation{Raised: &trace.Exception{
			Class: class, Bases: bases, Args: []trace.Value{trace.StrValue(message)}, Text: trace.StrValue(message),
		}}
	}
	warned := func(texts ...string) trace.Observation {
		o := number(1)
		for _, w := range texts {
			o.Warnings = append(o.Warnings, trace.Warning{Class: "DeprecationWarning", Text: trace.StrValue(w)})
		}
		return o
	}
	for name, c := range map[string]struct {
		older, newer *Contract
		want         []Difference
	}{
		"nothing":      {stepsOf(number(1), variable(1)), stepsOf(number(1), variable(1)), nil},
		"a value":      {stepsOf(number(1), number(2)), stepsOf(number(1), number(3)), []Difference{{Step: 1, Facet: FacetValue, Want: "2", Got: "3"}}},
		"an outcome":   {stepsOf(number(1)), stepsOf(fails("ValueError", "no")), []Difference{{Facet: FacetOutcome, Want: "returned 1", Got: "raised ValueError('no')"}}},
		"a class":      {stepsOf(fails("socket.timeout", "timed out")), stepsOf(fails("TimeoutError", "timed out")), []Difference{{Facet: FacetClass, Want: "socket.timeout('timed out')", Got: "TimeoutError('timed out')"}}},
		"base classes": {stepsOf(fails("a.E", "x", "OSError")), stepsOf(fails("a.E", "x", "ValueError")), []Difference{{Facet: FacetClass, Path: ".__mro__", Want: "[OSError]", Got: "[ValueError]"}}},
		"a text":       {stepsOf(fails("ValueError", "no")), stepsOf(fails("ValueError", "not")), []Difference{{Facet: FacetText, Want: "'no'", Got: "'not'"}}},
		"a state": {
			stepsOf(object(0, trace.NoneValue())), stepsOf(object(0, trace.IntValue(1))),
			[]Difference{{Facet: FacetState, Want: "<socket.socket #0 timeout=None>", Got: "<socket.socket #0 timeout=1>"}},
		},
		"a warning":        {stepsOf(warned()), stepsOf(warned("old")), []Difference{{Facet: FacetWarnings, Want: "no warnings", Got: "DeprecationWarning('old')"}}},
		"a warning's text": {stepsOf(warned("old")), stepsOf(warned("older")), []Difference{{Facet: FacetText, Want: "DeprecationWarning('old')", Got: "DeprecationWarning('older')"}}},
		"variables under other numbers": {
			stepsOf(variable(1), variable(2), variable(1)), stepsOf(variable(2), variable(3), variable(2)), nil,
		},
		"two variables that are one": {
			stepsOf(variable(1), variable(2)), stepsOf(variable(1), variable(1)),
			[]Difference{{Step: 1, Facet: FacetValue, Want: "⟨2⟩", Got: "⟨1⟩"}},
		},
		"one variable that is two": {
			stepsOf(variable(1), variable(1)), stepsOf(variable(1), variable(2)),
			[]Difference{{Step: 1, Facet: FacetValue, Want: "⟨1⟩", Got: "⟨2⟩"}},
		},
		"a variable that is constant": {stepsOf(variable(1)), stepsOf(number(5)), []Difference{{Facet: FacetValue, Want: "⟨1⟩", Got: "5"}}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, Compare(c.older, c.newer)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
