package upstream

import (
	"cmp"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/pyref"
)

// A Mode says what the port replaces.
type Mode string

// The modes.
const (
	Extension Mode = "_socket" // what CPython writes in C
	Python    Mode = "socket"  // and what Lib/socket.py defines
)

// finders are what a mode installs of replace.py.
var finders = map[Mode]string{Extension: "r.Extension", Python: "r.Extension, r.Python"}

// Options say what to run.
type Options struct {
	Python  string
	Suites  []string // "test_socketserver", "test_asyncio.test_streams"; empty is test_socket
	Tests   []string // patterns of names, or of parts between dots; empty is all
	Mode    Mode     // empty is Extension
	Library string   // what Build returned
	Limit   time.Duration
}

// A Tally counts outcomes.
type Tally struct {
	Passed  int `json:"passed"`
	Skipped int `json:"skipped"`
	Failed  int `json:"failed"`
}

func (t *Tally) add(o Outcome) {
	switch o {
	case Passed:
		t.Passed++
	case Skipped:
		t.Skipped++
	default:
		t.Failed++
	}
}

// Seconds are how long the two sides took, which run at the same time.
type Seconds struct {
	Stock float64 `json:"stock"`
	Go    float64 `json:"go"`
}

// A Class is a test class, or whatever else is before a test's own name.
type Class struct {
	Name  string `json:"name"`
	Stock Tally  `json:"stock"`
	Go    Tally  `json:"go"`
}

// A Difference is a test whose outcome is not the same on both sides.
type Difference struct {
	Test     string  `json:"test"`
	Stock    Outcome `json:"stock"` // empty: it does not exist there
	Go       Outcome `json:"go"`
	Detail   string  `json:"detail"`             // how it failed, or why it was skipped
	Expected string  `json:"expected,omitempty"` // the declared reason
}

// A Comparison is the two runs side by side.
type Comparison struct {
	Commit      string       `json:"commit"`  // of the program, "+dirty" where it was changed
	Started     time.Time    `json:"started"` // in UTC
	Python      string       `json:"python"`
	Image       string       `json:"image"`
	Obtained    string       `json:"obtained"`
	Mode        Mode         `json:"mode"`
	Suites      []string     `json:"suites"`
	Seconds     Seconds      `json:"seconds"`
	Stock       Tally        `json:"stock"`
	Go          Tally        `json:"go"`
	BothPass    int          `json:"both_pass"`
	Classes     []*Class     `json:"classes"`
	Differences []Difference `json:"differences"`
	// Problems are why the run fails: differences that are not expected, and
	// expectations that are not met.
	Problems []string `json:"problems"`
}

// Where a container has what puts the port in CPython's place.
const (
	insideLibrary = "/pyparity/_socket.so"
	insidePackage = "/usr/lib/python3/dist-packages/"
)

// hostname is that of both sides' containers.
const hostname = "pyparity-0"

//go:embed replace.py
var replace []byte

// Compare runs the tests on CPython and on the port. Its error is about the runs as
// such; what they found is in the Comparison.
func Compare(ctx context.Context, session *pyref.Session, options Options) (*Comparison, error) {
	started := time.Now().UTC()
	options.Mode = cmp.Or(options.Mode, Extension)
	options.Limit = cmp.Or(options.Limit, time.Minute)
	if len(options.Suites) == 0 {
		options.Suites = []string{"test_socket"}
	}
	expected, err := Expectations()
	if err != nil {
		return nil, err
	}
	if finders[options.Mode] == "" {
		return nil, fmt.Errorf("the port can be put in place of %s or %s, not of %q", Extension, Python, options.Mode)
	}
	image, err := session.ObtainTests(ctx, options.Python)
	if err != nil {
		return nil, err
	}
	files, err := replacement(session, &options)
	if err != nil {
		return nil, err
	}
	stock, port, took, err := both(ctx, session, image, &options, files)
	if err != nil {
		return nil, err
	}
	c := &Comparison{
		Started: started, Python: options.Python, Image: image.Name, Obtained: image.Obtained, Mode: options.Mode, Suites: options.Suites,
		Seconds: took, Classes: []*Class{}, Differences: []Difference{}, Problems: []string{},
	}
	c.count(stock, port)
	c.judge(&options, expected, stock, port)
	return c, nil
}

// replacement are the files that put the library in the place of _socket.
func replacement(session *pyref.Session, o *Options) (map[string]string, error) {
	dir, err := session.Directory("upstream")
	if err != nil {
		return nil, err
	}
	module, start := filepath.Join(dir, "replace.py"), filepath.Join(dir, "replace.pth")
	return map[string]string{
			insideLibrary:                          o.Library,
			insidePackage + "pyparity_replace.py":  module,
			insidePackage + "pyparity_replace.pth": start,
		}, errors.Join(
			os.WriteFile(module, replace, 0o644),
			os.WriteFile(start, fmt.Appendf(nil, "import pyparity_replace as r; r.install(%s)\n", finders[o.Mode]), 0o644),
		)
}

