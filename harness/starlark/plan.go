package starlark

import (
	"fmt"

	"go.starlark.net/syntax"

	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/harness/surrogates"
)

// A plan is a step that is ready to be executed: the rewritten expression, and
// where its value goes.
type plan struct {
	value   syntax.Expr
	target  syntax.Expr  // of an assignment, not rewritten; else nil
	op      syntax.Token // of an augmented assignment, else 0
	reads   []string
	assigns []string
}

// fileOptions allow what Python does.
var fileOptions = &syntax.FileOptions{Set: true, While: false, TopLevelControl: true, GlobalReassign: true, Recursion: true}

// parse reads the text of a step. An error means that the behaviour cannot be
// run.
func parse(index int, step subject.Step) (*plan, error) {
	name := fmt.Sprintf("<step %d>", index+1)
	file, err := fileOptions.Parse(name, surrogates.Hide(step.Text), 0)
	if err != nil {
		return nil, fmt.Errorf("step %d does not parse: %w", index+1, err)
	}
	surrogates.Show(step.Text, file)
	p := &plan{reads: step.Reads, assigns: step.Assigns}
	if len(file.Stmts) == 1 {
		switch stmt := file.Stmts[0].(type) {
		case *syntax.ExprStmt:
			p.value = rewrite(stmt.X)
			return p, nil
		case *syntax.AssignStmt:
			p.value = rewrite(stmt.RHS)
			p.target = stmt.LHS
			p.op = augmented[stmt.Op]
			return p, nil
		}
	}
	return nil, fmt.Errorf("step %d is not one expression or assignment", index+1)
}

// augmented maps x op= y to its operator; = is not in it.
var augmented = map[syntax.Token]syntax.Token{
	syntax.PLUS_EQ: syntax.PLUS, syntax.MINUS_EQ: syntax.MINUS, syntax.STAR_EQ: syntax.STAR,
	syntax.SLASH_EQ: syntax.SLASH, syntax.SLASHSLASH_EQ: syntax.SLASHSLASH, syntax.PERCENT_EQ: syntax.PERCENT,
	syntax.AMP_EQ: syntax.AMP, syntax.PIPE_EQ: syntax.PIPE, syntax.CIRCUMFLEX_EQ: syntax.CIRCUMFLEX,
	syntax.LTLT_EQ: syntax.LTLT, syntax.GTGT_EQ: syntax.GTGT,
}
