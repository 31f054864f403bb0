package behaviour

import (
	"strings"
	"time"
)

// A Behaviour is one documented fact about the module under test.
type Behaviour struct {
	ID       string // "connect.refused_connect_ex_returns_the_errno"
	Aliases  []string
	Sentence string // the docstring, on one line
	Area     string // the first paragraph of the file's docstring, on one line
	Path     string // of the file, below the name given to Load
	Line     int    // of the def

	Modules  []string // bound by their names before the first step
	Requires []Requirement
	Tags     []string
	See      []string
	Touches  []string // API names that the steps mention: "socket.inet_aton", "connect_ex"
	Steps    []Step
}

// File is the first half of the id: the file's name without ".py".
func (b *Behaviour) File() string {
	file, _, _ := strings.Cut(b.ID, ".")
	return file
}

// Labels are what a [Filter] is asked about: the file, the API names that the
// steps touch, with and without their module ("socket.htons" and "htons"), and
// the tags. Each stands once. Callers add their own, such as the Python version.
func (b *Behaviour) Labels() []string {
	var labels set
	labels.add(b.File())
	for _, name := range b.Touches {
		labels.add(name, name[strings.LastIndexByte(name, '.')+1:])
	}
	labels.add(b.Tags...)
	return labels.items
}

// Collects tells for each step whether it calls gc.collect.
func (b *Behaviour) Collects() []bool {
	collects := make([]bool, len(b.Steps))
	for i, s := range b.Steps {
		collects[i] = s.Collects
	}
	return collects
}

// Durations holds for each step its bounds, nil where it has none.
func (b *Behaviour) Durations() []*Bounds {
	bounds := make([]*Bounds, len(b.Steps))
	for i, s := range b.Steps {
		bounds[i] = s.Lasts
	}
	return bounds
}

// A Step is one statement.
type Step struct {
	Text string // as written, without the function's indentation
	Line int
	// Reads are the names whose value the step needs, in the order of the text,
	// apart from modules, observers, builtins and names that live only inside
	// the step (a lambda's parameters, a comprehension's variables).
	Reads []string
	// Assigns are the names that the step binds. An assignment to an item or an
	// attribute reads its target and binds nothing; an augmented one does both.
	Assigns []string
	Lasts   *Bounds // from the lasts(…) that follows it
	// Collects is whether the step calls gc.collect: the point at which the
	// warnings of collected objects are compared.
	Collects bool
}

// Bounds limit how long a step may take.
type Bounds struct {
	Min, Max time.Duration
}

// A set keeps strings in the order in which they came, each once.
type set struct {
	items []string
	seen  map[string]bool
}

// add reports whether the last of the items was new.
func (s *set) add(items ...string) (isNew bool) {
	if s.seen == nil {
		s.seen = map[string]bool{}
	}
	for _, item := range items {
		isNew = !s.seen[item]
		if isNew {
			s.seen[item] = true
			s.items = append(s.items, item)
		}
	}
	return isNew
}
