package reports

import (
	"bytes"
	"strings"
	"testing"

	"github.com/pyparity/pyparity/harness"
)

func tableText(t *testing.T, run harness.Run) []string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteTable(&b, FromRun(run)); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
}

func TestTable(t *testing.T) {
	lines := tableText(t, fakeRun(ModeLive, "3.9", "3.13"))
	want := []string{
		"Reference: live CPython 3.9.5, 3.13.5",
		"",
		"subject  Python  match  differ  known  fixed  unsupported  hang  crash  reference-unstable  harness-error  not-run  total  drifted  parity",
		"go       3.9         3       2      1      1            1     1      1                   1              1        1     13        1  27.2 %",
		"go       3.13        3       2      1      1            1     1      1                   1              1        1     13        1  27.2 %",
		"",
		"2 drifted: CPython does not meet its recording there, and was judged by what it does now: connect.drifted",
	}
	if strings.Join(lines, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}

func TestTableLeavesOutWhatIsZero(t *testing.T) {
	run := harness.Run{
		Results:    []harness.Result{matching(refused("x", "connect"), "go", "3.13")},
		Provenance: fakeProvenance(ModeLive, "3.13"),
	}
	lines := tableText(t, run)
	if got := strings.Join(strings.Fields(lines[2]), " "); got != "subject Python match differ total parity" {
		t.Errorf("the columns are %s", got)
	}
	if got := strings.Join(strings.Fields(lines[3]), " "); got != "go 3.13 1 0 1 100 %" {
		t.Errorf("the row is %s", got)
	}
}

func TestTableNotes(t *testing.T) {
	run := fakeRun(ModeRecorded, "3.13")
	run.Incomplete = "interrupted"
	run.Provenance.References = append(run.Provenance.References,
		harness.Reference{Python: "3.15", Unavailable: "no suite\nhas it"})
	lines := tableText(t, run)
	if lines[0] != "Reference: embedded recordings, no live CPython" {
		t.Errorf("the first line is %s", lines[0])
	}
	text := strings.Join(lines, "\n")
	for _, want := range []string{"INCOMPLETE: interrupted", "Python 3.15 was not available: no suite has it"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

func TestTableOfNothing(t *testing.T) {
	lines := tableText(t, harness.Run{})
	if lines[0] != "Reference: none" || lines[len(lines)-1] != "no behaviour was run" {
		t.Errorf("an empty run is shown as %q", lines)
	}
}
