package reports

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pyparity/pyparity/harness"
)

func encoded(t testing.TB, r Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteJSON(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// variedRuns are runs of every kind that there is.
func variedRuns() map[string]harness.Run {
	cut := fakeRun(ModeLive, "3.13")
	cut.Incomplete = "interrupted"
	unavailable := fakeRun(ModeLive, "3.13")
	unavailable.Provenance.References = append(unavailable.Provenance.References,
		harness.Reference{Python: "3.15", Unavailable: "no suite has it"})
	subjects := fakeRun(ModeLive, "3.13")
	subjects.Results = append(subjects.Results, everyVerdict("exec:./my agent", "3.13")...)
	return map[string]harness.Run{
		"live":         fakeRun(ModeLive, "3.9", "3.13"),
		"recorded":     fakeRun(ModeRecorded, "3.9", "3.13"),
		"cut short":    cut,
		"unavailable":  unavailable,
		"two subjects": subjects,
		"empty":        {},
		"changing":     changingRun(),
	}
}

func TestReportsMeetTheSchema(t *testing.T) {
	for name, run := range variedRuns() {
		t.Run(name, func(t *testing.T) {
			if err := Validate(encoded(t, FromRun(run))); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestDecodeReadsWhatWriteJSONWrites(t *testing.T) {
	for name, run := range variedRuns() {
		t.Run(name, func(t *testing.T) {
			want := encoded(t, FromRun(run))
			r, err := Decode(bytes.NewReader(want))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(encoded(t, r))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSummaryHasEveryVerdictAsAnInteger(t *testing.T) {
	var report struct{ Summary []map[string]any }
	if err := json.Unmarshal(encoded(t, FromRun(fakeRun(ModeLive, "3.13"))), &report); err != nil {
		t.Fatal(err)
	}
	keys := []string{
		"match", "differ", "known", "fixed", "unsupported", "hang", "crash",
		"reference_unstable", "harness_error", "not_run", "total", "drifted",
	}
	row := report.Summary[0]
	for _, key := range keys {
		if n, ok := row[key].(float64); !ok || n < 1 {
			t.Errorf("%s is %v", key, row[key])
		}
	}
	if len(row) != len(keys)+2 || row["subject"] != "go" || row["python"] != "3.13" {
		t.Errorf("the row is %v", row)
	}
}

// at digs into decoded JSON: strings are keys, ints are indices.
func at(t *testing.T, v any, path ...any) any {
	t.Helper()
	for _, p := range path {
		switch p := p.(type) {
		case string:
			v = v.(map[string]any)[p]
		case int:
			v = v.([]any)[p]
		}
	}
	return v
}

func TestWrongReportsAreRejected(t *testing.T) {
	good := encoded(t, FromRun(fakeRun(ModeLive, "3.13")))
	set := func(key string, value any, path ...any) func(*testing.T, any) {
		return func(t *testing.T, doc any) { at(t, doc, path...).(map[string]any)[key] = value }
	}
	remove := func(key string, path ...any) func(*testing.T, any) {
		return func(t *testing.T, doc any) { delete(at(t, doc, path...).(map[string]any), key) }
	}
	side := []any{"behaviours", 0, "sides", 0}
	value := append(append([]any{}, side...), "returned")
	tests := []struct {
		name   string
		change func(*testing.T, any)
		want   string // in the error
	}{
		{"another schema", set("schema", "pyparity-report/1"), "pyparity-report/1"},
		{"no schema", remove("schema"), `no "schema"`},
		{"no summary", remove("summary"), "summary"},
		{"unknown field", set("verdict", "match"), "verdict"},
		{"count that is no integer", set("match", 1.5, "summary", 0), "/summary/0/match"},
		{"negative count", set("differ", -1, "summary", 0), "/summary/0/differ"},
		{"count as text", set("known", "1", "summary", 0), "/summary/0/known"},
		{"count left out", remove("not_run", "summary", 0), "not_run"},
		{"incomplete without a reason", set("complete", false), "incomplete"},
		{"complete with a reason", set("incomplete", "interrupted"), "/incomplete"},
		{"unknown verdict", set("verdict", "fine", "behaviours", 0, "results", 0), "/verdict"},
		{"match with a difference", set("differences", []any{map[string]any{
			"step": 0, "facet": "value", "want": "1", "got": "2",
		}}, "behaviours", 0, "results", 0), "/differences"},
		{"known without its declaration", set("verdict", "known", "behaviours", 0, "results", 0), "known"},
		{"unknown facet", set("facet", "colour", "behaviours", 2, "results", 0, "differences", 0), "/facet"},
		{"unknown state", set("state", "maybe", "behaviours", 0, "results", 0, "steps", 0), "/state"},
		{"unknown mode", set("mode", "guessed", "provenance", "references", 0), "/mode"},
		{"no mode of an available reference", set("mode", "", "provenance", "references", 0), "/mode"},
		{"two outcomes", set("not_run", "s", side...), "sides/0"},
		{"no outcome", remove("returned", side...), "sides/0"},
		{"side that is not there", set("subject", 99, "behaviours", 0, "results", 0, "steps", 0), "not there"},
		{"hash that is none", set("hash", "abc", "behaviours", 0), "/behaviours/0/hash"},
		{"behaviours that are no list", set("behaviours", map[string]any{}), "/behaviours"},
		{"shard that is none", set("shard", "all", "provenance"), "/provenance/shard"},
		{"value with two tags", set("int", "5", value...), "returned"},
		{"value with an unknown tag", set("returned", map[string]any{"complex": "1j"}, side...), "returned"},
		{"bare number", set("returned", 5, side...), "returned"},
		{"int that is no number", set("returned", map[string]any{"int": "five"}, side...), "/int"},
		{"variable without a kind", set("returned", map[string]any{"var": 1}, side...), "returned"},
		{"variable and value", set("returned", map[string]any{"var": 1, "kind": "int", "int": "5"}, side...), "returned"},
		{"length without a variable", set("returned", map[string]any{"len": 5}, side...), "returned"},
		{"length of a pattern", set("returned", map[string]any{"pattern": []any{"a"}, "kind": "str", "len": 1}, side...), "returned"},
		{"time that is none", set("generated", true), "/generated"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var doc any
			if err := json.Unmarshal(good, &doc); err != nil {
				t.Fatal(err)
			}
			tt.change(t, doc)
			data, err := json.Marshal(doc)
			if err != nil {
				t.Fatal(err)
			}
			_, err = Decode(bytes.NewReader(data))
			if !errors.Is(err, ErrSchema) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Decode says %v, want an error with %q", err, tt.want)
			}
		})
	}
}

func TestDecodeRejectsWhatIsNotJSON(t *testing.T) {
	good := encoded(t, FromRun(fakeRun(ModeLive, "3.13")))
	for name, data := range map[string][]byte{
		"nothing":    nil,
		"text":       []byte("match"),
		"an array":   []byte("[]"),
		"cut short":  good[:len(good)/2],
		"two of one": append(append([]byte{}, good...), good...),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Decode(bytes.NewReader(data)); err == nil {
				t.Error("Decode accepts it")
			}
		})
	}
}

func BenchmarkWriteJSON(b *testing.B) {
	r := FromRun(bigRun(1500))
	size := 0
	for b.Loop() {
		size = len(encoded(b, r))
	}
	b.ReportMetric(float64(size)/1e6, "MB")
}

func BenchmarkDecode(b *testing.B) {
	data := encoded(b, FromRun(bigRun(1500)))
	for b.Loop() {
		if _, err := Decode(bytes.NewReader(data)); err != nil {
			b.Fatal(err)
		}
	}
}

// An exception in a report is that of the protocol, member by member.
func TestTheSchemasAgreeOnExceptions(t *testing.T) {
	properties := func(path string) []string {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var schema struct {
			Defs struct {
				Exception struct {
					Properties map[string]any `json:"properties"`
				} `json:"exception"`
			} `json:"$defs"`
		}
		if err := json.Unmarshal(text, &schema); err != nil {
			t.Fatal(err)
		}
		return slices.Sorted(maps.Keys(schema.Defs.Exception.Properties))
	}
	report, protocol := properties("schema/report-2.schema.json"), properties("../harness/subject/protocol.schema.json")
	if diff := cmp.Diff(protocol, report); diff != "" || len(protocol) == 0 {
		t.Errorf("-protocol +report\n%s", diff)
	}
}
