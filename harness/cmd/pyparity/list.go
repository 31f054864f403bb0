package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/harness/behaviour"
)

// listed is a behaviour as 'list --json' prints it.
type listed struct {
	ID       string   `json:"id"`
	Sentence string   `json:"sentence"`
	Area     string   `json:"area"`
	File     string   `json:"file"`
	Line     int      `json:"line"`
	Labels   []string `json:"labels"`
	Requires []string `json:"requires"`
	Tags     []string `json:"tags"`
	See      []string `json:"see"`
	Aliases  []string `json:"aliases"`
	Steps    []string `json:"steps"`
}

func newListCommand() *cobra.Command {
	var s settings
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list [PATTERN...]",
		Short: "List behaviours",
		Example: `  pyparity list 'recv.*'
  pyparity list --filter ipv6 --json`,
		RunE: func(cmd *cobra.Command, args []string) error {
			_, selected, err := s.load(args)
			if err != nil {
				return err
			}
			if asJSON {
				return listJSON(cmd.OutOrStdout(), selected)
			}
			return listText(cmd.OutOrStdout(), selected)
		},
	}
	s.addCorpus(cmd.Flags())
	cmd.Flags().BoolVar(&asJSON, "json", false, "print an array with an object for each behaviour")
	return cmd
}

func listText(w io.Writer, behaviours []*behaviour.Behaviour) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, b := range behaviours {
		fmt.Fprintf(tw, "%s\t%s\n", b.ID, b.Sentence)
	}
	return tw.Flush()
}

func listJSON(w io.Writer, behaviours []*behaviour.Behaviour) error {
	all := make([]listed, len(behaviours))
	for i, b := range behaviours {
		all[i] = listed{
			ID: b.ID, Sentence: b.Sentence, Area: b.Area, File: b.Path, Line: b.Line,
			Labels: orEmpty(b.Labels()), Requires: []string{}, Tags: orEmpty(b.Tags),
			See: orEmpty(b.See), Aliases: orEmpty(b.Aliases), Steps: []string{},
		}
		for _, r := range b.Requires {
			all[i].Requires = append(all[i].Requires, r.String())
		}
		for _, step := range b.Steps {
			all[i].Steps = append(all[i].Steps, step.Text)
		}
	}
	return writeJSON(w, all)
}

// writeJSON writes for scripts, readable to people.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// orEmpty makes JSON write [] where there is nothing.
func orEmpty(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
