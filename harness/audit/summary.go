package audit

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// A Summary is an audit's result, as 'pyparity audit --json' prints it.
type Summary struct {
	Schema    string    `json:"schema"`
	Commit    string    `json:"commit"`  // of the program, "+dirty" where it was changed
	Started   time.Time `json:"started"` // in UTC
	Python    string    `json:"python"`
	Caught    int       `json:"caught"`
	Total     int       `json:"total"`
	Kinds     []Count   `json:"kinds"`
	Callables []Count   `json:"callables"`
	Survivors []Lasting `json:"survivors"`
	// Stale are declared survivors that were caught, or that there are no more.
	Stale []string `json:"stale"`
}

// SchemaName names the form of a Summary.
const SchemaName = "pyparity-audit-1"

// A Count is how many mutants of a kind, or of a callable, were caught.
type Count struct {
	Name   string `json:"name"`
	Caught int    `json:"caught"`
	Total  int    `json:"total"`
}

// A Lasting is a mutant that nothing caught.
type Lasting struct {
	ID       string `json:"id"`
	Callable string `json:"callable"`
	Kind     string `json:"kind"`
	Fault    string `json:"fault"`
	Reason   string `json:"reason"` // empty: none is declared
	Ran      int    `json:"ran"`    // behaviours that did not notice
}

// Summarise counts findings and sets them against the survivors that are
// declared. Whole says that every mutant was tried: only then can a declaration
// be stale.
func Summarise(python string, findings []Finding, declared []Survivor, whole bool) Summary {
	s := Summary{Schema: SchemaName, Python: python, Survivors: []Lasting{}, Stale: []string{}}
	reasons := map[string]string{}
	for _, d := range declared {
		reasons[d.ID] = d.Reason
	}
	for _, f := range findings {
		caught := f.By != ""
		s.Total++
		if caught {
			s.Caught++
		} else {
			s.Survivors = append(s.Survivors, Lasting{
				ID: f.Mutant.ID, Callable: f.Mutant.Callable, Kind: f.Mutant.Kind, Fault: f.Mutant.Fault,
				Reason: reasons[f.Mutant.ID], Ran: f.Ran,
			})
			delete(reasons, f.Mutant.ID)
		}
		s.Kinds = count(s.Kinds, f.Mutant.Kind, caught)
		s.Callables = count(s.Callables, f.Mutant.Callable, caught)
		if caught && reasons[f.Mutant.ID] != "" {
			s.Stale = append(s.Stale, f.Mutant.ID)
			delete(reasons, f.Mutant.ID)
		}
	}
	if whole {
		for _, d := range declared {
			if reasons[d.ID] != "" {
				s.Stale = append(s.Stale, d.ID)
			}
		}
	}
	return s
}

func count(counts []Count, name string, caught bool) []Count {
	i := slices.IndexFunc(counts, func(c Count) bool { return c.Name == name })
	if i < 0 {
		i = len(counts)
		counts = append(counts, Count{Name: name})
	}
	counts[i].Total++
	if caught {
		counts[i].Caught++
	}
	return counts
}

// Unexpected are the survivors without a declared reason.
func (s Summary) Unexpected() []Lasting {
	return slices.DeleteFunc(slices.Clone(s.Survivors), func(l Lasting) bool { return l.Reason != "" })
}

// Green reports whether every survivor is declared, and every declaration true.
func (s Summary) Green() bool { return len(s.Unexpected()) == 0 && len(s.Stale) == 0 }

// Write prints the tables and the survivors.
func (s Summary) Write(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, table := range []struct {
		head   string
		counts []Count
	}{{"callable", s.Callables}, {"kind of fault", s.Kinds}, {"", []Count{{"all", s.Caught, s.Total}}}} {
		if table.head != "" {
			fmt.Fprintf(tw, "%s\tcaught\ttotal\t\n", table.head)
		}
		for _, c := range table.counts {
			fmt.Fprintf(tw, "%s\t%d\t%d\t%s\n", c.Name, c.Caught, c.Total, percent(c))
		}
		fmt.Fprintln(tw)
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	var b strings.Builder
	for _, l := range s.Survivors {
		reason := l.Reason
		if reason == "" {
			reason = "NOT DECLARED"
		}
		fmt.Fprintf(&b, "survives  %s  (%d behaviours ran)\n          %s\n", l.ID, l.Ran, reason)
	}
	for _, id := range s.Stale {
		fmt.Fprintf(&b, "stale     %s is declared to survive and does not, or is no mutant: remove it\n", id)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// percent rounds down: only all are 100.
func percent(c Count) string {
	if c.Total == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f %%", float64(1000*c.Caught/c.Total)/10)
}
