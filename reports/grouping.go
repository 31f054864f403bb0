package reports

import (
	"strings"

	"github.com/pyparity/pyparity/harness/contract"
)

// A group is the results on a behaviour that look the same but for the time
// that they took: most often those of several Pythons. Showing them once is
// what keeps a page readable, and small.
type group struct {
	subject string
	pythons []string
	first   Result // stands for all of them
	steps   []stepView
	atEnd   []contract.Difference
	timings []timing // by step
}

// A timing is the longest that each side took with a step, in seconds.
type timing struct{ want, got float64 }

func groupResults(b Behaviour) []*group {
	var groups []*group
	index := map[string]*group{}
	for _, res := range b.Results {
		steps, atEnd := viewSteps(b, res)
		key := groupKey(res, steps, atEnd)
		g := index[key]
		if g == nil {
			g = &group{subject: res.Subject, first: res, steps: steps, atEnd: atEnd, timings: make([]timing, len(steps))}
			index[key] = g
			groups = append(groups, g)
		}
		g.pythons = append(g.pythons, res.Python)
		for i, s := range res.Steps {
			if i == len(g.timings) {
				break
			}
			if s.Reference != nil {
				g.timings[i].want = max(g.timings[i].want, s.Reference.Observation.Took.Seconds())
			}
			if s.Subject != nil {
				g.timings[i].got = max(g.timings[i].got, s.Subject.Observation.Took.Seconds())
			}
		}
	}
	return groups
}

// groupKey is everything that is shown of a result, apart from durations.
func groupKey(res Result, steps []stepView, atEnd []contract.Difference) string {
	var b strings.Builder
	add := func(texts ...string) {
		for _, t := range texts {
			b.WriteString(t)
			b.WriteByte(0)
		}
	}
	side := func(s *Side) {
		if s == nil {
			add("nothing")
			return
		}
		add("side", s.Text)
		add(s.Warnings...)
	}
	add(res.Subject, string(res.Verdict), res.Reason)
	if res.Drifted {
		add("drifted")
	}
	if res.Known != nil {
		add(res.Known.Reason, res.Known.Link)
	}
	if res.End != nil {
		add(string(res.End.Kind), res.End.Detail, res.End.Stderr)
	}
	for _, s := range steps {
		add(string(rune('0'+s.Mark)), s.Ended)
		side(s.Want)
		// What a subject did in an equal step is what was wanted, whatever the
		// numbers were that the variables took.
		if s.Mark != markEqual {
			side(s.Got)
		}
		if s.First != nil {
			add("first", differenceText(*s.First))
		}
		for _, d := range s.Differences {
			add(differenceText(d))
		}
	}
	for _, d := range atEnd {
		add("end", differenceText(d))
	}
	return b.String()
}
