package known

import (
	"strings"
	"testing"

	"github.com/pyparity/pyparity/harness/contract"
)

// Whatever a file holds, it is read or refused with its name and a line, and
// what is read can judge.
func FuzzLoad(f *testing.F) {
	f.Add(file)
	f.Add(`{"known": [{"id": "["}]}`)
	f.Add("{\"$schema\": \"\",\n\"known\": [1, {}]} ")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Load([]byte(text), "known.json")
		if err != nil {
			for line := range strings.Lines(err.Error()) {
				if !strings.HasPrefix(line, "known.json:") {
					t.Errorf("an error without its place: %q", line)
				}
			}
			return
		}
		s.Judge([]string{"a.b"}, "go", "3.13", []contract.Difference{{Facet: contract.FacetErrno, Want: "1", Got: "2"}})
		s.Unused([]string{"a.b"})
	})
}
