package pysocket_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/impl/pysocket"
)

// constantNames are the names of the constants in the table of a Python.
func constantNames(t *testing.T, python string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("constants", "cpython-"+python+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var table struct {
		Ints  map[string]int64
		Strs  map[string]string
		Enums map[string]struct{ Members map[string]int64 }
	}
	if err := json.Unmarshal(data, &table); err != nil {
		t.Fatal(err)
	}
	var names []string
	for name := range table.Ints {
		names = append(names, name)
	}
	for name := range table.Strs {
		names = append(names, name)
	}
	for _, enum := range table.Enums {
		for name := range enum.Members {
			names = append(names, name)
		}
	}
	return names
}

// Every constant is what the reference has, and the names that only other Pythons
// have are absent on both sides.
func TestConstantsAreTheReferences(t *testing.T) {
	known := map[string]bool{}
	for _, python := range pysocket.Pythons() {
		for _, name := range constantNames(t, python) {
			known[name] = true
		}
	}
	var steps []string
	for name := range known {
		steps = append(steps, "socket."+name)
	}
	eachPython(t, func(t *testing.T, want, got subject.Worker) {
		compared, differ := compare(t, want, got, steps)
		t.Logf("%d of %d constants differ", differ, compared)
	})
}
