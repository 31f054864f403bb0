package reports

import (
	"fmt"
	"strings"

	"github.com/pyparity/pyparity/harness/trace"
)

// observationText is a step's outcome in one line of Python: the repr of a
// value, or "raised" with the exception. Variables stand as ⟨1⟩.
func observationText(o trace.Observation) string {
	switch o.Outcome() {
	case trace.OutcomeRaised:
		return "raised " + exceptionText(*o.Raised)
	case trace.OutcomeNotRun:
		return fmt.Sprintf("not run: %s has no value", o.NotRun)
	}
	if o.Returned == nil {
		return "None"
	}
	return trace.Render(*o.Returned)
}

// exceptionText is the call that builds an exception, with its text where that
// is not what such a call gives by itself.
func exceptionText(e trace.Exception) string {
	call, text := trace.RenderException(e), unquoted(e.Text)
	usual := ""
	switch len(e.Args) {
	case 0:
	case 1:
		usual = unquoted(e.Args[0])
	case 2:
		usual = fmt.Sprintf("[Errno %s] %s", unquoted(e.Args[0]), unquoted(e.Args[1]))
	default:
		usual = trace.Render(trace.SeqValue(trace.Tuple, e.Args...))
	}
	if text == usual {
		return call
	}
	return call + ": " + text
}

// unquoted is Python's str of a value: a str has no quotes, though what would
// spoil a line is still escaped.
func unquoted(v trace.Value) string {
	s := trace.Render(v)
	if (v.Kind == trace.Str || v.Kind == trace.Pattern && v.Of == trace.Str) && len(s) >= 2 {
		return s[1 : len(s)-1]
	}
	return s
}

func warningTexts(warnings []trace.Warning) []string {
	var texts []string
	for _, w := range warnings {
		texts = append(texts, strings.TrimSuffix(w.Class+": "+unquoted(w.Text), ": "))
	}
	return texts
}
