package reports

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/pyparity/pyparity/harness"
)

// maxFindings bounds each list in the Markdown, which is for people and for
// pull requests; the other formats have everything.
const maxFindings = 200

// WriteMarkdown writes the summary: what the reference was, the counts, the
// behaviours that differ with their first difference, and the known ones.
func WriteMarkdown(w io.Writer, r Report) error {
	var b strings.Builder
	b.WriteString(mdText(r.Provenance.ReferenceLine()) + "\n\n")
	b.WriteString("# " + r.headline() + "\n\n")
	for _, note := range r.notes() {
		b.WriteString("> " + mdText(note) + "\n\n")
	}
	r.markdownCounts(&b)
	bad := r.findings(func(v harness.Verdict) bool {
		return !v.Green() && v != harness.Unsupported && v != harness.NotRun
	})
	markdownFindings(&b, "What differs", "first difference", bad)
	markdownFindings(&b, "Known differences", "reason", r.findings(func(v harness.Verdict) bool { return v == harness.Known }))
	r.markdownBeside(&b)
	b.WriteString(r.markdownFoot())
	_, err := io.WriteString(w, b.String())
	return err
}

// maxChanges bounds each list of what changed: a comment on a pull request is
// read whole or not at all.
const maxChanges = 25

// WriteMarkdownChanges writes what changed since an older report, and the counts
// as they are now, for a pull request.
func WriteMarkdownChanges(w io.Writer, r, base Report) error {
	c := Compare(base, r)
	var b strings.Builder
	sign := "✓"
	if c.Worse() || !r.Complete {
		sign = "✗"
	}
	fmt.Fprintf(&b, "### %s Parity with CPython: %s\n\n", sign, mdText(c.summary()))
	b.WriteString(mdText(r.Provenance.ReferenceLine()) + "\n\n")
	for _, note := range append(r.notes(), c.Notes...) {
		b.WriteString("> " + mdText(note) + "\n\n")
	}
	for _, k := range c.kinds() {
		markdownMoves(&b, k)
	}
	r.markdownCounts(&b)
	_, err := io.WriteString(w, strings.TrimRight(b.String(), "\n")+"\n")
	return err
}

func markdownMoves(b *strings.Builder, k comparisonKind) {
	moves := grouped(k.moves)
	if len(moves) == 0 {
		return
	}
	fmt.Fprintf(b, "**%s%s**\n\n", strings.ToUpper(k.name[:1]), k.name[1:])
	for _, m := range moves[:min(len(moves), maxChanges)] {
		fmt.Fprintf(b, "- %s (%s, Python %s): %s", mdCode(m.ID), mdText(middle(oneLine(m.Subject), maxSubject)),
			mdText(strings.Join(m.pythons, ", ")), mdText(m.verdicts()))
		if why := firstNonEmpty(m.Why, m.WasWhy); why != "" {
			b.WriteString(": " + mdCode(shorten(oneLine(why), 160)))
		}
		b.WriteByte('\n')
	}
	if more := len(moves) - maxChanges; more > 0 {
		fmt.Fprintf(b, "- and %d more\n", more)
	}
	b.WriteByte('\n')
}

// headline is the report in one sentence.
func (r Report) headline() string {
	t := r.Total()
	s := fmt.Sprintf("%d of %d judged results match CPython", t.Match, t.Judged())
	if t.Known > 0 {
		s += fmt.Sprintf(", %d known to differ", t.Known)
	}
	if !r.Complete {
		s += " (incomplete)"
	}
	return s
}

func (r Report) markdownCounts(b *strings.Builder) {
	columns := r.columns()
	b.WriteString("| subject | Python |")
	for _, c := range columns {
		b.WriteString(" " + c.Name + " |")
	}
	b.WriteString(" parity |\n| --- | --- |" + strings.Repeat(" ---: |", len(columns)+1) + "\n")
	for _, count := range r.Summary {
		fmt.Fprintf(b, "| %s | %s |", mdText(middle(oneLine(count.Subject), maxSubject)), mdText(count.Python))
		for _, c := range columns {
			b.WriteString(" " + strconv.Itoa(c.of(count)) + " |")
		}
		b.WriteString(" " + count.Parity() + " |\n")
	}
	b.WriteByte('\n')
}

