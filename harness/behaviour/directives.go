package behaviour

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"go.starlark.net/syntax"
)

// A directive says something about a behaviour; it is not a step.
type directive struct {
	hint string // how to write it
	take func(f *function, at syntax.Position, argument string) error
}

var directives = map[string]directive{
	"requires": {
		hint: `write requires("ipv4", "python>=3.12")`,
		take: func(f *function, _ syntax.Position, argument string) error {
			r, err := ParseRequirement(argument)
			f.behaviour.Requires = append(f.behaviour.Requires, r)
			return err
		},
	},
	"tags": {
		hint: `write tags("slow", "two-peers"), in letters, digits, "-", "_" and "."`,
		take: func(f *function, _ syntax.Position, argument string) error {
			if !tag.MatchString(argument) {
				return fmt.Errorf("%q cannot be a tag", argument)
			}
			f.behaviour.Tags = append(f.behaviour.Tags, argument)
			return nil
		},
	},
	"see": {
		hint: `write see("library/socket.html#socket.socket.accept"), the documentation or the test that the behaviour mirrors`,
		take: func(f *function, _ syntax.Position, argument string) error {
			if argument = oneLine(argument); argument == "" {
				return errors.New("see needs a text")
			}
			f.behaviour.See = append(f.behaviour.See, argument)
			return nil
		},
	},
	"alias": {
		hint: `write alias("file.function"), the id that the behaviour had`,
		take: func(f *function, at syntax.Position, argument string) error {
			if !id.MatchString(argument) {
				return fmt.Errorf("%q cannot be an id", argument)
			}
			f.behaviour.Aliases = append(f.behaviour.Aliases, argument)
			f.aliases = append(f.aliases, aliasAt{argument, f.src.path, at, f.behaviour})
			return nil
		},
	},
}

var (
	tag = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]*$`)
	id  = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*\.[A-Za-z][A-Za-z0-9_]*$`)
)

// bareCall is the name and the call of a statement such as tags("slow").
func bareCall(stmt syntax.Stmt) (name string, call *syntax.CallExpr) {
	x, ok := stmt.(*syntax.ExprStmt)
	if !ok {
		return "", nil
	}
	call, ok = x.X.(*syntax.CallExpr)
	if !ok {
		return "", nil
	}
	fn, ok := call.Fn.(*syntax.Ident)
	if !ok {
		return "", nil
	}
	return fn.Name, call
}

// unknownDirective reports a call at the top of a behaviour of a name that no
// step could have.
func (f *function) unknownDirective(call *syntax.CallExpr, name string) bool {
	if name == "lasts" || f.predeclared(name) || f.ever[name] {
		return false
	}
	known := append(slices.Collect(maps.Keys(directives)), "lasts")
	hint := "the directives are " + strings.Join(slices.Sorted(slices.Values(known)), ", ")
	if near := closest(name, slices.Concat(known, builtins), 1); len(near) > 0 {
		hint = "did you mean " + near[0] + "? " + hint
	}
	f.at(syntax.Start(call), hint, "unknown directive or name '%s'", name)
	return true
}

// directive takes a statement if it is a directive.
func (f *function) directive(stmt syntax.Stmt) bool {
	name, call := bareCall(stmt)
	d, ok := directives[name]
	if !ok {
		return call != nil && f.unknownDirective(call, name)
	}
	if len(call.Args) == 0 {
		f.at(syntax.Start(call), d.hint, "%s without an argument", name)
	}
	for _, arg := range call.Args {
		lit, ok := arg.(*syntax.Literal)
		if !ok || lit.Token != syntax.STRING {
			f.at(syntax.Start(arg), d.hint, "an argument of %s is not a text", name)
			continue
		}
		if err := d.take(f, lit.TokenPos, lit.Value.(string)); err != nil {
			f.at(lit.TokenPos, d.hint, "%v", err)
		}
	}
	return true
}
