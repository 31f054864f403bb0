package behaviour_test

import (
	"testing"
	"testing/fstest"

	. "github.com/onsi/gomega"

	"github.com/pyparity/pyparity/harness/behaviour"
)

// What Function writes, Load reads as the same steps.
func TestFunction(t *testing.T) {
	g := NewWithT(t)
	tried, err := behaviour.ParseSteps("x = (1,\n  2)\ny = \"\"\"a\nb\"\"\"\ntime.sleep(0.1)\nlasts(0.1, 2)")
	g.Expect(err).NotTo(HaveOccurred())
	text, err := behaviour.Function("was_tried", "It was tried.", tried.Steps)
	g.Expect(err).NotTo(HaveOccurred())
	corpus, err := behaviour.Load(fstest.MapFS{"mine.py": {Data: []byte("\"\"\"Mine.\"\"\"\n\n" + text)}}, "mine")
	g.Expect(err).NotTo(HaveOccurred(), text)
	g.Expect(corpus.Behaviours).To(HaveLen(1))
	read := corpus.Behaviours[0]
	g.Expect(read.Sentence).To(Equal("It was tried."))
	g.Expect(read.Steps).To(HaveLen(len(tried.Steps)))
	for i, step := range read.Steps {
		g.Expect(step.Text).To(Equal(tried.Steps[i].Text))
		g.Expect(step.Lasts).To(Equal(tried.Steps[i].Lasts))
	}

	_, err = behaviour.Function("9lives", "It was tried.", tried.Steps)
	g.Expect(err).To(MatchError(ContainSubstring("cannot name a behaviour")))
	_, err = behaviour.Function("was_tried", "it", tried.Steps)
	g.Expect(err).To(MatchError(ContainSubstring("does not end as a sentence does")))
}
