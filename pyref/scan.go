package pyref

import (
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

//go:embed scan.py
var scanner string

// A ProgramText is a Python program to look at.
type ProgramText struct {
	Name string `json:"name"`
	Text []byte `json:"text"` // in the encoding that it declares
}

// A ScannedProgram is what was found in one.
type ScannedProgram struct {
	Name  string `json:"name"`
	Error string `json:"error"` // why it could not be read: "line 3: invalid syntax"
	Uses  []Use  `json:"uses"`  // in the order of the text
}

// A Use is a place in a program where a name of the module is used.
type Use struct {
	Line   int    `json:"line"`   // from 1
	Column int    `json:"column"` // from 1, in UTF-8 bytes
	Text   string `json:"text"`   // of the call or name, on one line and cut where it is long
	Name   string `json:"name"`   // "socket.create_connection", "socket.socket.recv"
	Kind   string `json:"kind"`   // "call", or "reference" for what is only named
	// Sure is whether the name certainly belongs to the module. It does not for a
	// method of something that could not be followed to the call that made it.
	Sure bool `json:"sure"`
}

// Scan finds the uses of a module in programs. A CPython parses them, in a
// container; nothing of them runs.
func (s *Session) Scan(ctx context.Context, image Image, module string, programs []ProgramText) (scanned []ScannedProgram, err error) {
	p, err := s.Program(ctx, image, "pyparity-scan", nil, image.Interpreter, "-I", "-c", scanner)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	stop := context.AfterFunc(ctx, func() { _ = p.Close() }) // reported below
	defer stop()
	written := make(chan error, 1)
	go func() { written <- writeLines(p.Stdin(), module, programs) }()
	// Its input stays open until it has answered: a program whose input ended has to
	// end, too, before long.
	answers := json.NewDecoder(p.Stdout())
	for range programs {
		var program ScannedProgram
		if err := answers.Decode(&program); err != nil {
			err = cmp.Or(ctx.Err(), err)
			return nil, fmt.Errorf("scan: CPython did not answer: %w: %s", err, strings.TrimSpace(p.Stderr()))
		}
		scanned = append(scanned, program)
	}
	if err := <-written; err != nil {
		return nil, fmt.Errorf("scan: %w", err)
	}
	return scanned, nil
}

// writeLines writes the module's name and the programs, as JSON, a line each.
func writeLines(w io.Writer, module string, programs []ProgramText) error {
	lines := json.NewEncoder(w)
	if err := lines.Encode(module); err != nil {
		return err
	}
	for _, program := range programs {
		if err := lines.Encode(program); err != nil {
			return err
		}
	}
	return nil
}
