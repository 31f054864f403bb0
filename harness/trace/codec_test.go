package trace

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestCorruptValuesAreRejected(t *testing.T) {
	deep := strings.Repeat(`{"tuple":[`, 200) + strings.Repeat(`]}`, 200)
	deepState := strings.Repeat(`{"object":{"class":"a","id":0,"state":{"s":`, 200) + "null" + strings.Repeat(`}}}`, 200)
	tests := []struct{ name, in, want string }{
		{"a bare number", `5`, "cannot be written as 5"},
		{"an array", `[1]`, "cannot be written as [1]"},
		{"no tag", `{}`, "exactly one tag, not 0"},
		{"two tags", `{"int":"1","str":"x"}`, "exactly one tag, not 2"},
		{"an unknown tag", `{"integer":"1"}`, "integer: unknown tag"},
		{"an int that is a number", `{"int":1}`, "int: "},
		{"an int with a letter", `{"int":"12x"}`, `int: "12x" is not a decimal number`},
		{"an int with a sign", `{"int":"+5"}`, `int: "+5" is not a decimal number`},
		{"an int with a leading zero", `{"int":"007"}`, `int: "007" is not a decimal number`},
		{"an empty int", `{"int":""}`, `int: "" is not a decimal number`},
		{"a float with a letter", `{"float":"one"}`, `float: "one" is not a float`},
		{"bytes beyond Latin-1", `{"bytes":"€"}`, "character '€' is not a byte"},
		{"bytes that are a list", `{"bytes":[1]}`, "bytes: "},
		{"surrogates with odd hex", `{"surrogates":"edb28"}`, "surrogates: "},
		{"surrogates that are no text", `{"surrogates":"ff"}`, "surrogates: "},
		{"surrogates that are plain text", `{"surrogates":"61"}`, "surrogates: "},
		{"a digest of an int", `{"digest":{"kind":"int","len":300,"sha256":"` + strings.Repeat("0", 64) + `"}}`, `digest: a "int" has none`},
		{"a digest without its length", `{"digest":{"kind":"str","sha256":"` + strings.Repeat("0", 64) + `"}}`, "digest: a length of 0"},
		{"a digest of the wrong size", `{"digest":{"kind":"str","len":300,"sha256":"00"}}`, `digest: "00" is not a SHA-256`},
		{"a tuple that is an object", `{"tuple":{}}`, "tuple: "},
		{"a corrupt item", `{"tuple":[null,{"int":"x"}]}`, `tuple: int: "x" is not a decimal number`},
		{"a dict entry without a value", `{"dict":[["k"]]}`, "dict: an entry must be [key, value]"},
		{"an enum without a value", `{"enum":{"class":"a.B","name":"C"}}`, "enum: an empty value"},
		{"an enum without a class", `{"enum":{"name":"C","value":null}}`, "enum: needs its class"},
		{"an object without a class", `{"object":{"id":1}}`, "object: needs its class"},
		{"an object with a negative number", `{"object":{"class":"a","id":-1}}`, "object: an id of -1"},
		{"a state that is a list", `{"object":{"class":"a","id":1,"state":[]}}`, "state must be a JSON object"},
		{"a corrupt attribute", `{"object":{"class":"a","id":1,"state":{"n":{"int":"x"}}}}`, `state "n": int: `},
		{"an exception that is null", `{"exception":null}`, "an exception needs its class"},
		{"an exception without a class", `{"exception":{"args":[],"text":""}}`, "an exception needs its class"},
		{"an exception without a text", `{"exception":{"class":"KeyError","args":[]}}`, "KeyError needs its text"},
		{"a corrupt errno", `{"exception":{"class":"OSError","args":[],"errno":5,"text":""}}`, "cannot be written as 5"},
		{"a variable that is text", `{"var":"x"}`, "var: "},
		{"a pattern without its kind", `{"pattern":["a"]}`, "pattern: kind: "},
		{"a pattern of ints", `{"pattern":["a"],"kind":"int"}`, `pattern: kind: "int"`},
		{"a pattern with an int", `{"pattern":[{"int":"1"}],"kind":"str"}`, "pattern: a part is "},
		{"a pattern of bytes beyond Latin-1", `{"pattern":["€"],"kind":"bytes"}`, "pattern: character '€' is not a byte"},
		{"nesting without end", deep, "nests deeper"},
		{"objects nested without end", deepState, "nests deeper"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var v Value
			err := json.Unmarshal([]byte(tt.in), &v)
			if err == nil {
				t.Fatalf("%.100s was decoded as %+v", tt.in, v)
			}
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("the error is %q, want it to say %q", err, tt.want)
			}
		})
	}
}

