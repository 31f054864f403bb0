package upstream

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pyparity/pyparity/harness/subject"
)

// A script is an interpreter that says what it is told to, and then ends or hangs.
type script struct {
	subject.Process
	lines string
	hangs bool
	said  string
	pipe  *io.PipeReader
}

func (s *script) Stdout() io.Reader {
	reader, writer := io.Pipe()
	s.pipe = reader
	go func() {
		_, _ = io.WriteString(writer, s.lines)
		if !s.hangs {
			_ = writer.Close()
		}
	}()
	return reader
}

func (s *script) Stderr() string { return s.said }
func (s *script) Close() error   { return s.pipe.Close() }

const planned = `{"event":"plan","socket":"x.so","tests":["m.A.one","m.A.two","m.B.three"]}` + "\n"

func start(test string) string { return `{"event":"start","test":"` + test + `"}` + "\n" }
func end(test string, outcome Outcome) string {
	return start(test) + `{"event":"end","test":"` + test + `","outcome":"` + string(outcome) + `","detail":"why","seconds":1}` + "\n"
}

// running returns a run over interpreters that follow the scripts, and the plans
// that they were given.
func running(scripts ...*script) (*run, *[]plan) {
	plans := new([]plan)
	return &run{
		python: "python",
		plan:   plan{Suites: []string{"m"}, Limit: 0.01},
		start: func(_ context.Context, command ...string) (subject.Process, error) {
			if len(scripts) == 0 {
				return nil, errors.New("one interpreter too many")
			}
			var p plan
			if err := json.Unmarshal([]byte(command[len(command)-1]), &p); err != nil {
				return nil, err
			}
			*plans = append(*plans, p)
			next := scripts[0]
			scripts = scripts[1:]
			return next, nil
		},
	}, plans
}

func outcomes(tests []Test) string {
	var all []string
	for _, t := range tests {
		all = append(all, t.Name+" "+string(t.Outcome))
	}
	return strings.Join(all, ", ")
}

func TestRun(t *testing.T) {
	done := `{"event":"done"}` + "\n"
	for name, test := range map[string]struct {
		scripts []*script
		want    string
		skipped []string // what the last interpreter was told is done
	}{
		"all tests": {
			[]*script{{lines: planned + end("m.A.one", Passed) + end("m.A.two", Skipped) + end("m.B.three", Failed) + done}},
			"m.A.one passed, m.A.two skipped, m.B.three failed", nil},
		"a test ends the interpreter": {
			[]*script{
				{lines: planned + end("m.A.one", Passed) + start("m.A.two")},
				{lines: planned + end("m.B.three", Passed) + done}},
			"m.A.one passed, m.A.two failed, m.B.three passed", []string{"m.A.one", "m.A.two"}},
		"a class cannot be set up": {
			[]*script{{lines: planned + `{"event":"fixture","test":"setUpClass (test.m.A)","outcome":"skipped","detail":"no"}` + "\n" +
				end("m.B.three", Passed) + done}},
			"m.A.one skipped, m.A.two skipped, m.B.three passed", nil},
		"tests are left out": {
			[]*script{{lines: planned + end("m.B.three", Passed) + done}},
			"m.A.one failed, m.A.two failed, m.B.three passed", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, plans := running(test.scripts...)
			tests, err := r.all(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if got := outcomes(tests); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			last := (*plans)[len(*plans)-1].Done
			slices.Sort(last)
			if !slices.Equal(last, test.skipped) {
				t.Errorf("the last interpreter was told that %v are done, want %v", last, test.skipped)
			}
		})
	}
}

