package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/conformance"
	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/pyref"
)

// completeBehaviours offers the ids and files of the embedded corpus, with their
// sentences.
func completeBehaviours(_ *cobra.Command, given []string, prefix string) ([]cobra.Completion, cobra.ShellCompDirective) {
	suite, err := conformance.NewSuite(conformance.Folders{})
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var found []cobra.Completion
	offered := map[string]bool{}
	for _, name := range given {
		offered[name] = true
	}
	offer := func(name, description string) {
		if strings.HasPrefix(name, prefix) && !offered[name] {
			offered[name] = true
			found = append(found, cobra.CompletionWithDesc(name, description))
		}
	}
	for _, b := range suite.Corpus.Behaviours {
		// All of a file's at once would be too much to choose from.
		if !strings.Contains(prefix, ".") {
			offer(b.File(), b.Area)
			continue
		}
		offer(b.ID, b.Sentence)
	}
	return found, cobra.ShellCompDirectiveNoFileComp
}

// completeFlags offers the values of the flags that several subcommands share.
func completeFlags(cmd *cobra.Command) {
	for flag, values := range map[string]func() []string{
		"python":  pyref.Pythons,
		"subject": conformance.Subjects,
		"reference": func() []string {
			return []string{string(conformance.Auto), string(conformance.Container), string(conformance.Recorded)}
		},
		"filter": labels,
	} {
		if cmd.Flags().Lookup(flag) == nil {
			continue
		}
		offer := func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return values(), cobra.ShellCompDirectiveNoFileComp
		}
		if err := cmd.RegisterFlagCompletionFunc(flag, offer); err != nil {
			panic(err) // the flag is there, and nothing was registered for it before
		}
	}
}

// labels are those of the embedded corpus.
func labels() []string {
	suite, err := conformance.NewSuite(conformance.Folders{})
	if err != nil {
		return nil
	}
	return distinct(flatten(suite.Corpus.Behaviours))
}

func flatten(behaviours []*behaviour.Behaviour) []string {
	var all []string
	for _, b := range behaviours {
		all = append(all, b.Labels()...)
	}
	return all
}
