package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/pyparity/pyparity/reports"
)

// reported runs some behaviours against their recordings and returns the folder
// of the report.
func reported(t *testing.T, args ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "report")
	all := append([]string{"run", "inet", "byteorder", "--reference", "recorded", "--report", dir}, args...)
	code, stdout, stderr := pyparity(all...)
	NewWithT(t).Expect(code).To(Equal(exitGreen), stdout+stderr)
	return dir
}

// wrongReport is a report of the same run in which a match is a crash.
func wrongReport(t *testing.T, dir string) string {
	g := NewWithT(t)
	r, err := reports.ReadFile(dir)
	g.Expect(err).NotTo(HaveOccurred())
	r.Behaviours[0].Results[0].Verdict, r.Behaviours[0].Results[0].Reason = "crash", "as ever"
	r.Summary[0].Match--
	r.Summary[0].Crash++
	name := filepath.Join(t.TempDir(), "wrong.json")
	f, err := reports.FormatNamed("json")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(reports.WriteFile(name, f, r, nil)).To(Succeed())
	return name
}

// The shards of a run, merged, are the run: the same behaviours in the same order
// with the same verdicts and the same steps, and nothing that a comparison would
// tell.
func TestShardsMergeToTheWhole(t *testing.T) {
	g := NewWithT(t)
	whole := reported(t, "--python", "3.9,3.13")
	var shards []string
	for i := 3; i > 0; i-- {
		shards = append(shards, reported(t, "--python", "3.9,3.13", "--shard", fmt.Sprintf("%d/3", i)))
	}
	merged := filepath.Join(t.TempDir(), "merged")
	code, stdout, stderr := pyparity(append([]string{"report", "merge", "-o", merged}, shards...)...)
	g.Expect(code).To(Equal(exitGreen), stdout+stderr)

	want, err := reports.ReadFile(whole)
	g.Expect(err).NotTo(HaveOccurred())
	got, err := reports.ReadFile(merged)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(len(want.Behaviours)).To(BeNumerically(">", 20))
	g.Expect(got.Summary).To(Equal(want.Summary))
	g.Expect(got.Changes).To(Equal(want.Changes))
	g.Expect(got.Complete).To(BeTrue())
	g.Expect(got.Provenance.Patterns).To(Equal(want.Provenance.Patterns))
	g.Expect(got.Provenance.References).To(Equal(want.Provenance.References))
	for _, r := range []*reports.Report{&want, &got} {
		for i := range r.Behaviours {
			for j := range r.Behaviours[i].Results {
				res := &r.Behaviours[i].Results[j]
				res.Seconds = 0
				for k := range res.Steps {
					// What variables were in one run, and how long it took.
					res.Steps[k].Subject = nil
				}
			}
		}
	}
	g.Expect(got.Behaviours).To(Equal(want.Behaviours))

	code, stdout, stderr = pyparity("diff", whole, merged)
	g.Expect(code).To(Equal(exitGreen), stdout+stderr)
	g.Expect(stdout).To(HavePrefix("nothing changed in"))

	code, stdout, stderr = pyparity(append([]string{"report", "merge", "-o", merged}, shards[:2]...)...)
	g.Expect(code).To(Equal(exitError), stdout)
	g.Expect(stderr).To(ContainSubstring("shard 1/3 is missing"))
	got, err = reports.ReadFile(merged)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(got.Complete).To(BeFalse())
}

func TestDiff(t *testing.T) {
	g := NewWithT(t)
	dir := reported(t, "--python", "3.13")
	wrong := wrongReport(t, dir)
	code, stdout, stderr := pyparity("diff", dir, wrong, "--json")
	g.Expect(code).To(Equal(exitDifference), stderr)
	var c reports.Comparison
	g.Expect(json.Unmarshal([]byte(stdout), &c)).To(Succeed())
	g.Expect(c.Schema).To(Equal(reports.ComparisonSchema))
	g.Expect(c.Regressed).To(HaveLen(1))
	g.Expect(c.Regressed[0].After).To(BeEquivalentTo("crash"))
	code, stdout, stderr = pyparity("diff", wrong, dir)
	g.Expect(code).To(Equal(exitGreen), stderr)
	g.Expect(stdout).To(ContainSubstring("crash → match"))
	code, _, stderr = pyparity("diff", wrong, filepath.Join(dir, "nowhere.json"))
	g.Expect(code).To(Equal(exitError))
	g.Expect(stderr).To(ContainSubstring("nowhere.json"))
}

