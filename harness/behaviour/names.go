package behaviour

import (
	"regexp"
	"slices"

	"go.starlark.net/syntax"
)

// mentions are the names that a step speaks of, found by walking its syntax
// tree with Python's scopes in mind.
type mentions struct {
	modules []string // under test

	reads    []*syntax.Ident // the first mention of each name, in order of the text
	assigns  []*syntax.Ident
	touches  set
	collects bool              // whether gc.collect is called
	refused  []*syntax.DotExpr // attributes that an observer does not offer

	seen   set
	scopes []map[string]bool // names that live only inside the step
}

func (m *mentions) local(name string) bool {
	for _, scope := range m.scopes {
		if scope[name] {
			return true
		}
	}
	return false
}

// global is the name of a module or an observer that an expression is, if it is
// one.
func (m *mentions) global(e syntax.Expr) string {
	if p, ok := e.(*syntax.ParenExpr); ok {
		return m.global(p.X)
	}
	name, ok := e.(*syntax.Ident)
	if !ok || m.local(name.Name) {
		return ""
	}
	if _, ok := observers[name.Name]; ok || m.underTest(name.Name) {
		return name.Name
	}
	return ""
}

func (m *mentions) underTest(name string) bool {
	return slices.Contains(m.modules, name)
}

func (m *mentions) statement(stmt syntax.Stmt) {
	switch stmt := stmt.(type) {
	case *syntax.ExprStmt:
		m.expr(stmt.X)
	case *syntax.AssignStmt:
		if stmt.Op != syntax.EQ {
			m.expr(stmt.LHS)
		}
		m.target(stmt.LHS)
		m.expr(stmt.RHS)
	}
}

// target walks what is assigned to.
func (m *mentions) target(e syntax.Expr) {
	switch e := e.(type) {
	case *syntax.Ident:
		for _, old := range m.assigns {
			if old.Name == e.Name {
				return
			}
		}
		m.assigns = append(m.assigns, e)
	case *syntax.ParenExpr:
		m.target(e.X)
	case *syntax.TupleExpr:
		m.targets(e.List)
	case *syntax.ListExpr:
		m.targets(e.List)
	default:
		m.expr(e)
	}
}

func (m *mentions) targets(list []syntax.Expr) {
	for _, e := range list {
		m.target(e)
	}
}

func (m *mentions) exprs(list []syntax.Expr) {
	for _, e := range list {
		m.expr(e)
	}
}

func (m *mentions) expr(e syntax.Expr) {
	switch e := e.(type) {
	case nil, *syntax.Literal:
	case *syntax.Ident:
		if !m.local(e.Name) && m.seen.add(e.Name) {
			m.reads = append(m.reads, e)
		}
	case *syntax.ParenExpr:
		m.expr(e.X)
	case *syntax.DotExpr:
		m.expr(e.X)
		m.attribute(e.X, e.Name.Name)
		if module := m.global(e.X); module != "" {
			if _, ok := offered(module, e.Name.Name); !ok {
				m.refused = append(m.refused, e)
			}
		}
	case *syntax.CallExpr:
		m.call(e)
	case *syntax.IndexExpr:
		m.expr(e.X)
		m.expr(e.Y)
	case *syntax.SliceExpr:
		m.exprs([]syntax.Expr{e.X, e.Lo, e.Hi, e.Step})
	case *syntax.ListExpr:
		m.exprs(e.List)
	case *syntax.TupleExpr:
		m.exprs(e.List)
	case *syntax.DictExpr:
		m.exprs(e.List)
	case *syntax.DictEntry:
		m.expr(e.Key)
		m.expr(e.Value)
	case *syntax.UnaryExpr:
		m.expr(e.X)
	case *syntax.BinaryExpr:
		m.expr(e.X)
		m.expr(e.Y)
	case *syntax.CondExpr:
		m.exprs([]syntax.Expr{e.True, e.Cond, e.False})
	case *syntax.LambdaExpr:
		m.lambda(e)
	case *syntax.Comprehension:
		m.comprehension(e)
	}
}

func (m *mentions) call(e *syntax.CallExpr) {
	if dot, ok := e.Fn.(*syntax.DotExpr); ok && m.global(dot.X) == "gc" && dot.Name.Name == "collect" {
		m.collects = true
	}
	m.expr(e.Fn)
	for _, arg := range e.Args {
		if named, ok := arg.(*syntax.BinaryExpr); ok && named.Op == syntax.EQ {
			arg = named.Y
		}
		m.expr(arg)
	}
	// getattr(s, "recv") speaks of recv as s.recv does.
	if fn, ok := e.Fn.(*syntax.Ident); ok && (fn.Name == "getattr" || fn.Name == "hasattr") && len(e.Args) >= 2 {
		if lit, ok := e.Args[1].(*syntax.Literal); ok && lit.Token == syntax.STRING {
			m.attribute(e.Args[0], lit.Value.(string))
		}
	}
}

var identifier = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// attribute notes the API name that an attribute stands for: qualified for a
// module's, bare for that of any other value. Attributes of observers and
// literals are no part of what is tested.
func (m *mentions) attribute(of syntax.Expr, name string) {
	if !identifier.MatchString(name) {
		return
	}
	switch of.(type) {
	case *syntax.Literal, *syntax.ListExpr, *syntax.DictExpr, *syntax.TupleExpr, *syntax.Comprehension:
		return
	}
	switch module := m.global(of); {
	case module == "":
		m.touches.add(name)
	case m.underTest(module):
		m.touches.add(module + "." + name)
	}
}

func (m *mentions) lambda(e *syntax.LambdaExpr) {
	scope := map[string]bool{}
	for _, param := range e.Params {
		switch p := param.(type) {
		case *syntax.Ident:
			scope[p.Name] = true
		case *syntax.BinaryExpr: // name=default, evaluated outside
			m.expr(p.Y)
			scope[p.X.(*syntax.Ident).Name] = true
		case *syntax.UnaryExpr:
			if name, ok := p.X.(*syntax.Ident); ok {
				scope[name.Name] = true
			}
		}
	}
	m.inside(scope, func() { m.expr(e.Body) })
}

// comprehension evaluates its first sequence outside of its scope, everything
// else inside.
func (m *mentions) comprehension(e *syntax.Comprehension) {
	scope := map[string]bool{}
	for i, clause := range e.Clauses {
		if clause, ok := clause.(*syntax.ForClause); ok {
			if i == 0 {
				m.expr(clause.X)
			}
			for _, name := range bound(clause.Vars) {
				scope[name.Name] = true
			}
		}
	}
	m.inside(scope, func() {
		m.expr(e.Body)
		for i, clause := range e.Clauses {
			switch clause := clause.(type) {
			case *syntax.ForClause:
				if i > 0 {
					m.expr(clause.X)
				}
			case *syntax.IfClause:
				m.expr(clause.Cond)
			}
		}
	})
}

func (m *mentions) inside(scope map[string]bool, walk func()) {
	m.scopes = append(m.scopes, scope)
	walk()
	m.scopes = m.scopes[:len(m.scopes)-1]
}

// bound are the names that a target binds.
func bound(target syntax.Expr) []*syntax.Ident {
	var m mentions
	m.target(target)
	return m.assigns
}
