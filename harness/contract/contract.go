package contract

import "github.com/pyparity/pyparity/harness/trace"

// A Contract is what the reference keeps stable over several perturbed runs of
// a behaviour.
type Contract struct {
	Steps []Expectation `json:"steps"`
	// Variables is how many variables the steps mention, numbered from 1 in
	// order of first appearance.
	Variables int `json:"variables,omitempty"`
}

// An Expectation is what a step is held to: an observation whose unstable
// leaves are variables, without the time that it took.
type Expectation struct {
	trace.Observation
}

// A Facet is the aspect of an observation in which a subject differs.
type Facet string

// The facets, from the coarsest to the finest.
const (
	FacetEnd      Facet = "end"      // hung, crashed, broke the protocol
	FacetOutcome  Facet = "outcome"  // returned, raised, not run
	FacetClass    Facet = "class"    // an exception's class or bases
	FacetErrno    Facet = "errno"    // an exception's errno
	FacetValue    Facet = "value"    // a returned value, an exception's args
	FacetState    Facet = "state"    // an object's public state
	FacetWarnings Facet = "warnings" // which warnings were issued
	FacetText     Facet = "text"     // an exception's or a warning's text
	FacetDuration Facet = "duration" // outside the bounds that lasts() gives
)

// Facets lists every facet, from the coarsest to the finest.
func Facets() []Facet {
	return []Facet{
		FacetEnd, FacetOutcome, FacetClass, FacetErrno, FacetValue, FacetState, FacetWarnings, FacetText, FacetDuration,
	}
}

// A Difference is one place where a trace is not what the contract says.
type Difference struct {
	Step  int    `json:"step"` // index of the step; the number of steps for the end of the run
	Facet Facet  `json:"facet"`
	Path  string `json:"path,omitempty"` // inside the value: "[0].timeout"
	Want  string `json:"want"`           // as Python would write it; variables are ⟨1⟩, ⟨2⟩, …
	Got   string `json:"got"`
}
