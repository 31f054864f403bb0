package known

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/pyparity/pyparity/harness/contract"
)

// A Set is the entries of one file.
type Set struct {
	Name    string // of the file, as it was given to Load
	Entries []Entry

	lines []int // where each entry begins
}

// Place is "name:line" of an entry of the set.
func (s *Set) Place(e *Entry) string {
	for i := range s.Entries {
		if &s.Entries[i] == e && i < len(s.lines) {
			return fmt.Sprintf("%s:%d", s.Name, s.lines[i])
		}
	}
	return s.Name
}

// An Error is one thing that is wrong with a file of known differences.
type Error struct {
	Name    string
	Line    int // from 1
	Entry   int // its place among the entries, from 1; 0 for the file itself
	Message string
}

func (e *Error) Error() string {
	if e.Entry == 0 {
		return fmt.Sprintf("%s:%d: known: %s", e.Name, e.Line, e.Message)
	}
	return fmt.Sprintf("%s:%d: known: entry %d: %s", e.Name, e.Line, e.Entry, e.Message)
}

// Load reads the text of a file; name is how it is called in errors. The error
// joins an *Error for each thing that is wrong.
func Load(data []byte, name string) (*Set, error) {
	s := &Set{Name: name}
	r := &reader{set: s, data: data, dec: json.NewDecoder(bytes.NewReader(data))}
	if err := r.read(); err != nil {
		return nil, errors.Join(append(r.errors, err)...)
	}
	if len(r.errors) > 0 {
		return nil, errors.Join(r.errors...)
	}
	return s, nil
}

// A reader takes a file token by token, which tells where each entry begins.
type reader struct {
	set    *Set
	data   []byte
	dec    *json.Decoder
	errors []error
}

// lineAt is the number of the line with what follows an offset.
func (r *reader) lineAt(offset int64) int {
	at := min(max(int(offset), 0), len(r.data))
	for at < len(r.data) && strings.IndexByte(" \t\r\n,:", r.data[at]) >= 0 {
		at++
	}
	return bytes.Count(r.data[:at], []byte("\n")) + 1
}

func (r *reader) fail(format string, args ...any) error {
	return &Error{Name: r.set.Name, Line: r.lineAt(r.dec.InputOffset()), Message: fmt.Sprintf(format, args...)}
}

// syntax turns an error of the decoder into one with its line.
func (r *reader) syntax(err error) error {
	var s *json.SyntaxError
	switch {
	case errors.As(err, &s):
		return &Error{Name: r.set.Name, Line: r.lineAt(s.Offset - 1), Message: "it is not JSON: " + s.Error()}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &Error{Name: r.set.Name, Line: bytes.Count(r.data, []byte("\n")) + 1, Message: "it is not JSON: it ends too early"}
	}
	return r.fail("%v", err)
}

func (r *reader) expect(want json.Delim, what string) error {
	failure := r.fail("%s; write {\"known\": [ … ]}", what)
	token, err := r.dec.Token()
	if err != nil {
		return r.syntax(err)
	}
	if token != want {
		return failure
	}
	return nil
}

func (r *reader) read() error {
	if err := r.expect('{', "the file is not a JSON object"); err != nil {
		return err
	}
	seen := false
	for r.dec.More() {
		unknown := r.fail("unknown field; a file has \"known\" and may have \"$schema\"")
		key, err := r.dec.Token()
		if err != nil {
			return r.syntax(err)
		}
		switch key {
		case "$schema":
			var schema string
			if err := r.dec.Decode(&schema); err != nil {
				return r.syntax(err)
			}
		case "known":
			if seen {
				return r.fail(`the field "known" stands twice`)
			}
			seen = true
			if err := r.entries(); err != nil {
				return err
			}
		default:
			return unknown
		}
	}
	if _, err := r.dec.Token(); err != nil {
		return r.syntax(err)
	}
	if !seen {
		return r.fail(`the field "known" is missing; an empty list says that nothing is known`)
	}
	if _, err := r.dec.Token(); !errors.Is(err, io.EOF) {
		return r.fail("something follows the end of the object")
	}
	return nil
}

func (r *reader) entries() error {
	if err := r.expect('[', `"known" is not a list`); err != nil {
		return err
	}
	for r.dec.More() {
		line := r.lineAt(r.dec.InputOffset())
		var raw json.RawMessage
		if err := r.dec.Decode(&raw); err != nil {
			return r.syntax(err)
		}
		r.entry(raw, line)
	}
	_, err := r.dec.Token()
	if err != nil {
		return r.syntax(err)
	}
	return nil
}

// entry reads an entry and notes what is wrong with it.
func (r *reader) entry(raw json.RawMessage, line int) {
	number := len(r.set.Entries) + 1
	var e Entry
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	problems := []string{}
	if err := dec.Decode(&e); err != nil {
		problems = append(problems, strings.TrimPrefix(err.Error(), "json: "))
	} else {
		problems = append(problems, check(&e)...)
		for i, old := range r.set.Entries {
			if old.ID == e.ID && old.Subject == e.Subject && slices.Equal(old.Python, e.Python) &&
				old.Facet == e.Facet && old.Want == e.Want && old.Got == e.Got {
				problems = append(problems, fmt.Sprintf("it repeats entry %d; remove one", i+1))
			}
		}
	}
	for _, p := range problems {
		r.errors = append(r.errors, &Error{Name: r.set.Name, Line: line, Entry: number, Message: p})
	}
	r.set.Entries = append(r.set.Entries, e)
	r.set.lines = append(r.set.lines, line)
}

var version = regexp.MustCompile(`^\d+\.\d+$`)

// check lists what is wrong with an entry by itself.
func check(e *Entry) (problems []string) {
	add := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	for _, field := range []struct{ name, text, hint string }{
		{"id", e.ID, "name a behaviour, or several by a glob"},
		{"subject", e.Subject, `name the subject, or "*" for all`},
		{"facet", string(e.Facet), "copy it from the report"},
		{"want", e.Want, "copy it from the report"},
		{"got", e.Got, "copy it from the report"},
		{"reason", e.Reason, "say why the difference is there and stays"},
		{"link", e.Link, "point to where it is discussed"},
	} {
		if strings.TrimSpace(field.text) == "" {
			add("%q is missing; %s", field.name, field.hint)
		}
	}
	for _, field := range []struct{ name, glob string }{{"id", e.ID}, {"subject", e.Subject}} {
		if _, err := path.Match(field.glob, ""); err != nil {
			add("%q is not a glob: %q; brackets and backslashes have to be complete", field.name, field.glob)
		}
	}
	for _, v := range e.Python {
		if !version.MatchString(v) {
			add(`%q is not a version of Python; write one like "3.13"`, v)
		}
	}
	if e.Facet != "" && !slices.Contains(contract.Facets(), e.Facet) {
		var names []string
		for _, facet := range contract.Facets() {
			names = append(names, string(facet))
		}
		add("unknown facet %q; use one of %s", e.Facet, strings.Join(names, ", "))
	}
	if e.Want != "" && e.Want == e.Got {
		add(`"want" and "got" are the same, which is no difference`)
	}
	if link, err := url.Parse(e.Link); e.Link != "" && (err != nil || link.Host == "" || link.Scheme != "https" && link.Scheme != "http") {
		add("%q is not a web address", e.Link)
	}
	return problems
}
