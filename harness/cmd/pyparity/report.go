package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/reports"
)

func newReportCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Render, merge and publish the reports of runs",
		Long: `Report works on reports that runs have written. A report is named by its
report.json, compressed with gzip or not, or by the folder that it stands in.`,
		Example: `  pyparity report render reports/latest --to csv
  pyparity report merge shard-* -o reports/merged
  pyparity report publish reports/latest -o reports/published`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newRenderCommand(), newMergeCommand(), newPublishCommand(), newSchemaCommand())
	return cmd
}

func newRenderCommand() *cobra.Command {
	var format, output, basePath string
	var beside besideFlags
	cmd := &cobra.Command{
		Use:   "render REPORT",
		Short: "Give a report another shape",
		Long:  "Render writes a report in another shape. The shapes are\n\n" + formatHelp(),
		Example: `  pyparity report render reports/latest --to table
  pyparity report render report.json --to html -o index.html
  pyparity report render new.json --base old.json --to markdown >> "$GITHUB_STEP_SUMMARY"
  pyparity report render report.json --to all -o out/`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := reports.ReadFile(args[0])
			if err != nil {
				return err
			}
			base, err := readBase(basePath)
			if err != nil {
				return err
			}
			if r.Beside, err = beside.read("", r.Beside); err != nil {
				return err
			}
			return render(cmd.OutOrStdout(), r, base, format, output)
		},
	}
	f := cmd.Flags()
	f.StringVar(&format, "to", "table", "the shape, or all of those that have a file")
	f.StringVarP(&output, "output", "o", "", "the file to write, or the folder for all; the standard output if empty")
	f.StringVar(&basePath, "base", "", "an older report: markdown and annotations tell only what changed")
	beside.add(f)
	complete := func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		offers := []cobra.Completion{"all"}
		for _, format := range reports.Formats() {
			offers = append(offers, cobra.CompletionWithDesc(format.Name, format.Help))
		}
		return offers, cobra.ShellCompDirectiveNoFileComp
	}
	// The flag is there, and has no other completion.
	_ = cmd.RegisterFlagCompletionFunc("to", complete)
	return cmd
}

func newSchemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "schema",
		Short:   "Print the JSON Schema of report.json",
		Example: `  pyparity report schema > ` + reports.SchemaName,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := cmd.OutOrStdout().Write(reports.SchemaJSON)
			return err
		},
	}
}

func formatHelp() string {
	var b strings.Builder
	for _, f := range reports.Formats() {
		fmt.Fprintf(&b, "  %-12s %s\n", f.Name, f.Help)
	}
	return strings.TrimRight(b.String(), "\n")
}

func render(stdout io.Writer, r reports.Report, base *reports.Report, format, output string) error {
	if format == "all" {
		if output == "" {
			return errors.New("--to all needs a folder: -o DIR")
		}
		return reports.WriteDir(output, r, base)
	}
	f, err := reports.FormatNamed(format)
	if err != nil {
		return err
	}
	if output == "" {
		return f.Write(stdout, r, base)
	}
	return reports.WriteFile(output, f, r, base)
}

// readBase reads an older report; an empty name is none.
func readBase(name string) (*reports.Report, error) {
	if name == "" {
		return nil, nil
	}
	r, err := reports.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return &r, nil
}

func newMergeCommand() *cobra.Command {
	var output, basePath string
	var beside besideFlags
	cmd := &cobra.Command{
		Use:   "merge REPORT... -o DIR",
		Short: "Join the reports of shards, or of several Pythons or subjects",
		Long: `Merge joins reports of runs that were parts of one: the shards of 'run --shard',
or the same behaviours on other Pythons or subjects. The result is what a single
run would have reported. Reports of different commits, corpora or references are
not joined, and a shard that is missing makes the result incomplete.

It ends with 1 where the merged report is not green.`,
		Example: `  pyparity report merge shard-* -o reports/merged
  pyparity report merge py39/report.json py313/report.json -o out`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := reports.CheckDir(output); err != nil {
				return err
			}
			base, err := readBase(basePath)
			if err != nil {
				return err
			}
			parts := make([]reports.Report, len(args))
			for i, name := range args {
				if parts[i], err = reports.ReadFile(name); err != nil {
					return err
				}
			}
			merged, err := reports.Merge(parts, args)
			if err != nil {
				return err
			}
			if merged.Beside, err = beside.read(output, merged.Beside); err != nil {
				return err
			}
			if err := reports.WriteDir(output, merged, base); err != nil {
				return err
			}
			if err := reports.WriteTable(cmd.OutOrStdout(), merged); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "\nReport: %s/%s\n", output, reports.HTMLFile)
			return greenError(merged)
		},
	}
	f := cmd.Flags()
	f.StringVarP(&output, "output", "o", "", "the folder to write the merged report into")
	f.StringVar(&basePath, "base", "", "an older report: report.md tells only what changed")
	beside.add(f)
	// The flag is there, so that marking it cannot fail.
	_ = cmd.MarkFlagRequired("output")
	return cmd
}

// greenError says how a report ends the command that made it.
func greenError(r reports.Report) error {
	switch {
	case !r.Complete:
		return fmt.Errorf("the report is incomplete: %s", r.Incomplete)
	case !r.Green():
		return errNotGreen
	}
	return nil
}

func newPublishCommand() *cobra.Command {
	var output, readme string
	cmd := &cobra.Command{
		Use:   "publish REPORT -o DIR",
		Short: "Keep a report beside the code, and its summary in a text",
		Long: `Publish writes what is kept of a report: the page, the model (compressed), the
summary, the matrix and a badge. It refuses a report that does not have every
behaviour of its corpus, that was cut short, or that no live CPython stands
behind.`,
		Example: `  pyparity report publish reports/latest -o reports/published --excerpt README.md`,
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			r, err := reports.ReadFile(args[0])
			if err != nil {
				return err
			}
			if readme != "" {
				if _, err := os.Stat(readme); err != nil {
					return err
				}
			}
			if err := reports.Publish(output, r); err != nil {
				return err
			}
			if readme == "" {
				return nil
			}
			return reports.PutExcerpt(readme, r)
		},
	}
	f := cmd.Flags()
	f.StringVarP(&output, "output", "o", "", "the folder to write into")
	f.StringVar(&readme, "excerpt", "", "a text that has the summary between "+reports.ExcerptBegin+" and "+reports.ExcerptEnd)
	_ = cmd.MarkFlagRequired("output")
	return cmd
}
