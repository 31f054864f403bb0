package pyval

import (
	"fmt"
	"strings"

	"go.starlark.net/starlark"
)

// params are the parameters of a builtin function.
type params struct {
	names    []string
	keyword  []bool // may be given by name
	required int
	rest     bool // *args
	getargs  bool // before 3.13, wrong numbers of arguments were reported in another way
	kwargs   bool // **kwargs
}

// parseParams reads "x y? key?=": names in order, ? marks one that may be left
// out, = one that may be given by name too; "*" takes any further positional
// arguments and "**" any further named ones. "~" stands for a function whose
// arguments Argument Clinic parses only since 3.13.
func parseParams(s string) params {
	var p params
	for word := range strings.FieldsSeq(s) {
		switch word {
		case "*":
			p.rest = true
			continue
		case "**":
			p.kwargs = true
			continue
		case "~":
			p.getargs = true
			continue
		}
		word, named := strings.CutSuffix(word, "=")
		name, optional := strings.CutSuffix(word, "?")
		p.names = append(p.names, name)
		p.keyword = append(p.keyword, named)
		if !optional {
			p.required = len(p.names)
		}
	}
	return p
}

func (p params) hasKeywords() bool {
	for _, k := range p.keyword {
		if k {
			return true
		}
	}
	return p.kwargs
}

// bind fills a call's arguments, or says what is wrong with them as CPython's
// argument clinic does.
func (p params) bind(c *call, owner string, args starlark.Tuple, kwargs []starlark.Tuple) error {
	full := c.name + "()"
	if owner != "" {
		full = owner + "." + full
	}
	if len(kwargs) > 0 && !p.hasKeywords() {
		return TypeError.Errorf("%s takes no keyword arguments", full)
	}
	given := len(args) + len(kwargs)
	if len(args) > len(p.names) && !p.rest || given > len(p.names) && !p.rest && !p.kwargs {
		return p.wrongCount(c, full, given)
	}
	c.args = make([]starlark.Value, len(p.names))
	n := copy(c.args, args)
	c.rest = args[n:]
	for _, kw := range kwargs {
		if err := p.bindKeyword(c, n, kw); err != nil {
			return err
		}
	}
	for i := range p.required {
		if c.args[i] != nil {
			continue
		}
		if p.keyword[i] {
			return TypeError.Errorf("%s() missing required argument '%s' (pos %d)", c.name, p.names[i], i+1)
		}
		return p.wrongCount(c, full, given)
	}
	return nil
}

func (p params) bindKeyword(c *call, positional int, kw starlark.Tuple) error {
	name := string(kw[0].(starlark.String))
	for i, known := range p.names {
		if known != name || !p.keyword[i] {
			continue
		}
		if i < positional {
			return TypeError.Errorf("argument for %s() given by name ('%s') and position (%d)", c.name, name, i+1)
		}
		c.args[i] = kw[1]
		return nil
	}
	if p.kwargs {
		c.kwargs = append(c.kwargs, kw)
		return nil
	}
	if Python(c.thread).AtLeast(3, 13) {
		return TypeError.Errorf("%s() got an unexpected keyword argument '%s'", c.name, name)
	}
	return TypeError.Errorf("'%s' is an invalid keyword argument for %s()", name, c.name)
}

func (p params) wrongCount(c *call, full string, given int) error {
	name, most := c.name, len(p.names)
	switch {
	case p.getargs && !Python(c.thread).AtLeast(3, 13) && given < p.required:
		return TypeError.Errorf("%s() takes at least %s (%d given)", name, countArguments(p.required), given)
	case p.getargs && !Python(c.thread).AtLeast(3, 13):
		return TypeError.Errorf("%s() takes at most %s (%d given)", name, countArguments(most), given)
	case most == 0:
		return TypeError.Errorf("%s takes no arguments (%d given)", full, given)
	case most == 1 && p.required == 1 && !p.rest && !p.hasKeywords():
		return TypeError.Errorf("%s takes exactly one argument (%d given)", full, given)
	case p.hasKeywords() && given < p.required && !p.keyword[0]:
		if Python(c.thread).AtLeast(3, 13) {
			return TypeError.Errorf("%s() takes at least %d positional arguments (%d given)", name, p.required, given)
		}
		return TypeError.Errorf("%s expected at least %s, got %d", name, countArguments(p.required), given)
	case p.hasKeywords():
		return TypeError.Errorf("%s() takes at most %s (%d given)", name, countArguments(most), given)
	case p.required == most && !p.rest:
		return TypeError.Errorf("%s expected %s, got %d", name, countArguments(most), given)
	case given < p.required:
		return TypeError.Errorf("%s expected at least %s, got %d", name, countArguments(p.required), given)
	}
	return TypeError.Errorf("%s expected at most %s, got %d", name, countArguments(most), given)
}

func countArguments(n int) string { return fmt.Sprintf("%d argument%s", n, plural(n)) }
