package main

import (
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/fixtures"
	"github.com/pyparity/pyparity/harness/recording"
	"github.com/pyparity/pyparity/pyref"
)

func newDoctorCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Say what this machine can run, and what to do about what it cannot",
		Example: `  pyparity doctor
  pyparity doctor --json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			checks := pyref.Doctor(cmd.Context(), pyref.Options{})
			recorded, err := checkRecordings(fixtures.Recordings())
			if err != nil {
				return err
			}
			checks = append(checks, recorded)
			if asJSON {
				if err := writeJSON(cmd.OutOrStdout(), checks); err != nil {
					return err
				}
			}
			bad := false
			for _, c := range checks {
				mark := "ok"
				if !c.OK {
					mark, bad = "--", true
				}
				if asJSON {
					continue
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%s  %-25s %s\n", mark, c.Name, c.Detail)
				if c.Remedy != "" {
					fmt.Fprintf(cmd.OutOrStdout(), "    %-25s → %s\n", "", c.Remedy)
				}
			}
			if bad {
				return errNotGreen
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print an array with an object for each thing that was looked at")
	return cmd
}

// checkRecordings says which Pythons can be checked against without Docker.
func checkRecordings(fsys fs.FS) (pyref.Check, error) {
	c := pyref.Check{Name: "embedded recordings"}
	pythons, err := recording.Pythons(fsys)
	if err != nil {
		return c, err
	}
	for _, python := range pythons {
		set, err := recording.Load(fsys, "fixtures/recordings", python)
		if err != nil {
			return c, err
		}
		c.OK = true
		if c.Detail != "" {
			c.Detail += ", "
		}
		c.Detail += fmt.Sprintf("%s (%d behaviours)", python, len(set.Entries))
	}
	if !c.OK {
		c.Detail, c.Remedy = "none", "run 'pyparity record' where Docker is, and build again"
	}
	return c, nil
}
