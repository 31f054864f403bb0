package contract

import (
	"fmt"
	"strings"

	"github.com/pyparity/pyparity/harness/trace"
)

// absent stands for an attribute, an argument or an observation that is not there.
const absent = "absent"

func renderOptional(v *trace.Value) string {
	if v == nil {
		return absent
	}
	return trace.Render(*v)
}

// renderIdentity shows an object without its state.
func renderIdentity(v trace.Value) string {
	v.State = nil
	return trace.Render(v)
}

// Describe shows an observation, or what a contract expects of one, as a person
// would tell it, on one line.
func Describe(o trace.Observation) string {
	text := renderOutcome(o)
	if len(o.Warnings) > 0 {
		text += ", warned " + renderWarnings(o.Warnings)
	}
	return text
}

// renderOutcome shows an observation as a person would tell it.
func renderOutcome(o trace.Observation) string {
	switch {
	case o.Raised != nil:
		return "raised " + trace.RenderException(*o.Raised)
	case o.NotRun != "":
		return "not run, for want of " + o.NotRun
	}
	return "returned " + renderOptional(o.Returned)
}

func renderWarnings(ws []trace.Warning) string {
	if len(ws) == 0 {
		return "no warnings"
	}
	return strings.Join(column(ws, renderWarning), ", ")
}

func renderWarning(w trace.Warning) string { return w.Class + "(" + trace.Render(w.Text) + ")" }

func renderTuple(items []trace.Value) string {
	return trace.Render(trace.SeqValue(trace.Tuple, items...))
}

// itemPath is how Python reaches an item: by index, or by key in a dict. What a
// key itself is stands at ".keys()[0]".
func itemPath(path string, of trace.Value, i int) string {
	switch {
	case of.Kind != trace.Dict:
		return fmt.Sprintf("%s[%d]", path, i)
	case i%2 == 0:
		return fmt.Sprintf("%s.keys()[%d]", path, i/2)
	}
	return fmt.Sprintf("%s[%s]", path, trace.Render(of.Items[i-1]))
}
