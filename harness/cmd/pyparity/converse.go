package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/conformance"
	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/reports"
)

const conversationHelp = `Enter a step, as a behaviour has them; both sides show what it does.
An open bracket or text goes on in the next line; an empty line gives it up.

  :python 3.9[,3.14]   compare with other Pythons from now on
  :steps               show the steps so far
  :undo                take the last one back
  :reset               begin anew
  :save FILE.NAME      write the steps as a behaviour; asks for the fact that it states
  :help                show this
  :quit                end, as Ctrl-D does
`

// A conversation runs steps as they are entered. Steps are never run on top of
// what earlier ones left: all of them run anew, so that what is shown is what a
// behaviour of these steps would do.
type conversation struct {
	cmd      *cobra.Command
	settings *settings
	saving   saving
	in       lineReader
	out      io.Writer

	stage    *stage
	suite    *harness.Suite
	checkers map[string]*harness.Checker // by Python
	entries  []string
	last     *behaviour.Behaviour // of the entries
}

// converse asks for steps until its input ends.
func (s *settings) converse(cmd *cobra.Command, save saving) error {
	s.jobs = 1
	progress := newProgress(cmd.ErrOrStderr())
	st, err := s.open(cmd, progress)
	if err != nil {
		return err
	}
	defer closeBed(cmd, st.bed)
	c := &conversation{
		cmd: cmd, settings: s, saving: save, out: cmd.OutOrStdout(), stage: st,
		suite: &harness.Suite{Corpus: &behaviour.Corpus{Name: "try"}}, checkers: map[string]*harness.Checker{},
	}
	defer func() {
		for _, checker := range c.checkers {
			checker.Close()
		}
	}()
	c.in = newLineReader(cmd.InOrStdin(), c.out)
	defer c.in.Close()
	fmt.Fprintf(c.out, "CPython %s and %s, side by side. :help says what can be entered.\n",
		strings.Join(s.pythons, ", "), strings.Join(s.subjects, ", "))
	for {
		entry, err := c.read()
		if errors.Is(err, io.EOF) {
			fmt.Fprintln(c.out)
			return c.saveAtEnd()
		}
		if err != nil {
			return err
		}
		quit, err := c.take(cmd.Context(), entry)
		if err != nil && cmd.Context().Err() != nil {
			return err
		}
		if err != nil {
			fmt.Fprintln(c.out, err)
		}
		if quit {
			return c.saveAtEnd()
		}
	}
}

// read reads an entry, which takes several lines while it is not complete.
func (c *conversation) read() (string, error) {
	text, err := c.in.ReadLine(">>> ")
	if err != nil {
		return "", err
	}
	text = strings.TrimSpace(text)
	for behaviour.Incomplete(text) {
		more, err := c.in.ReadLine("... ")
		if err != nil {
			return "", err
		}
		if strings.TrimSpace(more) == "" {
			break
		}
		text += "\n" + more
	}
	return text, nil
}

// take does what an entry asks for.
func (c *conversation) take(ctx context.Context, entry string) (quit bool, err error) {
	word, argument, _ := strings.Cut(strings.TrimSpace(entry), " ")
	argument = strings.TrimSpace(argument)
	switch word {
	case "":
		return false, nil
	case ":quit", ":q", ":exit":
		return true, nil
	case ":help", ":h":
		fmt.Fprint(c.out, conversationHelp)
		return false, nil
	case ":python":
		return false, c.compareWith(argument)
	case ":steps":
		fmt.Fprintln(c.out, strings.Join(c.entries, "\n"))
		return false, nil
	case ":undo":
		return false, c.keep(max(0, len(c.entries)-1))
	case ":reset":
		return false, c.keep(0)
	case ":save":
		return false, c.save(argument, "")
	}
	if word[0] == ':' {
		return false, fmt.Errorf("there is no %s; :help lists what there is", word)
	}
	return false, c.step(ctx, entry)
}

// compareWith changes the Pythons.
func (c *conversation) compareWith(list string) error {
	pythons := strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
	if len(pythons) == 0 {
		return fmt.Errorf("comparing with Python %s; :python 3.9 changes that", strings.Join(c.settings.pythons, ", "))
	}
	for _, python := range pythons {
		if err := conformance.CheckPython(python); err != nil {
			return err
		}
	}
	c.settings.pythons = distinct(pythons)
	return nil
}

// keep forgets all entries but the first few.
func (c *conversation) keep(n int) error {
	c.entries = c.entries[:n]
	c.last = nil
	if n == 0 {
		return nil
	}
	var err error
	c.last, err = c.parse()
	return err
}

func (c *conversation) parse() (*behaviour.Behaviour, error) {
	return behaviour.ParseSteps(strings.Join(c.entries, "\n"), behaviour.Modules(conformance.Modules...))
}

// step runs the entries with a new one, and shows what that does. One that
// cannot be read, or not be judged, is not kept.
func (c *conversation) step(ctx context.Context, entry string) error {
	before, known := c.last, 0
	if before != nil {
		known = len(before.Steps)
	}
	c.entries = append(c.entries, entry)
	b, err := c.parse()
	if err != nil {
		c.entries = c.entries[:len(c.entries)-1]
		return err
	}
	c.last = b
	width, _ := terminal(c.out)
	for _, python := range c.settings.pythons {
		checker, err := c.checker(ctx, python)
		if err != nil {
			return err
		}
		for _, res := range checker.Check(ctx, b, python) {
			opts := reports.SideBySideOptions{Colour: colour(c.out), Width: width, Rerun: "-", Both: true, NoHead: true, From: known}
			if err := reports.WriteSideBySide(c.out, res, opts); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

func (c *conversation) checker(ctx context.Context, python string) (*harness.Checker, error) {
	if checker, ok := c.checkers[python]; ok {
		return checker, nil
	}
	opts := c.stage.opts
	opts.Pythons = []string{python}
	checker, err := c.suite.Checker(ctx, opts)
	if err != nil {
		return nil, err
	}
	c.checkers[python] = checker
	return checker, nil
}

func (c *conversation) saveAtEnd() error {
	if c.saving.id == "" || c.last == nil {
		return nil
	}
	return c.save(c.saving.id, c.saving.sentence)
}

// save writes the steps as a behaviour, and asks for its sentence if there is
// none.
func (c *conversation) save(id, sentence string) error {
	if c.last == nil {
		return errors.New("there are no steps to save yet")
	}
	if sentence == "" {
		var err error
		if sentence, err = c.in.ReadLine("The fact, in one sentence: "); err != nil {
			return err
		}
	}
	path, err := saveSteps(c.saving.folder, id, sentence, c.last.Steps)
	if err == nil {
		fmt.Fprintf(c.out, "Saved: %s\n", path)
	}
	return err
}
