// Command gen writes the tables of encodings from the live references: for each
// Python it runs names.py, charmaps.py, multibyte.py and charnames.py in the
// reference image and stores what they print. It needs Docker and the images, which "pyparity doctor" lists.
//
//	go generate ./pyref/base/codecs
package main

import (
	"bytes"
	"embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

//go:embed *.py
var scripts embed.FS

var pythons = []string{"3.9", "3.11", "3.13", "3.14", "3.15"}

func main() {
	for _, python := range pythons {
		for _, table := range []string{"names", "charmaps", "multibyte", "charnames"} {
			if err := generate(python, table); err != nil {
				fmt.Fprintf(os.Stderr, "gen: Python %s, %s: %v\n", python, table, err)
				os.Exit(1)
			}
		}
	}
}

// last is the last table of each kind. One that is like it is not written.
var last = map[string][]byte{}

// generate writes one table into the folder that has its name.
func generate(python, table string) error {
	script, err := scripts.ReadFile(table + ".py")
	if err != nil {
		return err
	}
	cmd := exec.Command("docker", "run", "--rm", "--interactive", "--network", "none",
		"pyparity/cpython:"+python, "python"+python, "-")
	cmd.Stdin = bytes.NewReader(script)
	cmd.Stderr = os.Stderr
	text, err := cmd.Output()
	if err != nil {
		return err
	}
	path := filepath.Join(table, "cpython-"+python+".txt")
	if bytes.Equal(text, last[table]) {
		return os.RemoveAll(path)
	}
	before := last[table]
	last[table] = text
	if table == "charnames" {
		// A character keeps its name: only the new ones are stored.
		text = added(before, text)
	}
	return os.WriteFile(path, text, 0o644)
}

// added are the lines of text that are not in before.
func added(before, text []byte) []byte {
	known := map[string]bool{}
	for line := range bytes.Lines(before) {
		known[string(line)] = true
	}
	var b bytes.Buffer
	for line := range bytes.Lines(text) {
		if !known[string(line)] {
			b.Write(line)
		}
	}
	return b.Bytes()
}
