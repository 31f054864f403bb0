package harness_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	. "github.com/onsi/gomega"

	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/harness/contract"
)

// recorded writes recordings of behaviours of one step that returns a number.
func recorded(fsys fstest.MapFS, python, file string, hashes map[string]string, numbers map[string]int) {
	var entries []string
	for name, n := range numbers {
		entries = append(entries, fmt.Sprintf(
			`%q: {"hash": %q, "contract": {"variables": 0, "steps": [{"returned": {"int": "%d"}, "step": 0}]}}`, name, hashes[name], n))
	}
	dir := "cpython-" + python + "/"
	fsys[dir+file+".json"] = &fstest.MapFile{Data: []byte(`{"schema": 1, "behaviours": {` + strings.Join(entries, ",") + `}}`)}
	fsys[dir+"provenance.json"] = &fstest.MapFile{Data: []byte(`{"schema": 1}`)}
}

func TestChanges(t *testing.T) {
	g := NewWithT(t)
	suite := &harness.Suite{Corpus: load(g, map[string]string{"n.py": `"""N."""

def same():
    """It stays."""
    int(1)

def moves():
    """It changes twice, and not in between."""
    int(2)

def fresh():
    """It is not recorded everywhere."""
    int(3)

def renamed():
    """It was in another file."""
    alias("m.old")
    int(4)

def rewritten():
    """Its steps are others than those that were recorded."""
    int(5)
`})}
	g.Expect(suite.Changes(nil)).To(BeEmpty(), "without recordings")

	hashes := map[string]string{}
	for _, b := range suite.Corpus.Behaviours {
		hashes[strings.TrimPrefix(b.ID, "n.")] = b.Hash()
	}
	hashes["old"], hashes["rewritten"] = hashes["renamed"], "other"
	fsys := fstest.MapFS{}
	for python, n := range map[string]int{"3.9": 1, "3.10": 2, "3.11": 2, "3.13": 3} {
		numbers := map[string]int{"same": 0, "moves": n, "rewritten": n}
		if python != "3.10" {
			numbers["fresh"] = n
		}
		recorded(fsys, python, "n", hashes, numbers)
		recorded(fsys, python, "m", hashes, map[string]int{"old": n})
		fsys["cpython-"+python+"/unread.json"] = &fstest.MapFile{Data: []byte("{")}
	}
	suite.Recordings = fsys
	changes, err := suite.Changes(nil)
	g.Expect(err).NotTo(HaveOccurred())
	var told []string
	for _, c := range changes {
		for _, d := range c.Differences {
			g.Expect(d.Facet).To(Equal(contract.FacetValue))
			told = append(told, fmt.Sprintf("%s %s→%s %s→%s", c.Behaviour.ID, c.From, c.To, d.Want, d.Got))
		}
	}
	g.Expect(told).To(Equal([]string{
		"n.moves 3.9→3.10 1→2", "n.moves 3.11→3.13 2→3", "n.fresh 3.11→3.13 2→3",
		"n.renamed 3.9→3.10 1→2", "n.renamed 3.11→3.13 2→3",
	}))
	g.Expect(suite.Changes([]*behaviour.Behaviour{suite.Corpus.Behaviours[0]})).To(BeEmpty())
}

// The hash of a corpus tells whether a report is of it.
func TestTheHashOfACorpusIsOfWhatItSays(t *testing.T) {
	g := NewWithT(t)
	const text = "\"\"\"N.\"\"\"\n\ndef f():\n    \"\"\"It is so.\"\"\"\n    int(1)\n"
	hash := func(text string) string { return load(g, map[string]string{"n.py": text}).Hash() }
	g.Expect(hash(text)).To(MatchRegexp("^[0-9a-f]{64}$"))
	g.Expect(hash("# a comment\n" + text)).To(Equal(hash(text)))
	for _, other := range []string{
		strings.Replace(text, "def f", "def g", 1), strings.Replace(text, "so.", "not so.", 1), strings.Replace(text, "int(1)", "int(2)", 1),
	} {
		g.Expect(hash(other)).NotTo(Equal(hash(text)))
	}
}
