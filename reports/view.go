package reports

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/contract"
	"github.com/pyparity/pyparity/harness/trace"
)

// A mark is how a step is shown.
type mark int

const (
	markEqual     mark = iota // one line for both sides
	markApart                 // both lines, though nothing is wrong: they may vary
	markDifferent             // both lines, and what is different
	markUnreached             // the reference's line alone
)

// A stepView is a step made ready for a human format.
type stepView struct {
	Number      int // from 1
	Line        int
	Text        string
	Mark        mark
	Want, Got   *Side // Got is nil where the subject has nothing to show
	Ended       string
	First       *contract.Difference  // set on the step that has the first difference
	Differences []contract.Difference // the rest of those in this step
}

// facet is what the step differs in, the first one if there are several.
func (s stepView) facet() contract.Facet {
	switch {
	case s.First != nil:
		return s.First.Facet
	case len(s.Differences) > 0:
		return s.Differences[0].Facet
	case s.Ended != "":
		return contract.FacetEnd
	}
	return ""
}

// viewSteps makes the steps of a result ready. Differences that belong to no
// step, but to the end of the run, are returned apart.
func viewSteps(b Behaviour, res Result) (steps []stepView, atEnd []contract.Difference) {
	for i, step := range b.Steps {
		v := stepView{Number: i + 1, Line: step.Line, Text: step.Text, Mark: markUnreached}
		if i < len(res.Steps) {
			v.Want, v.Got = res.Steps[i].Wanted(), res.Steps[i].Subject
			v.Mark = markOf(res.Steps[i])
		}
		if e := res.End; e != nil && v.Got == nil && i == e.Step && e.Kind != trace.EndDone {
			v.Mark, v.Ended = markDifferent, e.text()
		}
		steps = append(steps, v)
	}
	for i, d := range res.Differences {
		switch {
		case d.Step < 0 || d.Step >= len(steps):
			atEnd = append(atEnd, d)
		case i == 0:
			steps[d.Step].First = &res.Differences[0]
		default:
			steps[d.Step].Differences = append(steps[d.Step].Differences, d)
		}
	}
	return steps, atEnd
}

func markOf(s StepResult) mark {
	want := s.Wanted()
	switch {
	case s.State == StateDifferent:
		return markDifferent
	case s.Subject == nil:
		return markUnreached
	case want == nil:
		return markApart
	case want.hasVariables() || sameOutcome(*want, *s.Subject):
		return markEqual
	}
	return markApart
}

func (s Side) hasVariables() bool {
	return strings.Contains(s.Text+strings.Join(s.Warnings, ""), "⟨")
}

// text says how a subject ended that did not come to its end.
func (e End) text() string {
	what := map[trace.End]string{
		trace.EndHang:    "hung",
		trace.EndCrash:   "crashed",
		trace.EndBroken:  "broke the protocol",
		trace.EndRefused: "refused",
	}[e.Kind]
	if what == "" {
		what = string(e.Kind)
	}
	if e.Detail != "" {
		return what + ": " + e.Detail
	}
	return what
}

// also names what else is different in the step, after its first difference if
// that is the first one of all: "also text, errno".
func (s stepView) also() string {
	var places []string
	for _, d := range s.Differences {
		if p := place(d); !slices.Contains(places, p) {
			places = append(places, p)
		}
	}
	switch {
	case len(places) == 0:
		return ""
	case s.First == nil && len(places) == 1 && places[0] == string(s.facet()):
		return "" // the mark says so
	case s.First != nil:
		return "also " + strings.Join(places, ", ")
	}
	return "in " + strings.Join(places, ", ")
}

// place is where a difference is: its facet, and its path inside the value.
func place(d contract.Difference) string {
	return printable(strings.TrimSpace(string(d.Facet) + " " + d.Path))
}

// differenceText is a difference in one line: "errno: want 111, got 113".
func differenceText(d contract.Difference) string {
	return printable(fmt.Sprintf("%s: want %s, got %s", place(d), d.Want, d.Got))
}

// why is the short reason for a verdict: how the subject ended, or the first
// difference with its step, or what the result says.
func (res Result) why(b Behaviour) string {
	if len(res.Differences) > 0 && res.Differences[0].Facet != contract.FacetEnd {
		d := res.Differences[0]
		if d.Step < 0 || d.Step >= len(b.Steps) {
			return "after the last step, " + differenceText(d)
		}
		return fmt.Sprintf("step %d, %s", d.Step+1, differenceText(d))
	}
	if reason := res.reason(); reason != "" {
		return reason
	}
	if e := res.End; e != nil && e.Kind != trace.EndDone {
		if e.Step >= len(b.Steps) {
			return "after the last step it " + e.text()
		}
		return fmt.Sprintf("step %d %s", e.Step+1, e.text())
	}
	return ""
}

// reason is what is to be told besides the steps: a reason that the step at
// which the subject ended does not give by itself.
func (res Result) reason() string {
	if res.End != nil && res.Reason == res.End.Detail {
		return ""
	}
	return res.Reason
}

// symbol is one character for a verdict, so that none is told by colour alone.
func symbol(v harness.Verdict) string {
	switch v {
	case harness.Match:
		return "✓"
	case harness.Differ:
		return "✗"
	case harness.Known:
		return "≈"
	case harness.Fixed:
		return "+"
	case harness.Unsupported:
		return "–"
	case harness.Hang:
		return "∞"
	case harness.Crash:
		return "†"
	case harness.ReferenceUnstable:
		return "~"
	case harness.HarnessError:
		return "!"
	}
	return "·"
}

// meaning explains a verdict to somebody who sees it for the first time.
func meaning(v harness.Verdict) string {
	switch v {
	case harness.Match:
		return "does what CPython does"
	case harness.Differ:
		return "does something else"
	case harness.Known:
		return "a declared difference, still there"
	case harness.Fixed:
		return "a declared difference, gone: remove the declaration"
	case harness.Unsupported:
		return "this machine lacks what it needs"
	case harness.Hang:
		return "did not come back in time"
	case harness.Crash:
		return "died"
	case harness.ReferenceUnstable:
		return "CPython does not agree with itself"
	case harness.HarnessError:
		return "the harness could not tell"
	}
	return "the run ended before"
}
