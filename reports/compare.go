package reports

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/pyparity/pyparity/harness"
)

// ComparisonSchema names the version of what [WriteComparisonJSON] writes.
const ComparisonSchema = "pyparity-diff/1"

// A Comparison is how a report stands to an older one: each result that is in
// another state than before, once.
type Comparison struct {
	Schema string `json:"schema"`
	// Regressed were as Python is, or differed as declared, and are not any more.
	Regressed []Move `json:"regressed"`
	// Fixed are now as Python is, or as declared, and were not before.
	Fixed []Move `json:"fixed"`
	// New have a verdict that says something, which they had not before: the
	// behaviour, the Python or the subject is new, or it could not be judged.
	New []Move `json:"new"`
	// Gone had such a verdict before.
	Gone []Move `json:"gone"`
	// Changed differ before and now, in another way; or a declaration came or
	// went.
	Changed   []Move   `json:"changed"`
	Unchanged int      `json:"unchanged"`
	Notes     []string `json:"notes"` // what makes the two hard to compare
}

// A Move is a result in two reports. A verdict is empty where there is none.
type Move struct {
	ID       string          `json:"id"`
	Subject  string          `json:"subject"`
	Python   string          `json:"python"`
	Sentence string          `json:"sentence"`
	File     string          `json:"file"`
	Line     int             `json:"line"`
	Before   harness.Verdict `json:"before"`
	After    harness.Verdict `json:"after"`
	WasWhy   string          `json:"was_why,omitempty"` // the first difference, or the reason
	Why      string          `json:"why,omitempty"`
}

// same reports whether nothing moved.
func (m Move) same() bool { return m.Before == m.After && steady(m.WasWhy) == steady(m.Why) }

// fleeting are numbers that are others in each run: ports, process ids, durations.
var fleeting = regexp.MustCompile(`\d{5,}|\d+(\.\d+)? ?(µs|ms|s)\b`)

// steady is a reason without what is another in each run.
func steady(why string) string { return fleeting.ReplaceAllString(why, "…") }

// Worse reports whether something is not as good as before: a result regressed,
// or a new one is not green.
func (c Comparison) Worse() bool { return len(c.Regressed) > 0 || len(c.newRed()) > 0 }

func (c Comparison) newRed() []Move {
	var red []Move
	for _, m := range c.New {
		if !m.After.Green() {
			red = append(red, m)
		}
	}
	return red
}

// says reports whether a verdict says something about a subject.
func says(v harness.Verdict) bool { return v != "" && v != harness.Unsupported && v != harness.NotRun }

type resultKey struct{ id, subject, python string }

// A placed result knows its behaviour.
type placed struct {
	behaviour *Behaviour
	result    *Result
}

// Compare compares a report with an older one. A behaviour that was renamed is
// found by its alias.
func Compare(older, newer Report) Comparison {
	c := Comparison{
		Schema: ComparisonSchema, Regressed: []Move{}, Fixed: []Move{}, New: []Move{}, Gone: []Move{}, Changed: []Move{},
		Notes: comparisonNotes(older, newer),
	}
	names := map[string]string{} // of now, by any name
	for _, b := range newer.Behaviours {
		for _, alias := range b.Aliases {
			names[alias] = b.ID
		}
	}
	for _, b := range newer.Behaviours {
		names[b.ID] = b.ID
	}
	before := map[resultKey]placed{}
	for i := range older.Behaviours {
		b := &older.Behaviours[i]
		id := firstNonEmpty(names[b.ID], b.ID)
		for j := range b.Results {
			res := &b.Results[j]
			before[resultKey{id, res.Subject, res.Python}] = placed{b, res}
		}
	}
	met := map[resultKey]bool{}
	for i := range newer.Behaviours {
		b := &newer.Behaviours[i]
		for j := range b.Results {
			res := &b.Results[j]
			key := resultKey{b.ID, res.Subject, res.Python}
			met[key] = true
			c.add(moveOf(key, before[key], placed{b, res}))
		}
	}
	for i := range older.Behaviours {
		b := &older.Behaviours[i]
		for j := range b.Results {
			key := resultKey{firstNonEmpty(names[b.ID], b.ID), b.Results[j].Subject, b.Results[j].Python}
			if !met[key] {
				c.add(moveOf(key, placed{b, &b.Results[j]}, placed{}))
			}
		}
	}
	return c
}

func moveOf(key resultKey, before, after placed) Move {
	m := Move{ID: key.id, Subject: key.subject, Python: key.python}
	for _, p := range []placed{before, after} {
		if p.behaviour != nil {
			m.Sentence, m.File, m.Line = p.behaviour.Sentence, p.behaviour.File, p.behaviour.Line
		}
	}
	if before.result != nil {
		m.Before, m.WasWhy = before.result.Verdict, before.result.why(*before.behaviour)
	}
	if after.result != nil {
		m.After, m.Why = after.result.Verdict, after.result.why(*after.behaviour)
		m.Line = after.result.line(*after.behaviour)
	}
	return m
}

// line is where the first difference is, or where the behaviour begins.
func (res Result) line(b Behaviour) int {
	if len(res.Differences) > 0 {
		if i := res.Differences[0].Step; i >= 0 && i < len(b.Steps) {
			return b.Steps[i].Line
		}
	}
	return b.Line
}

