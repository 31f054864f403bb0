package reports

import (
	"fmt"
	"slices"
)

// Inconsistencies lists where a report's own numbers are not those of its
// results, and where a verdict is not what its result shows.
func (r Report) Inconsistencies() []string {
	var wrong []string
	if counts := summarise(r.Behaviours); !slices.Equal(counts, r.Summary) {
		wrong = append(wrong, fmt.Sprintf("the summary says %v, the results %v", r.Summary, counts))
	}
	for _, b := range r.Behaviours {
		for _, res := range b.Results {
			different := slices.ContainsFunc(res.Steps, func(s StepResult) bool { return s.State == StateDifferent })
			switch green := res.Verdict == "match"; {
			case green && (different || len(res.Differences) > 0):
				wrong = append(wrong, fmt.Sprintf("%s is a match for %s, Python %s, and its steps differ", b.ID, res.Subject, res.Python))
			case green && (res.End == nil || len(res.Steps) != len(b.Steps)):
				wrong = append(wrong, fmt.Sprintf("%s is a match for %s, Python %s, and was not run", b.ID, res.Subject, res.Python))
			}
		}
	}
	return wrong
}

// SameReference says why a replay's references are not those of the report.
func (r Report) SameReference(replay Report) error {
	for _, want := range r.Provenance.References {
		if want.Unavailable != "" {
			continue
		}
		i := slices.IndexFunc(replay.Provenance.References, func(ref Reference) bool { return ref.Python == want.Python })
		if i < 0 {
			return fmt.Errorf("there is no Python %s", want.Python)
		}
		if got := replay.Provenance.References[i]; got.identity() != want.identity() {
			return fmt.Errorf("the report was made with CPython %s, this machine has %s", want.identity(), got.identity())
		}
	}
	return nil
}

// Contradicted lists the results of a replay that are not what the report says.
// Subjects correspond by their order, since one may be called otherwise on
// another machine.
func (r Report) Contradicted(replay Report) []Move {
	names := map[string]string{}
	for i, s := range replay.Provenance.Subjects {
		if i < len(r.Provenance.Subjects) {
			names[s.Name] = r.Provenance.Subjects[i].Name
		}
	}
	reported := map[resultKey]placed{}
	for i := range r.Behaviours {
		b := &r.Behaviours[i]
		for j := range b.Results {
			reported[resultKey{b.ID, b.Results[j].Subject, b.Results[j].Python}] = placed{b, &b.Results[j]}
		}
	}
	var moves []Move
	for i := range replay.Behaviours {
		b := &replay.Behaviours[i]
		for j := range b.Results {
			key := resultKey{b.ID, firstNonEmpty(names[b.Results[j].Subject], b.Results[j].Subject), b.Results[j].Python}
			m := moveOf(key, reported[key], placed{b, &b.Results[j]})
			if !m.same() {
				moves = append(moves, m)
			}
		}
	}
	return moves
}
