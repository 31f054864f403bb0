package behaviour

import (
	"errors"
	"strings"

	"go.starlark.net/resolve"
	"go.starlark.net/syntax"
)

// notPython reports what the parser takes and Python does not, or takes in
// another sense: a step has to mean the same on both sides.
func (f *function) notPython(def *syntax.DefStmt) {
	syntax.Walk(def, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.Literal:
			f.bytesLiteral(n)
		case *syntax.Ident:
			if strings.ContainsFunc(n.Name, func(r rune) bool { return r > 0x7f }) {
				f.at(n.NamePos, "use ASCII letters", "name '%s' is not ASCII", n.Name)
			}
			if n.Name == "assert" {
				f.at(n.NamePos, "choose another name", "'assert' is a keyword of Python")
			}
		case *syntax.DotExpr:
			f.keyword(n.Name)
		case *syntax.BinaryExpr:
			if name, ok := n.X.(*syntax.Ident); ok && n.Op == syntax.EQ {
				f.keyword(name)
			}
		case *syntax.LambdaExpr:
			for _, param := range n.Params {
				if name, ok := param.(*syntax.Ident); ok {
					f.keyword(name)
				}
			}
		case *syntax.Comprehension:
			for _, clause := range n.Clauses {
				if clause, ok := clause.(*syntax.ForClause); ok {
					for _, name := range bound(clause.Vars) {
						f.keyword(name)
					}
				}
			}
		case *syntax.SliceExpr:
			if t, ok := n.Lo.(*syntax.TupleExpr); ok && !t.Lparen.IsValid() {
				f.at(syntax.Start(n.Lo), "put parentheses around the tuple", "a slice begins with a tuple")
			}
		}
		return true
	})
	f.resolve(def)
}

// keyword reports a name that Python's grammar keeps for itself.
func (f *function) keyword(name *syntax.Ident) {
	switch name.Name {
	case "None", "True", "False":
		f.at(name.NamePos, "choose another name", "'%s' is a keyword of Python", name.Name)
	}
}

// bytesLiteral reports literals that the two languages read differently.
func (f *function) bytesLiteral(lit *syntax.Literal) {
	if lit.Token != syntax.BYTES {
		return
	}
	if strings.ContainsFunc(lit.Raw, func(r rune) bool { return r > 0x7f }) {
		f.at(lit.TokenPos, `write them as escapes, such as \xff`, "a bytes literal holds characters that are not ASCII")
	}
	if strings.HasPrefix(lit.Raw, "r") {
		return
	}
	for i := 0; i+1 < len(lit.Raw); i++ {
		if lit.Raw[i] != '\\' {
			continue
		}
		i++
		if lit.Raw[i] == 'u' || lit.Raw[i] == 'U' {
			f.at(lit.TokenPos, `write the bytes, such as \xc3\xa9`, `\%c in a bytes literal is no escape in Python`, lit.Raw[i])
			return
		}
	}
}

// slicesAreTargets is what Starlark alone says of x[1:2] = y, which Python and
// all subjects do.
const slicesAreTargets = "can't assign to sliceexpr"

// resolve reports what both languages refuse after parsing: an assignment to a
// call, a positional argument after a named one, and the like. Names are not
// its business.
func (f *function) resolve(def *syntax.DefStmt) {
	file := &syntax.File{
		Path:    f.src.path,
		Stmts:   []syntax.Stmt{def},
		Options: &syntax.FileOptions{Set: true, GlobalReassign: true},
	}
	anyName := func(string) bool { return true }
	list, _ := errors.AsType[resolve.ErrorList](resolve.File(file, anyName, anyName))
	for _, e := range list {
		if e.Msg == slicesAreTargets {
			continue
		}
		hint := "Python refuses it too"
		if strings.HasPrefix(e.Msg, "multiple *") {
			hint = "spread one value, such as *(a + b)"
		}
		f.at(e.Pos, hint, "%s", e.Msg)
	}
}
