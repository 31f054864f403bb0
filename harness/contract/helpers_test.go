package contract

import (
	"testing"
	"time"

	"github.com/pyparity/pyparity/harness/trace"
)

func none() trace.Value                      { return trace.NoneValue() }
func integer(i int) trace.Value              { return trace.IntValue(int64(i)) }
func text(s string) trace.Value              { return trace.StrValue(s) }
func bytesOf(s string) trace.Value           { return trace.BytesValue([]byte(s)) }
func tuple(items ...trace.Value) trace.Value { return trace.SeqValue(trace.Tuple, items...) }
func list(items ...trace.Value) trace.Value  { return trace.SeqValue(trace.List, items...) }
func setOf(items ...trace.Value) trace.Value { return trace.SeqValue(trace.Set, items...) }

func object(class string, id int, state ...trace.Field) trace.Value {
	return trace.Value{Kind: trace.Object, Class: class, ID: id, State: state}
}

func field(name string, v trace.Value) trace.Field { return trace.Field{Name: name, Value: v} }

func variable(id int, of trace.Kind, length int) trace.Value {
	return trace.Value{Kind: trace.Var, ID: id, Of: of, Len: length}
}

// pattern takes constant parts as strings and variables as numbers.
func pattern(of trace.Kind, parts ...any) trace.Value {
	v := trace.Value{Kind: trace.Pattern, Of: of}
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			v.Items = append(v.Items, trace.Value{Kind: trace.Str, Text: p})
		case int:
			v.Items = append(v.Items, trace.Value{Kind: trace.Var, ID: p})
		}
	}
	return v
}

func returned(v trace.Value, ws ...trace.Warning) trace.Observation {
	return trace.Observation{Returned: &v, Warnings: ws, Took: time.Millisecond}
}

func warning(class, message string) trace.Warning {
	return trace.Warning{Class: class, Text: text(message)}
}

// osError is an OSError subclass as CPython raises it.
func osError(class string, errno int, strerror string) *trace.Exception {
	number, message := integer(errno), text(strerror)
	return &trace.Exception{
		Class: class, Bases: []string{"OSError", "Exception", "BaseException"},
		Args: []trace.Value{number, message}, Errno: &number, Strerror: &message,
		Text: text("[Errno " + number.Text + "] " + strerror),
	}
}

func raises(e *trace.Exception) trace.Observation { return trace.Observation{Raised: e} }

// run is a trace that came to its end.
func run(all ...trace.Observation) trace.Trace {
	for i := range all {
		all[i].Step = i
	}
	return trace.Trace{Observations: all, End: trace.EndDone}
}

// runs are traces of one step each.
func runs(values ...trace.Value) []trace.Trace {
	var all []trace.Trace
	for _, v := range values {
		all = append(all, run(returned(v)))
	}
	return all
}

func generalise(t *testing.T, collects []bool, runs ...trace.Trace) *Contract {
	t.Helper()
	c, err := Generalise(collects, runs)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// steps is for behaviours none of whose n steps collects.
func steps(n int) []bool { return make([]bool, n) }
