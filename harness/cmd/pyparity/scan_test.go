package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/pyparity/pyparity/conformance"
)

// A program's calls are listed with their lines, what is known of them, and their
// Go form.
func TestScanCommand(t *testing.T) {
	g := NewWithT(t)
	program := filepath.Join(write(t, "client.py", "import socket\n\ns = socket.fromfd(3, socket.AF_INET, 1)\ns.getblocking()\nx = s.getblocking()\nsocket.nosuch()\nsocket.timeout, socket.AF_LINK\n"), "client.py")
	broken := filepath.Join(write(t, "broken.py", "def f(:\n"), "broken.py")
	args := []string{"scan", program, broken, "--python", "3.13", "--subject", conformance.GoInProcess}
	code, stdout, stderr := pyparity(args...)
	if strings.Contains(stderr, "takes Docker") && os.Getenv(conformance.ReferenceVariable) != string(conformance.Container) {
		t.Skip(stderr)
	}
	g.Expect(code).To(Equal(exitDifference), stderr)
	g.Expect(stdout).To(ContainSubstring("     3  socket.fromfd(3, socket.AF_INET, 1)\n        socket.fromfd → socket.FromFD (impl/socket/dup.go): "))
	g.Expect(stdout).To(MatchRegexp(`4  s\.getblocking\(\)\n +socket\.socket\.getblocking → socket\.Socket\.GetBlocking \(impl/socket/mode\.go\): \d+ behaviours, \d+ match`))
	g.Expect(stdout).To(ContainSubstring("getblocking: as in line 4"))
	g.Expect(stdout).To(ContainSubstring("socket.nosuch → no such name in this Python: no behaviour is about it"))
	g.Expect(stdout).To(ContainSubstring("and names socket.AF_INET, socket.timeout → pyerr.TimeoutError\n"))
	g.Expect(stdout).To(ContainSubstring("and names that this Python lacks: socket.AF_LINK\n"))
	g.Expect(stdout).To(ContainSubstring("cannot be read: line 1: invalid syntax"))

	_, stdout, stderr = pyparity(append(args, "--json")...)
	var got scan
	g.Expect(json.Unmarshal([]byte(stdout), &got)).To(Succeed(), stderr)
	g.Expect(got.Programs).To(HaveLen(2))
	g.Expect(got.Names).To(HaveLen(6))

	code, _, stderr = pyparity("scan", "/no/such/file.py")
	g.Expect(code).To(Equal(exitError))
	g.Expect(stderr).To(ContainSubstring("/no/such/file.py"))
}
