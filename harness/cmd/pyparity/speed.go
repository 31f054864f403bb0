package main

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/conformance"
	"github.com/pyparity/pyparity/conformance/speed"
)

func newSpeedCommand() *cobra.Command {
	var python, reference string
	var opts speed.Options
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "speed",
		Short: "Measure what calls cost: the port, Go's net and CPython in turn",
		Long: `Speed measures echo, bulk transfer, connections, waiting receivers and look-ups with
impl/socket, with Go's net and with CPython in the reference container, which take
turns, so that other work on the machine falls on all of them. Look at the ratios
and their spread rather than at the times. Without Docker CPython is left out.`,
		Example: `  pyparity speed
  pyparity speed --json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if opts.Rounds < 1 {
				return fmt.Errorf("--rounds %d: at least one is needed", opts.Rounds)
			}
			if err := conformance.CheckPython(python); err != nil {
				return err
			}
			mode, err := conformance.ParseMode(reference)
			if err != nil {
				return err
			}
			bed, err := conformance.OpenBed(cmd.Context(), mode, newProgress(cmd.ErrOrStderr()).Note)
			if err != nil {
				return err
			}
			defer closeBed(cmd, bed)
			opts.Note = func(what string) { fmt.Fprintln(cmd.ErrOrStderr(), "measuring:", what) }
			results, err := bed.Speed(cmd.Context(), python, opts)
			if err != nil {
				return err
			}
			if !asJSON {
				results.Print(cmd.OutOrStdout())
				return nil
			}
			encoder := json.NewEncoder(cmd.OutOrStdout())
			encoder.SetIndent("", "  ")
			return encoder.Encode(results)
		},
	}
	cmd.Flags().StringVar(&python, "python", "3.13", "the CPython to measure")
	cmd.Flags().StringVar(&reference, "reference", "", "auto, container or recorded (default $"+conformance.ReferenceVariable+" or auto)")
	cmd.Flags().IntVar(&opts.Rounds, "rounds", 21, "how many turns everyone has")
	cmd.Flags().DurationVar(&opts.Slice, "slice", 20*time.Millisecond, "how long a turn takes")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print all samples as JSON")
	return cmd
}

// newSpeedWorkerCommand is what Speed starts in a container.
func newSpeedWorkerCommand() *cobra.Command {
	return &cobra.Command{
		Use:    conformance.SpeedCommand,
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return speed.Serve(cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
}
