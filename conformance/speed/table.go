package speed

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
)

// Print writes the results as a table for a person.
func (r *Results) Print(w io.Writer) {
	fmt.Fprintf(w, "impl/socket, %s's net", r.Go)
	lanes := []string{Port, Net}
	if r.Python != "" {
		fmt.Fprintf(w, " and CPython %s", r.Python)
		lanes = append(lanes, CPython)
	}
	fmt.Fprintf(w, " in turn, %d rounds: medians, and ratios with their quartiles\n\n", r.Rounds)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(t, "an operation")
	for _, lane := range lanes {
		fmt.Fprint(t, "\t", lane)
	}
	for _, lane := range lanes[1:] {
		fmt.Fprintf(t, "\t%s/%s", Port, lane)
	}
	fmt.Fprintln(t, "\ttargets")
	for _, result := range r.Scenarios {
		fmt.Fprint(t, result.Title)
		for _, lane := range lanes {
			fmt.Fprint(t, "\t", quantity(result.Lanes[lane].Median, result.Unit))
		}
		for _, lane := range lanes[1:] {
			ratio := result.Ratios[lane]
			if len(result.Samples[lane]) == 1 {
				fmt.Fprintf(t, "\t%.2f", ratio.Median)
			} else {
				fmt.Fprintf(t, "\t%.2f (%.2f–%.2f)", ratio.Median, ratio.Low, ratio.High)
			}
		}
		fmt.Fprintln(t, "\t"+targets(result.Targets))
	}
	_ = t.Flush() // w's errors are those of any text for a person
}

func targets(outcomes []Outcome) string {
	texts := make([]string, len(outcomes))
	for i, o := range outcomes {
		mark := "✗"
		if o.Met {
			mark = "✓"
		}
		texts[i] = o.Text + " " + mark
	}
	return strings.Join(texts, ", ")
}

func quantity(value float64, unit string) string {
	if unit == "B" {
		return fmt.Sprintf("%.1f KiB", value/1024)
	}
	switch d := time.Duration(value); {
	case d < 10*time.Microsecond:
		return fmt.Sprintf("%.2f µs", value/1e3)
	default:
		return fmt.Sprintf("%.1f µs", value/1e3)
	}
}
