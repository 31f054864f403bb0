package conformance

import (
	"maps"
	"testing"

	"github.com/pyparity/pyparity/fixtures"
	"github.com/pyparity/pyparity/harness/behaviour"
)

// A behaviour that has fewer steps than this does not say enough to be read alone,
// and one that is longer to write states more than one fact.
const (
	fewestSteps = 3
	mostWritten = 10
)

func TestABehaviourIsReadInOneGo(t *testing.T) {
	corpus, err := behaviour.Load(fixtures.Behaviours(), "fixtures/behaviours", behaviour.Modules(Modules...))
	if err != nil {
		t.Fatal(err)
	}
	sentences := map[string]string{}
	for _, b := range corpus.Behaviours {
		written := map[int]string{} // by the line: what a loop repeats is written once
		for _, step := range b.Steps {
			if text, again := written[step.Line]; again && text != step.Text {
				step.Text = "" // a loop's own line, which is no step
			}
			written[step.Line] = step.Text
		}
		maps.DeleteFunc(written, func(_ int, text string) bool { return text == "" })
		switch {
		case len(b.Steps) < fewestSteps:
			t.Errorf("%s has %d steps: add the contrast or the edge that makes the fact complete", b.ID, len(b.Steps))
		case len(written) > mostWritten:
			t.Errorf("%s has %d steps as written: it states more than one fact", b.ID, len(written))
		}
		if other := sentences[b.Sentence]; other != "" {
			t.Errorf("%s states what %s does", b.ID, other)
		}
		sentences[b.Sentence] = b.ID
	}
}
