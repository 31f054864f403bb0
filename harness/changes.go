package harness

import (
	"slices"
	"strings"

	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/harness/contract"
	"github.com/pyparity/pyparity/harness/recording"
)

// A Change is what CPython itself does otherwise in a later version with the
// same steps, by its recordings.
type Change struct {
	Behaviour   *behaviour.Behaviour
	From, To    string                // Pythons, such as "3.9" and "3.11"
	Differences []contract.Difference // one for each step that changed; Want is what From does
}

// Changes compares the recordings of each Python with those of the one before,
// for the given behaviours; nil means the whole corpus. A behaviour that only
// one of the two has been recorded with is left out.
func (s *Suite) Changes(behaviours []*behaviour.Behaviour) ([]Change, error) {
	if s.Recordings == nil {
		return nil, nil
	}
	if behaviours == nil {
		behaviours = s.Corpus.Behaviours
	}
	pythons, err := recording.Pythons(s.Recordings)
	if err != nil {
		return nil, err
	}
	sets := make([]*recording.Set, len(pythons))
	files := filesOf(behaviours)
	for i, python := range pythons {
		if sets[i], err = recording.LoadFiles(s.Recordings, s.RecordingsName, python, files); err != nil {
			return nil, err
		}
	}
	var changes []Change
	for _, b := range behaviours {
		hash := b.Hash()
		for i := 1; i < len(pythons); i++ {
			older, hadIt := sets[i-1].Lookup(hash, b.ID, b.Aliases...)
			newer, hasIt := sets[i].Lookup(hash, b.ID, b.Aliases...)
			if !hadIt || !hasIt {
				continue
			}
			if diffs := contract.Compare(older, newer); len(diffs) > 0 {
				changes = append(changes, Change{Behaviour: b, From: pythons[i-1], To: pythons[i], Differences: diffs})
			}
		}
	}
	return changes, nil
}

// filesOf are the behaviour files in which behaviours are, or were under a former
// id.
func filesOf(behaviours []*behaviour.Behaviour) []string {
	var files []string
	for _, b := range behaviours {
		for _, id := range append([]string{b.ID}, b.Aliases...) {
			if file, _, _ := strings.Cut(id, "."); !slices.Contains(files, file) {
				files = append(files, file)
			}
		}
	}
	return files
}
