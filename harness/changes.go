package harness

import (
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
	for i, python := range pythons {
		if sets[i], err = s.recordings(python); err != nil {
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
