package harness

import (
	"time"

	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/harness/contract"
	"github.com/pyparity/pyparity/harness/known"
	"github.com/pyparity/pyparity/harness/trace"
)

// A Verdict is how a subject's trace stands to a contract.
type Verdict string

// The verdicts. Only Match and Known are green.
const (
	Match             Verdict = "match"
	Differ            Verdict = "differ"
	Known             Verdict = "known"       // a difference that is declared and still there
	Fixed             Verdict = "fixed"       // declared, and no longer there: remove the declaration
	Unsupported       Verdict = "unsupported" // the machine lacks what the behaviour requires
	Hang              Verdict = "hang"
	Crash             Verdict = "crash"
	ReferenceUnstable Verdict = "reference-unstable" // CPython does not agree with itself
	HarnessError      Verdict = "harness-error"
	NotRun            Verdict = "not-run" // the run ended before
)

// Verdicts lists every verdict in the order in which tables show them.
var Verdicts = []Verdict{
	Match, Differ, Known, Fixed, Unsupported, Hang, Crash, ReferenceUnstable, HarnessError, NotRun,
}

// Green reports whether a run with this verdict succeeds. An unsupported
// behaviour is neither: it does not fail a run, and it proves nothing.
func (v Verdict) Green() bool { return v == Match || v == Known }

// A Result is the verdict on one behaviour, for one subject and one Python.
type Result struct {
	Behaviour *behaviour.Behaviour
	Subject   string // "go", "go-inprocess", "exec:./agent"
	Python    string // "3.13"
	Verdict   Verdict
	// Reason explains a verdict that no difference explains: what is missing,
	// which deadline passed, what the harness ran into.
	Reason      string
	Differences []contract.Difference // the first one first; empty for a match
	Known       *known.Entry          // the declaration, for Known and Fixed

	Contract  *contract.Contract // nil if none could be had
	Reference *trace.Trace       // of a live run; nil with recordings
	Trace     *trace.Trace       // the subject's
	Drifted   bool               // CPython no longer meets its recording
	Took      time.Duration
}

// A Run is everything that one invocation found out.
type Run struct {
	Results    []Result // by behaviour, subject and Python, in corpus order
	Changes    []Change // by Suite.Changes, for whoever wants them in a report
	Provenance Provenance
	Incomplete string // why the run ended early; empty for a complete one
}

// Provenance says what a run stands on.
type Provenance struct {
	Started    time.Time
	Took       time.Duration
	References []Reference
	Subjects   []SubjectInfo
	Host       map[string]string // kernel, machine, docker, …
	Go         string            // the toolchain's version
	Commit     string            // of the program, "+dirty" where it was changed
	Corpus     CorpusInfo
	Patterns   []string
	Filter     string
	Shard      behaviour.Shard // zero for a run that is no part of another
}

// CorpusInfo identifies the corpus that behaviours were selected from.
type CorpusInfo struct {
	Behaviours int    // how many there are in all
	Hash       string // behaviour.Corpus.Hash
}

// A Reference is the CPython that a run was judged against.
type Reference struct {
	Python   string            // "3.13"
	Version  string            // "3.13.5"
	Mode     string            // "live" or "recorded"
	Image    string            // name
	ImageID  string            // digest
	Obtained string            // "given", "present", "pulled", "built from Debian packages (trixie)"
	Platform map[string]string // what its hello says: kernel, libc, build
	// Unavailable says why this Python could not be had; its behaviours are
	// not run.
	Unavailable string
}

// SubjectInfo says what a subject is.
type SubjectInfo struct {
	Name           string
	Implementation string
	Version        string
	Platform       map[string]string
	Where          string // "container", "in process", "command"
}
