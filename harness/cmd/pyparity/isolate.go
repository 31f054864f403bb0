package main

import (
	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/pyref"
)

func newIsolateCommand() *cobra.Command {
	return &cobra.Command{
		Use:   pyref.IsolateCommand + " -- COMMAND [ARGUMENT...]",
		Short: "Make a full subject of an agent that can run one behaviour only",
		Long: `Isolate speaks the protocol over standard input and output, and starts COMMAND
anew for each behaviour. COMMAND only has to answer one hello and one run: what
it leaves open, prints or breaks is gone with it, and deadlines are kept for it.`,
		Example: `  pyparity run --subject 'exec:pyparity isolate -- python3 agent.py'`,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return subject.Isolate(cmd.Context(), args, cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
}
