package contract

import (
	"fmt"
	"slices"
	"strings"
)

// An UnstableError means that runs of the reference differ in shape, so that
// there is no contract.
type UnstableError struct {
	Step   int      // index of the step
	Path   string   // inside the value
	What   string   // in what the runs differ
	Values []string // of that, one for each run
}

// Error counts steps from 1 and shows each distinct value once.
func (e *UnstableError) Error() string {
	at := fmt.Sprintf("step %d", e.Step+1)
	if e.Path != "" {
		at += " at " + e.Path
	}
	var distinct []string
	for _, v := range e.Values {
		if !slices.Contains(distinct, v) {
			distinct = append(distinct, v)
		}
	}
	return fmt.Sprintf("%s: the reference's runs differ in %s: %s", at, e.What, strings.Join(distinct, " and "))
}
