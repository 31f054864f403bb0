package contract

import (
	"fmt"
	"strconv"
	"time"

	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/harness/trace"
)

// CheckDurations lists the steps that took less or more time than lasts(…)
// allows. Bounds holds those of each step, nil where there are none. A step that
// was not run took no time and is not judged.
func CheckDurations(bounds []*behaviour.Bounds, t trace.Trace) []Difference {
	var found []Difference
	for _, o := range t.Observations {
		if o.Step < 0 || o.Step >= len(bounds) || bounds[o.Step] == nil || o.Outcome() == trace.OutcomeNotRun {
			continue
		}
		b := bounds[o.Step]
		if o.Took < b.Min || o.Took > b.Max {
			found = append(found, Difference{
				Step: o.Step, Facet: FacetDuration,
				Want: fmt.Sprintf("%s to %s s", renderSeconds(b.Min), renderSeconds(b.Max)),
				Got:  renderSeconds(o.Took) + " s",
			})
		}
	}
	return found
}

// renderSeconds rounds to microseconds, which is finer than any bound.
func renderSeconds(d time.Duration) string {
	return strconv.FormatFloat(float64(d.Round(time.Microsecond).Microseconds())/1e6, 'f', -1, 64)
}
