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

// NewSuite returns the suite of the embedded corpus, or of the behaviours in a
// folder, which have no recordings and are judged against a live CPython only.
func NewSuite(folder string) (*harness.Suite, error) {
	if folder != "" {
		return folderSuite(folder)
	}
	corpus, err := behaviour.Load(fixtures.Behaviours(), "fixtures/behaviours", behaviour.Modules(Modules...))
	if err != nil {
		return nil, err
	}
	declared, err := known.Load(fixtures.Known(), "fixtures/"+fixtures.KnownName)
	if err != nil {
		return nil, err
	}
	return &harness.Suite{
		Corpus: corpus, Known: declared,
		Recordings: fixtures.Recordings(), RecordingsName: "fixtures/recordings",
	}, nil
}

func folderSuite(folder string) (*harness.Suite, error) {
	if info, err := os.Stat(folder); err != nil {
		return nil, fmt.Errorf("behaviours: %w", err)
	} else if !info.IsDir() {
		return nil, fmt.Errorf("behaviours: %s is not a folder", folder)
	}
	corpus, err := behaviour.Load(os.DirFS(folder), folder, behaviour.Modules(Modules...))
	if err != nil {
		return nil, err
	}
	return &harness.Suite{Corpus: corpus}, nil
}
