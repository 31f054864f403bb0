package audit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// A Survivor is a mutant that no behaviour notices, and why that is so.
type Survivor struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
}

// LoadSurvivors reads a list of them. Every one needs a reason.
func LoadSurvivors(data []byte, name string) ([]Survivor, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	var all []Survivor
	if err := dec.Decode(&all); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	seen := map[string]bool{}
	for _, s := range all {
		switch {
		case s.ID == "":
			return nil, fmt.Errorf("%s: an entry without an id", name)
		case strings.TrimSpace(s.Reason) == "":
			return nil, fmt.Errorf("%s: %s has no reason", name, s.ID)
		case seen[s.ID]:
			return nil, fmt.Errorf("%s: %s is there twice", name, s.ID)
		}
		seen[s.ID] = true
	}
	return all, nil
}
