package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// pyparity runs a command line without Docker.
func pyparity(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = Main(context.Background(), args, strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

func write(t *testing.T, name, text string) string {
	dir := t.TempDir()
	NewWithT(t).Expect(os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644)).To(Succeed())
	return dir
}

const fine = `"""Fine."""

def works():
    """It works."""
    socket.htons(1)
`

// Whatever is wrong with the input is an error with its place, exit code 2, and
// nothing is written.
func TestBadInput(t *testing.T) {
	report := filepath.Join(t.TempDir(), "report")
	file := filepath.Join(write(t, "file", ""), "file")
	badRecordings := filepath.Join(t.TempDir(), "recordings")
	NewWithT(t).Expect(os.MkdirAll(filepath.Join(badRecordings, "cpython-3.13"), 0o755)).To(Succeed())
	NewWithT(t).Expect(os.WriteFile(filepath.Join(badRecordings, "cpython-3.13", "recv.json"), []byte("{"), 0o644)).To(Succeed())

	for name, c := range map[string]struct {
		args []string
		want []string
	}{
		"a file that does not parse": {
			[]string{"run", "--behaviours", write(t, "a.py", "\"\"\"A.\"\"\"\n\ndef f(:\n    pass\n")},
			[]string{"a.py:3:"}},
		"a missing docstring": {
			[]string{"run", "--behaviours", write(t, "a.py", "\"\"\"A.\"\"\"\n\ndef f():\n    socket.htons(1)\n")},
			[]string{"a.py:3:", "docstring"}},
		"an unknown directive": {
			[]string{"run", "--behaviours", write(t, "a.py", strings.Replace(fine, "    socket", "    require(\"ipv4\")\n    socket", 1))},
			[]string{"a.py:5:", "requires"}},
		"a duplicate id": {
			[]string{"run", "--behaviours", write(t, "a.py", fine+"\ndef works():\n    \"\"\"Again.\"\"\"\n    socket.htons(2)\n")},
			[]string{"a.py:7:", "a.works"}},
		"an unknown Python":              {[]string{"run", "--python", "3.13,2.7"}, []string{`unknown Python "2.7"`, "3.9"}},
		"a pattern that matches nothing": {[]string{"run", "recvfron.*"}, []string{"recvfron.*"}},
		"a filter that matches nothing":  {[]string{"run", "--filter", "nosuchlabel"}, []string{"nosuchlabel"}},
		"a filter that is malformed":     {[]string{"run", "--filter", "a &&"}, []string{"a &&"}},
		"a corrupt recording": {
			[]string{"run", "--reference", "recorded", "--python", "3.13", "--recordings", badRecordings},
			[]string{filepath.Join(badRecordings, "cpython-3.13", "recv.json"), "corrupt recording"}},
		"a report folder that cannot be written": {[]string{"run", "--report", file + "/report"}, []string{file}},
		"an unknown subject":                     {[]string{"run", "--subject", "ruby", "--reference", "recorded"}, []string{`unknown subject "ruby"`}},
		"an unknown reference":                   {[]string{"run", "--reference", "guess"}, []string{`--reference is "guess"`}},
		"a folder that is not there":             {[]string{"run", "--behaviours", "/no/such/folder"}, []string{"/no/such/folder"}},
		"a step that does not parse":             {[]string{"try", "socket.htons("}, []string{"try:1:"}},
		"an unknown subcommand":                  {[]string{"rum"}, []string{"rum"}},
		"an unknown flag":                        {[]string{"run", "--fast"}, []string{"--fast"}},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			args := c.args
			if args[0] == "run" && !strings.Contains(strings.Join(args, " "), "--report") {
				args = append(args, "--report", report)
			}
			code, _, stderr := pyparity(args...)
			g.Expect(code).To(Equal(exitError), stderr)
			for _, want := range c.want {
				g.Expect(stderr).To(ContainSubstring(want))
			}
			g.Expect(report).NotTo(BeADirectory(), "nothing half done")
		})
	}
}

func TestList(t *testing.T) {
	g := NewWithT(t)
	code, stdout, stderr := pyparity("list", "--json", "--filter", "inet_aton")
	g.Expect(code).To(Equal(exitGreen), stderr)
	var all []listed
	g.Expect(json.Unmarshal([]byte(stdout), &all)).To(Succeed())
	g.Expect(len(all)).To(BeNumerically(">", 3))
	for _, b := range all {
		g.Expect(b.Labels).To(ContainElement(ContainSubstring("inet_aton")))
		g.Expect(b.Sentence).NotTo(BeEmpty())
		g.Expect(b.Steps).NotTo(BeEmpty())
	}
	code, stdout, _ = pyparity("list", "--behaviours", write(t, "a.py", fine))
	g.Expect(code).To(Equal(exitGreen))
	g.Expect(stdout).To(Equal("a.works  It works.\n"))
}

// Without a live CPython the recordings are the reference, and both the output
// and the report say so.
func TestRecordedRun(t *testing.T) {
	g := NewWithT(t)
	report := filepath.Join(t.TempDir(), "report")
	code, stdout, stderr := pyparity("run", "inet", "--reference", "recorded", "--python", "3.13", "--report", report)
	g.Expect(code).To(Equal(exitGreen), stdout+stderr)
	g.Expect(strings.Split(stderr, "\n")[0]).To(ContainSubstring("embedded recordings"))
	g.Expect(strings.Split(stdout, "\n")[0]).To(ContainSubstring("embedded recordings"))
	data, err := os.ReadFile(filepath.Join(report, "report.json"))
	g.Expect(err).NotTo(HaveOccurred())
	var got struct {
		Summary []map[string]any `json:"summary"`
	}
	g.Expect(json.Unmarshal(data, &got)).To(Succeed())
	g.Expect(got.Summary).To(HaveLen(1))
	g.Expect(got.Summary[0]).To(HaveKeyWithValue("python", "3.13"))
	g.Expect(got.Summary[0]).To(HaveKeyWithValue("match", BeNumerically(">", 10)))
	g.Expect(got.Summary[0]).To(HaveKeyWithValue("differ", BeNumerically("==", 0)))
}

func TestDifferencesExitWithOne(t *testing.T) {
	g := NewWithT(t)
	liar := `exec:sh -c '
		read hello; echo "{\"event\":\"hello\",\"protocol\":1,\"implementation\":\"liar\",\"version\":\"1\"}"
		while read run; do
			id=${run#*\"id\":\"}; id=${id%%\"*}
			echo "{\"event\":\"done\",\"id\":\"$id\",\"end\":\"crash\",\"detail\":\"as ever\"}"
		done'`
	code, stdout, stderr := pyparity("run", "byteorder", "--reference", "recorded", "--python", "3.13", "--subject", liar)
	g.Expect(code).To(Equal(exitDifference), stdout+stderr)
	g.Expect(stdout).To(ContainSubstring("as ever"))
	g.Expect(stdout).To(ContainSubstring("rerun: pyparity run"))
}
