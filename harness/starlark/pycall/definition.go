package pycall

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// A Definition is a function that Python code defines: a name and parameters,
// as after def.
type Definition struct {
	Name string
	Func Func

	params   []parameter // by position first, then keyword-only
	position int         // how many can be given by position
	varargs  bool
}

type parameter struct {
	name     string
	optional bool
	value    string // the default as Python writes it
}

// Def reads the parameters as Python writes them, without annotations:
//
//	"self, value, timeout=None, *args, all_errors=False"
//
// A default only marks the parameter as optional: the function finds nil among
// its arguments. Def panics if the parameters cannot be read, since they are part
// of the program.
func Def(name, params string, f Func) Definition {
	d := Definition{Name: name, Func: f}
	keywordOnly := false
	for p := range strings.SplitSeq(params, ",") {
		p = strings.TrimSpace(p)
		switch {
		case p == "" && params == "":
		case p == "" || strings.HasPrefix(p, "**") || p == "/":
			panic(fmt.Sprintf("pycall.Def(%q, %q): cannot read parameter %q", name, params, p))
		case p == "*":
			keywordOnly = true
		case p[0] == '*':
			keywordOnly, d.varargs = true, true
		default:
			n, value, optional := strings.Cut(p, "=")
			d.params = append(d.params, parameter{n, optional, value})
			if !keywordOnly {
				d.position++
			}
		}
	}
	return d
}

// bind puts the arguments of a call where the parameters say. Function is how
// errors name the function.
func (d *Definition) bind(c *Call, function string) error {
	given := len(c.Args)
	values := make(starlark.Tuple, len(d.params))
	copy(values[:d.position], c.Args)
	for _, kw := range c.Kwargs {
		name := string(kw[0].(starlark.String))
		i := slices.IndexFunc(d.params, func(p parameter) bool { return p.name == name })
		if i < 0 {
			hint := ""
			if c.atLeast(13) {
				hint = didYouMean(name, d.names())
			}
			return pyval.TypeError.Errorf("%s() got an unexpected keyword argument '%s'%s", function, name, hint)
		}
		if values[i] != nil {
			return pyval.TypeError.Errorf("%s() got multiple values for argument '%s'", function, name)
		}
		values[i] = kw[1]
	}
	if given > d.position {
		if !d.varargs {
			return d.tooMany(function, given, values)
		}
		c.Rest = c.Args[d.position:]
	}
	if err := missing(function, "positional", d.params[:d.position], values); err != nil {
		return err
	}
	if err := missing(function, "keyword-only", d.params[d.position:], values[d.position:]); err != nil {
		return err
	}
	c.Args, c.Kwargs = values, nil
	return nil
}

func (d *Definition) names() []string {
	names := make([]string, len(d.params))
	for i, p := range d.params {
		names[i] = p.name
	}
	return names
}

// tooMany is the error of surplus positional arguments (too_many_positional).
func (d *Definition) tooMany(function string, given int, values starlark.Tuple) error {
	required := 0
	for _, p := range d.params[:d.position] {
		if !p.optional {
			required++
		}
	}
	takes, s := strconv.Itoa(d.position), plural(d.position)
	if required < d.position {
		takes, s = fmt.Sprintf("from %d to %d", required, d.position), "s"
	}
	keywords := 0
	for _, v := range values[d.position:] {
		if v != nil {
			keywords++
		}
	}
	were, and := "were", ""
	switch {
	case keywords > 0:
		and = fmt.Sprintf(" positional argument%s (and %d keyword-only argument%s)", plural(given), keywords, plural(keywords))
	case given == 1:
		were = "was"
	}
	return pyval.TypeError.Errorf("%s() takes %s positional argument%s but %d%s %s given", function, takes, s, given, and, were)
}

// missing is the error of required parameters without a value
// (missing_arguments), or nil.
func missing(function, kind string, params []parameter, values starlark.Tuple) error {
	var names []string
	for i, p := range params {
		if values[i] == nil && !p.optional {
			names = append(names, "'"+p.name+"'")
		}
	}
	n := len(names)
	if n == 0 {
		return nil
	}
	list := strings.Join(names, " and ")
	if n > 2 {
		list = strings.Join(names[:n-1], ", ") + ", and " + names[n-1]
	}
	return pyval.TypeError.Errorf("%s() missing %d required %s argument%s: %s", function, n, kind, plural(n), list)
}
