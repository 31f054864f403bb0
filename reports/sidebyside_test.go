package reports

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/harness/contract"
	"github.com/pyparity/pyparity/harness/trace"
)

func sideBySideText(t *testing.T, r harness.Result, opts SideBySideOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteSideBySide(&b, r, opts); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func allResults() []harness.Result {
	return append(everyVerdict("go", "3.13"), everyKind("go", "3.13"))
}

func TestSideBySideOfADifference(t *testing.T) {
	got := sideBySideText(t, differing(refused("x", "connect"), "go", "3.13"), SideBySideOptions{})
	for _, want := range []string{
		"✗ differ  connect.x  ·  go  ·  Python 3.13\n",
		"  connect_ex returns ECONNREFUSED where connect raises ConnectionRefusedError.\n",
		"  fixtures/behaviours/connect.py:3\n",
		"     3   :8 │ addr = gone.getsockname()\n          = │ ('127.0.0.1', ⟨1⟩)\n",
		"            │ ⚠ DeprecationWarning: close is old\n",
		"     6  :11 │ s.connect_ex(addr)\n" +
			"    ✗ value │ CPython 3.13  111\n" +
			"            │ go            113\n" +
			"            │ ← first difference: value: want 111, got 113\n",
		"    ✗ class │ CPython 3.13  raised ConnectionRefusedError(111, 'Connection refused')\n",
		"            │ in class, errno\n",
		"     8  :13 │ s.getpeername()\n          = │ raised OSError(107, 'Transport endpoint is not connected')\n",
		"\n  rerun: pyparity run connect.x --python 3.13\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if n := strings.Count(got, "← first difference"); n != 1 {
		t.Errorf("%d first differences", n)
	}
}

func TestSideBySideMarksStepsThatWereNotReached(t *testing.T) {
	r := ending(refused("x", "connect"), "go", "3.13", harness.Hang, trace.EndHang, "no answer within 5s")
	got := sideBySideText(t, r, SideBySideOptions{})
	for _, want := range []string{
		"      ✗ end │ CPython 3.13  111\n            │ go            hung: no answer within 5s\n",
		"     7  :12 │ s.connect(addr)   (not reached)\n",
		"  stderr of go:\n    Fatal Python error: ",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "connect_ex(addr)   (not reached)") {
		t.Error("the step that hung counts as not reached")
	}
}

func TestSideBySideOfAnEndAfterTheLastStep(t *testing.T) {
	r := matching(refused("x", "connect"), "go", "3.13")
	r.Verdict = harness.Crash
	r.Differences = []contract.Difference{{Step: 8, Facet: contract.FacetEnd, Want: "done", Got: "crash"}}
	got := sideBySideText(t, r, SideBySideOptions{})
	if !strings.Contains(got, "✗ end │ after the last step\n            │ ← first difference: end: want done, got crash\n") {
		t.Errorf("the end is not shown:\n%s", got)
	}
}

// A step that is equal as far as the matching goes, but shows another text, has
// both sides: nothing is hidden behind an "=".
func TestSideBySideShowsBothSidesOfWhatMayVary(t *testing.T) {
	r := matching(refused("x", "connect"), "go", "3.13")
	r.Trace.Observations[1] = returned(1, trace.IntValue(7))
	got := sideBySideText(t, r, SideBySideOptions{})
	if !strings.Contains(got, "            │ CPython 3.13  None\n            │ go            7\n") {
		t.Errorf("both sides are not shown:\n%s", got)
	}
}

func TestSideBySideNamesRecordings(t *testing.T) {
	r := differing(refused("x", "connect"), "go", "3.13")
	r.Reference = nil
	if got := sideBySideText(t, r, SideBySideOptions{}); !strings.Contains(got, "CPython 3.13 (recorded)  111\n") {
		t.Errorf("the recordings are not named:\n%s", got)
	}
}

func TestSideBySideRerun(t *testing.T) {
	r := matching(refused("x", "connect"), "exec:./my agent", "3.9")
	tests := []struct{ rerun, want string }{
		{"", "rerun: pyparity run connect.x --python 3.9 --subject 'exec:./my agent'\n"},
		{"pyparity run --behaviours ./b", "rerun: pyparity run --behaviours ./b connect.x --python 3.9 --subject 'exec:./my agent'\n"},
	}
	for _, tt := range tests {
		if got := sideBySideText(t, r, SideBySideOptions{Rerun: tt.rerun}); !strings.HasSuffix(got, tt.want) {
			t.Errorf("it does not end in %q:\n%s", tt.want, got)
		}
	}
	if got := sideBySideText(t, r, SideBySideOptions{Rerun: "-"}); strings.Contains(got, "rerun") {
		t.Errorf("a rerun line in\n%s", got)
	}
}

func TestSideBySideKeepsToItsWidth(t *testing.T) {
	for _, width := range []int{60, 80, 100, 140} {
		for _, r := range allResults() {
			got := sideBySideText(t, r, SideBySideOptions{Width: width, Rerun: "-"})
			_, steps, _ := strings.Cut(got, "\n") // ids are not broken
			for line := range strings.Lines(steps) {
				if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > width {
					t.Errorf("%d characters at width %d: %s", n, width, line)
				}
			}
		}
	}
}

var escapeSequence = regexp.MustCompile("\x1b\\[[0-9;]*m")

func TestSideBySideColours(t *testing.T) {
	for _, r := range allResults() {
		plain := sideBySideText(t, r, SideBySideOptions{})
		if i := strings.IndexFunc(plain, func(c rune) bool { return unicode.IsControl(c) && c != '\n' || isBidi(c) }); i >= 0 {
			t.Errorf("%s: a control character in %q", r.Behaviour.ID, plain[i:min(i+20, len(plain))])
		}
		coloured := sideBySideText(t, r, SideBySideOptions{Colour: true})
		if coloured == plain {
			t.Errorf("%s has no colours", r.Behaviour.ID)
		}
		if got := escapeSequence.ReplaceAllString(coloured, ""); got != plain {
			t.Errorf("%s: colours change the text:\n%s\n%s", r.Behaviour.ID, got, plain)
		}
	}
}

func TestSideBySideOfAReferenceAlone(t *testing.T) {
	r := matching(refused("x", "connect"), "", "3.13")
	r.Verdict, r.Trace = "", nil
	got := sideBySideText(t, r, SideBySideOptions{Rerun: "-"})
	if !strings.HasPrefix(got, "connect.x  ·  Python 3.13\n") || !strings.Contains(got, "│ CPython 3.13  111\n") ||
		strings.Contains(got, "not reached") {
		t.Errorf("the reference alone is shown as\n%s", got)
	}
}

func TestSideBySideOfSeveralLines(t *testing.T) {
	r := everyKind("go", "3.13")
	r.Behaviour.Steps = []behaviour.Step{{Text: "value(\n    0)", Line: 3}}
	got := sideBySideText(t, r, SideBySideOptions{})
	if !strings.Contains(got, "     1   :3 │ value(\n            │     0)\n") {
		t.Errorf("the lines of the step are not shown apart:\n%s", got)
	}
}

func TestWrap(t *testing.T) {
	long := strings.Repeat("word ", 30)
	lines := wrap(long, 40)
	for _, line := range lines {
		if utf8.RuneCountInString(line) > 40 || strings.HasPrefix(line, "ord") {
			t.Errorf("line %q", line)
		}
	}
	if got := strings.ReplaceAll(strings.Join(lines, ""), " ", ""); got != strings.ReplaceAll(long, " ", "") {
		t.Errorf("words are lost: %q", got)
	}
	huge := wrap(strings.Repeat("ä", 1000), 40)
	if len(huge) != maxLines+1 || huge[maxLines] != "… 680 more characters" {
		t.Errorf("a huge value takes %d lines and ends in %q", len(huge), huge[len(huge)-1])
	}
	if got := wrap("short", 40); len(got) != 1 || got[0] != "short" {
		t.Errorf("short text becomes %q", got)
	}
}

func TestShellQuote(t *testing.T) {
	tests := map[string]string{
		"connect.x": "connect.x", "exec:./a": "exec:./a", "": "''", "a b": "'a b'", "it's": `'it'\''s'`, "$(x)": "'$(x)'",
	}
	for in, want := range tests {
		if got := shellQuote(in); got != want {
			t.Errorf("shellQuote(%q) = %s, want %s", in, got, want)
		}
	}
}
