package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/surface"
)

func newSurfaceCommand() *cobra.Command {
	var python string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "surface",
		Short: "List every public name of Python's socket module with its place in Go",
		Long: `Surface lists the public names that a Python has in dir(socket),
dir(socket.socket) and dir(socket.SocketIO), each with the Go function, method,
type or constant that it is, and the file. A name that has none is missing, and
makes the exit code 1.`,
		Example: `  pyparity surface
  pyparity surface --python 3.9 --json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			rows, err := surface.Rows(python)
			if err != nil {
				return err
			}
			write := writeSurface
			if asJSON {
				write = writeSurfaceJSON
			}
			if err := write(cmd.OutOrStdout(), rows); err != nil {
				return err
			}
			if len(surface.Missing(rows)) > 0 {
				return errNotGreen
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&python, "python", pyval.DefaultVersion.String(), "the Python whose names to list")
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return cmd
}

func writeSurface(w io.Writer, rows []surface.Row) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "Python\tkind\tGo\tfile")
	for _, row := range rows {
		if row.Go == "" {
			row.Go = "missing"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", row.Python, row.Kind, row.Go, row.File)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\n%d names, %d missing\n", len(rows), len(surface.Missing(rows)))
	return err
}

func writeSurfaceJSON(w io.Writer, rows []surface.Row) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(rows)
}
