package reports

import "github.com/pyparity/pyparity/harness"

// A style is the attributes of an ANSI escape sequence.
type style string

const (
	plainStyle  style = ""
	boldStyle   style = "1"
	dimStyle    style = "2"
	redStyle    style = "31"
	greenStyle  style = "32"
	yellowStyle style = "33"
)

func (s style) bold() style { return boldStyle + ";" + s }

// A painter colours text, or does not.
type painter bool

func (p painter) paint(s style, text string) string {
	if !bool(p) || s == plainStyle || text == "" {
		return text
	}
	return "\x1b[" + string(s) + "m" + text + "\x1b[0m"
}

func verdictStyle(v harness.Verdict) style {
	switch v {
	case harness.Match:
		return greenStyle
	case harness.Known, harness.ReferenceUnstable:
		return yellowStyle
	case harness.Unsupported, harness.NotRun:
		return dimStyle
	}
	return redStyle.bold()
}
