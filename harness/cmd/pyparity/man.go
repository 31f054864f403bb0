package main

import (
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// newManCommand writes the manual pages, which package maintainers install.
func newManCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "man [FOLDER]",
		Short: "Write the manual pages: all into a folder, or the first on standard output",
		Example: `  pyparity man | man -l -
  pyparity man /usr/local/share/man/man1`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			// A page that changes with the day it was written cannot be compared.
			root.DisableAutoGenTag = true
			header := &doc.GenManHeader{Title: "PYPARITY", Section: "1", Source: "pyparity", Manual: "pyparity"}
			if len(args) == 0 {
				return doc.GenMan(root, header, cmd.OutOrStdout())
			}
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return err
			}
			return doc.GenManTree(root, header, args[0])
		},
	}
}
