package reports

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/pyparity/pyparity/harness"
)

// WriteCSV writes the matrix of areas, subjects and Pythons: a row for each
// combination that has results, with a column for each verdict. The last two
// columns say whether the run came to its end and what the references were, so
// that a table by itself claims no more than the report.
func WriteCSV(w io.Writer, r Report) error {
	head := []string{"area", "subject", "python"}
	for _, v := range harness.Verdicts {
		head = append(head, string(v))
	}
	out := csv.NewWriter(w)
	if err := out.Write(append(head, "total", "drifted", "complete", "reference")); err != nil {
		return err
	}
	for _, area := range r.areas() {
		for _, c := range summarise(area.behaviours) {
			row := []string{area.name, plainCell(c.Subject), c.Python}
			for _, v := range harness.Verdicts {
				row = append(row, strconv.Itoa(c.Of(v)))
			}
			row = append(row, strconv.Itoa(c.Total), strconv.Itoa(c.Drifted), strconv.FormatBool(r.Complete), r.Provenance.ReferenceLine())
			if err := out.Write(row); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// plainCell keeps a spreadsheet from taking a subject's command for a formula.
func plainCell(s string) string {
	if s != "" && strings.ContainsAny(s[:1], "=+-@") {
		return "'" + oneLine(s)
	}
	return oneLine(s)
}

// An area is the behaviours of one file.
type area struct {
	name       string
	behaviours []Behaviour
}

func (r Report) areas() []area {
	var areas []area
	index := map[string]int{}
	for _, b := range r.Behaviours {
		name, _, _ := strings.Cut(b.ID, ".")
		i, ok := index[name]
		if !ok {
			i = len(areas)
			index[name] = i
			areas = append(areas, area{name: name})
		}
		areas[i].behaviours = append(areas[i].behaviours, b)
	}
	return areas
}
