package upstream

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

//go:embed expectations.json
var declared []byte

// An Expectation is a test that passes on CPython and does not on the port.
type Expectation struct {
	Test   string   `json:"test"`
	Python []string `json:"python"` // empty: all
	Mode   Mode     `json:"mode"`   // empty: both
	Reason string   `json:"reason"`
}

// Expectations are those that are declared.
func Expectations() ([]Expectation, error) {
	var all []Expectation
	decoder := json.NewDecoder(strings.NewReader(string(declared)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&all); err != nil {
		return nil, fmt.Errorf("expectations.json: %w", err)
	}
	for i, e := range all {
		if e.Test == "" || strings.TrimSpace(e.Reason) == "" {
			return nil, fmt.Errorf("expectations.json: entry %d has no test or no reason", i+1)
		}
	}
	return all, nil
}

// concerns reports whether the expectation is about such a run.
func (e *Expectation) concerns(o *Options) bool {
	return (len(e.Python) == 0 || slices.Contains(e.Python, o.Python)) && (e.Mode == "" || e.Mode == o.Mode) &&
		slices.ContainsFunc(o.Suites, func(suite string) bool { return strings.HasPrefix(e.Test, suite+".") })
}
