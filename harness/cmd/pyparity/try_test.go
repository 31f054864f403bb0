package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/pyparity/pyparity/conformance"
)

// A conversation shows each step once, goes on after mistakes, and saves what was
// tried as a behaviour that can be run.
func TestConversation(t *testing.T) {
	g := NewWithT(t)
	folder := filepath.Join(t.TempDir(), "mine")
	var out, errs bytes.Buffer
	entries := strings.Join([]string{
		"x = socket.htons(1", ")", "x +", "y", ":nonsense", ":python 2.7", ":python 3.11", "x + 1", ":undo", "x + 2", ":steps",
		":save mine.adding", "Adding adds.", ":save mine.adding", "Adding adds again.", ":quit", "never",
	}, "\n")
	code := Main(context.Background(), []string{"try", "--subject", conformance.GoInProcess, "--python", "3.13", "--into", folder},
		strings.NewReader(entries), &out, &errs)
	if strings.Contains(errs.String(), "Docker") && os.Getenv(conformance.ReferenceVariable) != string(conformance.Container) {
		t.Skip(errs.String())
	}
	g.Expect(code).To(Equal(exitGreen), errs.String())
	shown := out.String()
	for _, want := range []string{
		"CPython 3.13  256", "go-inprocess  256", "finish the statement", "name 'y'", "there is no :nonsense", `unknown Python "2.7"`,
		"CPython 3.11  257", "CPython 3.11  258", "Saved: " + filepath.Join(folder, "mine.py"), "mine.adding",
	} {
		g.Expect(shown).To(ContainSubstring(want))
	}
	g.Expect(strings.Count(shown, "CPython 3.13  256")).To(Equal(1))
	g.Expect(shown).NotTo(ContainSubstring(">>> never"))
	saved, err := os.ReadFile(filepath.Join(folder, "mine.py"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(saved)).To(HaveSuffix("def adding():\n    \"\"\"Adding adds.\"\"\"\n    x = socket.htons(1\n    )\n    x + 2\n"))
	code, listed, stderr := pyparity("list", "--behaviours", folder)
	g.Expect(code).To(Equal(exitGreen), stderr)
	g.Expect(listed).To(Equal("mine.adding  Adding adds.\n"))
}
