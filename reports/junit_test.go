package reports

import (
	"bytes"
	"encoding/xml"
	"strings"
	"testing"

	"github.com/pyparity/pyparity/harness"
)

func TestJUnit(t *testing.T) {
	var b bytes.Buffer
	if err := WriteJUnit(&b, FromRun(fakeRun(ModeRecorded, "3.9", "3.13"))); err != nil {
		t.Fatal(err)
	}
	var out junitSuites
	if err := xml.Unmarshal(b.Bytes(), &out); err != nil {
		t.Fatal(err)
	}
	if out.Tests != 26 || out.Failures != 10 || out.Errors != 6 || out.Skipped != 2 {
		t.Errorf("tests %d, failures %d, errors %d, skipped %d", out.Tests, out.Failures, out.Errors, out.Skipped)
	}
	if len(out.Suites) != 2 || out.Suites[1].Name != "go, Python 3.13" || len(out.Suites[1].Cases) != 13 {
		t.Fatalf("the suites are %+v", out.Suites)
	}
	cases := map[string]junitCase{}
	for _, c := range out.Suites[1].Cases {
		cases[c.Name] = c
	}
	for name, kind := range map[string]string{
		"match": "", "drifted": "", "known_difference": "", "differ": "failure", "hostile_text": "failure",
		"fixed_difference": "failure", "hang": "failure", "crash": "failure", "unsupported": "skipped",
		"unstable": "error", "harness_error": "error", "not_run": "error",
	} {
		if got := cases[name].kind(); got != kind {
			t.Errorf("%s is %q, want %q", name, got, kind)
		}
	}
	differ := cases["differ"]
	if differ.ClassName != "pyparity.connect" || differ.File != "fixtures/behaviours/connect.py" || differ.Line != 3 {
		t.Errorf("the case is %+v", differ)
	}
	if f := differ.Failure; f.Type != "differ" || f.Message != "step 6, value: want 111, got 113" ||
		!strings.Contains(f.Text, "← first difference: value: want 111, got 113\n") ||
		!strings.Contains(f.Text, "CPython 3.13 (recorded)  111\n") {
		t.Errorf("the failure is %+v", f)
	}
	if got := cases["known_difference"].Output; !strings.Contains(got, "the kernel's answer is taken as it is") {
		t.Errorf("a known difference says %q", got)
	}
	if got := cases["unsupported"].Skipped.Message; got != "needs ipv6, which this machine lacks" {
		t.Errorf("what is skipped says %q", got)
	}
}

func (c junitCase) kind() string {
	switch {
	case c.Failure != nil:
		return "failure"
	case c.Error != nil:
		return "error"
	case c.Skipped != nil:
		return "skipped"
	}
	return ""
}

func TestJUnitOfAnIDWithoutAFile(t *testing.T) {
	b := refused("x", "connect")
	b.ID = "tried"
	c, err := junitCaseOf(behaviourOf(b), resultOf(withoutTrace(b, "go", "3.13", harness.Match, "")), false)
	if err != nil {
		t.Fatal(err)
	}
	if c.ClassName != "pyparity" || c.Name != "tried" {
		t.Errorf("class %q, name %q", c.ClassName, c.Name)
	}
}
