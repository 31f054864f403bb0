package contract

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pyparity/pyparity/harness/trace"
)

func TestContractJSON(t *testing.T) {
	c := &Contract{
		Variables: 3,
		Steps: []Expectation{
			{trace.Observation{Step: 0, Returned: &trace.Value{Kind: trace.None}}},
			{trace.Observation{Step: 1, NotRun: "s"}},
			{returned(tuple(variable(1, trace.Int, 0), pattern(trace.Str, "<fd=", 1, ">"), variable(2, trace.Bytes, 8)))},
			{trace.Observation{Step: 3, Raised: osError("OSError", 5, "x"), Warnings: []trace.Warning{{Class: "W", Text: pattern(trace.Str, 3)}}}},
		},
	}
	c.Steps[2].Step = 2
	want := `{"steps":[
{"step":0,"returned":null},
{"step":1,"not_run":"s"},
{"step":2,"returned":{"tuple":[{"var":1,"kind":"int"},{"pattern":["<fd=",{"var":1},">"],"kind":"str"},{"var":2,"kind":"bytes","len":8}]}},
{"step":3,"raised":{"class":"OSError","bases":["OSError","Exception","BaseException"],"args":[{"int":"5"},"x"],"errno":{"int":"5"},"strerror":"x","text":"[Errno 5] x"},"warnings":[{"class":"W","text":{"pattern":[{"var":3}],"kind":"str"}}]}
],"variables":3}`
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(c); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.ReplaceAll(want, "\n", ""), strings.TrimSpace(b.String())); diff != "" {
		t.Error(diff)
	}
	var again Contract
	if err := json.Unmarshal([]byte(want), &again); err != nil {
		t.Fatal(err)
	}
	c.Steps[2].Took = 0
	if diff := cmp.Diff(*c, again); diff != "" {
		t.Error(diff)
	}
}

func TestContractJSONOfPatternsInBytes(t *testing.T) {
	c := generalise(t, steps(1), runs(bytesOf("/ab1c/\xff"), bytesOf("/defgh/\xff"))...)
	data, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var again Contract
	if err := json.Unmarshal(data, &again); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(*c, again); diff != "" {
		t.Errorf("%s\n%s", data, diff)
	}
}

func TestContractJSONIgnoresTimesAndUnknownFields(t *testing.T) {
	var c Contract
	if err := json.Unmarshal([]byte(`{"steps":[{"step":0,"returned":null,"seconds":1.5,"more":1}],"later":true}`), &c); err != nil {
		t.Fatal(err)
	}
	if c.Steps[0].Took != 0 {
		t.Error("a contract has read how long a step took")
	}
}

