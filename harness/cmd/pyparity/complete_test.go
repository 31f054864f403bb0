package main

import (
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
)

// A shell is offered what can stand at the cursor.
func TestCompletion(t *testing.T) {
	for _, c := range []struct {
		line []string
		want []string
	}{
		{[]string{"show", "conn"}, []string{"connect\tConnecting: "}},
		{[]string{"repro", "connect.refused_connect_ex_"}, []string{"connect.refused_connect_ex_returns_the_errno\tconnect_ex returns ECONNREFUSED"}},
		{[]string{"run", "--python", ""}, []string{"3.9\n", "3.15\n"}},
		{[]string{"run", "--subject", ""}, []string{"go\n", "pypy\n", "micropython\n"}},
		{[]string{"show", "--reference", ""}, []string{"recorded\n"}},
		{[]string{"list", "--filter", "inet_a"}, []string{"inet_aton\n"}},
		{[]string{"rep"}, []string{"repro\t"}},
	} {
		g := NewWithT(t)
		code, stdout, stderr := pyparity(append([]string{"__complete"}, c.line...)...)
		g.Expect(code).To(Equal(exitGreen), stderr)
		for _, want := range c.want {
			g.Expect(stdout).To(ContainSubstring(want), "%q", c.line)
		}
	}
}

// Every subcommand that a person calls says how, with an example.
func TestHelp(t *testing.T) {
	for _, cmd := range newRoot().Commands() {
		if cmd.Hidden || !cmd.Runnable() || cmd.Name() == "completion" || cmd.Name() == "help" {
			continue
		}
		NewWithT(t).Expect(cmd.Short).NotTo(BeEmpty(), cmd.Name())
		NewWithT(t).Expect(cmd.Example).To(ContainSubstring("pyparity"), "%s has no example", cmd.Name())
	}
}

func TestMan(t *testing.T) {
	g := NewWithT(t)
	code, stdout, stderr := pyparity("man")
	g.Expect(code).To(Equal(exitGreen), stderr)
	g.Expect(stdout).To(ContainSubstring(".SH NAME\npyparity - Check"))
	folder := filepath.Join(t.TempDir(), "man1")
	code, _, stderr = pyparity("man", folder)
	g.Expect(code).To(Equal(exitGreen), stderr)
	page, err := os.ReadFile(filepath.Join(folder, "pyparity-run.1"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(page)).To(ContainSubstring("--python"))
}
