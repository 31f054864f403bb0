package harness_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	. "github.com/onsi/gomega"

	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/harness/known"
	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/harness/trace"
)

// script is a Runner whose steps say by themselves what they observe: a step
// 'say(5)' returns 5, and the other words below do what they say. Its answer to
// 'who()' is its name, so that two of them differ there.
type script struct {
	name  string
	lacks string        // a capability
	runs  *atomic.Int32 // counts behaviours
}

func (s script) Hello() subject.Hello {
	h := subject.Hello{Protocol: subject.Protocol, Implementation: "cpython", Version: "3.13.9", Python: "3.13", Capabilities: []string{"ipv4", "ipv6"}}
	if s.lacks != "" {
		h.Capabilities = []string{"ipv4"}
	}
	return h
}

func (s script) Run(ctx context.Context, req subject.Request, emit func(subject.Event) error) error {
	if s.runs != nil {
		s.runs.Add(1)
	}
	for i, step := range req.Steps {
		word, arg, _ := strings.Cut(strings.TrimSuffix(step.Text, ")"), "(")
		o := trace.Observation{Step: i, Took: time.Millisecond}
		v := trace.NoneValue()
		switch word {
		case "len": // stands for 'who'
			v = trace.StrValue(s.name)
		case "int":
			v = trace.Value{Kind: trace.Int, Text: arg}
		case "float": // another number every time
			v = trace.IntValue(time.Now().UnixNano())
		case "bool":
			v = trace.SeqValue(trace.Tuple, make([]trace.Value, time.Now().UnixNano()%1000)...)
			for i := range v.Items {
				v.Items[i] = trace.NoneValue()
			}
		case "str", "repr":
			if (word == "repr") != (s.name == "go") {
				break // only CPython does it for str, only Go for repr
			}
			end := map[string]trace.End{"'hang'": trace.EndHang, "'crash'": trace.EndCrash, "'refuse'": trace.EndRefused}[arg]
			return emit(subject.Event{Event: subject.EventDone, ID: req.ID, Done: &subject.Done{End: end, Detail: "as told"}})
		case "sorted":
			if s.name == "go" {
				return errors.New("the wire was cut")
			}
		}
		o.Returned = &v
		if err := emit(subject.Event{Event: subject.EventStep, ID: req.ID, Step: &o}); err != nil {
			return err
		}
	}
	return emit(subject.Event{Event: subject.EventDone, ID: req.ID, Done: &subject.Done{End: trace.EndDone}})
}

func local(s script) *subject.Local {
	return &subject.Local{SubjectName: s.name, New: func(string) (subject.Runner, error) { return s, nil }}
}

// source is a ReferenceSource of scripts that has every Python but 3.9.
type source struct{ script script }

func (s source) Open(_ context.Context, python string) (subject.Subject, harness.Reference, error) {
	if python == "3.9" {
		return nil, harness.Reference{}, &harness.UnavailableError{Python: python, Err: errors.New("the mirror lacks it")}
	}
	return local(s.script), harness.Reference{Python: python, Mode: "live"}, nil
}

const corpus = `"""Numbers."""

def same():
    """Both sides say the same."""
    int(5)

def moving():
    """What changes from run to run is a variable."""
    float(1)

def other():
    """The sides say different things."""
    int(1)
    len("")

def needy():
    """Some machines lack IPv6."""
    requires("ipv6")
    int(5)

def hanging():
    """The subject hangs at its second step."""
    int(1)
    repr('hang')

def crashing():
    """The subject crashes at its first step."""
    repr('crash')

def refused():
    """The subject cannot run it."""
    repr('refuse')

def cut():
    """The subject cannot be asked."""
    sorted([])

def unstable():
    """CPython does not agree with itself."""
    bool(1)

def reference_hangs():
    """CPython does not come to its end."""
    str('hang')

def late():
    """CPython is faster than the bounds allow."""
    int(5)
    lasts(1, 2)
`

