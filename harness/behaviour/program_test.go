package behaviour_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/pyparity/pyparity/harness/behaviour"
)

// A behaviour's program compiles, and shows what the behaviour's steps do.
func TestProgram(t *testing.T) {
	g := NewWithT(t)
	b, err := behaviour.ParseSteps(`x = [1, 2]
x[0] = "new \"text\""
x[1] += 5
a, b = (x,  # a comment
    3)
nowhere = x[9]
nowhere
len(x)  # and another
"""two
lines"""
h = spawn(len, x)
join(h)
os.stat(tmp("."))[0]
sys.addaudithook(lambda event, args: {}["another's event"])`)
	g.Expect(err).NotTo(HaveOccurred())
	program := b.Program([]string{"returned [1, 2]"})
	g.Expect(program).To(ContainSubstring("# returned [1, 2]\nwith _step('x = [1, 2]'):\n"))
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("the program is only run where python3 is")
	}
	path := filepath.Join(t.TempDir(), "repro.py")
	g.Expect(os.WriteFile(path, []byte(program), 0o600)).To(Succeed())
	out, err := exec.Command(python, "-I", path).CombinedOutput()
	g.Expect(err).NotTo(HaveOccurred(), string(out))
	var shown []string
	for line := range strings.Lines(string(out)) {
		if strings.HasPrefix(line, "    ") && !strings.HasPrefix(line, "    after ") {
			shown = append(shown, strings.TrimSpace(line))
		}
	}
	g.Expect(shown).To(HaveExactElements(
		"[1, 2]", `'new "text"'`, "7", `(['new "text"', 7], 3)`,
		"raises IndexError('list index out of range',): list index out of range",
		HavePrefix("not run: name 'nowhere' is not defined"), "2", `'two\nlines'`,
		HavePrefix("<__main__.spawn object"), "2", "'dir'", "None",
	))
}
