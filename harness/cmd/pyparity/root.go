package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

// The exit codes.
const (
	exitGreen      = 0
	exitDifference = 1 // at least one verdict is not green
	exitError      = 2 // usage, the harness, the machine
)

// errNotGreen ends a command whose verdicts are not all green; everything that
// there is to say has been said.
var errNotGreen = errors.New("not everything is green")

// Main runs the command line and returns its exit code.
func Main(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return exitGreen
	case errors.Is(err, errNotGreen):
		return exitDifference
	}
	fmt.Fprintf(stderr, "pyparity: %v\n", err)
	return exitError
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "pyparity",
		Short: "Check an implementation of Python's socket module against CPython",
		Long: `pyparity runs the same straight-line Python on a containerised CPython and on
another implementation, call by call, and reports every difference.

Exit codes: 0 everything is green, 1 there are differences, 2 a usage error or
something that kept the harness from judging.`,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	for _, group := range []struct {
		title    string
		commands []*cobra.Command
	}{
		{"Check an implementation:", []*cobra.Command{
			newRunCommand(),
			newUpstreamCommand(),
			newAuditCommand(),
			newSoakCommand(),
			newBenchCommand(),
			newSpeedCommand(),
		}},
		{"Find out:", []*cobra.Command{
			newShowCommand(),
			newTryCommand(),
			newReproCommand(),
			newScanCommand(),
			newListCommand(),
			newSurfaceCommand(),
		}},
		{"Reports:", []*cobra.Command{
			newReportCommand(),
			newDiffCommand(),
			newVerifyCommand(),
		}},
		{"Machine and references:", []*cobra.Command{
			newDoctorCommand(),
			newReferenceCommand(),
			newRecordCommand(),
		}},
		{"For other programs:", []*cobra.Command{
			newAgentCommand(),
			newIsolateCommand(),
			newManCommand(),
			newInitCommand(),
			newSpeedWorkerCommand(),
		}},
	} {
		root.AddGroup(&cobra.Group{ID: group.title, Title: group.title})
		for _, cmd := range group.commands {
			cmd.GroupID = group.title
			root.AddCommand(cmd)
		}
	}
	for _, cmd := range root.Commands() {
		completeFlags(cmd)
		switch cmd.Name() {
		case "run", "show", "repro", "list", "record", "soak":
			cmd.ValidArgsFunction = completeBehaviours
		}
	}
	return root
}
