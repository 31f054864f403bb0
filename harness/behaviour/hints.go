package behaviour

import (
	"errors"
	"regexp"
	"strings"

	"go.starlark.net/syntax"
)

// caseLanguage is what to say of a mistake that no better hint fits.
const caseLanguage = "a behaviour is made of expressions, assignments, and for over a literal sequence"

// syntaxHints tell authors what to write in place of Python that the case
// language leaves out. The first pattern that fits the line of the error, up to
// where the parser stopped, decides.
var syntaxHints = []struct {
	line *regexp.Regexp
	hint string
}{
	{regexp.MustCompile(`^\s*(try|except|finally)\b`), "remove it: an exception is an observation, and the next step runs"},
	{regexp.MustCompile(`^\s*(async\s+)?with\b`), "assign the object, use it, and close it, each in a step of its own"},
	{regexp.MustCompile(`^\s*(import|from)\b`), "modules and observers are there already: remove the import"},
	{regexp.MustCompile(`^\s*(class|async|global|nonlocal|del|raise|@)`), caseLanguage},
	{regexp.MustCompile(`^\s*assert\b`), "make the expression a step: the reference decides what its value must be"},
	{regexp.MustCompile(`^\s*load\b`), "modules and observers are there already"},
	{regexp.MustCompile(`\b(yield|await)\b`), "use spawn(f, *args) and join(handle) for what must run beside the steps"},
	{regexp.MustCompile(`(^|[^\w'"])([fF][rR]?|[rR][fF])['"]`), `there are no f-strings: use "%s" % x or "{}".format(x)`},
	{regexp.MustCompile(`(^|[^\w'"])([uU]|[bB]r|[bB]R|R|B|[rR]B|Rb)['"]`), `the prefixes of literals are b"", r"" and rb""`},
	{regexp.MustCompile(`\bis\b`), "leave out the comparison with is: observations show an object's identity"},
	{regexp.MustCompile(`:=`), "assign in a step of its own"},
	{regexp.MustCompile(`\*\*`), "there is no power operator: write the number out or multiply"},
	{regexp.MustCompile(`\b\d+_\d`), "write the number without underscores"},
	{regexp.MustCompile(`\b\d+[jJ]\b`), "there are no complex numbers"},
	{regexp.MustCompile(`\.\.\.`), "there is no Ellipsis"},
	{regexp.MustCompile(`^\s*[A-Za-z_]\w*\s*:[^=]*=`), "leave out the annotation"},
	{regexp.MustCompile(`^[^=(]*[^=!<>]=[^=].*[^=!<>]=([^=]|$)`), "assign once in a step"},
	{regexp.MustCompile(`\{[^:}]*,`), "write a set as set([1, 2])"},
	{regexp.MustCompile(`\(.*\bfor\b`), "write a list comprehension in place of a generator"},
	{regexp.MustCompile(`['"]\s+[rb]*['"]`), "join texts with +"},
	{regexp.MustCompile(`,\s*=`), "put the target into parentheses, (x,) = …"},
	{regexp.MustCompile(`(<|>|==|!=).*(<|>|==|!=)`), "compare twice and join with and"},
}

// messageHints go by what the parser says.
var messageHints = []struct{ message, hint string }{
	{"does not associate", "compare twice and join with and"},
	{"non-ASCII", `write the character itself or \u00ff in a text, \xff in bytes`},
	{"invalid Unicode code point", `write a text with lone surrogates without \ue000 to \ue7ff`},
	{"invalid escape sequence", `double the backslash or use r""`},
	{"unexpected newline in string", "close the quotes"},
	{"unexpected EOF in string", "close the quotes"},
	{"unindent", "align the steps of a function"},
	{"got outdent", "close the bracket, or finish the statement"},
	{"got end of file", "close the bracket, or finish the statement"},
	{"got indent", "align the steps of a function"},
	{"excessive nesting", "make several steps of it"},
}

// syntaxError reports what the parser could not read.
func (l *loader) syntaxError(src *source, err error) {
	e, ok := errors.AsType[syntax.Error](err)
	if !ok {
		e.Msg = err.Error() // without a place
	}
	line, col := int(e.Pos.Line), int(e.Pos.Col)
	// The parser has read the end of the line that lacks something: point there.
	if col == 1 && line > 1 && strings.HasPrefix(e.Msg, "got newline") {
		line--
		col = len([]rune(src.line(line))) + 1
	}
	l.report.add(&Error{Path: src.path, Line: line, Col: col, Message: e.Msg, Hint: syntaxHint(src.line(line), e.Msg)})
}

func syntaxHint(line, message string) string {
	for _, h := range messageHints {
		if strings.Contains(message, h.message) {
			return h.hint
		}
	}
	for _, h := range syntaxHints {
		if h.line.MatchString(line) {
			return h.hint
		}
	}
	return caseLanguage
}
