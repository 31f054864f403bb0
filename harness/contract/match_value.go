package contract

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/pyparity/pyparity/harness/trace"
)

// value compares what a contract has at one place with what a trace has there,
// and goes on into its parts as long as both have the same form.
func (m *matcher) value(facet Facet, path string, want, got trace.Value) {
	switch {
	case want.Kind == trace.Var:
		m.variable(facet, path, want, got)
	case want.Kind == trace.Pattern:
		m.pattern(facet, path, want, got)
	case want.Kind != got.Kind:
		m.differ(facet, path, trace.Render(want), trace.Render(got))
	default:
		m.sameKind(facet, path, want, got)
	}
}

func (m *matcher) sameKind(facet Facet, path string, want, got trace.Value) {
	switch want.Kind {
	case trace.Tuple, trace.List, trace.Dict, trace.Set, trace.Frozenset:
		m.items(facet, path, want, got)
	case trace.Object:
		m.object(facet, path, want, got)
	case trace.Raised:
		if want.Exception != nil && got.Exception != nil {
			m.exception(facets{facet, facet, facet, facet}, path, *want.Exception, *got.Exception)
		}
	case trace.Enum:
		if want.Class != got.Class || want.Text != got.Text || trace.Render(want) != trace.Render(got) {
			m.differ(facet, path, renderMember(want, got), renderMember(got, want))
		}
	default:
		if want.Text != got.Text || want.Of != got.Of || want.Len != got.Len {
			m.differ(facet, path, trace.Render(want), trace.Render(got))
		}
	}
}

// renderMember shows an enum member, with its whole class where the short one
// does not tell it from the other.
func renderMember(v, other trace.Value) string {
	text := trace.Render(v)
	if text == trace.Render(other) {
		text += " of " + v.Class
	}
	return text
}

func (m *matcher) items(facet Facet, path string, want, got trace.Value) {
	if len(want.Items) != len(got.Items) {
		m.differ(facet, path, trace.Render(want), trace.Render(got))
		return
	}
	if want.Kind == trace.Set || want.Kind == trace.Frozenset {
		items := sortedNaturally(got.Items)
		m.anyOrder(len(items), func(i, j int) { m.value(facet, itemPath(path, want, i), want.Items[i], items[j]) })
		return
	}
	for i := range want.Items {
		m.value(facet, itemPath(path, want, i), want.Items[i], got.Items[i])
	}
}

func (m *matcher) object(facet Facet, path string, want, got trace.Value) {
	if want.Class != got.Class || want.ID != got.ID {
		m.differ(facet, path, renderIdentity(want), renderIdentity(got))
	}
	if want.Class != got.Class {
		return
	}
	if (want.State == nil) != (got.State == nil) {
		m.differ(FacetState, path, renderState(want), renderState(got))
		return
	}
	attributes := map[string][2]*trace.Value{}
	var names []string
	for side, state := range [][]trace.Field{want.State, got.State} {
		for i := range state {
			pair, known := attributes[state[i].Name]
			if !known {
				names = append(names, state[i].Name)
			}
			pair[side] = &state[i].Value
			attributes[state[i].Name] = pair
		}
	}
	// The contract numbered its variables in the order of its own attributes.
	slices.SortStableFunc(names, func(a, b string) int {
		return cmp.Compare(position(want.State, a), position(want.State, b))
	})
	for _, name := range names {
		pair := attributes[name]
		m.optional(FacetState, path+"."+name, pair[0], pair[1])
	}
}

func position(state []trace.Field, name string) int {
	i := slices.IndexFunc(state, func(f trace.Field) bool { return f.Name == name })
	if i < 0 {
		return len(state)
	}
	return i
}

func renderState(v trace.Value) string {
	if v.State == nil {
		return renderIdentity(v) + " without state"
	}
	return trace.Render(v)
}

// variable binds a leaf, or holds it to what the variable is bound to.
func (m *matcher) variable(facet Facet, path string, want, got trace.Value) {
	if !fits(want, got) {
		m.differ(facet, path, trace.Render(want)+" ("+describeLeaf(want)+")", trace.Render(got))
		return
	}
	if before, ok := m.bind(want.ID, leafText(got)); !ok {
		m.differ(facet, path, fmt.Sprintf("%s (= %s)", trace.RenderVar(want.ID), renderBound(want.Of, before)), trace.Render(got))
	}
}

// fits reports whether a leaf is of the kind, and of the length, that a variable
// stands for.
func fits(want, got trace.Value) bool {
	if got.Kind == trace.Digest {
		return got.Of == want.Of && got.Len == want.Len
	}
	return got.Kind == want.Of && (want.Len == 0 || length(got) == want.Len)
}

func length(v trace.Value) int {
	if v.Kind == trace.Str {
		return trace.CodePoints(v.Text)
	}
	return len(v.Text)
}

func describeLeaf(want trace.Value) string {
	if want.Len == 0 {
		return string(want.Of)
	}
	return fmt.Sprintf("%s of length %d", want.Of, want.Len)
}

// renderBound shows what a variable is bound to as a value of the kind.
func renderBound(kind trace.Kind, text string) string {
	switch {
	case strings.HasPrefix(text, "sha256:"):
		return text[:min(len(text), len("sha256:")+8)] + "…"
	case kind == trace.Int || kind == trace.Float:
		return text
	}
	return trace.Render(trace.Value{Kind: kind, Text: text})
}

// bind gives a variable its value; if it has another one already, that is
// returned.
func (m *matcher) bind(number int, text string) (before string, ok bool) {
	before, is := m.bound[number]
	if !is {
		m.bound[number] = text
		return text, true
	}
	return before, before == text
}

// pattern compares token by token. Nothing is bound unless all of it fits.
func (m *matcher) pattern(facet Facet, path string, want, got trace.Value) {
	words, ok := split(want, got)
	if !ok {
		m.differ(facet, path, trace.Render(want), trace.Render(got))
		return
	}
	var conflicts []string
	for _, w := range words {
		if before, ok := m.bind(w.variable, w.text); !ok {
			conflicts = append(conflicts, fmt.Sprintf("%s = %s", trace.RenderVar(w.variable), before))
		}
	}
	if len(conflicts) > 0 {
		conflicts = slices.Compact(conflicts)
		m.differ(facet, path, trace.Render(want)+" ("+strings.Join(conflicts, ", ")+")", trace.Render(got))
	}
}

// A word is what stands in a text where a pattern has a variable.
type word struct {
	variable int
	text     string
}

// split finds the words of a text, if it has the pattern's form.
func split(want, got trace.Value) (words []word, ok bool) {
	if got.Kind != want.Of {
		return nil, false
	}
	rest := tokens(got.Kind, got.Text)
	for _, part := range want.Items {
		if part.Kind == trace.Var {
			if len(rest) == 0 || !isWord(got.Kind, rest[0]) {
				return nil, false
			}
			words = append(words, word{part.ID, rest[0]})
			rest = rest[1:]
			continue
		}
		for _, token := range tokens(got.Kind, part.Text) {
			if len(rest) == 0 || rest[0] != token {
				return nil, false
			}
			rest = rest[1:]
		}
	}
	return words, len(rest) == 0
}