func TestUnknownKindsCannotBeEncoded(t *testing.T) {
	for _, v := range []Value{{}, {Kind: "complex"}, SeqValue(List, Value{Kind: "complex"})} {
		if got, err := json.Marshal(v); err == nil {
			t.Errorf("%+v was encoded as %s", v, got)
		}
	}
}

func TestObservationsSurviveEncoding(t *testing.T) {
	tests := []struct {
		name string
		in   Observation
		want string
	}{
		{
			"returned None",
			Observation{Step: 0, Returned: new(NoneValue()), Took: 1500 * time.Microsecond},
			`{"returned":null,"seconds":0.0015,"step":0}`,
		},
		{
			"raised, with warnings",
			Observation{
				Step:     3,
				Raised:   &Exception{Class: "KeyError", Bases: []string{"LookupError"}, Args: []Value{StrValue("k")}, Text: StrValue("'k'")},
				Warnings: []Warning{{"ResourceWarning", StrValue("unclosed")}},
			},
			`{"raised":{"class":"KeyError","bases":["LookupError"],"args":["k"],"text":"'k'"},"seconds":0,"step":3,` +
				`"warnings":[{"class":"ResourceWarning","text":"unclosed"}]}`,
		},
		{"not run", Observation{Step: 1, NotRun: "conn"}, `{"not_run":"conn","seconds":0,"step":1}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			data, err := json.Marshal(tt.in)
			if err != nil {
				t.Fatal(err)
			}
			if string(data) != tt.want {
				t.Errorf("encoded as\n%s, want\n%s", data, tt.want)
			}
			var got Observation
			if err := json.Unmarshal(data, &got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.in, got); diff != "" {
				t.Errorf("changed (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCorruptObservationsAreRejected(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"no step", `{"returned":null}`, "needs its step"},
		{"no outcome", `{"step":2}`, "step 2 has 0"},
		{"two outcomes", `{"step":2,"returned":null,"not_run":"x"}`, "step 2 has 2"},
		{"a corrupt value", `{"step":0,"returned":5}`, "cannot be written as 5"},
		{"a corrupt exception", `{"step":0,"raised":{}}`, "needs its class"},
		{"a warning without text", `{"step":0,"returned":null,"warnings":[{"class":"UserWarning"}]}`, "UserWarning needs its text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var o Observation
			err := json.Unmarshal([]byte(tt.in), &o)
			if err == nil {
				t.Fatalf("%s was decoded as %+v", tt.in, o)
			}
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("the error is %q, want it to say %q", err, tt.want)
			}
		})
	}
}

func TestFloatRepr(t *testing.T) {
	for in, want := range map[float64]string{
		100: "100.0", 1e15: "1000000000000000.0", 1e16: "1e+16", 1.5e300: "1.5e+300",
		0.0001: "0.0001", 0.00001: "1e-05", 123456.789: "123456.789", 1e22: "1e+22",
	} {
		if got := FloatRepr(in); got != want {
			t.Errorf("FloatRepr(%g) is %s, Python's repr is %s", in, got, want)
		}
	}
}

func TestCodePoints(t *testing.T) {
	for in, want := range map[string]int{"": 0, "aé€🐍": 4, "\xed\xb2\x80": 1, "\xed\xb2\x80\xed\xa0\x80x": 3} {
		if got := CodePoints(in); got != want {
			t.Errorf("CodePoints(%q) is %d, Python's len is %d", in, got, want)
		}
	}
}
