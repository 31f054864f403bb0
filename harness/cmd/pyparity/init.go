package main

import (
	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/pyref"
)

// newInitCommand is what a container runs as its first process.
func newInitCommand() *cobra.Command {
	return &cobra.Command{
		Use:                "init -- COMMAND...",
		Short:              "Be the first process of a container",
		Hidden:             true,
		DisableFlagParsing: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			return pyref.Init(cmd.Context(), args)
		},
	}
}
