package known

import "github.com/pyparity/pyparity/harness/contract"

// An Entry declares a difference: which behaviours, for which subject and
// Pythons, in which facet, and what exactly is different.
type Entry struct {
	ID      string         `json:"id"`               // a behaviour's id, or a glob over ids
	Subject string         `json:"subject"`          // a subject's name, or a glob
	Python  []string       `json:"python,omitempty"` // versions; empty means all
	Facet   contract.Facet `json:"facet"`
	Want    string         `json:"want"` // as contract.Difference writes it
	Got     string         `json:"got"`
	Reason  string         `json:"reason"`
	Link    string         `json:"link"`
}
