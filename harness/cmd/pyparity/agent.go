package main

import (
	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/conformance"
)

// newAgentCommand is the port as a subject, for whoever speaks the protocol.
func newAgentCommand() *cobra.Command {
	return &cobra.Command{
		Use:   conformance.AgentCommand,
		Short: "Be a subject: run behaviours on the port, over standard input and output",
		Example: `  pyparity run --subject 'exec:pyparity agent'
  echo '{"op":"hello","protocol":1,"python":"3.13"}' | pyparity agent`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return conformance.PortAgent().Serve(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
}