// both runs the two sides at the same time: tests of sockets wait more than they
// work, and whatever else the machine does, it does to both.
func both(ctx context.Context, session *pyref.Session, image pyref.Image, o *Options, files map[string]string) (stock, port []Test, took Seconds, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	one := func(side string, files map[string]string, took *float64) ([]Test, string) {
		began := time.Now()
		defer func() { *took = time.Since(began).Seconds() }()
		r := &run{
			python: image.Interpreter,
			plan:   plan{Suites: o.Suites, Tests: append([]string{}, o.Tests...), Limit: o.Limit.Seconds()},
			start: func(ctx context.Context, command ...string) (subject.Process, error) {
				return session.Program(ctx, image, hostname, files, command...)
			},
		}
		tests, err := r.all(ctx)
		if err != nil {
			cancel(fmt.Errorf("on %s: %w", side, err)) // only the first one counts
		}
		return tests, r.socket
	}
	var onCPython, onPort string
	var wg sync.WaitGroup
	wg.Go(func() { stock, onCPython = one("CPython", nil, &took.Stock) })
	wg.Go(func() { port, onPort = one("the port", files, &took.Go) })
	wg.Wait()
	switch {
	case ctx.Err() != nil:
		return nil, nil, took, context.Cause(ctx)
	case onPort != insideLibrary || onCPython == insideLibrary:
		return nil, nil, took, fmt.Errorf("_socket was %s on CPython's side, and %s on the port's", onCPython, onPort)
	case len(stock) == 0:
		return nil, nil, took, fmt.Errorf("no test matches %s in %s", strings.Join(o.Tests, ", "), strings.Join(o.Suites, ", "))
	}
	return stock, port, took, nil
}

// count fills in the totals, of all and by class.
func (c *Comparison) count(stock, port []Test) {
	classes := map[string]*Class{}
	class := func(test string) *Class {
		name := test[:max(0, strings.LastIndexByte(test, '.'))]
		if classes[name] == nil {
			classes[name] = &Class{Name: name}
			c.Classes = append(c.Classes, classes[name])
		}
		return classes[name]
	}
	for _, t := range stock {
		c.Stock.add(t.Outcome)
		class(t.Name).Stock.add(t.Outcome)
	}
	for _, t := range port {
		c.Go.add(t.Outcome)
		class(t.Name).Go.add(t.Outcome)
	}
	slices.SortFunc(c.Classes, func(a, b *Class) int { return strings.Compare(a.Name, b.Name) })
}

// judge lists the differences, and what of them and of the expectations is wrong.
func (c *Comparison) judge(o *Options, expected []Expectation, stock, port []Test) {
	on := map[string]Test{}
	for _, t := range port {
		on[t.Name] = t
	}
	met := map[string]bool{}
	existing := map[string]bool{}
	for _, s := range stock {
		g := on[s.Name]
		delete(on, s.Name)
		existing[s.Name] = true
		if g.Outcome == s.Outcome {
			if s.Outcome == Passed {
				c.BothPass++
			}
			continue
		}
		d := Difference{Test: s.Name, Stock: s.Outcome, Go: g.Outcome, Detail: cmp.Or(g.Detail, s.Detail)}
		for _, e := range expected {
			if e.Test == s.Name && s.Outcome == Passed && e.concerns(o) {
				d.Expected, met[e.Test] = e.Reason, true
			}
		}
		c.Differences = append(c.Differences, d)
		if d.Expected == "" {
			c.Problems = append(c.Problems, fmt.Sprintf("%s %s on CPython and %s on the port", d.Test, d.Stock, cmp.Or(d.Go, "does not exist")))
		}
	}
	for _, g := range port {
		if _, only := on[g.Name]; only {
			c.Differences = append(c.Differences, Difference{Test: g.Name, Go: g.Outcome, Detail: g.Detail})
			c.Problems = append(c.Problems, g.Name+" exists on the port only")
		}
	}
	for _, e := range expected {
		switch {
		case !e.concerns(o) || met[e.Test]:
		case existing[e.Test]:
			c.Problems = append(c.Problems, e.Test+" is expected to pass on CPython and not on the port, and that is not so any more: remove it from expectations.json")
		case len(o.Tests) == 0:
			c.Problems = append(c.Problems, e.Test+" is in expectations.json, and there is no such test")
		}
	}
}
