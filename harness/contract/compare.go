package contract

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/pyparity/pyparity/harness/trace"
)

// Compare lists how a contract differs from an older one of the same steps, such
// as those of two versions of the reference: at most one difference a step, with
// the coarsest facet. Variables are the same if they stand in the same places
// throughout, whatever their numbers are.
func Compare(older, newer *Contract) []Difference {
	var diffs []Difference
	names := pairing{forth: map[string]string{}, back: map[string]string{}}
	for i := range min(len(older.Steps), len(newer.Steps)) {
		if d, ok := names.compare(older.Steps[i].Observation, newer.Steps[i].Observation); !ok {
			d.Step = i
			diffs = append(diffs, d)
		}
	}
	return diffs
}

// compare reports whether two observations are the same, and if not how they
// differ. Every text that it looks at binds the variables in it.
func (p pairing) compare(a, b trace.Observation) (Difference, bool) {
	if a.Outcome() != b.Outcome() {
		return Difference{Facet: FacetOutcome, Want: renderOutcome(a), Got: renderOutcome(b)}, false
	}
	if a.Raised != nil {
		if d, ok := p.exceptions(*a.Raised, *b.Raised); !ok {
			return d, false
		}
	}
	if a.Returned != nil {
		if d, ok := p.values(*a.Returned, *b.Returned); !ok {
			return d, false
		}
	}
	if a.NotRun != b.NotRun {
		return Difference{Facet: FacetOutcome, Want: renderOutcome(a), Got: renderOutcome(b)}, false
	}
	if d, ok := p.warnings(a.Warnings, b.Warnings); !ok {
		return d, false
	}
	return Difference{}, true
}

func (p pairing) exceptions(a, b trace.Exception) (Difference, bool) {
	switch {
	case a.Class != b.Class:
		return Difference{Facet: FacetClass, Want: trace.RenderException(a), Got: trace.RenderException(b)}, false
	case !slices.Equal(a.Bases, b.Bases):
		return Difference{Facet: FacetClass, Path: ".__mro__", Want: fmt.Sprint(a.Bases), Got: fmt.Sprint(b.Bases)}, false
	}
	for _, f := range []struct {
		facet Facet
		a, b  string
	}{
		{FacetErrno, renderOptional(a.Errno), renderOptional(b.Errno)},
		{FacetText, trace.Render(a.Text), trace.Render(b.Text)},
		{FacetValue, renderTuple(a.Args), renderTuple(b.Args)},
		{FacetValue, renderOptional(a.Members), renderOptional(b.Members)},
	} {
		if !p.same(f.a, f.b) {
			return Difference{Facet: f.facet, Want: f.a, Got: f.b}, false
		}
	}
	return Difference{}, true
}

func (p pairing) values(a, b trace.Value) (Difference, bool) {
	full := [2]string{trace.Render(a), trace.Render(b)}
	if p.same(full[0], full[1]) {
		return Difference{}, true
	}
	facet := FacetValue
	if a.Kind == trace.Object && b.Kind == trace.Object && renderIdentity(a) == renderIdentity(b) {
		facet = FacetState
	}
	return Difference{Facet: facet, Want: full[0], Got: full[1]}, false
}

func (p pairing) warnings(a, b []trace.Warning) (Difference, bool) {
	classes := func(ws []trace.Warning) []string {
		return column(ws, func(w trace.Warning) string { return w.Class })
	}
	facet := FacetText
	if !slices.Equal(classes(a), classes(b)) {
		facet = FacetWarnings
	}
	want, got := renderWarnings(a), renderWarnings(b)
	return Difference{Facet: facet, Want: want, Got: got}, p.same(want, got)
}

// A pairing is which variable of one contract stands for which of the other.
type pairing struct{ forth, back map[string]string }

var variablePattern = regexp.MustCompile(`⟨\d+⟩`)

// same compares two texts; variables that were not met before are paired.
func (p pairing) same(a, b string) bool {
	av, bv := variablePattern.FindAllString(a, -1), variablePattern.FindAllString(b, -1)
	if len(av) != len(bv) ||
		variablePattern.ReplaceAllString(a, "⟨⟩") != variablePattern.ReplaceAllString(b, "⟨⟩") {
		return false
	}
	for i := range av {
		f, forth := p.forth[av[i]]
		k, back := p.back[bv[i]]
		if forth != back || forth && (f != bv[i] || k != av[i]) {
			return false
		}
		p.forth[av[i]], p.back[bv[i]] = bv[i], av[i]
	}
	return true
}
