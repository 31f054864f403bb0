package conformance_test

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/pyparity/pyparity/conformance"
	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/subject"
)

// In one process, what a behaviour leaves open is not met by the next, which may
// want the same address: here it is the same behaviour, as another Python.
func TestBehavioursInProcessDoNotMeet(t *testing.T) {
	g := NewWithT(t)
	suite, err := conformance.NewSuite(conformance.Folders{})
	g.Expect(err).NotTo(HaveOccurred())
	selected, err := suite.Corpus.Select([]string{"foreign_families.names_are_of_the_descriptors_family", "foreign_families.inet_name_of_an_inet6_object"})
	g.Expect(err).NotTo(HaveOccurred())
	run, err := suite.Run(t.Context(), harness.Options{
		Pythons: []string{"3.11", "3.13", "3.14"}, Selected: selected, Jobs: 3,
		Subjects: []subject.Subject{&subject.Local{SubjectName: "port", New: func(python string) (subject.Runner, error) {
			return conformance.PortRunner(python)
		}}},
	})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(run.Results).To(HaveLen(6))
	for _, res := range run.Results {
		g.Expect(res.Verdict).To(Equal(harness.Match), "%s, Python %s: %s %v", res.Behaviour.ID, res.Python, res.Reason, res.Differences)
	}
}
