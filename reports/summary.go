package reports

import (
	"fmt"
	"math"

	"github.com/pyparity/pyparity/harness"
)

// A Count is how many behaviours have each verdict, for one subject and Python.
type Count struct {
	Subject           string `json:"subject"`
	Python            string `json:"python"`
	Match             int    `json:"match"`
	Differ            int    `json:"differ"`
	Known             int    `json:"known"`
	Fixed             int    `json:"fixed"`
	Unsupported       int    `json:"unsupported"`
	Hang              int    `json:"hang"`
	Crash             int    `json:"crash"`
	ReferenceUnstable int    `json:"reference_unstable"`
	HarnessError      int    `json:"harness_error"`
	NotRun            int    `json:"not_run"`
	Total             int    `json:"total"`
	Drifted           int    `json:"drifted"` // of all, whatever the verdict
}

// of returns the counter of a verdict, or nil for a verdict that does not exist.
func (c *Count) of(v harness.Verdict) *int {
	switch v {
	case harness.Match:
		return &c.Match
	case harness.Differ:
		return &c.Differ
	case harness.Known:
		return &c.Known
	case harness.Fixed:
		return &c.Fixed
	case harness.Unsupported:
		return &c.Unsupported
	case harness.Hang:
		return &c.Hang
	case harness.Crash:
		return &c.Crash
	case harness.ReferenceUnstable:
		return &c.ReferenceUnstable
	case harness.HarnessError:
		return &c.HarnessError
	case harness.NotRun:
		return &c.NotRun
	}
	return nil
}

// Of is the number of behaviours with the verdict.
func (c Count) Of(v harness.Verdict) int {
	if n := c.of(v); n != nil {
		return *n
	}
	return 0
}

// Judged is how many behaviours say something about the subject: all but those
// that the machine does not support and those that were not run.
func (c Count) Judged() int { return c.Total - c.Unsupported - c.NotRun }

// Green reports whether nothing here fails a run.
func (c Count) Green() bool { return c.Match+c.Known+c.Unsupported == c.Total }

// Parity is the share of judged behaviours that match, as "98.7 %". It is
// rounded down, so that only a full match is 100 %.
func (c Count) Parity() string {
	switch judged := c.Judged(); {
	case judged == 0:
		return "–"
	case c.Match == judged:
		return "100 %"
	default:
		return fmt.Sprintf("%.1f %%", math.Floor(1000*float64(c.Match)/float64(judged))/10)
	}
}

// Total adds up the summary; its subject and Python are empty.
func (r Report) Total() Count {
	var t Count
	for _, c := range r.Summary {
		for _, v := range harness.Verdicts {
			*t.of(v) += c.Of(v)
		}
		t.Total += c.Total
		t.Drifted += c.Drifted
	}
	return t
}

// Green reports whether the run succeeded: it is complete, and every result is
// a match, a known difference, or unsupported here.
func (r Report) Green() bool { return r.Complete && r.Total().Green() }

// summarise counts the verdicts, in order of first appearance of subject and
// Python.
func summarise(behaviours []Behaviour) []Count {
	type key struct{ subject, python string }
	counts := []Count{}
	index := map[key]int{}
	for _, b := range behaviours {
		for _, res := range b.Results {
			k := key{res.Subject, res.Python}
			i, ok := index[k]
			if !ok {
				i = len(counts)
				index[k] = i
				counts = append(counts, Count{Subject: res.Subject, Python: res.Python})
			}
			c := &counts[i]
			c.Total++
			if res.Drifted {
				c.Drifted++
			}
			if n := c.of(res.Verdict); n != nil {
				*n++
			}
		}
	}
	return counts
}
