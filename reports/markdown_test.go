package reports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/pyparity/pyparity/harness"
)

func markdownText(t *testing.T, run harness.Run) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteMarkdown(&b, FromRun(run)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestMarkdown(t *testing.T) {
	got := markdownText(t, fakeRun(ModeRecorded, "3.9", "3.13"))
	for _, want := range []string{
		"# 6 of 22 judged results match CPython, 2 known to differ\n",
		"| subject | Python | match | differ | known | fixed |",
		"| go | 3.13 | 3 | 2 | 1 | 1 |",
		"## What differs\n",
		"| `connect.differ` | go | 3.9, 3.13 | ✗ differ | `step 6, value: want 111, got 113` |\n",
		"| `connect.unstable` | go | 3.9, 3.13 | ~ reference-unstable | `step 3 returned lists of different lengths` |\n",
		"| `connect.fixed_difference` | go | 3.9, 3.13 | + fixed | `known.json:3 declares a difference that is no longer there` |\n",
		"## Known differences\n",
		"| `connect.known_difference` | go | 3.9, 3.13 | ≈ known | `the kernel's answer is taken as it is https://docs.python.org/3/library/socket.html` |\n",
		"- CPython 3.13.5 (recorded): image `pyparity/cpython:3.13 sha256:0123abcd`, built from Debian packages (trixie)\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if !strings.HasPrefix(got, "Reference: embedded recordings, no live CPython\n") {
		t.Errorf("it begins with %.80q", got)
	}
	for _, quiet := range []string{"connect.match", "connect.unsupported", "connect.not_run"} {
		if strings.Contains(got, quiet) {
			t.Errorf("%s is listed", quiet)
		}
	}
}

var unescapedBar = regexp.MustCompile(`(^|[^\\])\|`)

func TestMarkdownTablesHoldAnyText(t *testing.T) {
	run := fakeRun(ModeLive, "3.13")
	for i := range run.Results {
		run.Results[i].Subject = hostile
	}
	for line := range strings.Lines(markdownText(t, run)) {
		if !strings.HasPrefix(line, "|") {
			continue
		}
		// The counts have 15 columns, each list of findings has 5.
		if n := len(unescapedBar.FindAllString(strings.TrimSpace(line), -1)) - 1; n != 15 && n != 5 {
			t.Errorf("%d cells in %s", n, line)
		}
		if outside := withoutCode(line); strings.Contains(outside, "</script>") {
			t.Errorf("markup in %s", outside)
		}
	}
}

var fences = regexp.MustCompile("`+")

// withoutCode leaves out the code spans of a line.
func withoutCode(line string) string {
	outside := ""
	for {
		at := fences.FindStringIndex(line)
		if at == nil {
			return outside + line
		}
		if at[0] > 0 && line[at[0]-1] == '\\' {
			outside, line = outside+line[:at[1]], line[at[1]:]
			continue
		}
		outside += line[:at[0]]
		_, line, _ = strings.Cut(line[at[1]:], line[at[0]:at[1]])
	}
}

func TestMarkdownIsBounded(t *testing.T) {
	run := harness.Run{}
	for i := range maxFindings + 5 {
		run.Results = append(run.Results, differing(refused(fmt.Sprintf("b%d", i), "connect"), "go", "3.13"))
	}
	got := markdownText(t, run)
	if n := strings.Count(got, "✗ differ"); n != maxFindings {
		t.Errorf("%d findings", n)
	}
	if !strings.Contains(got, "and 5 more: see index.html or report.json.") {
		t.Error("it does not say that there are more")
	}
}

func TestMarkdownOfARunCutShort(t *testing.T) {
	run := fakeRun(ModeLive, "3.13")
	run.Incomplete = "interrupted"
	got := markdownText(t, run)
	if !strings.Contains(got, "(incomplete)\n") || !strings.Contains(got, "> INCOMPLETE: interrupted\n") {
		t.Errorf("it does not say that it is incomplete:\n%.300s", got)
	}
}

func TestMarkdownEscapes(t *testing.T) {
	if got, want := mdText("a|b*c_<d>&`"), "a\\|b\\*c\\_&lt;d>&amp;\\`"; got != want {
		t.Errorf("mdText gives %s, want %s", got, want)
	}
	tests := map[string]string{"": "", "a": "`a`", "a`b": "`` a`b ``", "a|b": "`a\\|b`", "a``b`": "``` a``b` ```"}
	for in, want := range tests {
		if got := mdCode(in); got != want {
			t.Errorf("mdCode(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestMarkdownTellsWhatStandsBeside(t *testing.T) {
	r := FromRun(fakeRun(ModeRecorded, "3.13"))
	r.Audit = json.RawMessage(`{"caught":3,"total":4,"survivors":[{"id":"x"}],"commit":"0123abc","started":"2026-01-02T03:04:05Z"}`)
	r.Upstream = json.RawMessage(`[{"python":"3.9","suites":["test_socket"],"both_pass":7,"differences":[]},{"other":1},5]`)
	upstream := string(r.Upstream)
	var b strings.Builder
	if err := WriteMarkdown(&b, r); err != nil {
		t.Fatal(err)
	}
	if string(r.Upstream) != upstream {
		t.Errorf("what stands beside was changed to %s", r.Upstream)
	}
	for _, line := range []string{
		"- The audit: the behaviours catch 3 of 4 wrong ports, 1 survive (commit `0123abc`, 2026-01-02 03:04 UTC)\n",
		"- CPython's own tests, test\\_socket of 3.9: 7 pass on CPython and on the port, 0 end otherwise\n",
	} {
		if !strings.Contains(b.String(), line) {
			t.Errorf("%q is not in\n%s", line, b.String())
		}
	}
	r.Audit, r.Upstream = json.RawMessage(`"other"`), json.RawMessage(`[`)
	b.Reset()
	if err := WriteMarkdown(&b, r); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "Other evidence") {
		t.Errorf("what has no known form is told:\n%s", b.String())
	}
}
