package conformance

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/pyref"
)

// A Mode says what the reference is.
type Mode string

// The modes.
const (
	Auto      Mode = "auto"      // a live CPython where Docker is, the recordings elsewhere
	Container Mode = "container" // a live CPython, or an error
	Recorded  Mode = "recorded"  // the recordings
)

// ReferenceVariable names the environment variable with the Mode.
const ReferenceVariable = "PYPARITY_REFERENCE"

// ParseMode reads a mode; the empty text means that of $PYPARITY_REFERENCE, or
// Auto.
func ParseMode(text string) (Mode, error) {
	where := "--reference"
	if text == "" {
		text, where = os.Getenv(ReferenceVariable), "$"+ReferenceVariable
	}
	switch m := Mode(text); m {
	case "":
		return Auto, nil
	case Auto, Container, Recorded:
		return m, nil
	}
	return "", fmt.Errorf("%s is %q; it can be %s, %s or %s", where, text, Auto, Container, Recorded)
}

// The names of the subjects that are built in.
const (
	GoSubject      = "go"           // the port, in a container where Docker is
	GoInProcess    = "go-inprocess" // the port, in this process
	CPythonSubject = "cpython"      // CPython itself: a check of the harness
)

// A Bed is where a run takes place: the references and what subjects need.
type Bed struct {
	session *pyref.Session // nil: no Docker, or none wanted
	live    bool           // the session provides the references
	images  *images
}

// OpenBed readies the machine. Note is told what a person should know, such as
// that the recordings stand in for a CPython, and what takes long.
func OpenBed(ctx context.Context, mode Mode, note func(string)) (*Bed, error) {
	if mode == Recorded {
		note("Reference: embedded recordings, no live CPython, as asked for")
		return &Bed{}, nil
	}
	session, err := pyref.Open(ctx, pyref.Options{Progress: note})
	var lacking *pyref.NoDockerError
	switch {
	case errors.As(err, &lacking) && mode == Auto:
		note(fmt.Sprintf("Reference: embedded recordings, no live CPython: %v", err))
		return &Bed{}, nil
	case err != nil:
		return nil, err
	}
	return &Bed{session: session, live: true, images: newImages(session)}, nil
}

// Prepare obtains the images of Pythons ahead of their use. One that is not to
// be had is left for the run to report.
func (b *Bed) Prepare(ctx context.Context, pythons []string) error {
	if b.session == nil {
		return nil
	}
	var errs []error
	for _, python := range pythons {
		var lacking *pyref.UnavailableError
		if _, err := b.images.get(ctx, python); err != nil && !errors.As(err, &lacking) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// Close ends everything that was started.
func (b *Bed) Close() error {
	if b.session == nil {
		return nil
	}
	return b.session.Close()
}

// Live provides the references, or is nil where the recordings do.
func (b *Bed) Live() harness.ReferenceSource {
	if !b.live {
		return nil
	}
	return liveReferences{b}
}

// Subject returns a subject by its name: a built-in one or "exec:COMMAND".
func (b *Bed) Subject(name string) (subject.Subject, error) {
	switch {
	case name == GoInProcess, name == GoSubject && b.session == nil:
		return inProcess(name), nil
	case name == GoSubject:
		return b.contained(GoSubject, b.startGo), nil
	case name == CPythonSubject && b.session != nil:
		return b.contained(CPythonSubject, b.startCPython), nil
	case slices.Contains(pyref.Implementations(), name) && b.session != nil:
		return b.contained(name, b.startImplementation(name)), nil
	case name == CPythonSubject, slices.Contains(pyref.Implementations(), name):
		return nil, fmt.Errorf("the subject %s needs Docker", name)
	case strings.HasPrefix(name, subject.CommandPrefix):
		return subject.NewCommand(name)
	}
	return nil, fmt.Errorf("unknown subject %q; there are %s and %sCOMMAND",
		name, strings.Join(Subjects(), ", "), subject.CommandPrefix)
}

// Subjects lists the subjects that are built in.
func Subjects() []string {
	return append([]string{GoSubject, GoInProcess, CPythonSubject}, pyref.Implementations()...)
}

func (b *Bed) contained(name string, start subject.StartFunc) *subject.Stream {
	return &subject.Stream{SubjectName: name, Location: "container", StartFunc: start}
}

func (b *Bed) startCPython(ctx context.Context, python string, slot int) (subject.Process, error) {
	image, err := b.images.get(ctx, python)
	if err != nil {
		return nil, err
	}
	return b.session.Reference(ctx, image, hostname(slot))
}

func (b *Bed) startGo(ctx context.Context, python string, slot int) (subject.Process, error) {
	image, err := b.images.get(ctx, python)
	if err != nil {
		return nil, err
	}
	binary, err := b.session.Binary(ctx)
	if err != nil {
		return nil, err
	}
	return b.session.Command(ctx, image, hostname(slot), binary, AgentCommand)
}

func (b *Bed) startImplementation(name string) subject.StartFunc {
	return func(ctx context.Context, python string, slot int) (subject.Process, error) {
		image, err := b.images.implementation(ctx, name, python)
		if err != nil {
			return nil, unavailable(python, err)
		}
		return b.session.Implementation(ctx, name, image, hostname(slot))
	}
}

// unavailable makes of an interpreter that is not to be had what the harness
// knows as such.
func unavailable(python string, err error) error {
	if _, ok := errors.AsType[*pyref.UnavailableError](err); ok {
		return &harness.UnavailableError{Python: python, Err: err}
	}
	return err
}

// Scan finds where Python programs use the module under test; a CPython of the
// given version parses them.
func (b *Bed) Scan(ctx context.Context, python string, programs []pyref.ProgramText) ([]pyref.ScannedProgram, error) {
	if b.session == nil {
		return nil, errors.New("a CPython has to parse the programs, which takes Docker; 'pyparity doctor' says what is missing")
	}
	image, err := b.images.get(ctx, python)
	if err != nil {
		return nil, err
	}
	return b.session.Scan(ctx, image, Modules[0], programs)
}

// hostname gives each worker a name of its own, so that a contract does not
// take one name for what CPython guarantees.
func hostname(slot int) string { return fmt.Sprintf("pyparity-%d", slot) }

// liveReferences are CPythons in containers.
type liveReferences struct{ bed *Bed }

func (l liveReferences) Open(ctx context.Context, python string) (subject.Subject, harness.Reference, error) {
	image, err := l.bed.images.get(ctx, python)
	if err != nil {
		return nil, harness.Reference{}, unavailable(python, err)
	}
	ref := harness.Reference{
		Python: python, Mode: "live", Image: image.Name, ImageID: image.ID, Obtained: image.Obtained,
	}
	return l.bed.contained(CPythonSubject, l.bed.startCPython), ref, nil
}
