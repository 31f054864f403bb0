package behaviour

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.starlark.net/syntax"
)

// programHead is what a standalone program begins with: the helpers that steps
// may use, and a way to go on after an exception.
//
//go:embed program.py
var programHead string

// programStat is for steps that use os.stat, which to them is something else
// than Python's.
//
//go:embed program_stat.py
var programStat string

// programHook is for steps that add a hook, which to them hears only of the modules
// under test.
//
//go:embed program_hook.py
var programHook string

// Program writes the behaviour as a program that any Python 3.9 or later runs,
// without this project: it shows what each step returns or raises. Expected
// says for each step what the reference does; it may be nil. A behaviour that
// was read by Load or ParseSteps can always be written.
func (b *Behaviour) Program(expected []string) string {
	var p strings.Builder
	p.WriteString("#!/usr/bin/env python3\n")
	fmt.Fprintf(&p, "\"\"\"%s\n\n%s, written by pyparity from %s:%d.\n", inDocstring(b.Sentence), b.ID, b.Path, b.Line)
	for _, see := range b.See {
		fmt.Fprintf(&p, "See %s.\n", inDocstring(see))
	}
	p.WriteString("\"\"\"\n\n")
	p.WriteString(programHead)
	uses := func(name string) bool {
		return slices.ContainsFunc(b.Steps, func(s Step) bool { return strings.Contains(s.Text, name) })
	}
	if uses("os.stat") {
		p.WriteString(programStat)
	}
	if uses("sys.addaudithook") {
		p.WriteString(programHook)
		fmt.Fprintf(&p, "_modules = %q.split()\n", strings.Join(b.Modules, " "))
	}
	for _, module := range b.Modules {
		fmt.Fprintf(&p, "import %s\n", module)
	}
	for i, step := range b.Steps {
		p.WriteByte('\n')
		if i < len(expected) && expected[i] != "" {
			fmt.Fprintf(&p, "# %s\n", expected[i])
		}
		fmt.Fprintf(&p, "with _step(%s):\n", quoted(step.Text))
		for _, line := range step.statements() {
			p.WriteString("    " + line + "\n")
		}
	}
	return p.String()
}

// inDocstring makes text safe between three quotes.
func inDocstring(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, `\`, `\\`), `"""`, `\"\"\"`)
}

// statements is the step as Python statements in which its value goes through
// _show.
func (s Step) statements() []string {
	src := newSource("step", s.Text)
	stmts, err := parsePortion(src, 1, src.text)
	if err != nil || len(stmts) != 1 {
		return []string{s.Text}
	}
	switch stmt := stmts[0].(type) {
	case *syntax.ExprStmt:
		return []string{shown(stmt.X, s.Text)}
	case *syntax.AssignStmt:
		if stmt.Op == syntax.EQ {
			return []string{src.slice(stmt.LHS) + " = " + shown(stmt.RHS, src.slice(stmt.RHS))}
		}
		return []string{s.Text, shown(stmt.LHS, src.slice(stmt.LHS))}
	}
	return []string{s.Text}
}

// shown is a call of _show. A comment at an expression's end gets a line of its
// own, and a tuple parentheses of its own.
func shown(e syntax.Expr, text string) string {
	if tuple, ok := e.(*syntax.TupleExpr); ok && !tuple.Lparen.IsValid() {
		text = "(" + text + ")"
	}
	if strings.Contains(text, "#") {
		text += "\n    "
	}
	return "_show(" + text + ")"
}

// quoted is text as Python writes it, with the quotes that need no escapes.
func quoted(text string) string {
	if !strings.ContainsAny(text, "'\\") && strconv.Quote(text) == `"`+strings.ReplaceAll(text, `"`, `\"`)+`"` {
		return "'" + text + "'"
	}
	return strconv.QuoteToASCII(text)
}
