package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/pyparity/pyparity/conformance"
	"github.com/pyparity/pyparity/harness/behaviour"
)

// saveSteps writes steps as the behaviour of an id, "mine.what_happens", to the
// file mine.py of a folder, which is made where it is missing. It returns the
// file's name. A behaviour that is there already is never replaced.
func saveSteps(folder, id, sentence string, steps []behaviour.Step) (string, error) {
	file, name, ok := strings.Cut(id, ".")
	if !ok || file == "" {
		return "", fmt.Errorf("%q is no behaviour's id; write FILE.NAME, such as mine.what_recv_returns", id)
	}
	function, err := behaviour.Function(name, sentence, steps)
	if err != nil {
		return "", err
	}
	path := filepath.Join(folder, file+".py")
	before, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		before = fmt.Appendf(nil, "\"\"\"Tried: %s.\"\"\"\n", file)
	case err != nil:
		return "", err
	}
	after := append(append(before, '\n'), function...)
	// What would spoil the folder for the next run is not written.
	if err := readable(file+".py", after); err != nil {
		return "", err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	return path, os.WriteFile(path, after, 0o644)
}

// readable reports what is wrong with a file of behaviours.
func readable(name string, text []byte) error {
	dir, err := os.MkdirTemp("", "pyparity-save-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
		return err
	}
	_, err = behaviour.Load(os.DirFS(dir), ".", behaviour.Modules(conformance.Modules...))
	return err
}
