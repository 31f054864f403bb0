package starlark

import (
	"slices"

	"go.starlark.net/syntax"
)

// rewrite turns the operations of an expression into calls of the primitives,
// whose names no source can spell. The literals, conditions, lambdas and
// comprehensions that remain are Starlark's.
func rewrite(e syntax.Expr) syntax.Expr { return (&rewriter{}).expr(e) }

// A rewriter knows which names are local: parameters of lambdas and variables of
// comprehensions. Any other is looked up when it is evaluated, as Python does.
type rewriter struct{ scopes []map[string]bool }

func (r *rewriter) local(name string) bool {
	for _, scope := range r.scopes {
		if scope[name] {
			return true
		}
	}
	return false
}

// inside runs f with more local names.
func (r *rewriter) inside(names map[string]bool, f func()) {
	r.scopes = append(r.scopes, names)
	f()
	r.scopes = r.scopes[:len(r.scopes)-1]
}

func (r *rewriter) exprs(list []syntax.Expr) []syntax.Expr {
	out := make([]syntax.Expr, len(list))
	for i, e := range list {
		out[i] = r.expr(e)
	}
	return out
}

func (r *rewriter) expr(e syntax.Expr) syntax.Expr {
	pos := syntax.Start(e)
	switch e := e.(type) {
	case *syntax.Ident:
		switch e.Name {
		case "None", "True", "False":
			return e
		}
		if r.local(e.Name) {
			return e
		}
		return primitive(pos, primName, text(pos, e.Name))
	case *syntax.ParenExpr:
		return r.expr(e.X)
	case *syntax.DotExpr:
		return primitive(pos, primAttr, r.expr(e.X), text(pos, e.Name.Name))
	case *syntax.IndexExpr:
		return primitive(pos, primItem, r.expr(e.X), r.expr(e.Y))
	case *syntax.SliceExpr:
		return primitive(pos, primItem, r.expr(e.X), r.slice(e))
	case *syntax.CallExpr:
		return r.call(e)
	case *syntax.BinaryExpr:
		return r.binary(e)
	case *syntax.UnaryExpr:
		if e.Op == syntax.NOT {
			return &syntax.UnaryExpr{OpPos: e.OpPos, Op: e.Op, X: r.truth(e.X)}
		}
		return primitive(pos, primUnary, text(pos, e.Op.String()), r.expr(e.X))
	case *syntax.CondExpr:
		return &syntax.CondExpr{If: e.If, Cond: r.truth(e.Cond), True: r.expr(e.True), ElsePos: e.ElsePos, False: r.expr(e.False)}
	case *syntax.TupleExpr:
		return &syntax.TupleExpr{Lparen: e.Lparen, List: r.exprs(e.List), Rparen: e.Rparen}
	case *syntax.ListExpr:
		return &syntax.ListExpr{Lbrack: e.Lbrack, List: r.exprs(e.List), Rbrack: e.Rbrack}
	case *syntax.DictExpr:
		return r.dict(e)
	case *syntax.LambdaExpr:
		return r.lambda(e)
	case *syntax.Comprehension:
		return r.comprehension(e)
	}
	return e // a literal
}

// truth is an expression of which only the truth counts.
func (r *rewriter) truth(e syntax.Expr) syntax.Expr {
	return primitive(syntax.Start(e), primTruth, r.expr(e))
}

func (r *rewriter) slice(e *syntax.SliceExpr) syntax.Expr {
	pos := syntax.Start(e)
	part := func(x syntax.Expr) syntax.Expr {
		if x == nil {
			return &syntax.Ident{NamePos: pos, Name: "None"}
		}
		return r.expr(x)
	}
	return primitive(pos, primSlice, part(e.Lo), part(e.Hi), part(e.Step))
}

func (r *rewriter) binary(e *syntax.BinaryExpr) syntax.Expr {
	if e.Op == syntax.AND || e.Op == syntax.OR {
		// The truth is Python's; the second operand is not evaluated where the first decides.
		later := &syntax.LambdaExpr{Lambda: e.OpPos, Body: r.expr(e.Y)}
		return primitive(syntax.Start(e), map[syntax.Token]string{syntax.AND: primAnd, syntax.OR: primOr}[e.Op], r.expr(e.X), later)
	}
	return primitive(syntax.Start(e), primBinary, text(e.OpPos, e.Op.String()), r.expr(e.X), r.expr(e.Y))
}

func (r *rewriter) call(e *syntax.CallExpr) syntax.Expr {
	args := []syntax.Expr{r.callee(e)}
	for _, arg := range e.Args {
		pos := syntax.Start(arg)
		switch a := arg.(type) {
		case *syntax.BinaryExpr:
			if a.Op == syntax.EQ {
				args = append(args, &syntax.BinaryExpr{X: a.X, OpPos: a.OpPos, Op: a.Op, Y: r.expr(a.Y)})
				continue
			}
		case *syntax.UnaryExpr:
			if name, ok := map[syntax.Token]string{syntax.STAR: primStar, syntax.STARSTAR: primStarStar}[a.Op]; ok {
				args = append(args, &syntax.UnaryExpr{OpPos: a.OpPos, Op: a.Op, X: primitive(pos, name, r.expr(a.X))})
				continue
			}
		}
		args = append(args, r.expr(arg))
	}
	return primitive(e.Lparen, primCall, args...)
}

