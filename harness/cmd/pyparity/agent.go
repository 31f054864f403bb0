package main

import (
	"bufio"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/pyparity/pyparity/conformance"
	"github.com/pyparity/pyparity/harness/subject"
)

func newAgentCommand() *cobra.Command {
	return &cobra.Command{Use: "agent", RunE: func(cmd *cobra.Command, _ []string) error {
		in := bufio.NewScanner(cmd.InOrStdin())
		in.Buffer(nil, subject.MaxLine)
		emit := func(e subject.Event) error {
			data, err := json.Marshal(e)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(cmd.OutOrStdout(), string(data))
			return err
		}
		var python = "3.13"
		for in.Scan() {
			var req subject.Request
			if err := json.Unmarshal(in.Bytes(), &req); err != nil {
				return err
			}
			if req.Op == "hello" {
				python = req.Python
			}
			r, err := conformance.PortRunner(python)
			if err != nil {
				return err
			}
			if req.Op == "hello" {
				h := r.Hello()
				if err := emit(subject.Event{Event: "hello", Hello: &h}); err != nil {
					return err
				}
				continue
			}
			if err := r.Run(cmd.Context(), req, emit); err != nil {
				return err
			}
		}
		return in.Err()
	}}
}
