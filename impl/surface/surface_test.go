package surface_test

import (
	"os"
	"strings"
	"testing"

	"github.com/pyparity/pyparity/impl/pysocket"
	"github.com/pyparity/pyparity/impl/surface"
	"github.com/pyparity/pyparity/impl/surface/index"
)

// Every public name that a reference has is somewhere in Go.
func TestNoNameIsMissing(t *testing.T) {
	for _, python := range pysocket.Pythons() {
		rows, err := surface.Rows(python)
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) < 400 {
			t.Errorf("Python %s: only %d names", python, len(rows))
		}
		for _, row := range surface.Missing(rows) {
			t.Errorf("Python %s: %s (%s) has no Go function or type", python, row.Python, row.Kind)
		}
	}
}

// The places are where the sources say.
func TestPlacesAreTheSources(t *testing.T) {
	places, err := index.Read("../socket")
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]string{}
	for _, python := range pysocket.Pythons() {
		rows, err := surface.Rows(python)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			place, fromSources := places[row.Python]
			if fromSources && place != row.Place && row.Go != "" && !strings.HasPrefix(row.File, "impl/pysocket") {
				t.Errorf("%s is %s in %s, and not %s in %s: run go generate ./impl/surface", row.Python, place.Go, place.File, row.Go, row.File)
			}
			if row.Go == "" {
				continue
			}
			if _, ok := read[row.File]; !ok {
				data, err := os.ReadFile("../../" + row.File)
				if err != nil {
					t.Fatalf("%s: %v", row.Python, err)
				}
				read[row.File] = string(data)
			}
			if name := row.Go[strings.LastIndex(row.Go, ".")+1:]; !strings.Contains(read[row.File], name) {
				t.Errorf("%s: there is no %s in %s: run go generate ./impl/surface", row.Python, name, row.File)
			}
		}
	}
	if len(read) < 10 {
		t.Errorf("only %d files were looked at", len(read))
	}
}

func TestUnknownPython(t *testing.T) {
	if _, err := surface.Rows("3.8"); err == nil || !strings.Contains(err.Error(), "3.13, 3.14") {
		t.Errorf("the error names no Python that is known: %v", err)
	}
}
