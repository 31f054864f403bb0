package known

import (
	"fmt"

	"github.com/pyparity/pyparity/harness/contract"
)

// A Status is what the declarations make of a result.
type Status string

// The statuses.
const (
	Undeclared Status = "undeclared" // no entry covers the behaviour: its verdict stands
	Declared   Status = "declared"   // every difference is declared, and every declaration holds
	Gone       Status = "gone"       // a declared difference is no longer there, and there is no other
	Changed    Status = "changed"    // entries cover the behaviour, and there is a difference that none declares
)

// A Judgement is what a Set says of one result.
type Judgement struct {
	Status Status
	// Entry is the one that explains the first difference (Declared), the first
	// one whose difference is gone (Gone), or the one that comes closest to the
	// first difference that is not declared (Changed).
	Entry *Entry
	// Undeclared are the differences that no entry explains.
	Undeclared []contract.Difference
	// Hint says for Gone and Changed what to do, with the entry's place.
	Hint string
}

// Judge looks at the differences between a subject and the contract of a
// behaviour that has these names: its id and its aliases. A nil Set declares
// nothing.
func (s *Set) Judge(names []string, subject, python string, differences []contract.Difference) Judgement {
	if s == nil {
		return Judgement{Status: Undeclared, Undeclared: differences}
	}
	var covering []*Entry
	for i := range s.Entries {
		if e := &s.Entries[i]; e.covers(names, subject, python) {
			covering = append(covering, e)
		}
	}
	if len(covering) == 0 {
		return Judgement{Status: Undeclared, Undeclared: differences}
	}
	used := map[*Entry]bool{}
	j := Judgement{Status: Declared}
	for _, d := range differences {
		explained := false
		for _, e := range covering {
			if e.explains(d) {
				explained, used[e] = true, true
				if j.Entry == nil {
					j.Entry = e
				}
			}
		}
		if !explained {
			j.Undeclared = append(j.Undeclared, d)
		}
	}
	var unused []*Entry
	for _, e := range covering {
		if !used[e] {
			unused = append(unused, e)
		}
	}
	switch {
	case len(j.Undeclared) > 0:
		s.changed(&j, covering, unused)
	case len(unused) > 0:
		j.Status, j.Entry = Gone, unused[0]
		j.Hint = s.Place(j.Entry) + " declares a difference that is no longer there: remove the entry, or narrow what it covers"
	}
	return j
}

// changed explains a difference that is not declared, by the entry that may have
// been meant to declare it.
func (s *Set) changed(j *Judgement, covering, unused []*Entry) {
	j.Status = Changed
	d := j.Undeclared[0]
	for _, e := range unused {
		if e.Facet == d.Facet {
			j.Entry = e
			j.Hint = fmt.Sprintf("%s declares for %s want %s and got %s, which has changed", s.Place(e), e.Facet, e.Want, e.Got)
			return
		}
	}
	j.Entry = covering[0]
	j.Hint = fmt.Sprintf("%s covers the behaviour, but no entry declares this difference in %s", s.Place(j.Entry), d.Facet)
}

// Unused lists the entries that cover none of the behaviours with these names,
// ids and aliases alike. It means something only when the names are those of the
// whole corpus.
func (s *Set) Unused(names []string) []*Entry {
	if s == nil {
		return nil
	}
	var unused []*Entry
	for i := range s.Entries {
		if e := &s.Entries[i]; !e.names(names) {
			unused = append(unused, e)
		}
	}
	return unused
}
