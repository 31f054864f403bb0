package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/conformance"
	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/behaviour"
)

func newTryCommand() *cobra.Command {
	var s settings
	cmd := &cobra.Command{
		Use:   "try STEP...",
		Short: "Run steps on CPython and on the subject, side by side",
		Long: `Try runs steps that are given on the command line, each argument one or more of
them separated by semicolons or line ends. It needs a live CPython.`,
		Example: `  pyparity try 'socket.inet_aton("1.2")'
  pyparity try 's = socket.socket()' 's.recv(1)' --python 3.9,3.14`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			b, err := behaviour.ParseSteps(strings.Join(args, "\n"), behaviour.Modules(conformance.Modules...))
			if err != nil {
				return err
			}
			// Nothing was ever recorded of these steps.
			s.reference = string(conformance.Container)
			suite := &harness.Suite{Corpus: &behaviour.Corpus{Name: "try", Behaviours: []*behaviour.Behaviour{b}}}
			return s.showAll(cmd, suite, harness.Options{Selected: suite.Corpus.Behaviours}, "-")
		},
	}
	s.addPythons(cmd.Flags())
	s.addSubject(cmd.Flags())
	return cmd
}