func load(g *WithT, files map[string]string) *behaviour.Corpus {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	c, err := behaviour.Load(fsys, "corpus")
	g.Expect(err).NotTo(HaveOccurred())
	return c
}

func verdicts(run harness.Run) map[string]string {
	all := map[string]string{}
	for _, r := range run.Results {
		all[r.Behaviour.ID] = string(r.Verdict)
	}
	return all
}

func TestVerdicts(t *testing.T) {
	g := NewWithT(t)
	suite := &harness.Suite{Corpus: load(g, map[string]string{"n.py": corpus})}
	run, err := suite.Run(context.Background(), harness.Options{
		Pythons: []string{"3.9", "3.13"}, Jobs: 3,
		Live:     source{script{name: "cpython"}},
		Subjects: []subject.Subject{local(script{name: "go", lacks: "ipv6"})},
	})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(verdicts(run)).To(Equal(map[string]string{
		"n.same": "match", "n.moving": "match", "n.other": "differ", "n.needy": "unsupported",
		"n.hanging": "hang", "n.crashing": "crash", "n.refused": "harness-error", "n.cut": "harness-error",
		"n.unstable": "reference-unstable", "n.reference_hangs": "reference-unstable", "n.late": "reference-unstable",
	}))
	for i, r := range run.Results {
		g.Expect(r.Behaviour).To(BeIdenticalTo(suite.Corpus.Behaviours[i]), "results are in the order of the corpus")
		switch r.Behaviour.ID {
		case "n.hanging":
			g.Expect(r.Differences).NotTo(BeEmpty())
			g.Expect(r.Differences[0].Step).To(Equal(1), "the step that hung is blamed")
		case "n.other":
			g.Expect(r.Differences[0].Step).To(Equal(1))
		case "n.needy":
			g.Expect(r.Reason).To(ContainSubstring("ipv6"))
		case "n.cut":
			g.Expect(r.Reason).To(ContainSubstring("the wire was cut"))
		}
	}
	g.Expect(run.Provenance.References).To(HaveLen(2))
	g.Expect(run.Provenance.References[0].Unavailable).To(ContainSubstring("the mirror lacks it"))
	g.Expect(run.Provenance.References[1].Version).To(Equal("3.13.9"), "as the reference itself says")
	g.Expect(run.Incomplete).To(BeEmpty())
}

func TestNoPythonAtAllIsAnError(t *testing.T) {
	g := NewWithT(t)
	suite := &harness.Suite{Corpus: load(g, map[string]string{"n.py": corpus})}
	_, err := suite.Run(context.Background(), harness.Options{Pythons: []string{"3.9"}, Live: source{}})
	g.Expect(err).To(MatchError(ContainSubstring("Python 3.9 is unavailable: the mirror lacks it")))
	_, err = suite.Run(context.Background(), harness.Options{Pythons: []string{"3.13"}})
	g.Expect(err).To(MatchError(ContainSubstring("no recordings")))
}

// A subject that never starts would give the same verdict for everything: that
// is one error, not a report.
func TestASubjectThatNeverStartsEndsTheRun(t *testing.T) {
	g := NewWithT(t)
	suite := &harness.Suite{Corpus: load(g, map[string]string{"n.py": corpus})}
	broken := &subject.Local{SubjectName: "broken", New: func(string) (subject.Runner, error) { return nil, errors.New("no such file") }}
	_, err := suite.Run(context.Background(), harness.Options{
		Pythons: []string{"3.13"}, Live: source{script{name: "cpython"}}, Subjects: []subject.Subject{broken},
	})
	g.Expect(err).To(MatchError(ContainSubstring("broken: no such file")))
}

