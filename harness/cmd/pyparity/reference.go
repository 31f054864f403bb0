package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/conformance"
)

// newReferenceCommand lets a script say what it is about to compare with, since
// go test shows nothing of tests that pass.
func newReferenceCommand() *cobra.Command {
	var s settings
	cmd := &cobra.Command{
		Use:     "reference",
		Short:   "Say in one line what a run here would compare with",
		Example: `  pyparity reference --python 3.9`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			mode, err := conformance.ParseMode(s.reference)
			if err != nil {
				return err
			}
			bed, err := conformance.OpenBed(cmd.Context(), mode, func(text string) { fmt.Fprintln(cmd.OutOrStdout(), text) })
			if err != nil {
				return err
			}
			defer closeBed(cmd, bed)
			if bed.Live() != nil {
				fmt.Fprintf(cmd.OutOrStdout(), "Reference: live CPython %s\n", strings.Join(s.pythons, ", "))
			}
			return nil
		},
	}
	s.addReference(cmd.Flags())
	return cmd
}