func TestRunFails(t *testing.T) {
	for name, test := range map[string]struct {
		script *script
		want   string
	}{
		"no suite":      {&script{said: "No module named 'm'"}, "cannot load m: No module named 'm'"},
		"outside":       {&script{lines: planned, said: "died"}, "ended outside any test: died"},
		"no JSON lines": {&script{lines: "hello\n"}, `the runner said "hello"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, _ := running(test.script)
			if _, err := r.all(t.Context()); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

// Called off, a run ends although its interpreter does not.
func TestRunIsCalledOff(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	r, _ := running(&script{lines: planned + start("m.A.one"), hangs: true})
	if _, err := r.all(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestJudge(t *testing.T) {
	stock := []Test{{Name: "m.A.one", Outcome: Passed}, {Name: "m.A.two", Outcome: Passed}, {Name: "m.B.three", Outcome: Skipped}}
	with := func(outcomes ...Outcome) []Test {
		tests := slices.Clone(stock)
		for i, o := range outcomes {
			tests[i].Outcome = o
		}
		return tests
	}
	two := Expectation{Test: "m.A.two", Reason: "because"}
	for name, test := range map[string]struct {
		port     []Test
		expected []Expectation
		tests    []string
		want     []string // of problems
	}{
		"alike":                  {with(), nil, nil, nil},
		"a failure":              {with(Passed, Failed), nil, nil, []string{"m.A.two passed on CPython and failed on the port"}},
		"a skip":                 {with(Skipped), nil, nil, []string{"m.A.one passed on CPython and skipped on the port"}},
		"not there":              {stock[:1], nil, nil, []string{"m.A.two passed on CPython and does not exist", "m.B.three skipped on CPython and does not"}},
		"more":                   {append(with(), Test{Name: "m.C.x", Outcome: Passed}), nil, nil, []string{"m.C.x exists on the port only"}},
		"expected":               {with(Passed, Failed), []Expectation{two}, nil, nil},
		"passes unexpectedly":    {with(), []Expectation{two}, nil, []string{"not so any more"}},
		"no such test":           {with(), []Expectation{{Test: "m.A.gone", Reason: "r"}}, nil, []string{"there is no such test"}},
		"not selected":           {with(), []Expectation{{Test: "m.A.gone", Reason: "r"}}, []string{"one"}, nil},
		"of another Python":      {with(Passed, Failed), []Expectation{{Test: "m.A.two", Python: []string{"3.9"}, Reason: "r"}}, nil, []string{"m.A.two passed"}},
		"of another suite":       {with(), []Expectation{{Test: "n.A.gone", Reason: "r"}}, nil, nil},
		"fails on CPython, too?": {with(Passed, Passed, Failed), []Expectation{{Test: "m.B.three", Reason: "r"}}, nil, []string{"m.B.three skipped on CPython and failed", "m.B.three is expected"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := &Comparison{}
			c.judge(&Options{Python: "3.13", Suites: []string{"m"}, Tests: test.tests, Mode: Extension}, test.expected, stock, test.port)
			if len(c.Problems) != len(test.want) {
				t.Fatalf("got %q, want %q", c.Problems, test.want)
			}
			for i, want := range test.want {
				if !strings.Contains(c.Problems[i], want) {
					t.Errorf("got %q, want %q", c.Problems[i], want)
				}
			}
		})
	}
}

func TestWrite(t *testing.T) {
	stock := []Test{{Name: "m.A.one", Outcome: Passed}, {Name: "m.A.two", Outcome: Passed}}
	port := []Test{{Name: "m.A.one", Outcome: Passed}, {Name: "m.A.two", Outcome: Failed, Detail: "Traceback\nAssertionError: 1 != 2\n"}}
	c := &Comparison{Python: "3.13", Mode: Extension}
	c.count(stock, port)
	c.judge(&Options{Suites: []string{"m"}}, nil, stock, port)
	var text strings.Builder
	if err := c.Write(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"m.A.two: passed on CPython, failed on Go\n    Traceback\n    AssertionError: 1 != 2\n",
		"Of 2 tests that pass on CPython, 1 pass on Go (50.0 %)",
		"✗ m.A.two passed on CPython and failed on the port\n", "≠",
	} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("no %q in\n%s", want, text.String())
		}
	}
}

func TestExpectations(t *testing.T) {
	if _, err := Expectations(); err != nil {
		t.Error(err)
	}
}