func TestAnInterruptedRunIsMarked(t *testing.T) {
	g := NewWithT(t)
	suite := &harness.Suite{Corpus: load(g, map[string]string{"n.py": corpus})}
	ctx, cancel := context.WithCancel(context.Background())
	progress := &stopAfter{n: 2, cancel: cancel}
	run, err := suite.Run(ctx, harness.Options{
		Pythons: []string{"3.13"}, Live: source{script{name: "cpython"}},
		Subjects: []subject.Subject{local(script{name: "go"})}, Progress: progress,
	})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(run.Incomplete).To(Equal("interrupted"))
	g.Expect(verdicts(run)).To(HaveKeyWithValue("n.same", "match"), "what was found out is kept")
	g.Expect(verdicts(run)).To(HaveKeyWithValue("n.late", "not-run"))
}

type stopAfter struct {
	n      int
	cancel func()
}

func (s *stopAfter) Begin(int)   {}
func (s *stopAfter) Note(string) {}
func (s *stopAfter) Result(harness.Result) {
	if s.n--; s.n == 0 {
		s.cancel()
	}
}

// record makes a recording in memory of the behaviours that can be recorded.
func record(t *testing.T, g *WithT, suite *harness.Suite, ids []string, by script) fstest.MapFS {
	selected, err := suite.Corpus.Select(ids)
	g.Expect(err).NotTo(HaveOccurred())
	set, err := suite.Record(context.Background(), "3.13", harness.Options{Live: source{by}, Selected: selected, Jobs: 2})
	g.Expect(err).NotTo(HaveOccurred())
	dir := t.TempDir()
	g.Expect(set.Write(dir)).To(Succeed())
	fsys := fstest.MapFS{}
	for _, name := range []string{"cpython-3.13/n.json", "cpython-3.13/provenance.json"} {
		fsys[name] = &fstest.MapFile{Data: must(os.ReadFile(dir + "/" + name))}
	}
	return fsys
}

func TestRecordingsAreTheReferenceWithoutALiveOne(t *testing.T) {
	g := NewWithT(t)
	suite := &harness.Suite{Corpus: load(g, map[string]string{"n.py": corpus})}
	suite.Recordings = record(t, g, suite, []string{"n.same", "n.moving", "n.other"}, script{name: "cpython"})
	run, err := suite.Run(context.Background(), harness.Options{
		Pythons: []string{"3.13"}, Subjects: []subject.Subject{local(script{name: "go"})},
	})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(verdicts(run)).To(HaveKeyWithValue("n.same", "match"))
	g.Expect(verdicts(run)).To(HaveKeyWithValue("n.moving", "match"))
	g.Expect(verdicts(run)).To(HaveKeyWithValue("n.other", "differ"))
	g.Expect(verdicts(run)).To(HaveKeyWithValue("n.hanging", "harness-error"), "it was never recorded")
	g.Expect(run.Provenance.References[0].Mode).To(Equal("recorded"))
	g.Expect(run.Provenance.References[0].Version).To(Equal("3.13.9"))
}

func TestABehaviourOfOtherPythonsLosesItsRecording(t *testing.T) {
	g := NewWithT(t)
	suite := &harness.Suite{Corpus: load(g, map[string]string{"n.py": corpus})}
	suite.Recordings = record(t, g, suite, []string{"n.same", "n.needy"}, script{name: "cpython"})
	const fact = "Both sides say the same.\"\"\"\n"
	suite.Corpus = load(g, map[string]string{"n.py": strings.Replace(corpus, fact, fact+`    requires("python<3.13")`+"\n", 1)})
	selected, err := suite.Corpus.Select([]string{"n.same", "n.needy"})
	g.Expect(err).NotTo(HaveOccurred())
	set, err := suite.Record(t.Context(), "3.13", harness.Options{Live: source{script{name: "cpython", lacks: "ipv6"}}, Selected: selected})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(set.Entries).NotTo(HaveKey("n.same"))
	g.Expect(set.Entries).To(HaveKey("n.needy"), "another machine can have IPv6")
}

