package known

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/pyparity/pyparity/harness/contract"
)

// An Entry declares a difference: which behaviours, for which subject and
// Pythons, in which facet, and what exactly is different.
type Entry struct {
	ID      string         `json:"id"`               // a behaviour's id or alias, or a glob over ids
	Subject string         `json:"subject"`          // a subject's name, or a glob
	Python  []string       `json:"python,omitempty"` // versions; empty means all
	Facet   contract.Facet `json:"facet"`
	Want    string         `json:"want"` // as contract.Difference writes it; ⟨*⟩ stands for any one word
	Got     string         `json:"got"`
	Reason  string         `json:"reason"`
	Link    string         `json:"link"`
}

// covers reports whether the entry speaks of a behaviour with any of these
// names, for this subject and Python.
func (e *Entry) covers(names []string, subject, python string) bool {
	return e.names(names) && matches(e.Subject, subject) && (len(e.Python) == 0 || slices.Contains(e.Python, python))
}

func (e *Entry) names(names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return matches(e.ID, name) })
}

// explains reports whether a difference is the one that the entry declares.
func (e *Entry) explains(d contract.Difference) bool {
	return e.Facet == d.Facet && says(e.Want, d.Want) && says(e.Got, d.Got)
}

// matches takes a malformed glob, which Load refuses, for one that matches
// nothing.
func matches(glob, name string) bool {
	ok, err := path.Match(glob, name)
	return err == nil && ok
}

// anyWord stands in a declared text for a word that is another one in each run:
// a descriptor, a port, a part of a path.
const anyWord = "⟨*⟩"

// says compares a declared text with a real one.
func says(declared, text string) bool {
	if !strings.Contains(declared, anyWord) {
		return declared == text
	}
	parts := strings.Split(declared, anyWord)
	for i, part := range parts {
		parts[i] = regexp.QuoteMeta(part)
	}
	ok, err := regexp.MatchString(`\A`+strings.Join(parts, `[\pL\pN_]+`)+`\z`, text)
	return err == nil && ok
}
