package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/pyparity/pyparity/reports"
)

// The example that authors of other implementations start from works: this
// machine's Python agrees with itself in what the example can tell, and whatever
// the example cannot tell is a difference and nothing worse.
func TestExampleAgent(t *testing.T) {
	g := NewWithT(t)
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("the example is a Python program, and python3 is not on PATH")
	}
	report := filepath.Join(t.TempDir(), "report")
	code, stdout, stderr := pyparity("run", "byteorder", "inet", "--reference", "recorded", "--python", "3.11", "--report", report,
		"--subject", "exec:"+python+" ../../subject/example/agent.py")
	g.Expect(code).To(Equal(exitDifference), stdout+stderr)
	data, err := os.ReadFile(filepath.Join(report, reports.JSONFile))
	g.Expect(err).NotTo(HaveOccurred())
	var got struct {
		Summary []struct{ Match, Differ, Total int }
	}
	g.Expect(json.Unmarshal(data, &got)).To(Succeed())
	g.Expect(got.Summary).To(HaveLen(1))
	g.Expect(got.Summary[0].Match).To(BeNumerically(">", got.Summary[0].Total/2))
	g.Expect(got.Summary[0].Match + got.Summary[0].Differ).To(Equal(got.Summary[0].Total))
}
