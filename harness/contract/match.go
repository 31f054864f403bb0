package contract

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/pyparity/pyparity/harness/trace"
)

// Match lists everything in which a trace is not what the contract says: step by
// step, and within a step from the coarsest facet to the finest. Collects tells
// for each step whether it collects. How long steps took is left to
// [CheckDurations].
//
// What follows from one mistake may be several differences: a wrong errno shows
// in the class, the errno, the arguments and the text. A trace that did not come
// to its end has a difference of [FacetEnd] at the step that it did not finish,
// and none for the steps after that.
func (c *Contract) Match(collects []bool, t trace.Trace) []Difference {
	m := &matcher{bound: map[int]string{}}
	got, stray := byStep(Normalise(collects, t).Observations, len(c.Steps))
	for i, want := range c.Steps {
		m.step = i
		o, ok := got[i]
		switch {
		case ok:
			m.observation(want.Observation, o, collecting(collects, i))
		case t.End == trace.EndDone:
			m.differ(FacetOutcome, "", renderOutcome(want.Observation), absent)
		}
	}
	for _, o := range stray {
		m.step = o.Step
		m.differ(FacetOutcome, "", absent, renderOutcome(o))
	}
	if t.End != trace.EndDone {
		m.step = t.LastStep()
		m.differ(FacetEnd, "", string(trace.EndDone), string(t.End))
	}
	if len(m.found) == 0 {
		return nil
	}
	order := Facets()
	slices.SortStableFunc(m.found, func(a, b Difference) int {
		return cmp.Or(cmp.Compare(a.Step, b.Step), cmp.Compare(slices.Index(order, a.Facet), slices.Index(order, b.Facet)))
	})
	return m.found
}

// byStep finds the observation of each step. Stray are those of steps that there
// are not, and second ones.
func byStep(all []trace.Observation, steps int) (got map[int]trace.Observation, stray []trace.Observation) {
	got = map[int]trace.Observation{}
	for _, o := range all {
		if _, twice := got[o.Step]; twice || o.Step < 0 || o.Step >= steps {
			stray = append(stray, o)
		} else {
			got[o.Step] = o
		}
	}
	return got, stray
}

// A matcher walks a contract and a trace side by side.
type matcher struct {
	step  int
	bound map[int]string // what each variable is
	found []Difference
}

func (m *matcher) differ(facet Facet, path, want, got string) {
	m.found = append(m.found, Difference{m.step, facet, path, want, got})
}

func (m *matcher) observation(want, got trace.Observation, collects bool) {
	switch {
	case want.Outcome() != got.Outcome() || want.NotRun != got.NotRun || isEmpty(got):
		m.differ(FacetOutcome, "", renderOutcome(want), renderOutcome(got))
	case want.Raised != nil:
		m.exception(raised, "", *want.Raised, *got.Raised)
	case want.Returned != nil:
		m.value(FacetValue, "", *want.Returned, *got.Returned)
	}
	m.warnings(want.Warnings, got.Warnings, collects)
}

// facets are the names under which the parts of an exception differ.
type facets struct{ class, errno, args, text Facet }

// raised is for an exception that ends a step; inside of a value it has the
// facet of the value.
var raised = facets{FacetClass, FacetErrno, FacetValue, FacetText}

func (m *matcher) exception(f facets, path string, want, got trace.Exception) {
	if want.Class != got.Class {
		m.differ(f.class, path, want.Class, got.Class)
	} else if !slices.Equal(want.Bases, got.Bases) {
		m.differ(f.class, path+".__mro__", fmt.Sprint(want.Bases), fmt.Sprint(got.Bases))
	}
	if len(want.Args) == len(got.Args) {
		for i := range want.Args {
			m.value(f.args, fmt.Sprintf("%s.args[%d]", path, i), want.Args[i], got.Args[i])
		}
	} else {
		m.differ(f.args, path+".args", renderTuple(want.Args), renderTuple(got.Args))
	}
	m.optional(f.errno, path+".errno", want.Errno, got.Errno)
	m.optional(f.text, path+".strerror", want.Strerror, got.Strerror)
	m.value(f.text, path, want.Text, got.Text)
	if want.Members != nil { // a contract of before groups were looked into says nothing of it
		m.optional(f.args, path+".exceptions", want.Members, got.Members)
	}
}

func (m *matcher) optional(facet Facet, path string, want, got *trace.Value) {
	switch {
	case want != nil && got != nil:
		m.value(facet, path, *want, *got)
	case want != nil || got != nil:
		m.differ(facet, path, renderOptional(want), renderOptional(got))
	}
}

// warnings compares in order, but for those of collected objects.
func (m *matcher) warnings(want, got []trace.Warning, collects bool) {
	if len(want) != len(got) {
		m.differ(FacetWarnings, "", renderWarnings(want), renderWarnings(got))
		return
	}
	ordered := len(want)
	if collects {
		ordered = max(leading(want), leading(got))
	}
	for i := range ordered {
		m.warning(i, want[i], got[i])
	}
	m.anyOrder(len(want)-ordered, func(i, j int) { m.warning(ordered+i, want[ordered+i], got[ordered+j]) })
}

// leading counts the warnings before the first of a collected object.
func leading(ws []trace.Warning) int {
	for i, w := range ws {
		if w.Class == resourceWarning {
			return i
		}
	}
	return len(ws)
}

func (m *matcher) warning(i int, want, got trace.Warning) {
	path := fmt.Sprintf("warnings[%d]", i)
	if want.Class != got.Class {
		m.differ(FacetWarnings, path, renderWarning(want), renderWarning(got))
		return
	}
	m.value(FacetText, path, want.Text, got.Text)
}

// maxTries bounds the search for an order.
const maxTries = 10_000

// anyOrder compares n things with n others of which the order does not matter:
// compare(i, j) is called for a way of pairing them that has no differences, or,
// if there is none, for i and i.
func (m *matcher) anyOrder(n int, compare func(i, j int)) {
	tries := 0
	used := make([]bool, n)
	var pair func(i int) bool
	pair = func(i int) bool {
		if i == n {
			return true
		}
		for j := range n {
			if tries++; used[j] || tries > maxTries {
				continue
			}
			before, bound := len(m.found), maps.Clone(m.bound)
			compare(i, j)
			used[j] = true
			if len(m.found) == before && pair(i+1) {
				return true
			}
			used[j] = false
			m.found, m.bound = m.found[:before], bound
		}
		return false
	}
	if pair(0) {
		return
	}
	for i := range n {
		compare(i, i)
	}
}
