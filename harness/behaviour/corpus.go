package behaviour

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// A Corpus is a folder of behaviours.
type Corpus struct {
	Name       string       // as it was given to Load
	Behaviours []*Behaviour // by path, and in the order of their file

	byName map[string]*Behaviour // by id and by alias
}

// index fills byName and reports names that are taken.
func (c *Corpus) index(l *loader) {
	c.byName = map[string]*Behaviour{}
	for _, b := range c.Behaviours {
		if first := c.byName[b.ID]; first != nil {
			l.report.add(&Error{
				Path: b.Path, Line: b.Line, Col: 1, Message: "duplicate id " + b.ID,
				Hint: fmt.Sprintf("rename it: the first is at %s:%d", first.Path, first.Line),
			})
			continue
		}
		c.byName[b.ID] = b
	}
	for _, a := range l.aliases {
		first := c.byName[a.alias]
		switch {
		case first == nil:
			c.byName[a.alias] = a.behaviour
		case first.ID == a.alias:
			l.report.at(a.path, a.pos, fmt.Sprintf("an id is never used again: rename the behaviour at %s:%d", first.Path, first.Line),
				"alias %s is the id of a behaviour", a.alias)
		default:
			l.report.at(a.path, a.pos, "only one behaviour can have had this id: remove one alias, the first belongs to "+first.ID,
				"duplicate alias %s", a.alias)
		}
	}
}

// Lookup finds a behaviour by its id or by an alias.
func (c *Corpus) Lookup(name string) (*Behaviour, bool) {
	b, ok := c.byName[name]
	return b, ok
}

// Select returns the behaviours that any of the patterns means, in the order of
// the corpus; all of them if there is no pattern. A pattern is an id, an alias,
// a file's name without ".py" (all of the file's behaviours), or a glob over
// ids ("connect.*", "*.refused_*"; as in [path.Match]). A pattern that means
// nothing is an error, a [NoMatchError] for each joined in one [NoMatchErrors].
func (c *Corpus) Select(patterns []string) ([]*Behaviour, error) {
	if len(patterns) == 0 {
		return slices.Clone(c.Behaviours), nil
	}
	chosen := map[*Behaviour]bool{}
	var missing NoMatchErrors
	for _, pattern := range patterns {
		found := c.match(pattern)
		if len(found) == 0 {
			missing = append(missing, c.noMatch(pattern))
		}
		for _, b := range found {
			chosen[b] = true
		}
	}
	if len(missing) > 0 {
		return nil, missing
	}
	var selected []*Behaviour
	for _, b := range c.Behaviours {
		if chosen[b] {
			selected = append(selected, b)
		}
	}
	return selected, nil
}

func (c *Corpus) match(pattern string) []*Behaviour {
	if b, ok := c.byName[pattern]; ok {
		return []*Behaviour{b}
	}
	var found []*Behaviour
	for _, b := range c.Behaviours {
		matched, err := path.Match(pattern, b.ID)
		if err == nil && matched || b.File() == pattern {
			found = append(found, b)
		}
	}
	return found
}

func (c *Corpus) noMatch(pattern string) *NoMatchError {
	e := &NoMatchError{Pattern: pattern, Corpus: c.Name}
	if _, err := path.Match(pattern, ""); err != nil {
		e.Malformed = true
		return e
	}
	var names set
	for _, b := range c.Behaviours {
		names.add(b.ID, b.File())
		names.add(b.Aliases...)
	}
	e.Closest = closest(pattern, names.items, 3)
	if _, function, ok := strings.Cut(pattern, "."); ok && len(e.Closest) == 0 {
		e.Closest = closest(function, names.items, 3)
	}
	return e
}

// A NoMatchError is a pattern that means no behaviour.
type NoMatchError struct {
	Pattern   string
	Corpus    string
	Malformed bool     // the pattern is no glob
	Closest   []string // ids, aliases and files that may have been meant
}

func (e *NoMatchError) Error() string {
	if e.Malformed {
		return fmt.Sprintf("the pattern %q is not a glob; brackets and backslashes have to be complete", e.Pattern)
	}
	text := fmt.Sprintf("no behaviour of %s is called %q", e.Corpus, e.Pattern)
	if len(e.Closest) > 0 {
		return text + "; did you mean " + strings.Join(e.Closest, " or ") + "?"
	}
	return text + `; give an id, a file's name or a glob such as "connect.*"`
}

// NoMatchErrors are all patterns of one call that mean nothing.
type NoMatchErrors []*NoMatchError

// Error has a line for each pattern.
func (es NoMatchErrors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.As find the first.
func (es NoMatchErrors) Unwrap() []error {
	all := make([]error, len(es))
	for i, e := range es {
		all[i] = e
	}
	return all
}
