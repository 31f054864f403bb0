package reports

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/contract"
)

// SideBySideOptions say how WriteSideBySide writes.
type SideBySideOptions struct {
	Colour bool // ANSI
	Width  int  // in characters; less than 1 means 100
	Both   bool // show both sides of a step even where they are equal
	// From leaves out the steps before this one, counted from 0, and NoHead what
	// stands above them, for a reader who knows.
	From   int
	NoHead bool
	// Rerun is how a command line begins that runs a behaviour: "pyparity run"
	// if empty, "-" for steps that have no command.
	Rerun string
}

// WriteSideBySide writes one behaviour as a subject ran it, step by step, with
// both sides and the first difference marked, for a terminal:
//
//	✗ differ  connect.refused  ·  go  ·  Python 3.13
//
//	    2   :7 │ s.connect_ex(addr)
//	   ✗ value │ CPython 3.13  111
//	           │ go            113
//	           │ ← first difference: value: want 111, got 113
func WriteSideBySide(w io.Writer, result harness.Result, opts SideBySideOptions) error {
	recorded := result.Reference == nil && result.Contract != nil
	return writeSideBySide(w, behaviourOf(result.Behaviour), resultOf(result), recorded, opts)
}

func writeSideBySide(w io.Writer, b Behaviour, res Result, recorded bool, opts SideBySideOptions) error {
	if opts.Width < 1 {
		opts.Width = 100
	}
	s := sideBySide{painter: painter(opts.Colour), width: opts.Width, both: opts.Both, from: opts.From, noHead: opts.NoHead, behaviour: b, result: res}
	s.reference = "CPython " + res.Python
	if recorded {
		s.reference += " (recorded)"
	}
	s.subject = middle(oneLine(firstNonEmpty(res.Subject, "subject")), maxLabel)
	s.label = max(utf8.RuneCountInString(s.reference), utf8.RuneCountInString(s.subject))
	s.write()
	if opts.Rerun != "-" {
		s.line()
		s.line("  ", s.paint(dimStyle, "rerun:"), " ", rerunCommand(opts.Rerun, b.ID, res.Python, res.Subject))
	}
	_, err := s.WriteTo(w)
	return err
}

// A sideBySide is one behaviour being written.
type sideBySide struct {
	bytes.Buffer
	painter
	width, label       int
	both               bool
	from               int // the first step that is shown
	noHead             bool
	behaviour          Behaviour
	result             Result
	reference, subject string // what the two sides are called
}

const (
	gutter   = 12 // the width of the column left of the rule
	maxLabel = 28 // what a subject's name may take of the width beside its values
)

func (s *sideBySide) write() {
	if !s.noHead {
		s.head()
	} else {
		s.paragraph(verdictStyle(s.result.Verdict), s.result.reason())
	}
	steps, atEnd := viewSteps(s.behaviour, s.result)
	for _, step := range steps[min(s.from, len(steps)):] {
		s.step(step)
	}
	for i, d := range atEnd {
		s.rule(s.wrong().bold(), "✗ "+string(d.Facet))
		s.line(s.paint(dimStyle, "after the last step"))
		if i == 0 && d == s.result.Differences[0] {
			s.first(d)
		} else {
			s.row("", s.wrong(), differenceText(d))
		}
	}
	s.foot()
}

// line writes the parts and ends the line.
func (s *sideBySide) line(parts ...string) {
	for _, part := range parts {
		s.WriteString(part)
	}
	s.WriteByte('\n')
}

// head says which behaviour this is and what became of it.
func (s *sideBySide) head() {
	res, b := s.result, s.behaviour
	verdict := string(res.Verdict)
	if verdict != "" {
		verdict = s.paint(verdictStyle(res.Verdict), symbol(res.Verdict)+" "+verdict) + "  "
	}
	s.WriteString(verdict + s.paint(boldStyle, printable(b.ID)))
	for _, part := range []string{middle(oneLine(res.Subject), maxSubject), pythonLabel(res.Python)} {
		if part != "" {
			s.WriteString(s.paint(dimStyle, "  ·  ") + printable(part))
		}
	}
	s.line()
	s.paragraph(plainStyle, b.Sentence)
	if b.File != "" {
		s.paragraph(dimStyle, fmt.Sprintf("%s:%d", b.File, b.Line))
	}
	s.paragraph(verdictStyle(res.Verdict), res.reason())
	if k := res.Known; k != nil {
		s.paragraph(yellowStyle, "declared: "+strings.TrimSpace(k.Reason+"  "+k.Link))
	}
	if res.Drifted {
		s.paragraph(yellowStyle, "drifted: this CPython does not meet its recording; judged against what it does now")
	}
	s.line()
}

func pythonLabel(python string) string {
	if python == "" {
		return ""
	}
	return "Python " + python
}

func (s *sideBySide) paragraph(st style, text string) {
	if text == "" {
		return
	}
	for _, line := range wrap(oneLine(text), s.width-2) {
		s.line("  ", s.paint(st, line))
	}
}

