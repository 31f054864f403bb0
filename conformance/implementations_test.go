package conformance_test

import (
	"os"
	"path/filepath"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/pyparity/pyparity/conformance"
	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/subject"
)

// What any Python does, in every form of step and value that the agents of the
// other implementations have to observe.
const common = `"""What is common to all Pythons."""

def statements_are_observed():
    """Every kind of statement shows its value."""
    x = 5
    x += 1
    a, b = (x, [1.5, None, True])
    b[0] = "new"
    b == [x == 6, 'a = "b"']
    {"k": (b"\x00\xff", bytearray(b"z"))}
    "é\n" * 200
    [n for n in (a, b) if n != 7]
    nowhere = b[9]
    nowhere
    [].pop()
    1 << 80

def peers_and_files_are_there():
    """What steps can use beside the module under test works."""
    r, w = os.pipe()
    h = spawn(os.read, r, 5)
    os.write(w, b"hello")
    join(h)
    os.get_blocking(r)
    os.set_blocking(r, False)
    os.get_blocking(r)
    select.select([], [w], [], 0)[1] == [w]
    struct.unpack("<h", struct.pack("<h", -2))
    len(tmp("x")) > 5
    os.close(w)
    os.read(r, 1)
    gc.collect()
`

var _ = Describe("Another implementation", func() {
	DescribeTable("runs behaviours", func(ctx SpecContext, name, python string) {
		dir := GinkgoT().TempDir()
		Expect(os.WriteFile(filepath.Join(dir, "common.py"), []byte(common), 0o644)).To(Succeed())
		suite, err := conformance.NewSuite(conformance.Folders{Behaviours: dir})
		Expect(err).NotTo(HaveOccurred())
		bed := openBed(ctx, func(text string) { GinkgoWriter.Println(text) })
		DeferCleanup(func() { Expect(bed.Close()).To(Succeed()) })
		if bed.Live() == nil {
			Skip("it takes Docker")
		}
		other, err := bed.Subject(name)
		Expect(err).NotTo(HaveOccurred())
		run, err := suite.Run(ctx, harness.Options{Pythons: []string{python}, Live: bed.Live(), Subjects: []subject.Subject{other}})
		Expect(err).NotTo(HaveOccurred())
		Expect(run.Results).To(HaveLen(2))
		for _, res := range run.Results {
			Expect(res.Verdict).To(Equal(harness.Match), "%s: %s %v", res.Behaviour.ID, res.Reason, res.Differences)
		}
	},
		Entry("on PyPy", "pypy", "3.11"),
		Entry("on MicroPython", "micropython", "3.13"),
	)

	It("that does not speak the version is unsupported, which is no failure of it", func(ctx SpecContext) {
		bed := openBed(ctx, func(string) {})
		DeferCleanup(func() { Expect(bed.Close()).To(Succeed()) })
		if bed.Live() == nil {
			Skip("it takes Docker")
		}
		other, err := bed.Subject("pypy")
		Expect(err).NotTo(HaveOccurred())
		selected, err := suite.Corpus.Select([]string{"byteorder"})
		Expect(err).NotTo(HaveOccurred())
		run, err := suite.Run(ctx, harness.Options{Pythons: []string{"3.13"}, Selected: selected[:1], Subjects: []subject.Subject{other}})
		Expect(err).NotTo(HaveOccurred())
		Expect(run.Results[0].Verdict).To(Equal(harness.Unsupported))
		Expect(run.Results[0].Reason).To(ContainSubstring("Python 3.9 and 3.11 only"))
	})
})
