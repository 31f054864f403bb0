package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// A lineReader asks a person, or a file that stands for one, for lines.
type lineReader interface {
	// ReadLine shows a prompt and returns a line without its end, or io.EOF.
	ReadLine(prompt string) (string, error)
	Close()
}

// newLineReader reads from a terminal with editing and history, and from
// anything else as it comes.
func newLineReader(in io.Reader, out io.Writer) lineReader {
	file, ok := in.(*os.File)
	if _, shown := terminal(out); !ok || !shown || !term.IsTerminal(int(file.Fd())) {
		return &plainReader{lines: bufio.NewScanner(in), out: out}
	}
	t := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{file, out}, "")
	t.SetBracketedPasteMode(true)
	return &terminalReader{fd: int(file.Fd()), terminal: t}
}

type terminalReader struct {
	fd       int
	terminal *term.Terminal
}

// ReadLine has the terminal to itself only while it reads, so that Ctrl-C ends
// what runs in between.
func (r *terminalReader) ReadLine(prompt string) (line string, err error) {
	state, err := term.MakeRaw(r.fd)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, term.Restore(r.fd, state)) }()
	if width, height, err := term.GetSize(r.fd); err == nil && width > 0 {
		_ = r.terminal.SetSize(width, height) // of an odd size it draws badly, and reads well
	}
	r.terminal.SetPrompt(prompt)
	line, err = r.terminal.ReadLine()
	if errors.Is(err, term.ErrPasteIndicator) {
		err = nil
	}
	return line, err
}

func (r *terminalReader) Close() { r.terminal.SetBracketedPasteMode(false) }

type plainReader struct {
	lines *bufio.Scanner
	out   io.Writer
}

func (r *plainReader) ReadLine(prompt string) (string, error) {
	if !r.lines.Scan() {
		return "", errors.Join(r.lines.Err(), io.EOF)
	}
	// What was entered stands beside what it led to, as on a terminal.
	if _, err := io.WriteString(r.out, prompt+strings.TrimRight(r.lines.Text(), "\r")+"\n"); err != nil {
		return "", err
	}
	return strings.TrimRight(r.lines.Text(), "\r"), nil
}

func (r *plainReader) Close() {}
