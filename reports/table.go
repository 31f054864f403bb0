package reports

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pyparity/pyparity/harness"
)

// WriteTable writes the summary for a terminal: what the reference was, a row
// per subject and Python, and what the numbers alone would hide. Columns that
// are zero throughout are left out, apart from match and differ.
func WriteTable(w io.Writer, r Report) error {
	var b strings.Builder
	b.WriteString(printable(r.Provenance.ReferenceLine()) + "\n\n")
	columns := r.columns()
	head := []string{"subject", "Python"}
	for _, c := range columns {
		head = append(head, c.Name)
	}
	rows := [][]string{append(head, "parity")}
	for _, count := range r.Summary {
		row := []string{middle(oneLine(count.Subject), maxSubject), oneLine(count.Python)}
		for _, c := range columns {
			row = append(row, strconv.Itoa(c.of(count)))
		}
		rows = append(rows, append(row, count.Parity()))
	}
	writeAligned(&b, rows, 2)
	if len(r.Summary) == 0 {
		b.WriteString("no behaviour was run\n")
	}
	for _, note := range r.notes() {
		b.WriteString("\n" + printable(note) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// A column is one number of a Count.
type column struct {
	Name string
	of   func(Count) int
}

// Of is the column's number.
func (c column) Of(count Count) int { return c.of(count) }

// columns are the numbers worth showing: match, differ and total always, any
// other where there is one.
func (r Report) columns() []column {
	var columns []column
	total := r.Total()
	for _, v := range harness.Verdicts {
		if v == harness.Match || v == harness.Differ || total.Of(v) > 0 {
			columns = append(columns, column{string(v), func(c Count) int { return c.Of(v) }})
		}
	}
	columns = append(columns, column{"total", func(c Count) int { return c.Total }})
	if total.Drifted > 0 {
		columns = append(columns, column{"drifted", func(c Count) int { return c.Drifted }})
	}
	return columns
}

// notes are what a reader of the summary must not miss.
func (r Report) notes() []string {
	var notes []string
	if !r.Complete {
		notes = append(notes, "INCOMPLETE: "+firstNonEmpty(r.Incomplete, "the run ended early"))
	}
	for _, ref := range r.Provenance.References {
		if ref.Unavailable != "" {
			notes = append(notes, fmt.Sprintf("Python %s was not available: %s", ref.Python, oneLine(ref.Unavailable)))
		}
	}
	if n := r.Total().Drifted; n > 0 {
		notes = append(notes, fmt.Sprintf(
			"%d drifted: CPython does not meet its recording there, and was judged by what it does now: %s", n, r.drifted()))
	}
	return notes
}

// mostDrifted is how many behaviours a note names.
const mostDrifted = 10

// drifted names the behaviours whose recordings CPython does not meet.
func (r Report) drifted() string {
	var ids []string
	for _, b := range r.Behaviours {
		if slices.ContainsFunc(b.Results, func(res Result) bool { return res.Drifted }) {
			ids = append(ids, b.ID)
		}
	}
	if more := len(ids) - mostDrifted; more > 0 {
		ids = append(ids[:mostDrifted], fmt.Sprintf("and %d more", more))
	}
	return strings.Join(ids, ", ")
}

// writeAligned writes rows as a table: the first left columns to the left,
// numbers to the right.
func writeAligned(b *strings.Builder, rows [][]string, left int) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			if i > 0 {
				line.WriteString("  ")
			}
			space := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i < left {
				line.WriteString(cell + space)
			} else {
				line.WriteString(space + cell)
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}
