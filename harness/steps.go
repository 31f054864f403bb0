package harness

import "github.com/pyparity/pyparity/harness/behaviour"

// collects says of each step whether it collects garbage.
func collects(b *behaviour.Behaviour) []bool {
	marks := make([]bool, len(b.Steps))
	for i, step := range b.Steps {
		marks[i] = step.Collects
	}
	return marks
}

// durations are the bounds of each step, nil where it has none.
func durations(b *behaviour.Behaviour) []*behaviour.Bounds {
	bounds := make([]*behaviour.Bounds, len(b.Steps))
	for i, step := range b.Steps {
		bounds[i] = step.Lasts
	}
	return bounds
}