func (s *sideBySide) step(v stepView) {
	number := strconv.Itoa(v.Number)
	if v.Line > 0 {
		number += fmt.Sprintf(" %4s", fmt.Sprintf(":%d", v.Line))
	}
	text := boldStyle
	if v.Mark == markUnreached {
		text = dimStyle
	}
	for i, line := range strings.Split(v.Text, "\n") {
		if i > 0 {
			number = ""
		}
		if v.Mark == markUnreached && i == 0 && s.result.End != nil {
			line += "   (not reached)"
		}
		s.row(number, text, line)
	}
	switch v.Mark {
	case markEqual:
		if s.both {
			s.side(greenStyle, "=", s.reference, v.Want, plainStyle)
			s.side(dimStyle, "", s.subject, v.Got, plainStyle)
			break
		}
		s.side(greenStyle, "=", "", v.Want, plainStyle)
	case markUnreached:
		s.side(dimStyle, "", s.reference, v.Want, dimStyle)
	case markApart:
		s.side(dimStyle, "", s.reference, v.Want, plainStyle)
		s.side(dimStyle, "", s.subject, v.Got, plainStyle)
	case markDifferent:
		s.side(s.wrong().bold(), strings.TrimSpace("✗ "+string(v.facet())), s.reference, v.Want, plainStyle)
		if v.Ended != "" {
			s.labelled(dimStyle, "", s.subject, s.wrong(), v.Ended)
		} else {
			s.side(dimStyle, "", s.subject, v.Got, s.wrong())
		}
	}
	s.differences(v)
}

// differences marks the first difference, and names what else is different in
// the step: both sides stand above.
func (s *sideBySide) differences(v stepView) {
	if v.First != nil {
		s.first(*v.First)
	}
	if also := v.also(); also != "" {
		s.row("", s.wrong(), also)
	}
}

// first takes one line, or three if what was wanted and got is long.
func (s *sideBySide) first(d contract.Difference) {
	const arrow = "← first difference: "
	text := arrow + differenceText(d)
	if utf8.RuneCountInString(text) <= s.width-gutter-3 {
		s.row("", s.wrong().bold(), text)
		return
	}
	s.row("", s.wrong().bold(), arrow+place(d))
	for _, side := range [][2]string{{"  want", d.Want}, {"  got", d.Got}} {
		s.labelledAt(dimStyle, "", side[0], len("  want "), s.wrong().bold(), side[1])
	}
}

// wrong is the style of what differs, which alarms only where it is not known.
func (s *sideBySide) wrong() style {
	if s.result.Verdict == harness.Known {
		return yellowStyle
	}
	return redStyle
}

// side writes what one side did, and its warnings below.
func (s *sideBySide) side(markStyle style, mark, label string, side *Side, text style) {
	if side == nil {
		if label == s.subject {
			s.labelled(markStyle, mark, label, dimStyle, "(nothing)")
		}
		return
	}
	s.labelled(markStyle, mark, label, text, side.Text)
	for _, warning := range side.Warnings {
		blank := label
		if blank != "" {
			blank = " "
		}
		s.labelled(dimStyle, "", blank, yellowStyle, "⚠ "+warning)
	}
}

// labelled writes a row whose text stands behind a label of the sides' width.
func (s *sideBySide) labelled(markStyle style, mark, label string, text style, value string) {
	indent := 0
	if label != "" {
		indent = s.label + 2
	}
	s.labelledAt(markStyle, mark, label, indent, text, value)
}

// labelledAt writes a row whose text is indented, and wrapped there.
func (s *sideBySide) labelledAt(markStyle style, mark, label string, indent int, text style, value string) {
	for i, line := range wrap(printable(value), s.width-gutter-3-indent) {
		if i > 0 {
			mark, label = "", ""
		}
		s.rule(markStyle, mark)
		s.line(s.paint(dimStyle, pad(printable(label), indent)), s.paint(text, line))
	}
}

// row writes a row without a label.
func (s *sideBySide) row(mark string, text style, value string) {
	s.labelled(dimStyle, mark, "", text, value)
}

func (s *sideBySide) rule(st style, mark string) {
	space := strings.Repeat(" ", max(0, gutter-1-utf8.RuneCountInString(mark)))
	s.WriteString(s.paint(st, space+mark) + s.paint(dimStyle, " │") + " ")
}

func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(s)))
}

// foot shows what the subject wrote to its standard error, if it went wrong.
func (s *sideBySide) foot() {
	if e := s.result.End; e != nil && e.Stderr != "" && !s.result.Verdict.Green() {
		s.line()
		s.line("  ", s.paint(dimStyle, "stderr of "+printable(s.subject)+":"))
		lines := strings.Split(strings.TrimRight(e.Stderr, "\n"), "\n")
		for _, line := range lines[max(0, len(lines)-maxLines):] {
			for _, l := range wrap(printable(line), s.width-4) {
				s.line("    ", s.paint(dimStyle, l))
			}
		}
	}
}
