package reports

import (
	"fmt"
	"io"
	"strings"

	"github.com/pyparity/pyparity/harness"
)

// WriteAnnotations writes workflow commands, by which GitHub shows messages
// beside the lines of a behaviour's file: an error for each behaviour that is
// not green, a notice where CPython drifted. With a base, only what is worse than
// there.
func WriteAnnotations(w io.Writer, r Report, base *Report) error {
	var b strings.Builder
	if !r.Complete {
		annotation(&b, "error", "", 0, "incomplete", firstNonEmpty(r.Incomplete, "the run ended early"))
	}
	if base != nil {
		c := Compare(*base, r)
		for _, m := range grouped(append(append([]Move{}, c.Regressed...), c.newRed()...)) {
			annotation(&b, "error", m.File, m.Line, m.ID,
				fmt.Sprintf("%s, Python %s: %s: %s", m.Subject, strings.Join(m.pythons, ", "), m.verdicts(), firstNonEmpty(m.Why, meaning(m.After))))
		}
		_, err := io.WriteString(w, b.String())
		return err
	}
	for _, bh := range r.Behaviours {
		for _, g := range groupVerdicts(bh) {
			switch {
			case !g.verdict.Green() && says(g.verdict):
				annotation(&b, "error", bh.File, g.line, bh.ID,
					fmt.Sprintf("%s, Python %s: %s: %s", g.subject, strings.Join(g.pythons, ", "), g.verdict, firstNonEmpty(g.why, meaning(g.verdict))))
			case g.drifted:
				annotation(&b, "notice", bh.File, bh.Line, bh.ID,
					fmt.Sprintf("CPython %s does not meet its recording", strings.Join(g.pythons, ", ")))
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

type verdictGroup struct {
	subject string
	verdict harness.Verdict
	why     string
	line    int
	drifted bool
	pythons []string
}

func groupVerdicts(b Behaviour) []*verdictGroup {
	var all []*verdictGroup
	index := map[string]*verdictGroup{}
	for _, res := range b.Results {
		why := res.why(b)
		key := fmt.Sprintf("%q %q %q %v", res.Subject, res.Verdict, why, res.Drifted)
		g := index[key]
		if g == nil {
			g = &verdictGroup{subject: res.Subject, verdict: res.Verdict, why: why, line: res.line(b), drifted: res.Drifted}
			index[key] = g
			all = append(all, g)
		}
		g.pythons = append(g.pythons, res.Python)
	}
	return all
}

var (
	annotationText     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	annotationProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func annotation(b *strings.Builder, level, file string, line int, title, text string) {
	b.WriteString("::" + level + " ")
	if file != "" {
		fmt.Fprintf(b, "file=%s,line=%d,", annotationProperty.Replace(file), max(line, 1))
	}
	fmt.Fprintf(b, "title=%s::%s\n", annotationProperty.Replace(oneLine(title)), annotationText.Replace(shorten(oneLine(text), 1000)))
}
