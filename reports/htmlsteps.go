package reports

import (
	"fmt"
	"html/template"
	"strings"

	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/known"
)

// A pageGroup is results that look the same, as the page shows them opened.
type pageGroup struct {
	Subject  string
	Pythons  string // "3.11, 3.13"
	Label    string // of the reference's column: "CPython 3.11, 3.13"
	Verdict  harness.Verdict
	Meaning  string
	Reason   string
	Drifted  bool
	Known    *known.Entry
	Stderr   string
	Rerun    string
	Steps    []pageStep
	AtEnd    []string
	Measured bool // some step has a duration
}

// A pageStep is a step in a table's row.
type pageStep struct {
	Number, Line int
	Text         string
	Class        string // of the row: eq, apart, diff, un
	Want, Got    template.HTML
	Live         string // what the variables were in one run
	Times        string
	First        string
	Also         string
	AlsoTitle    string
}

func (p *pageData) group(b Behaviour, g *group) pageGroup {
	res := g.first
	out := pageGroup{
		Subject: firstNonEmpty(g.subject, "subject"), Pythons: strings.Join(g.pythons, ", "),
		Verdict: res.Verdict, Meaning: meaning(res.Verdict), Reason: printable(res.reason()), Drifted: res.Drifted, Known: res.Known,
		Rerun: rerunCommand("", b.ID, strings.Join(g.pythons, ","), res.Subject),
	}
	out.Label = "CPython " + out.Pythons
	if p.recorded(res.Python) {
		out.Label += " (recorded)"
	}
	if res.End != nil && !res.Verdict.Green() {
		out.Stderr = printableLines(res.End.Stderr)
	}
	for i, v := range g.steps {
		step := pageStepOf(v, res.Steps[i])
		if t := g.timings[i]; t.want > 0 || t.got > 0 {
			step.Times = pageTimes(t)
			out.Measured = true
		}
		out.Steps = append(out.Steps, step)
	}
	for i, d := range g.atEnd {
		if text := differenceText(d); i == 0 && d == res.Differences[0] {
			out.AtEnd = append(out.AtEnd, "← first difference: "+text)
		} else {
			out.AtEnd = append(out.AtEnd, "also "+text)
		}
	}
	return out
}

func pageTimes(t timing) string {
	switch {
	case t.want == 0:
		return seconds(t.got)
	case t.got == 0:
		return seconds(t.want) + " / –"
	}
	return seconds(t.want) + " / " + seconds(t.got)
}

func pageStepOf(v stepView, res StepResult) pageStep {
	step := pageStep{Number: v.Number, Line: v.Line, Text: printableLines(v.Text)}
	want, got := "", v.Ended
	if v.Want != nil {
		want = v.Want.Text
	}
	if v.Got != nil {
		got = v.Got.Text
	}
	switch v.Mark {
	case markEqual:
		step.Class = "eq"
		step.Want = codeHTML(want, 0, 0)
	case markUnreached:
		step.Class = "un"
		step.Want = codeHTML(want, 0, 0)
	case markApart:
		step.Class = "apart"
		step.Want, step.Got = codeHTML(want, 0, 0), codeHTML(got, 0, 0)
	case markDifferent:
		step.Class = "diff"
		from, wantTo, gotTo := 0, 0, 0
		if v.Ended == "" {
			from, wantTo, gotTo = differentPart(want, got)
		}
		step.Want, step.Got = codeHTML(want, from, wantTo), codeHTML(got, from, gotTo)
	}
	step.Want += warningsHTML(v.Want)
	if v.Mark != markEqual {
		step.Got += warningsHTML(v.Got)
	}
	if res.Expected != nil && res.Reference != nil {
		step.Live = "in one run: CPython " + res.Reference.Text
		if res.Subject != nil {
			step.Live += ", subject " + res.Subject.Text
		}
	}
	if v.First != nil {
		step.First = differenceText(*v.First)
	}
	step.Also = v.also()
	var details []string
	for _, d := range v.Differences {
		details = append(details, differenceText(d))
	}
	step.AlsoTitle = strings.Join(details, "\n")
	return step
}

// differentPart is what two texts do not share at their beginning and end, as
// byte offsets: from, and where it ends in each. Words and numbers are not cut.
func differentPart(a, b string) (from, aEnd, bEnd int) {
	for from < len(a) && from < len(b) && a[from] == b[from] {
		from++
	}
	for from > 0 && (inWord(a, from) || inWord(b, from)) {
		from--
	}
	aEnd, bEnd = len(a), len(b)
	for aEnd > from && bEnd > from && a[aEnd-1] == b[bEnd-1] {
		aEnd--
		bEnd--
	}
	for aEnd < len(a) && (inWord(a, aEnd) || inWord(b, bEnd)) {
		aEnd++
		bEnd++
	}
	return from, aEnd, bEnd
}

// inWord reports whether cutting s at i would cut a word, a number or a
// character of several bytes.
func inWord(s string, i int) bool {
	return i > 0 && i < len(s) && isWordByte(s[i-1]) && isWordByte(s[i])
}

func isWordByte(c byte) bool {
	return c >= 0x80 || c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// codeHTML escapes a text, marks a part of it, and sets variables apart.
func codeHTML(text string, from, to int) template.HTML {
	if from >= to {
		return variablesHTML(text)
	}
	return variablesHTML(text[:from]) + "<mark>" + variablesHTML(text[from:to]) + "</mark>" + variablesHTML(text[to:])
}

func variablesHTML(text string) template.HTML {
	s := template.HTMLEscapeString(printable(text))
	if strings.Contains(s, "⟨") {
		s = strings.NewReplacer("⟨", "<i>⟨", "⟩", "⟩</i>").Replace(s)
	}
	return template.HTML(s) //nolint:gosec // escaped above
}

func warningsHTML(s *Side) template.HTML {
	if s == nil {
		return ""
	}
	var b strings.Builder
	for _, w := range s.Warnings {
		fmt.Fprintf(&b, `<span class=warn>⚠ %s</span>`, variablesHTML(w))
	}
	return template.HTML(b.String()) //nolint:gosec // variablesHTML escapes
}

func printableLines(s string) string {
	lines := strings.Split(strings.TrimRight(s, "\n"), "\n")
	for i, line := range lines {
		lines[i] = printable(line)
	}
	return strings.Join(lines, "\n")
}
