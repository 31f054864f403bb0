package contract

import (
	"slices"

	"github.com/pyparity/pyparity/harness/trace"
)

const resourceWarning = "ResourceWarning"

// Normalise returns the trace with its ResourceWarnings where they are compared:
// at the end of the next step that collects, in an order that does not depend on
// when they were issued. Those after the last such step are dropped. Collects
// tells for each step whether it is one. The given trace is not changed.
func Normalise(collects []bool, t trace.Trace) trace.Trace {
	t.Observations = slices.Clone(t.Observations)
	var waiting []trace.Warning
	for i := range t.Observations {
		o := &t.Observations[i]
		var kept []trace.Warning
		for _, w := range o.Warnings {
			if w.Class == resourceWarning {
				waiting = append(waiting, w)
			} else {
				kept = append(kept, w)
			}
		}
		if collecting(collects, o.Step) {
			slices.SortStableFunc(waiting, func(a, b trace.Warning) int { return compareNaturally(a.Text, b.Text) })
			kept = append(kept, waiting...)
			waiting = nil
		}
		o.Warnings = kept
	}
	return t
}

func collecting(collects []bool, step int) bool {
	return step >= 0 && step < len(collects) && collects[step]
}
