package conformance

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/pyparity/pyparity/fixtures"
	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/harness/known"
	"github.com/pyparity/pyparity/pyref"
)

// ModulePath is the Go module of this project.
const ModulePath = "github.com/pyparity/pyparity"

// Modules are what behaviours find bound: the module under test.
var Modules = []string{"socket"}

// PythonVariable names the environment variable with the Pythons to check.
const PythonVariable = "PYPARITY_PYTHON"

// StrictVariable names the environment variable that, if it is set, makes the
// specs fail where CPython no longer meets its recording.
const StrictVariable = "PYPARITY_STRICT"

// DefaultPythons are the Pythons that are checked where none is named: those of
// $PYPARITY_PYTHON, or the two that every supported Debian has.
func DefaultPythons() []string {
	if v := os.Getenv(PythonVariable); v != "" {
		return strings.Split(v, ",")
	}
	return []string{"3.11", "3.13"}
}

// CheckPython says whether a Python is one that the suite knows.
func CheckPython(python string) error {
	if slices.Contains(pyref.Pythons(), python) {
		return nil
	}
	return fmt.Errorf("unknown Python %q; known are %s", python, strings.Join(pyref.Pythons(), ", "))
}

// Folders say where to read a suite from instead of what is embedded; empty
// fields mean the embedded corpus and its recordings.
type Folders struct {
	Behaviours string
	Recordings string
}

// NewSuite returns the suite. Behaviours of a folder have the embedded
// recordings no more: without a folder of recordings of their own they are
// judged against a live CPython only. Nor do the declared differences apply to
// them.
func NewSuite(folders Folders) (*harness.Suite, error) {
	suite := &harness.Suite{}
	var err error
	if folders.Behaviours != "" {
		suite.Corpus, err = loadFolder(folders.Behaviours)
	} else {
		suite.Recordings, suite.RecordingsName = fixtures.Recordings(), "fixtures/recordings"
		suite.Corpus, err = behaviour.Load(fixtures.Behaviours(), "fixtures/behaviours", behaviour.Modules(Modules...))
		if err == nil {
			suite.Known, err = known.Load(fixtures.Known(), "fixtures/"+fixtures.KnownName)
		}
	}
	if err != nil {
		return nil, err
	}
	if folders.Recordings != "" {
		if err := mustBeFolder("recordings", folders.Recordings); err != nil {
			return nil, err
		}
		suite.Recordings, suite.RecordingsName = os.DirFS(folders.Recordings), folders.Recordings
	}
	return suite, nil
}

func loadFolder(folder string) (*behaviour.Corpus, error) {
	if err := mustBeFolder("behaviours", folder); err != nil {
		return nil, err
	}
	return behaviour.Load(os.DirFS(folder), folder, behaviour.Modules(Modules...))
}

func mustBeFolder(what, name string) error {
	info, err := os.Stat(name)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if !info.IsDir() {
		return fmt.Errorf("%s: %s is not a folder", what, name)
	}
	return nil
}
