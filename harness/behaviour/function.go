package behaviour

import (
	"math"
	"strings"
	"time"

	"go.starlark.net/syntax"
)

// maxSteps bounds what unrolled loops can grow to.
const maxSteps = 2000

// A function turns the body of a def into a behaviour.
type function struct {
	*loader
	src       *source
	behaviour *Behaviour
	ever      map[string]bool // names that any step assigns
	assigned  map[string]bool // names that the steps so far assign
	touches   set
}

func (f *function) at(pos syntax.Position, hint, format string, args ...any) {
	f.report.at(f.src.path, pos, hint, format, args...)
}

// define reads a behaviour from a def. It reports what is wrong and goes on.
func (l *loader) define(src *source, area string, def *syntax.DefStmt) *Behaviour {
	f := l.function(src, def.Name.Name, def.Body)
	f.behaviour.Area, f.behaviour.Line = area, int(def.Def.Line)
	before := len(l.report.errors)
	if strings.HasPrefix(def.Name.Name, "_") {
		f.at(def.Name.NamePos, "every function is a behaviour; give it a name without the underscore",
			"the name %s starts with an underscore", def.Name.Name)
	}
	if len(def.Params) > 0 {
		f.at(syntax.Start(def.Params[0]), "write the values into the steps", "a behaviour takes no parameters")
	}
	body := f.sentence(def)
	f.body(def.Name.NamePos, body)
	if len(l.report.errors) == before {
		f.notPython(def)
	}
	return f.behaviour
}

// function prepares a behaviour with what its file and its name say.
func (l *loader) function(src *source, name string, body []syntax.Stmt) *function {
	file := strings.TrimSuffix(src.path[strings.LastIndexByte(src.path, '/')+1:], ".py")
	f := &function{
		loader:    l,
		src:       src,
		behaviour: &Behaviour{ID: file + "." + name, Path: src.path, Modules: l.modules},
		ever:      map[string]bool{},
		assigned:  map[string]bool{},
	}
	for _, stmt := range body {
		syntax.Walk(stmt, func(n syntax.Node) bool {
			var target syntax.Expr
			switch n := n.(type) {
			case *syntax.AssignStmt:
				target = n.LHS
			case *syntax.ForStmt:
				target = n.Vars
			default:
				return true
			}
			for _, name := range bound(target) {
				f.ever[name.Name] = true
			}
			return true
		})
	}
	return f
}

// sentence takes the docstring and returns the statements after it.
func (f *function) sentence(def *syntax.DefStmt) []syntax.Stmt {
	const hint = `begin the function with one sentence that says which fact it pins down: """recv returns b"" at the end of the stream."""`
	text, ok := docstring(def.Body[0])
	if !ok {
		f.at(def.Name.NamePos, hint, "%s has no docstring", def.Name.Name)
		return def.Body
	}
	f.behaviour.Sentence = oneLine(text)
	if problem := notASentence(f.behaviour.Sentence); problem != "" {
		f.at(syntax.Start(def.Body[0]), hint, "%s", problem)
	}
	return def.Body[1:]
}

// body takes the directives and then the steps.
func (f *function) body(at syntax.Position, stmts []syntax.Stmt) {
	before := len(f.report.errors)
	for len(stmts) > 0 && f.directive(stmts[0]) {
		stmts = stmts[1:]
	}
	f.suite(stmts)
	f.behaviour.Touches = f.touches.items
	switch n := len(f.behaviour.Steps); {
	case n == 0 && len(f.report.errors) == before:
		f.at(at, "write at least one expression or assignment", "the behaviour has no steps")
	case n > maxSteps:
		f.at(at, "split the behaviour", "its loops unroll to more than %d steps", maxSteps)
	}
}

// suite takes the statements of a body, or of one round of a loop.
func (f *function) suite(stmts []syntax.Stmt) {
	previous := -1 // the step that a lasts(…) bounds
	for _, stmt := range stmts {
		if len(f.behaviour.Steps) > maxSteps {
			return
		}
		name, call := bareCall(stmt)
		if d, ok := directives[name]; ok {
			f.at(syntax.Start(stmt), "move it to the top, below the docstring; "+d.hint, "the directive %s comes after a step", name)
			continue
		}
		if name == "lasts" {
			f.lasts(call, previous)
			continue
		}
		switch stmt := stmt.(type) {
		case *syntax.ExprStmt, *syntax.AssignStmt:
			previous = f.step(stmt, f.src.dedented(stmt))
		case *syntax.ForStmt:
			f.loop(stmt)
			previous = -1
		default:
			message, hint := notAStep(stmt)
			f.at(syntax.Start(stmt), hint, "%s", message)
		}
	}
}