func TestVerify(t *testing.T) {
	g := NewWithT(t)
	dir := reported(t, "--python", "3.13")
	code, stdout, stderr := pyparity("verify", dir, "--sample", "5", "--seed", "7")
	g.Expect(code).To(Equal(exitGreen), stdout+stderr)
	g.Expect(stdout).To(ContainSubstring("The report's claim holds: 5 of its"))
	g.Expect(stdout).To(ContainSubstring("sample 7"))

	code, stdout, stderr = pyparity("verify", wrongReport(t, dir), "--sample", "0")
	g.Expect(code).To(Equal(exitDifference), stdout+stderr)
	g.Expect(stdout).To(ContainSubstring("the report says crash"))
	g.Expect(stdout).To(ContainSubstring("here it is match"))
	g.Expect(stdout).To(ContainSubstring("claim does not hold"))

	other := write(t, "inet.py", "\"\"\"Inet.\"\"\"\n\ndef works():\n    \"\"\"It works.\"\"\"\n    socket.htons(1)\n")
	code, _, stderr = pyparity("verify", dir, "--behaviours", other)
	g.Expect(code).To(Equal(exitError))
	g.Expect(stderr).To(ContainSubstring("as it was when the report was made"))
}

func TestRender(t *testing.T) {
	g := NewWithT(t)
	dir := reported(t, "--python", "3.13")
	for _, f := range reports.Formats() {
		code, stdout, stderr := pyparity("report", "render", dir, "--to", f.Name)
		g.Expect(code).To(Equal(exitGreen), f.Name+stderr)
		if f.File != "" {
			data, err := os.ReadFile(filepath.Join(dir, f.File))
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(stdout).To(Equal(string(data)), f.Name+" as the run wrote it")
		}
	}
	out := filepath.Join(t.TempDir(), "out")
	code, _, stderr := pyparity("report", "render", wrongReport(t, dir), "--to", "all", "--base", dir, "-o", out)
	g.Expect(code).To(Equal(exitGreen), stderr)
	data, err := os.ReadFile(filepath.Join(out, reports.MarkdownFile))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(data)).To(ContainSubstring("match → crash"))
	for name, args := range map[string][]string{
		"unknown format":    {"--to", "pdf"},
		"needs a folder":    {"--to", "all"},
		"cannot be writt":   {"--to", "csv", "-o", filepath.Join(dir, "no", "where.csv")},
		"no such file":      {"--base", filepath.Join(dir, "none.json")},
		"--json: an object": {"--audit", filepath.Join(write(t, "audit.json", "5"), "audit.json")},
	} {
		code, _, stderr := pyparity(append([]string{"report", "render", dir}, args...)...)
		g.Expect(code).To(Equal(exitError), name)
		g.Expect(stderr).To(ContainSubstring(name))
	}
}

func TestSchema(t *testing.T) {
	g := NewWithT(t)
	code, stdout, stderr := pyparity("report", "schema")
	g.Expect(code).To(Equal(exitGreen), stderr)
	g.Expect(stdout).To(MatchJSON(reports.SchemaJSON))
	g.Expect(stdout).To(ContainSubstring(reports.SchemaName))
	g.Expect(stdout).To(ContainSubstring(reports.Schema))
}

// A report against recordings, or of a part of the corpus, is not published.
func TestPublishRefuses(t *testing.T) {
	g := NewWithT(t)
	out := filepath.Join(t.TempDir(), "published")
	code, _, stderr := pyparity("report", "publish", reported(t, "--python", "3.13"), "-o", out)
	g.Expect(code).To(Equal(exitError))
	g.Expect(stderr).To(And(ContainSubstring("behaviours"), ContainSubstring("no live CPython")))
	g.Expect(out).NotTo(BeADirectory())
}

func TestBadShards(t *testing.T) {
	g := NewWithT(t)
	for text, want := range map[string]string{"5/4": "2/4", "x": "2/4", "90/100": "empty"} {
		code, _, stderr := pyparity("run", "byteorder", "--reference", "recorded", "--shard", text)
		g.Expect(code).To(Equal(exitError), text)
		g.Expect(stderr).To(ContainSubstring(want))
	}
}
