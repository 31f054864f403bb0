package conformance_test

import (
	"os"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/pyparity/pyparity/conformance"
	"github.com/pyparity/pyparity/reports"
)

// The report that is kept beside the code is of this very corpus, all of it, and
// the README says what it says. While behaviours are being written it is behind;
// where strictness is asked for, as in CI, that fails.
func TestThePublishedReportIsNotOlderThanTheCorpus(t *testing.T) {
	g := NewWithT(t)
	behind := func(text string) {
		t.Helper()
		if os.Getenv(conformance.StrictVariable) == "" {
			t.Skip(text + "; 'make publish' writes it anew")
		}
		t.Fatal(text + "; write it anew with 'make publish'")
	}
	r, err := reports.ReadFile("../reports/published")
	if err != nil {
		behind("there is no published report: " + err.Error())
	}
	g.Expect(r.Publishable()).To(Succeed())
	g.Expect(r.Inconsistencies()).To(BeEmpty())
	readme, err := os.ReadFile("../README.md")
	g.Expect(err).NotTo(HaveOccurred())
	_, rest, found := strings.Cut(string(readme), reports.ExcerptBegin)
	g.Expect(found).To(BeTrue())
	excerpt, _, found := strings.Cut(rest, reports.ExcerptEnd)
	g.Expect(found).To(BeTrue())
	g.Expect(strings.TrimSpace(excerpt)).To(Equal(r.Excerpt()), "the README's table is that of the published report")

	suite, err := conformance.NewSuite(conformance.Folders{})
	g.Expect(err).NotTo(HaveOccurred())
	if r.Provenance.Corpus.Hash != suite.Corpus.Hash() {
		behind("the published report is of another corpus than this one")
	}
}
