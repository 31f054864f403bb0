package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/pyparity/pyparity/conformance"
	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/behaviour"
)

// saving are the flags with which steps become a behaviour.
type saving struct {
	id       string
	sentence string
	folder   string
}

func (s *saving) add(f *pflag.FlagSet) {
	f.StringVar(&s.id, "save", "", "write the steps as the behaviour of this id, such as mine.what_recv_returns")
	f.StringVar(&s.sentence, "sentence", "", "the fact that the saved behaviour pins down, in one sentence")
	f.StringVar(&s.folder, "into", ".", "the folder of behaviours to save to")
}

func newTryCommand() *cobra.Command {
	var s settings
	var save saving
	cmd := &cobra.Command{
		Use:   "try [STEP...]",
		Short: "Run steps on CPython and on the subject, side by side",
		Long: `Try runs steps that are given on the command line, each argument one or more of
them separated by semicolons or line ends. It needs a live CPython.

Without a step it asks for them, one after the other, and shows what each does on
both sides; :help lists what else can be entered. Before every new step those
before it run again, in a fresh process on each side.

With --save the steps become a behaviour, for 'pyparity run --behaviours'.`,
		Example: `  pyparity try 'socket.inet_aton("1.2")'
  pyparity try 's = socket.socket()' 's.recv(1)' --python 3.9,3.14
  pyparity try 'socket.inet_aton("1.2")' --save mine.two_parts --sentence 'inet_aton takes two parts.'
  pyparity try --python 3.13`,
		RunE: func(cmd *cobra.Command, args []string) error {
			// Nothing was ever recorded of these steps.
			s.reference = string(conformance.Container)
			if len(args) == 0 {
				return s.converse(cmd, save)
			}
			b, err := behaviour.ParseSteps(strings.Join(args, "\n"), behaviour.Modules(conformance.Modules...))
			if err != nil {
				return err
			}
			if save.id != "" && save.sentence == "" {
				return errors.New("--save needs --sentence: the fact that the behaviour pins down, such as \"recv returns b'' at the end.\"")
			}
			suite := &harness.Suite{Corpus: &behaviour.Corpus{Name: "try", Behaviours: []*behaviour.Behaviour{b}}}
			shown := s.showAll(cmd, suite, harness.Options{Selected: suite.Corpus.Behaviours}, "-")
			if save.id == "" || shown != nil && !errors.Is(shown, errNotGreen) {
				return shown
			}
			path, err := saveSteps(save.folder, save.id, save.sentence, b.Steps)
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "\nSaved: %s, which 'pyparity run --behaviours %s' runs\n", path, quote(save.folder))
			return shown
		},
	}
	s.addPythons(cmd.Flags())
	s.addSubject(cmd.Flags())
	save.add(cmd.Flags())
	return cmd
}