// A finding is the same verdict for the same reason on one behaviour, for the
// Pythons in which it is the same.
type finding struct {
	id, subject string
	pythons     []string
	verdict     harness.Verdict
	why         string
}

func (r Report) findings(wanted func(harness.Verdict) bool) []finding {
	var all []finding
	for _, b := range r.Behaviours {
		from := len(all)
		for _, res := range b.Results {
			if !wanted(res.Verdict) {
				continue
			}
			f := finding{b.ID, res.Subject, []string{res.Python}, res.Verdict, firstNonEmpty(res.why(b), meaning(res.Verdict))}
			if res.Verdict == harness.Known && res.Known != nil {
				f.why = strings.TrimSpace(res.Known.Reason + " " + res.Known.Link)
			}
			if same := findSame(all[from:], f); same != nil {
				same.pythons = append(same.pythons, res.Python)
			} else {
				all = append(all, f)
			}
		}
	}
	return all
}

func findSame(all []finding, f finding) *finding {
	for i, g := range all {
		if g.subject == f.subject && g.verdict == f.verdict && g.why == f.why {
			return &all[i]
		}
	}
	return nil
}

func markdownFindings(b *strings.Builder, title, what string, all []finding) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(b, "## %s\n\n| behaviour | subject | Python | verdict | %s |\n| --- | --- | --- | --- | --- |\n", title, what)
	for _, f := range all[:min(len(all), maxFindings)] {
		fmt.Fprintf(b, "| %s | %s | %s | %s %s | %s |\n", mdCode(f.id), mdText(middle(oneLine(f.subject), maxSubject)),
			mdText(strings.Join(f.pythons, ", ")), symbol(f.verdict), f.verdict, mdCode(shorten(oneLine(f.why), 240)))
	}
	if more := len(all) - maxFindings; more > 0 {
		fmt.Fprintf(b, "\nand %d more: see index.html or report.json.\n", more)
	}
	b.WriteByte('\n')
}

func (r Report) markdownFoot() string {
	p := r.Provenance
	var b strings.Builder
	b.WriteString("<details><summary>Provenance</summary>\n\n")
	for _, ref := range p.References {
		if ref.Unavailable == "" {
			fmt.Fprintf(&b, "- CPython %s (%s): image %s, %s\n", mdText(firstNonEmpty(ref.Version, ref.Python)), mdText(ref.Mode),
				mdCode(strings.TrimSpace(ref.Image+" "+ref.ImageID)), mdText(ref.Obtained))
			for _, name := range slices.Sorted(maps.Keys(ref.Platform)) {
				fmt.Fprintf(&b, "  - %s: %s\n", mdText(name), mdText(ref.Platform[name]))
			}
		}
	}
	for _, s := range p.Subjects {
		fmt.Fprintf(&b, "- %s: %s, %s\n", mdText(s.Name), mdText(strings.TrimSpace(s.Implementation+" "+s.Version)), mdText(s.Where))
	}
	fmt.Fprintf(&b, "- %s, commit %s, started %s, took %s\n", mdText(p.Go), mdCode(p.Commit),
		p.Started.Format("2006-01-02 15:04:05 MST"), seconds(p.Seconds))
	if len(p.Patterns) > 0 || p.Filter != "" {
		fmt.Fprintf(&b, "- asked for: %s\n", mdCode(strings.TrimSpace(strings.Join(p.Patterns, " ")+"  "+p.Filter)))
	}
	b.WriteString("\n</details>\n")
	return b.String()
}

// mdText escapes what Markdown or HTML would take for markup, and what would
// end a table's cell.
func mdText(s string) string {
	var b strings.Builder
	for _, r := range oneLine(s) {
		switch {
		case r == '<':
			b.WriteString("&lt;")
			continue
		case r == '&':
			b.WriteString("&amp;")
			continue
		case strings.ContainsRune("\\`*_[]#|~", r):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// mdCode is a code span inside a table's cell, with a fence that the text does
// not contain.
func mdCode(s string) string {
	s = oneLine(s)
	if s == "" {
		return ""
	}
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	s = strings.ReplaceAll(s, "|", `\|`)
	if len(fence) > 1 {
		return fence + " " + s + " " + fence
	}
	return fence + s + fence
}

// shorten cuts text to at most n characters.
func shorten(s string, n int) string {
	if short := cut(s, n); len(short) < len(s) {
		return cut(s, n-1) + "…"
	}
	return s
}
