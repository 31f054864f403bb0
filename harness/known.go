package harness

import "github.com/pyparity/pyparity/harness/known"

// applyKnown lets the declared differences speak: a result whose differences
// are all declared is Known, one whose declared difference is gone is Fixed.
func (b *bench) applyKnown(res *Result) {
	names := append([]string{res.Behaviour.ID}, res.Behaviour.Aliases...)
	j := b.runner.suite.Known.Judge(names, res.Subject, res.Python, res.Differences)
	switch j.Status {
	case known.Undeclared:
		return
	case known.Declared:
		res.Verdict = Known
	case known.Gone:
		res.Verdict, res.Reason = Fixed, j.Hint
	case known.Changed:
		res.Reason = j.Hint
	}
	res.Known = j.Entry
}

// UnusedKnown lists, by their place, the declared differences that name no
// behaviour of the corpus: they prove nothing, and fail a run of it.
func (s *Suite) UnusedKnown() []string {
	var names, places []string
	for _, b := range s.Corpus.Behaviours {
		names = append(append(names, b.ID), b.Aliases...)
	}
	for _, e := range s.Known.Unused(names) {
		places = append(places, s.Known.Place(e))
	}
	return places
}