func (c *Comparison) add(m Move) {
	switch before, after := says(m.Before), says(m.After); {
	case !before && !after:
		c.Unchanged++
	case !before:
		c.New = append(c.New, m)
	case !after:
		c.Gone = append(c.Gone, m)
	case m.Before.Green() && !m.After.Green():
		c.Regressed = append(c.Regressed, m)
	case !m.Before.Green() && m.After.Green():
		c.Fixed = append(c.Fixed, m)
	case !m.same():
		c.Changed = append(c.Changed, m)
	default:
		c.Unchanged++
	}
}

func comparisonNotes(older, newer Report) []string {
	notes := []string{}
	for _, r := range []struct {
		what   string
		report Report
	}{{"the older report", older}, {"the newer report", newer}} {
		if !r.report.Complete {
			notes = append(notes, fmt.Sprintf("%s is incomplete: %s", r.what, r.report.Incomplete))
		}
		if s := r.report.Provenance.Shard; s != "" {
			notes = append(notes, fmt.Sprintf("%s is the shard %s alone", r.what, s))
		}
	}
	if a, b := older.Provenance.asked(), newer.Provenance.asked(); a != b {
		notes = append(notes, fmt.Sprintf("other behaviours were asked for: %s; now %s", a, b))
	}
	if a, b := older.Provenance.ReferenceLine(), newer.Provenance.ReferenceLine(); a != b {
		notes = append(notes, fmt.Sprintf("they have different references: %s; now %s", lowerFirst(a), lowerFirst(b)))
	}
	return notes
}

// asked is which behaviours a run was asked for.
func (p Provenance) asked() string {
	return firstNonEmpty(strings.TrimSpace(strings.Join(p.Patterns, " ")+"  "+p.Filter), "all of them")
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// WriteComparisonJSON writes a comparison as one JSON object.
func WriteComparisonJSON(w io.Writer, c Comparison) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(c)
}

// kinds are the lists of a comparison that a person wants to see, with what
// they are called.
func (c Comparison) kinds() []comparisonKind {
	return []comparisonKind{
		{"regressed", redStyle, c.Regressed}, {"new", yellowStyle, c.newRed()}, {"changed", yellowStyle, c.Changed},
		{"fixed", greenStyle, c.Fixed}, {"gone", dimStyle, c.Gone},
	}
}

type comparisonKind struct {
	name  string
	style style
	moves []Move
}

// summary is the comparison in one line.
func (c Comparison) summary() string {
	var parts []string
	for _, k := range []struct {
		n    int
		text string
	}{
		{len(c.Regressed), "regressed"}, {len(c.Fixed), "fixed"}, {len(c.New), "new"}, {len(c.Gone), "gone"}, {len(c.Changed), "changed"},
	} {
		if k.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", k.n, k.text))
		}
	}
	if red := len(c.newRed()); red > 0 && red < len(c.New) {
		parts = append(parts, fmt.Sprintf("%d of the new ones are not green", red))
	}
	if len(parts) == 0 {
		return fmt.Sprintf("nothing changed in %d results", c.Unchanged)
	}
	return fmt.Sprintf("%s, %d unchanged", strings.Join(parts, ", "), c.Unchanged)
}

// grouped are moves that are the same on several Pythons, once.
func grouped(moves []Move) []groupedMove {
	var out []groupedMove
	index := map[Move]int{}
	for _, m := range moves {
		key := m
		key.Python = ""
		i, ok := index[key]
		if !ok {
			i = len(out)
			index[key] = i
			out = append(out, groupedMove{Move: m})
		}
		out[i].pythons = append(out[i].pythons, m.Python)
	}
	return out
}

type groupedMove struct {
	Move
	pythons []string
}

// verdicts is how the verdict moved: "match → differ".
func (m Move) verdicts() string {
	before, after := firstNonEmpty(string(m.Before), "none"), firstNonEmpty(string(m.After), "none")
	if before == after {
		return before
	}
	return before + " → " + after
}

// WriteComparison writes a comparison for a terminal, with or without colour
// (ANSI). Results that are new and green are counted only.
func WriteComparison(w io.Writer, c Comparison, colour bool) error {
	p := painter(colour)
	var b strings.Builder
	for _, note := range c.Notes {
		b.WriteString(p.paint(yellowStyle, "note: ") + printable(note) + "\n")
	}
	for _, k := range c.kinds() {
		for _, m := range grouped(k.moves) {
			fmt.Fprintf(&b, "%s  %s  %s\n", p.paint(k.style, fmt.Sprintf("%-9s", k.name)), p.paint(boldStyle, printable(m.ID)),
				p.paint(dimStyle, printable(fmt.Sprintf("%s · Python %s · %s", middle(m.Subject, maxSubject), strings.Join(m.pythons, ", "), m.verdicts()))))
			if m.WasWhy != "" && steady(m.WasWhy) != steady(m.Why) {
				b.WriteString("             was " + shorten(oneLine(m.WasWhy), 200) + "\n")
			}
			if m.Why != "" {
				b.WriteString("             " + shorten(oneLine(m.Why), 200) + "\n")
			}
		}
	}
	b.WriteString(c.summary() + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}
