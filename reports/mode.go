package reports

import (
	"fmt"
	"strings"
)

// Mode is "live" or "recorded" if every reference is, "mixed" otherwise, and
// empty if there is none.
func (p Provenance) Mode() string {
	mode := ""
	for _, ref := range p.References {
		switch {
		case ref.Unavailable != "":
		case mode == "":
			mode = ref.Mode
		case mode != ref.Mode:
			return "mixed"
		}
	}
	return mode
}

// ReferenceLine says in one line what the subjects were compared with. It is
// the first line of every human format.
func (p Provenance) ReferenceLine() string {
	var live, recorded []string
	for _, ref := range p.References {
		switch {
		case ref.Unavailable != "":
		case ref.Mode == ModeRecorded:
			recorded = append(recorded, ref.Python)
		default:
			live = append(live, firstNonEmpty(ref.Version, ref.Python))
		}
	}
	switch {
	case len(recorded) > 0 && len(live) > 0:
		return fmt.Sprintf("Reference: embedded recordings, no live CPython, for %s; live CPython %s for the rest",
			strings.Join(recorded, ", "), strings.Join(live, ", "))
	case len(recorded) > 0:
		return "Reference: embedded recordings, no live CPython"
	case len(live) > 0:
		return "Reference: live CPython " + strings.Join(live, ", ")
	}
	return "Reference: none"
}

func firstNonEmpty(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
