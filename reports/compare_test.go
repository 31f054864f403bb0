package reports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/trace"
)

// moved is a report of behaviours that are named by what becomes of them.
func moved(results ...harness.Result) Report {
	return FromRun(harness.Run{Provenance: fakeProvenance(ModeLive, "3.13"), Results: results})
}

func olderAndNewer() (older, newer Report) {
	at := func(name string) func(func(string) harness.Result) harness.Result {
		return func(result func(string) harness.Result) harness.Result { return result(name) }
	}
	match := func(name string) harness.Result { return matching(refused(name, "connect"), "go", "3.13") }
	differ := func(name string) harness.Result { return differing(refused(name, "connect"), "go", "3.13") }
	known := func(name string) harness.Result {
		r := differ(name)
		r.Verdict, r.Known = harness.Known, entry(r.Behaviour)
		return r
	}
	hang := func(name string) harness.Result {
		return ending(refused(name, "connect"), "go", "3.13", harness.Hang, trace.EndHang, "no answer")
	}
	lacks := func(name string) harness.Result {
		return withoutTrace(refused(name, "connect"), "go", "3.13", harness.Unsupported, "needs ipv6")
	}
	alike := func(port int) func(string) harness.Result {
		return func(name string) harness.Result {
			r := differ(name)
			r.Differences[0].Got = fmt.Sprintf("('127.0.0.1', %d)", port)
			return r
		}
	}
	older = moved(at("stays")(match), at("regresses")(match), at("was_declared")(known), at("is_fixed")(differ), at("is_removed")(match),
		at("loses_its_verdict")(match), at("changes")(differ), at("is_declared")(match), at("comes_to_be_judged")(lacks),
		at("stays_wrong")(alike(40001)), at("never_ran")(lacks), at("old_renamed")(match))
	newer = moved(at("stays")(match), at("regresses")(differ), at("was_declared")(differ), at("is_fixed")(match),
		at("loses_its_verdict")(lacks), at("changes")(hang), at("is_declared")(known), at("comes_to_be_judged")(hang),
		at("stays_wrong")(alike(51234)), at("never_ran")(lacks), at("renamed")(match), at("is_new")(match))
	return older, newer
}

func TestCompare(t *testing.T) {
	c := Compare(olderAndNewer())
	names := func(moves []Move) string {
		var all []string
		for _, m := range moves {
			all = append(all, strings.TrimPrefix(m.ID, "connect.")+" "+m.verdicts())
		}
		return strings.Join(all, "; ")
	}
	for _, tt := range []struct{ what, got, want string }{
		{"regressed", names(c.Regressed), "regresses match → differ; was_declared known → differ"},
		{"fixed", names(c.Fixed), "is_fixed differ → match"},
		{"new", names(c.New), "comes_to_be_judged unsupported → hang; is_new none → match"},
		{"gone", names(c.Gone), "loses_its_verdict match → unsupported; is_removed match → none"},
		{"changed", names(c.Changed), "changes differ → hang; is_declared match → known"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %s, want %s", tt.what, tt.got, tt.want)
		}
	}
	if c.Unchanged != 4 || !c.Worse() {
		t.Errorf("%d unchanged, worse %v", c.Unchanged, c.Worse())
	}
	if m := c.Regressed[0]; m.Why != "step 6, value: want 111, got 113" || m.Line != 11 || m.File != "fixtures/behaviours/connect.py" {
		t.Errorf("the regression is %+v", m)
	}
}

func TestAReportIsNotWorseThanItself(t *testing.T) {
	for name, run := range variedRuns() {
		r := FromRun(run)
		c := Compare(r, r)
		if c.Worse() || len(c.New)+len(c.Gone)+len(c.Changed)+len(c.Fixed) > 0 {
			t.Errorf("%s: %s", name, c.summary())
		}
	}
}

func TestComparisonForATerminal(t *testing.T) {
	var b bytes.Buffer
	if err := WriteComparison(&b, Compare(olderAndNewer()), false); err != nil {
		t.Fatal(err)
	}
	want := `regressed  connect.regresses  go · Python 3.13 · match → differ
             step 6, value: want 111, got 113
`
	if !strings.HasPrefix(b.String(), want) || !strings.HasSuffix(b.String(),
		"2 regressed, 1 fixed, 2 new, 2 gone, 2 changed, 1 of the new ones are not green, 4 unchanged\n") {
		t.Error(b.String())
	}
}

func TestComparisonJSON(t *testing.T) {
	var b bytes.Buffer
	want := Compare(olderAndNewer())
	if err := WriteComparisonJSON(&b, want); err != nil {
		t.Fatal(err)
	}
	var got Comparison
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A pull request is told what changed, and no more.
func TestMarkdownOfChanges(t *testing.T) {
	older, newer := olderAndNewer()
	var b bytes.Buffer
	if err := WriteMarkdownChanges(&b, newer, older); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	for _, want := range []string{
		"### ✗ Parity with CPython: 2 regressed", "**Regressed**",
		"- `connect.regresses` (go, Python 3.13): match → differ: `step 6, value: want 111, got 113`", "**Fixed**", "| go | 3.13 |",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	for _, unwanted := range []string{"connect.stays`", "connect.stays_wrong", "connect.is_new"} {
		if strings.Contains(text, unwanted) {
			t.Errorf("%q is in\n%s", unwanted, text)
		}
	}
	b.Reset()
	if err := WriteMarkdownChanges(&b, newer, newer); err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(b.String(), "\n"); lines > 8 || !strings.HasPrefix(b.String(), "### ✓ Parity with CPython: nothing changed in 12 results") {
		t.Errorf("nothing changed, in %d lines:\n%s", lines, b.String())
	}
}
