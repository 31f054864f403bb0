package harness_test

import (
	"context"
	"os"
	"testing"
	"testing/fstest"

	. "github.com/onsi/gomega"

	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/behaviour"
)

const soaked = `"""Numbers."""

def same():
    """It is five every time."""
    int(5)

def named():
    """It is the reference's name."""
    len("")

def fresh():
    """Nobody has recorded it."""
    int(6)

def needy():
    """Some machines lack IPv6."""
    requires("ipv6")
    int(1)
`

// What was recorded of one CPython is not met by another.
func TestSoak(t *testing.T) {
	g := NewWithT(t)
	c, err := behaviour.Load(fstest.MapFS{"numbers.py": {Data: []byte(soaked)}}, "corpus")
	g.Expect(err).NotTo(HaveOccurred())
	suite := &harness.Suite{Corpus: c}
	recorded, err := c.Select([]string{"numbers.same", "numbers.named", "numbers.needy"})
	g.Expect(err).NotTo(HaveOccurred())
	set, err := suite.Record(t.Context(), "3.13", harness.Options{Live: source{script{name: "cpython"}}, Selected: recorded})
	g.Expect(err).NotTo(HaveOccurred())
	dir := t.TempDir()
	g.Expect(set.Write(dir)).To(Succeed())
	suite.Recordings, suite.RecordingsName = os.DirFS(dir), dir

	found, err := suite.Soak(t.Context(), "3.13", 3, 1, harness.Options{Live: source{script{name: "cpython"}}, Jobs: 2})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(found).To(HaveLen(4))
	for _, f := range found {
		g.Expect(f.Runs).To(Equal(3), f.Behaviour.ID)
		g.Expect(f.Failures).To(BeZero(), f.Reason)
		g.Expect(f.Slowest).To(BeNumerically(">", 0))
		g.Expect(f.Unrecorded).To(Equal(f.Behaviour.ID == "numbers.fresh"))
	}

	found, err = suite.Soak(t.Context(), "3.13", 2, 1, harness.Options{Live: source{script{name: "another", lacks: "ipv6"}}, Jobs: 2})
	g.Expect(err).NotTo(HaveOccurred())
	for _, f := range found {
		switch f.Behaviour.ID {
		case "numbers.named":
			g.Expect(f.Failures).To(Equal(2))
			g.Expect(f.Reason).To(ContainSubstring("another"))
		case "numbers.needy":
			g.Expect(f.Unsupported).To(ContainSubstring("ipv6"))
			g.Expect(f.Runs).To(BeZero())
		default:
			g.Expect(f.Failures).To(BeZero(), f.Reason)
		}
	}
}

// stopper ends a soak after some results.
type stopper struct {
	after int
	stop  func()
}

func (*stopper) Begin(int)   {}
func (*stopper) Note(string) {}
func (p *stopper) Result(harness.Result) {
	if p.after--; p.after == 0 {
		p.stop()
	}
}

func TestSoakThatIsStopped(t *testing.T) {
	g := NewWithT(t)
	c, err := behaviour.Load(fstest.MapFS{"numbers.py": {Data: []byte(soaked)}}, "corpus")
	g.Expect(err).NotTo(HaveOccurred())
	suite := &harness.Suite{Corpus: c, Recordings: os.DirFS(t.TempDir())}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	found, err := suite.Soak(ctx, "3.13", 1000, 1,
		harness.Options{Live: source{script{name: "cpython"}}, Jobs: 1, Progress: &stopper{after: 10, stop: cancel}})
	g.Expect(err).To(MatchError(context.Canceled))
	runs := 0
	for _, f := range found {
		runs += f.Runs
	}
	g.Expect(runs).To(BeNumerically(">=", 10))
	g.Expect(runs).To(BeNumerically("<", 4000))
}
