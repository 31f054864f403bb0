package behaviour

import (
	"errors"
	"strings"

	"go.starlark.net/syntax"
)

// AdHoc is the id of the behaviour that ParseSteps makes.
const AdHoc = "try.steps"

// ParseSteps makes a behaviour of steps that were given directly, on a command
// line for instance: one or more, separated by line ends or semicolons, with
// whatever the body of a behaviour can hold (directives first). Indentation
// that all lines share is taken off. The error is an [Errors] whose positions
// are in the given text.
func ParseSteps(text string, options ...Option) (*Behaviour, error) {
	l := newLoader(options)
	src := newSource("try", unindent(text))
	if l.readable(src) {
		stmts, err := parsePortion(src, 1, src.text)
		if err != nil {
			l.syntaxError(src, err)
			return nil, l.report.err()
		}
		f := l.function(src, "steps", stmts)
		f.behaviour.Sentence, f.behaviour.Line = "Steps that were given directly.", 1
		var file = src.path
		f.body(syntax.MakePosition(&file, 1, 1), stmts)
		if len(l.report.errors) == 0 && len(stmts) > 0 {
			f.notPython(&syntax.DefStmt{Name: &syntax.Ident{Name: "steps"}, Body: stmts})
		}
		if len(l.report.errors) == 0 {
			return f.behaviour, nil
		}
	}
	return nil, l.report.err()
}

// Incomplete reports whether the text of a step only lacks its end: a bracket or
// a text in three quotes is still open.
func Incomplete(text string) bool {
	// Only in brackets and in a text can a line break stand.
	src := newSource("try", unindent(text)+"\n")
	_, err := parsePortion(src, 1, src.text)
	if err == nil {
		return false
	}
	syntaxError, ok := errors.AsType[syntax.Error](err)
	return ok && (strings.Contains(syntaxError.Msg, "got end of file") || strings.Contains(syntaxError.Msg, "unexpected EOF"))
}

// unindent takes off the spaces with which every line begins.
func unindent(text string) string {
	common := -1
	lines := strings.SplitAfter(text, "\n")
	for _, line := range lines {
		if strings.TrimSpace(line) != "" {
			if n := indentation(line); common < 0 || n < common {
				common = n
			}
		}
	}
	for i, line := range lines {
		lines[i] = line[min(max(common, 0), indentation(line)):]
	}
	return strings.Join(lines, "")
}