func TestDrift(t *testing.T) {
	g := NewWithT(t)
	suite := &harness.Suite{Corpus: load(g, map[string]string{"n.py": corpus})}
	suite.Recordings = record(t, g, suite, []string{"n.same", "n.other"}, script{name: "an older cpython"})
	selected, err := suite.Corpus.Select([]string{"n.same", "n.other"})
	g.Expect(err).NotTo(HaveOccurred())
	var runs atomic.Int32
	opts := harness.Options{
		Pythons: []string{"3.13"}, Live: source{script{name: "cpython", runs: &runs}}, Selected: selected,
		Subjects: []subject.Subject{local(script{name: "cpython"})},
	}
	run, err := suite.Run(context.Background(), opts)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(verdicts(run)).To(Equal(map[string]string{"n.same": "match", "n.other": "match"}),
		"the verdict stands against what CPython does now")
	g.Expect(run.Results[0].Drifted).To(BeFalse())
	g.Expect(run.Results[1].Drifted).To(BeTrue())
	g.Expect(int(runs.Load())).To(Equal(1+3), "one run confirms a recording, three make a contract")

	opts.Strict = true
	run, err = suite.Run(context.Background(), opts)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(verdicts(run)).To(Equal(map[string]string{"n.same": "match", "n.other": "harness-error"}))
}

func TestCorruptRecordingsStopARun(t *testing.T) {
	g := NewWithT(t)
	suite := &harness.Suite{
		Corpus:     load(g, map[string]string{"n.py": corpus}),
		Recordings: fstest.MapFS{"cpython-3.13/n.json": {Data: []byte("junk")}}, RecordingsName: "fixtures/recordings",
	}
	_, err := suite.Run(context.Background(), harness.Options{Pythons: []string{"3.13"}, Live: source{}})
	g.Expect(err).To(MatchError(ContainSubstring("fixtures/recordings/cpython-3.13/n.json")))
}

func TestOnlyCPythonIsRecorded(t *testing.T) {
	g := NewWithT(t)
	suite := &harness.Suite{Corpus: load(g, map[string]string{"n.py": corpus})}
	_, err := suite.Record(context.Background(), "3.11", harness.Options{Live: source{script{name: "cpython"}}})
	g.Expect(err).To(MatchError(ContainSubstring("only CPython 3.11 can be recorded as such")))
	_, err = suite.Record(context.Background(), "3.13", harness.Options{Live: source{script{name: "cpython"}}})
	g.Expect(err).To(MatchError(ContainSubstring("corpus/n.py")), "an unstable behaviour is named with its place")
}

func TestKnownDifferences(t *testing.T) {
	g := NewWithT(t)
	suite := &harness.Suite{Corpus: load(g, map[string]string{"n.py": corpus})}
	entry := func(id, want, got string) map[string]any {
		return map[string]any{
			"id": id, "subject": "go", "facet": "value", "want": want, "got": got,
			"reason": "Go is called Go", "link": "https://example.org/why",
		}
	}
	data, err := json.Marshal(map[string]any{"known": []any{entry("n.other", "'cpython'", "'go'"), entry("n.same", "5", "6")}})
	g.Expect(err).NotTo(HaveOccurred())
	suite.Known, err = known.Load(data, "known.json")
	g.Expect(err).NotTo(HaveOccurred())
	selected, err := suite.Corpus.Select([]string{"n.same", "n.other"})
	g.Expect(err).NotTo(HaveOccurred())
	run, err := suite.Run(context.Background(), harness.Options{
		Pythons: []string{"3.13"}, Live: source{script{name: "cpython"}}, Selected: selected,
		Subjects: []subject.Subject{local(script{name: "go"})},
	})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(verdicts(run)).To(Equal(map[string]string{"n.other": "known", "n.same": "fixed"}))
	g.Expect(run.Results[1].Known.Reason).To(Equal("Go is called Go"), fmt.Sprint(run.Results[1]))
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