// step adds a step and returns its index.
func (f *function) step(stmt syntax.Stmt, text string) int {
	if line := f.src.line(int(syntax.Start(stmt).Line)); strings.HasPrefix(strings.TrimLeft(line, " "), "\t") {
		f.at(syntax.Start(stmt), "indent with spaces", "the line is indented with a tab")
	}
	m := mentions{modules: f.modules}
	m.statement(stmt)
	s := Step{Text: text, Line: int(syntax.Start(stmt).Line), Collects: m.collects}
	for _, name := range m.reads {
		if f.predeclared(name.Name) {
			continue
		}
		s.Reads = append(s.Reads, name.Name)
		if !f.assigned[name.Name] {
			f.undefined(name)
		}
	}
	for _, name := range m.assigns {
		s.Assigns = append(s.Assigns, name.Name)
		f.assigned[name.Name] = true
		f.assignable(name)
	}
	for _, dot := range m.refused {
		module := m.global(dot.X)
		hint, _ := offered(module, dot.Name.Name)
		f.at(dot.Name.NamePos, hint, "%s.%s is not available to steps", module, dot.Name.Name)
	}
	f.touches.add(m.touches.items...)
	f.behaviour.Steps = append(f.behaviour.Steps, s)
	return len(f.behaviour.Steps) - 1
}

// loop unrolls a for over a sequence that is written out.
func (f *function) loop(stmt *syntax.ForStmt) {
	elements, ok := sequence(stmt.X)
	if !ok {
		f.at(syntax.Start(stmt.X), "write the elements out in a tuple or list, for x in (1, 2, 3), or repeat the steps",
			"a loop over something that is not a literal sequence")
		return
	}
	if len(elements) == 0 {
		f.at(syntax.Start(stmt.X), "remove the loop", "a loop over nothing")
		return
	}
	target := f.src.slice(stmt.Vars)
	for _, element := range elements {
		value := f.src.dedented(element)
		if strings.Contains(value, "\n") {
			value = "(" + value + ")"
		}
		assign := &syntax.AssignStmt{OpPos: syntax.Start(element), Op: syntax.EQ, LHS: stmt.Vars, RHS: element}
		at := f.step(assign, target+" = "+value)
		f.behaviour.Steps[at].Line = int(syntax.Start(element).Line)
		f.suite(stmt.Body)
	}
}

// sequence is the elements of a tuple or list that is written out.
func sequence(e syntax.Expr) ([]syntax.Expr, bool) {
	switch e := e.(type) {
	case *syntax.ParenExpr:
		if _, ok := e.X.(*syntax.TupleExpr); ok {
			return sequence(e.X)
		}
	case *syntax.TupleExpr:
		return e.List, true
	case *syntax.ListExpr:
		return e.List, true
	}
	return nil, false
}

// lasts attaches bounds to the step before.
func (f *function) lasts(call *syntax.CallExpr, previous int) {
	const hint = "write lasts(0.1, 0.5), in seconds, on the line after the step that it bounds"
	if previous < 0 {
		f.at(syntax.Start(call), hint, "lasts does not follow a step")
		return
	}
	if f.behaviour.Steps[previous].Lasts != nil {
		f.at(syntax.Start(call), hint, "the step has its bounds already")
		return
	}
	if len(call.Args) != 2 {
		f.at(syntax.Start(call), hint, "lasts takes a minimum and a maximum, not %d arguments", len(call.Args))
		return
	}
	var bounds [2]time.Duration
	for i, arg := range call.Args {
		seconds, ok := number(arg)
		if !ok || seconds < 0 || seconds > math.MaxInt64/float64(time.Second) {
			f.at(syntax.Start(arg), hint, "a bound of lasts is not a number of seconds from 0 on")
			return
		}
		bounds[i] = time.Duration(math.Round(seconds * float64(time.Second)))
	}
	if bounds[0] > bounds[1] {
		f.at(syntax.Start(call), hint, "the minimum of lasts is above its maximum")
		return
	}
	f.behaviour.Steps[previous].Lasts = &Bounds{bounds[0], bounds[1]}
}

func number(e syntax.Expr) (float64, bool) {
	lit, ok := e.(*syntax.Literal)
	if !ok {
		return 0, false
	}
	switch value := lit.Value.(type) {
	case int64:
		return float64(value), true
	case float64:
		return value, true
	}
	return 0, false
}

// notAStep says what a statement is that cannot be a step.
func notAStep(stmt syntax.Stmt) (message, hint string) {
	switch stmt := stmt.(type) {
	case *syntax.DefStmt:
		return "a function inside a behaviour", "use a lambda, or write its steps out"
	case *syntax.IfStmt:
		return "an if inside a behaviour", "steps are straight-line: write a behaviour for each case"
	case *syntax.WhileStmt:
		return "a while inside a behaviour", "steps are straight-line: repeat them, or use a for over a literal sequence"
	case *syntax.ReturnStmt:
		return "a return inside a behaviour", "make the expression a step: every step's value is observed"
	case *syntax.LoadStmt:
		return "a load inside a behaviour", "modules and observers are there already"
	case *syntax.BranchStmt:
		return "a " + stmt.Token.String() + " inside a behaviour", "remove it: steps are expressions and assignments"
	}
	return "a statement that is not a step", "steps are expressions, assignments, and a for over a literal sequence"
}
