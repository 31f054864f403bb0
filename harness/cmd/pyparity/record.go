package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/conformance"
	"github.com/pyparity/pyparity/harness"
)

func newRecordCommand() *cobra.Command {
	var s settings
	cmd := &cobra.Command{
		Use:   "record [PATTERN...]",
		Short: "Write down what live CPythons do, as the recordings",
		Long: `Record runs behaviours three times on each Python, under other descriptors,
ports, paths, process ids and host names, and writes what stays the same into
the recordings (fixtures/recordings of the checkout unless --recordings names a
folder). Only a live CPython is recorded. A Python that this machine
cannot have is left as it is.`,
		Example: `  pyparity record --python 3.9,3.11,3.13,3.14,3.15
  pyparity record 'connect.*' --python 3.13`,
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := recordingsDir(s.folders)
			if err != nil {
				return err
			}
			s.folders.Recordings = dir
			s.reference = string(conformance.Container)
			suite, selected, err := s.load(args)
			if err != nil {
				return err
			}
			progress := newProgress(cmd.ErrOrStderr())
			st, err := s.open(cmd, progress)
			if err != nil {
				return err
			}
			defer closeBed(cmd, st.bed)
			st.opts.Selected = selected
			for _, python := range s.pythons {
				set, err := suite.Record(cmd.Context(), python, st.opts)
				progress.end()
				var unavailable *harness.UnavailableError
				if errors.As(err, &unavailable) && len(s.pythons) > 1 {
					progress.Note(err.Error())
					continue
				}
				if err != nil {
					return err
				}
				if err := set.Write(dir); err != nil {
					return err
				}
				fmt.Fprintf(cmd.OutOrStdout(), "Python %s (%s): %d behaviours recorded in %s\n",
					python, set.Provenance.Version, len(set.Entries), dir)
			}
			return nil
		},
	}
	s.addPythons(cmd.Flags())
	s.addCorpus(cmd.Flags())
	s.addJobs(cmd.Flags())
	return cmd
}

// recordingsDir is the folder given, which is made if need be, or for the
// embedded behaviours that of the checkout that the command runs in.
func recordingsDir(folders conformance.Folders) (string, error) {
	if folders.Recordings != "" {
		return folders.Recordings, os.MkdirAll(folders.Recordings, 0o755)
	}
	if folders.Behaviours != "" {
		return "", errors.New("name the folder for the recordings of --behaviours with --recordings")
	}
	at, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		mod, err := os.ReadFile(filepath.Join(at, "go.mod"))
		if err == nil && strings.Contains(string(mod), "module "+conformance.ModulePath+"\n") {
			return filepath.Join(at, "fixtures", "recordings"), nil
		}
		up := filepath.Dir(at)
		if up == at {
			return "", errors.New("not inside a checkout of " + conformance.ModulePath + "; name the folder with --recordings")
		}
		at = up
	}
}
