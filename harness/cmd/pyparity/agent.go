package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/conformance"
	"github.com/pyparity/pyparity/harness/starlark"
)

// newAgentCommand is the port as a subject, for whoever speaks the protocol.
func newAgentCommand() *cobra.Command {
	var as string
	cmd := &cobra.Command{
		Use:   conformance.AgentCommand,
		Short: "Be a subject: run behaviours on the port, over standard input and output",
		Long: `Agent runs behaviours on the port. The port behaves like the Python that the
harness asks for when it says hello, or like that of --as.`,
		Example: `  pyparity run --subject 'exec:pyparity agent'
  pyparity run --subject 'exec:pyparity agent --as 3.14' --python 3.13
  echo '{"op":"hello","protocol":1,"python":"3.13"}' | pyparity agent`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			agent := conformance.PortAgent()
			if as != "" {
				if err := conformance.CheckPython(as); err != nil {
					return fmt.Errorf("--as: %w", err)
				}
				agent.New = func(string) (*starlark.Runner, error) { return conformance.PortRunner(as) }
			}
			return agent.Serve(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&as, "as", "", "the Python that the port behaves like (default the one that is asked for)")
	return cmd
}
