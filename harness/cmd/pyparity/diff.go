package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/reports"
)

func newDiffCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Say what changed between two reports",
		Long: `Diff compares two reports, result by result: what regressed, what was fixed, what
is new, what is gone, and what differs in another way than before. A report is
named by its report.json, compressed with gzip or not, or by its folder.

It ends with 1 where something is worse: a result regressed, or a new one is not
green. A NEW that is incomplete is an error, since nobody knows what it lacks.`,
		Example: `  pyparity diff main/report.json reports/latest
  pyparity diff old.json new.json --json | jq '.regressed[].id'`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			older, err := reports.ReadFile(args[0])
			if err != nil {
				return err
			}
			newer, err := reports.ReadFile(args[1])
			if err != nil {
				return err
			}
			c := reports.Compare(older, newer)
			w := cmd.OutOrStdout()
			if asJSON {
				err = reports.WriteComparisonJSON(w, c)
			} else {
				err = reports.WriteComparison(w, c, colour(w))
			}
			switch {
			case err != nil:
				return err
			case !newer.Complete:
				return fmt.Errorf("%s is incomplete: %s", args[1], newer.Incomplete)
			case c.Worse():
				return errNotGreen
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object with a list for each kind of change")
	return cmd
}
