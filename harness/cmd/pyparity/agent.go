package main

import "github.com/spf13/cobra"

func newAgentCommand() *cobra.Command {
	return &cobra.Command{Use: "agent", Run: func(*cobra.Command, []string) {}}
}
