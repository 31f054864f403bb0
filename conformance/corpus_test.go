package conformance

import (
	"maps"
	"regexp"
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

func corpus(t *testing.T) []*behaviour.Behaviour {
	t.Helper()
	corpus, err := behaviour.Load(fixtures.Behaviours(), "fixtures/behaviours", behaviour.Modules(Modules...))
	if err != nil {
		t.Fatal(err)
	}
	return corpus.Behaviours
}

func TestABehaviourIsReadInOneGo(t *testing.T) {
	sentences := map[string]string{}
	for _, b := range corpus(t) {
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

// A source is what anybody can look up: a section of Python's documentation, a
// test of CPython's own, a manual page of Linux or a section of an RFC.
var source = regexp.MustCompile(`^(?:` +
	`(?:c-api|howto|library|reference|tutorial|whatsnew)/[\w.-]+\.html#[\w.-]+|glossary\.html#[\w-]+|` +
	`test_\w+(?:\.\w+){2,3}|` +
	`man [1-8] [\w.-]+(?:, .+)?|` +
	`RFC \d+, .+)$`)

func TestASourceCanBeLookedUp(t *testing.T) {
	behaviours, sourced := corpus(t), 0
	for _, b := range behaviours {
		if len(b.See) > 0 {
			sourced++
		}
		for _, see := range b.See {
			if !source.MatchString(see) {
				t.Errorf("%s sees %q: name a section of Python's documentation, a test of CPython's, a manual page or an RFC", b.ID, see)
			}
		}
	}
	t.Logf("%d of %d behaviours name a source", sourced, len(behaviours))
}
