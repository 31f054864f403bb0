package trace

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// Whatever a subject writes, a value is either rejected or one that can be
// written, read back as itself, and shown.
func FuzzValueUnmarshalJSON(f *testing.F) {
	for _, v := range readVectors(f) {
		f.Add([]byte(v.JSON))
	}
	for _, seed := range []string{
		`{"surrogates":"ff"}`, `{"int":"-0"}`, `{"float":"1e999"}`, `{"var":1,"pattern":[]}`,
		`{"digest":{}}`, `{"exception":{"class":"E","args":[{"tuple":[]}],"errno":null,"text":{}}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var first Value
		if json.Unmarshal(data, &first) != nil {
			return
		}
		encoded, err := json.Marshal(first)
		if err != nil {
			t.Fatalf("%s was read as %+v, which cannot be written: %v", data, first, err)
		}
		var second Value
		if err := json.Unmarshal(encoded, &second); err != nil {
			t.Fatalf("%s was written as %s, which cannot be read: %v", data, encoded, err)
		}
		again, err := json.Marshal(second)
		if err != nil {
			t.Fatalf("%s was read as %+v, which cannot be written: %v", encoded, second, err)
		}
		if string(encoded) != string(again) {
			t.Fatalf("%s was written as %s, and then as %s", data, encoded, again)
		}
		if diff := cmp.Diff(first, second, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%s is not what was read from %s (-first +second):\n%s", data, encoded, diff)
		}
		Render(first)
	})
}
