// Command gen writes the tables of constants from the live references: for each
// Python it runs constants.py in the reference image and stores what that
// prints. It needs Docker and the images, which "pyparity doctor" lists.
//
//	go generate ./impl/pysocket
package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

//go:embed constants.py
var script []byte

var pythons = []string{"3.9", "3.11", "3.13", "3.14", "3.15"}

func main() {
	for _, python := range pythons {
		if err := generate(python); err != nil {
			fmt.Fprintf(os.Stderr, "gen: Python %s: %v\n", python, err)
			os.Exit(1)
		}
	}
}

func generate(python string) error {
	cmd := exec.Command("docker", "run", "--rm", "--interactive", "--network", "none",
		"pyparity/cpython:"+python, "python"+python, "-")
	cmd.Stdin = bytes.NewReader(script)
	cmd.Stderr = os.Stderr
	table, err := cmd.Output()
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join("constants", "cpython-"+python+".json"), table, 0o644)
}
