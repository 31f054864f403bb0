package main

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/conformance"
	"github.com/pyparity/pyparity/conformance/upstream"
	"github.com/pyparity/pyparity/pyref"
)

func newUpstreamCommand() *cobra.Command {
	var s settings
	var options upstream.Options
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "upstream [TEST...]",
		Short: "Run CPython's own tests on CPython and on the port",
		Long: "Runs suites of CPython's own, once as they are and once with the port in place of _socket, in containers\n" +
			"of the same image. TEST is a pattern for a test's name or for a part of it between dots: a class, a method.\n" +
			"It builds the port as a C library first, which takes the project's source, the go tool and a C compiler.",
		Example: `  pyparity upstream --python 3.13
  pyparity upstream BasicTCPTest testRecv --python 3.11 --json`,
		RunE: func(cmd *cobra.Command, args []string) error {
			options.Tests = args
			progress := func(line string) { fmt.Fprintln(cmd.ErrOrStderr(), line) }
			session, err := pyref.Open(cmd.Context(), pyref.Options{Progress: progress})
			if err != nil {
				return err
			}
			defer func() {
				if err := session.Close(); err != nil {
					fmt.Fprintf(cmd.ErrOrStderr(), "pyparity: cleaning up: %v\n", err)
				}
			}()
			if options.Library == "" {
				dir, err := session.Directory("library")
				if err != nil {
					return err
				}
				progress("building the port as an extension module …")
				if options.Library, err = upstream.Build(cmd.Context(), dir); err != nil {
					return err
				}
			}
			problems := 0
			for _, python := range s.pythons {
				options.Python = python
				c, err := upstream.Compare(cmd.Context(), session, options)
				if err != nil {
					return fmt.Errorf("with Python %s: %w", python, err)
				}
				c.Commit = conformance.BuiltFrom()
				problems += len(c.Problems)
				if err := printComparison(cmd, c, asJSON); err != nil {
					return err
				}
			}
			if problems > 0 {
				return errNotGreen
			}
			return nil
		},
	}
	s.addPythons(cmd.Flags())
	cmd.Flags().StringSliceVar(&options.Suites, "suite", []string{"test_socket"}, "the suites: test_socketserver, test_asyncio.test_streams, …")
	cmd.Flags().StringVar((*string)(&options.Mode), "replace", string(upstream.Extension),
		"what the port replaces: _socket, or socket, which is that and what Lib/socket.py defines")
	cmd.Flags().StringVar(&options.Library, "library", "", "a library that is built already")
	cmd.Flags().DurationVar(&options.Limit, "limit", time.Minute, "what a test may take")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print a JSON object for each Python")
	return cmd
}

func printComparison(cmd *cobra.Command, c *upstream.Comparison, asJSON bool) error {
	if !asJSON {
		return c.Write(cmd.OutOrStdout())
	}
	encoder := json.NewEncoder(cmd.OutOrStdout())
	encoder.SetIndent("", "  ")
	return encoder.Encode(c)
}
