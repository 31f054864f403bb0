package upstream

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// shown is how many lines of a failure are printed, from its beginning and as many
// from its end.
const shown = 8

// Write prints the comparison: a line for each class, each test whose outcome
// differs with the lines of its failure, the totals, and what is wrong.
func (c *Comparison) Write(w io.Writer) error {
	fmt.Fprintf(w, "CPython %s's own tests, stock and with the port in place of %s\n%s, %s\n\n", c.Python, c.Mode, c.Image, c.Obtained)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(table, "\tpassed\tskipped\tfailed\t\ton Go: passed\tskipped\tfailed\t\n")
	for _, class := range c.Classes {
		writeRow(table, class.Name, class.Stock, class.Go)
	}
	writeRow(table, "all", c.Stock, c.Go)
	if err := table.Flush(); err != nil {
		return err
	}
	for _, d := range c.Differences {
		fmt.Fprintf(w, "\n%s: %s on CPython, %s on Go\n", d.Test, cmp.Or(d.Stock, "absent"), cmp.Or(d.Go, "absent"))
		if d.Expected != "" {
			fmt.Fprintf(w, "  expected: %s\n", d.Expected)
		}
		for _, line := range ends(d.Detail, shown) {
			fmt.Fprintf(w, "    %s\n", line)
		}
	}
	fmt.Fprintf(w, "\nOf %d tests that pass on CPython, %d pass on Go (%.1f %%). CPython took %.0f s, Go %.0f s.\n",
		c.Stock.Passed, c.BothPass, 100*float64(c.BothPass)/float64(max(c.Stock.Passed, 1)), c.Seconds.Stock, c.Seconds.Go)
	for _, p := range c.Problems {
		fmt.Fprintf(w, "✗ %s\n", p)
	}
	return nil
}

func writeRow(w io.Writer, name string, stock, port Tally) {
	mark := ""
	if stock != port {
		mark = "≠"
	}
	// The last cell has to end with a tab to be aligned; the name comes first, and
	// so is padded here.
	fmt.Fprintf(w, "%-52s\t%d\t%d\t%d\t\t%d\t%d\t%d\t%s\n", name,
		stock.Passed, stock.Skipped, stock.Failed, port.Passed, port.Skipped, port.Failed, mark)
}

func ends(text string, n int) []string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	if len(lines) <= 2*n {
		return lines
	}
	return slices.Concat(lines[:n], []string{"…"}, lines[len(lines)-n:])
}
