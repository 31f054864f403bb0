package conformance_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

const module = "github.com/pyparity/pyparity/"

// bringTogether are the packages that may know both the harness and the port.
var bringTogether = map[string]bool{
	module + "harness/cmd/pyparity": true,
}

// The harness knows no port, and the library knows no harness: each can be used
// and read without the other.
func TestArrowsPointOneWay(t *testing.T) {
	g := NewWithT(t)
	harness, library, base := 0, 0, 0
	for _, pkg := range packages(t) {
		isHarness := strings.HasPrefix(pkg.ImportPath, module+"harness") && !bringTogether[pkg.ImportPath]
		isBase := strings.HasPrefix(pkg.ImportPath, module+"pyref/base/")
		isLibrary := pkg.ImportPath == module+"impl/socket" || pkg.ImportPath == module+"impl/pyerr" ||
			strings.HasPrefix(pkg.ImportPath, module+"impl/internal/")
		for _, imported := range append(pkg.Imports, append(pkg.TestImports, pkg.XTestImports...)...) {
			if isHarness && strings.HasPrefix(imported, module+"impl/") {
				t.Errorf("%s imports %s: the harness must not know a port", pkg.ImportPath, imported)
			}
			if isLibrary && (strings.HasPrefix(imported, module+"harness") || strings.HasPrefix(imported, "go.starlark.net")) {
				t.Errorf("%s imports %s: the library must not know the harness or Starlark", pkg.ImportPath, imported)
			}
			if isBase && strings.HasPrefix(imported, module) && !strings.HasPrefix(imported, module+"pyref/base/") {
				t.Errorf("%s imports %s: the ground under both sides must know neither", pkg.ImportPath, imported)
			}
		}
		if isHarness {
			harness++
		}
		if isLibrary {
			library++
		}
		if isBase {
			base++
		}
	}
	g.Expect(harness).To(BeNumerically(">", 5), "packages of the harness that were looked at")
	g.Expect(base).To(BeNumerically(">", 3), "packages of the ground under both that were looked at")
	g.Expect(library).To(BeNumerically(">", 3), "packages of the library that were looked at")
}

type goPackage struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

func packages(t *testing.T) []goPackage {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", module+"...").Output()
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	var all []goPackage
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		NewWithT(t).Expect(err).NotTo(HaveOccurred())
		all = append(all, p)
	}
}
