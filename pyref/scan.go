package pyref

import (
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
	Text string `json:"text"`
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
	request, err := json.Marshal(struct {
		Module string        `json:"module"`
		Files  []ProgramText `json:"files"`
	}{module, programs})
	if err != nil {
		return nil, err
	}
	p, err := s.Program(ctx, image, "pyparity-scan", nil, image.Interpreter, "-I", "-c", scanner)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	stop := context.AfterFunc(ctx, func() { _ = p.Close() }) // reported below
	defer stop()
	written := make(chan error, 1)
	go func() {
		_, err := p.Stdin().Write(request)
		written <- errors.Join(err, p.Stdin().Close())
	}()
	out, err := io.ReadAll(p.Stdout())
	if err := errors.Join(err, <-written, ctx.Err()); err != nil {
		return nil, fmt.Errorf("scan: %w", err)
	}
	var answer struct {
		Files []ScannedProgram `json:"files"`
	}
	if err := json.Unmarshal(out, &answer); err != nil {
		return nil, fmt.Errorf("scan: CPython did not answer: %s", strings.TrimSpace(p.Stderr()))
	}
	return answer.Files, nil
}