func TestContractJSONRejectsWhatIsCorrupt(t *testing.T) {
	one := func(value string) string { return `{"steps":[{"step":0,"returned":` + value + `}],"variables":1}` }
	tests := []struct{ data, want string }{
		{`[]`, "contract: json: cannot unmarshal array"},
		{`{}`, "contract: it has no steps"},
		{`{"steps":null}`, "contract: it has no steps"},
		{`{"steps":[{}]}`, "contract: step 0: an observation needs its step"},
		{`{"steps":[{"step":0}]}`, "contract: step 0: an observation needs exactly one of returned, raised and not_run; step 0 has 0"},
		{`{"steps":[{"step":1,"returned":null}]}`, "contract: the expectation at place 0 is for step 1"},
		{`{"steps":[],"variables":1}`, "contract: its steps have 0 variables, not 1"},
		{`{"steps":[],"variables":-1}`, "contract: its steps have 0 variables, not -1"},
		{one(`{"int":"1"}`), "contract: its steps have 0 variables, not 1"},
		{one(`{"var":0,"kind":"int"}`), "contract: step 0: variable 0 where at most 1 can be"},
		{one(`{"var":2,"kind":"int"}`), "contract: step 0: variable 2 where at most 1 can be"},
		{one(`{"var":1,"kind":"int","len":3}`), "contract: step 0: variable 1 is a number with a length"},
		{one(`{"var":1,"kind":"bytes"}`), "contract: step 0: variable 1 stands for bytes and has no length"},
		{one(`{"var":1,"kind":"bool"}`), `contract: step 0: variable 1 stands for "bool", which cannot vary`},
		{one(`{"var":1}`), `contract: step 0: variable 1 stands for "", which cannot vary`},
		{one(`{"pattern":["a"],"kind":"str"}`), "contract: step 0: a pattern without variables"},
		{one(`{"pattern":[],"kind":"str"}`), "contract: step 0: a pattern without variables"},
		{one(`{"pattern":[{"var":1}],"kind":"int"}`), "contract: step 0: "},
		{one(`{"pattern":[{"var":1},{"int":"1"}],"kind":"str"}`), "contract: step 0: "},
		{one(`{"tuple":[{"var":1,"kind":"int"},{"dict":[["a",{"var":3,"kind":"int"}]]}]}`), "contract: step 0: variable 3 where at most 2 can be"},
		{one(`{"object":{"class":"C","id":0,"state":{"a":{"var":3,"kind":"int"}}}}`), "contract: step 0: variable 3 where at most 1 can be"},
		{one(`{"exception":{"class":"E","bases":[],"args":[{"var":4,"kind":"int"}],"text":""}}`), "contract: step 0: variable 4 where at most 1 can be"},
		{`{"steps":[{"step":0,"raised":{"class":"E","bases":[],"args":[]}}]}`, "contract: step 0: "},
		{`{"steps":[{"step":0,"raised":{"class":"E","bases":[],"args":[],"errno":{"var":1,"kind":"int"},"text":""}}]}`, "contract: step 0: an errno cannot be a variable"},
		{`{"steps":[{"step":0,"returned":null,"warnings":[{"class":"W"}]}]}`, "contract: step 0: "},
		{`{"steps":[{"step":0,"returned":{"odd":1}}]}`, "contract: step 0: odd: unknown tag"},
	}
	for _, tt := range tests {
		t.Run(tt.data, func(t *testing.T) {
			c := Contract{Variables: 7}
			err := json.Unmarshal([]byte(tt.data), &c)
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("error %v, want %s…", err, tt.want)
			}
			if c.Variables != 7 {
				t.Error("the target was changed")
			}
		})
	}
}

// Whatever is read as a contract can be written and read again, and holds any
// trace to itself without a panic.
func FuzzContract(f *testing.F) {
	f.Add(`{"steps":[{"step":0,"returned":{"tuple":[{"var":1,"kind":"int"},{"pattern":["a ",{"var":1}],"kind":"str"}]}}],"variables":1}`, `{"tuple":[{"int":"4"},"a 4"]}`)
	f.Add(`{"steps":[{"step":0,"raised":{"class":"OSError","bases":[],"args":[{"int":"5"},"x"],"errno":{"int":"5"},"strerror":"x","text":"x"}}]}`, `{"exception":{"class":"E","bases":[],"args":[],"text":""}}`)
	f.Add(`{"steps":[{"step":0,"returned":{"set":[{"int":"1"},{"int":"2"}]},"warnings":[{"class":"ResourceWarning","text":"x"}]}]}`, `{"set":[{"int":"2"},{"int":"3"}]}`)
	f.Add(`{"steps":[{"step":0,"returned":{"object":{"class":"C","id":0,"state":{"a":{"var":1,"kind":"bytes","len":2}}}}}],"variables":1}`, `{"object":{"class":"C","id":0,"state":{"a":{"bytes":"ab"}}}}`)
	f.Fuzz(func(t *testing.T, contract, value string) {
		var c, again Contract
		if json.Unmarshal([]byte(contract), &c) != nil {
			return
		}
		data, err := json.Marshal(&c)
		if err != nil {
			t.Fatalf("%v\n%+v", err, c)
		}
		if err := json.Unmarshal(data, &again); err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
		if twice, err := json.Marshal(&again); err != nil || string(twice) != string(data) {
			t.Errorf("%s\nbecomes\n%s, %v", data, twice, err)
		}
		var got trace.Value
		if json.Unmarshal([]byte(value), &got) != nil {
			return
		}
		collects := []bool{true}
		c.Match(collects, run(returned(got)))
		if made, err := Generalise(collects, runs(got, got)); err == nil {
			if found := made.Match(collects, run(returned(got))); len(found) > 0 {
				t.Errorf("a trace does not meet its own contract: %+v", found)
			}
		}
	})
}