// callee is what is called. A method that is called with a spread is bound first.
func (r *rewriter) callee(e *syntax.CallExpr) syntax.Expr {
	fn := e.Fn
	for paren, ok := fn.(*syntax.ParenExpr); ok; paren, ok = fn.(*syntax.ParenExpr) {
		fn = paren.X
	}
	dot, ok := fn.(*syntax.DotExpr)
	if !ok || slices.ContainsFunc(e.Args, spread) {
		return r.expr(fn)
	}
	pos := syntax.Start(fn)
	return primitive(pos, primMethod, r.expr(dot.X), text(pos, dot.Name.Name))
}

func spread(arg syntax.Expr) bool {
	u, ok := arg.(*syntax.UnaryExpr)
	return ok && (u.Op == syntax.STAR || u.Op == syntax.STARSTAR)
}

func (r *rewriter) dict(e *syntax.DictExpr) syntax.Expr {
	list := &syntax.ListExpr{Lbrack: e.Lbrace, Rbrack: e.Rbrace}
	for _, entry := range e.List {
		entry := entry.(*syntax.DictEntry)
		list.List = append(list.List, r.expr(entry.Key), r.expr(entry.Value))
	}
	return primitive(e.Lbrace, primDict, list)
}

func (r *rewriter) lambda(e *syntax.LambdaExpr) syntax.Expr {
	out := &syntax.LambdaExpr{Lambda: e.Lambda}
	names := map[string]bool{}
	for _, param := range e.Params {
		switch p := param.(type) {
		case *syntax.BinaryExpr: // the default is evaluated outside
			out.Params = append(out.Params, &syntax.BinaryExpr{X: p.X, OpPos: p.OpPos, Op: p.Op, Y: r.expr(p.Y)})
			param = p.X
		case *syntax.UnaryExpr:
			out.Params = append(out.Params, p)
			param = p.X
		default:
			out.Params = append(out.Params, p)
		}
		if name, ok := param.(*syntax.Ident); ok {
			names[name.Name] = true
		}
	}
	r.inside(names, func() { out.Body = r.expr(e.Body) })
	return out
}

// comprehension: every clause sees the variables of those before it; the body
// sees all.
func (r *rewriter) comprehension(e *syntax.Comprehension) syntax.Expr {
	out := &syntax.Comprehension{Curly: e.Curly, Lbrack: e.Lbrack, Rbrack: e.Rbrack}
	depth := len(r.scopes)
	for _, clause := range e.Clauses {
		switch c := clause.(type) {
		case *syntax.ForClause:
			out.Clauses = append(out.Clauses, &syntax.ForClause{
				For: c.For, Vars: c.Vars, In: c.In, X: primitive(c.In, primIterate, shape(c.Vars), r.expr(c.X)),
			})
			names := map[string]bool{}
			variables(c.Vars, names)
			r.scopes = append(r.scopes, names)
		case *syntax.IfClause:
			out.Clauses = append(out.Clauses, &syntax.IfClause{If: c.If, Cond: r.truth(c.Cond)})
		}
	}
	if entry, ok := e.Body.(*syntax.DictEntry); ok {
		out.Body = &syntax.DictEntry{Key: primitive(entry.Colon, primKey, r.expr(entry.Key)), Colon: entry.Colon, Value: r.expr(entry.Value)}
	} else {
		out.Body = r.expr(e.Body)
	}
	r.scopes = r.scopes[:depth]
	return out
}

// variables gathers the names that a loop variable binds.
func variables(target syntax.Expr, names map[string]bool) {
	switch t := target.(type) {
	case *syntax.Ident:
		names[t.Name] = true
	case *syntax.ParenExpr:
		variables(t.X, names)
	case *syntax.TupleExpr:
		for _, x := range t.List {
			variables(x, names)
		}
	case *syntax.ListExpr:
		for _, x := range t.List {
			variables(x, names)
		}
	}
}

// shape is how a loop variable unpacks, as an expression of tuples: None for a
// name, () of shapes for a tuple.
func shape(target syntax.Expr) syntax.Expr {
	pos := syntax.Start(target)
	list := func(items []syntax.Expr) syntax.Expr {
		t := &syntax.TupleExpr{Lparen: pos, Rparen: pos}
		for _, x := range items {
			t.List = append(t.List, shape(x))
		}
		return t
	}
	switch t := target.(type) {
	case *syntax.ParenExpr:
		return shape(t.X)
	case *syntax.TupleExpr:
		return list(t.List)
	case *syntax.ListExpr:
		return list(t.List)
	}
	return &syntax.Ident{NamePos: pos, Name: "None"}
}

// primitive is a call of one of the primitives.
func primitive(pos syntax.Position, name string, args ...syntax.Expr) syntax.Expr {
	return &syntax.CallExpr{Fn: &syntax.Ident{NamePos: pos, Name: name}, Lparen: pos, Args: args, Rparen: pos}
}

func text(pos syntax.Position, s string) syntax.Expr {
	return &syntax.Literal{Token: syntax.STRING, TokenPos: pos, Raw: "''", Value: s}
}
