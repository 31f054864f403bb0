package reports

import (
	"encoding/json"
	"time"

	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/contract"
	"github.com/pyparity/pyparity/harness/known"
	"github.com/pyparity/pyparity/harness/trace"
)

// Schema names the version of the model that this package writes and reads. A
// field may be added within a version, as optional; anything else is a new one.
const Schema = "pyparity-report/2"

// A Report is everything that a run found out.
type Report struct {
	Schema     string     `json:"schema"`
	Generated  time.Time  `json:"generated"`
	Complete   bool       `json:"complete"`
	Incomplete string     `json:"incomplete,omitempty"` // why the run ended early
	Provenance Provenance `json:"provenance"`
	Summary    []Count    `json:"summary"` // one per subject and Python that has results
	// Changes is what CPython itself does otherwise from one recorded version to
	// the next, for the behaviours of the report.
	Changes []Change `json:"changes,omitempty"`
	Beside
	Behaviours []Behaviour `json:"behaviours"`
}

// Beside is what other commands found out and a report shows beside its own
// verdicts: JSON objects as those commands write them, nil where there are none.
type Beside struct {
	Upstream json.RawMessage `json:"upstream,omitempty"` // CPython's own tests: pyparity upstream --json
	Audit    json.RawMessage `json:"audit,omitempty"`    // whether the corpus catches wrong ports: pyparity audit --json
	Surface  json.RawMessage `json:"surface,omitempty"`  // every public name: pyparity surface --json
}

// Provenance says what a report stands on.
type Provenance struct {
	Started    time.Time         `json:"started"`
	Seconds    float64           `json:"seconds"`
	References []Reference       `json:"references"`
	Subjects   []Subject         `json:"subjects"`
	Host       map[string]string `json:"host"` // kernel, machine, docker, …
	Go         string            `json:"go"`
	Commit     string            `json:"commit"`
	Corpus     Corpus            `json:"corpus"`
	Patterns   []string          `json:"patterns"`        // which behaviours were asked for; empty means all
	Filter     string            `json:"filter"`          // over labels
	Shard      string            `json:"shard,omitempty"` // "2/4": the report is one part of four
}

// A Corpus is where the behaviours of a report were selected from.
type Corpus struct {
	Behaviours int    `json:"behaviours"` // how many it has in all
	Hash       string `json:"hash"`       // behaviour.Corpus.Hash
}

// A Change is what CPython does otherwise in a later version with the same
// steps.
type Change struct {
	ID   string `json:"id"`   // of the behaviour
	From string `json:"from"` // Python, such as "3.9"
	To   string `json:"to"`
	// Differences has one for each step that changed; want is what From does.
	Differences []contract.Difference `json:"differences"`
}

// The modes of a Reference.
const (
	ModeLive     = "live"
	ModeRecorded = "recorded"
)

// A Reference is a CPython that behaviours were judged against.
type Reference struct {
	Python   string            `json:"python"`  // "3.13"
	Version  string            `json:"version"` // "3.13.5"
	Mode     string            `json:"mode"`
	Image    string            `json:"image"`
	ImageID  string            `json:"image_id"`
	Obtained string            `json:"obtained"` // "pulled", "built from Debian packages (trixie)", …
	Platform map[string]string `json:"platform"` // kernel, libc, build, …
	// Unavailable says why this Python could not be had.
	Unavailable string `json:"unavailable,omitempty"`
}

// A Subject is an implementation that was judged.
type Subject struct {
	Name           string            `json:"name"`
	Implementation string            `json:"implementation"`
	Version        string            `json:"version"`
	Where          string            `json:"where"` // "container", "in process", "command"
	Platform       map[string]string `json:"platform"`
}

// A Behaviour is one documented fact, with what every subject made of it.
type Behaviour struct {
	ID       string   `json:"id"`
	Aliases  []string `json:"aliases,omitempty"`
	Sentence string   `json:"sentence"`
	Area     string   `json:"area"` // the docstring of its file
	File     string   `json:"file"`
	Line     int      `json:"line"`
	Hash     string   `json:"hash"`    // of the steps: behaviour.Hash
	Labels   []string `json:"labels"`  // what filters see: the file, touches, tags
	Touches  []string `json:"touches"` // API names that the steps mention
	Requires []string `json:"requires,omitempty"`
	See      []string `json:"see,omitempty"`
	Steps    []Step   `json:"steps"`
	Results  []Result `json:"results"` // by subject and Python
}

// A Step is one Python statement.
type Step struct {
	Text string `json:"text"`
	Line int    `json:"line"`
}

// A Result is the verdict on a behaviour for one subject and one Python.
type Result struct {
	Subject string          `json:"subject"`
	Python  string          `json:"python"`
	Verdict harness.Verdict `json:"verdict"`
	// Reason explains a verdict that no difference explains.
	Reason      string                `json:"reason,omitempty"`
	Drifted     bool                  `json:"drifted"` // CPython no longer meets its recording
	Differences []contract.Difference `json:"differences"`
	Known       *known.Entry          `json:"known,omitempty"`
	End         *End                  `json:"end,omitempty"` // nil: the subject was not run
	Steps       []StepResult          `json:"steps"`         // one per step of the behaviour
	Seconds     float64               `json:"seconds"`
}

// An End says how the subject came to the end of the behaviour.
type End struct {
	Kind   trace.End `json:"kind"`
	Step   int       `json:"step"` // how many steps have an observation
	Detail string    `json:"detail,omitempty"`
	Stderr string    `json:"stderr,omitempty"` // its tail; never judged
}

// A State is how the two sides of a step stand to each other.
type State string

// The states of a step.
const (
	StateEqual      State = "equal"
	StateDifferent  State = "different"
	StateNotReached State = "not-reached" // the subject has no observation of it
)

// A StepResult is both sides of a step.
type StepResult struct {
	State State `json:"state"`
	// Expected is what the contract holds the step to, where that is not what
	// Reference shows: it has variables.
	Expected *Side `json:"expected,omitempty"`
	// Reference is what CPython did in this run; with recordings, what the
	// contract says. Nil if there is neither.
	Reference *Side `json:"reference,omitempty"`
	Subject   *Side `json:"subject,omitempty"`
}

// A Side is what one side did in a step. The observation carries the time that
// it took, which is 0 where it comes from a contract.
type Side struct {
	Observation trace.Observation `json:"observation"`
	Text        string            `json:"text"` // as Python would show it
	Warnings    []string          `json:"warnings,omitempty"`
}

// Wanted is the side to show for the reference: with variables if there are any.
func (s StepResult) Wanted() *Side {
	if s.Expected != nil {
		return s.Expected
	}
	return s.Reference
}
