package behaviour

import (
	"regexp"
	"strings"

	"go.starlark.net/syntax"
)

// docstring is the text of a statement that is nothing but a str literal.
func docstring(stmt syntax.Stmt) (text string, ok bool) {
	x, ok := stmt.(*syntax.ExprStmt)
	if !ok {
		return "", false
	}
	lit, ok := x.X.(*syntax.Literal)
	if !ok || lit.Token != syntax.STRING {
		return "", false
	}
	return lit.Value.(string), true
}

// oneLine joins the lines of a text.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// firstParagraph is the text up to the first empty line, on one line.
func firstParagraph(text string) string {
	var lines []string
	for line := range strings.Lines(strings.TrimSpace(text)) {
		if strings.TrimSpace(line) == "" {
			break
		}
		lines = append(lines, line)
	}
	return oneLine(strings.Join(lines, " "))
}

// sentenceEnd is the end of a sentence with another after it. What stands
// before the full stop tells it from an ellipsis and from an operator.
var sentenceEnd = regexp.MustCompile("[\\pL\\pN)\\]`][.!?][\"')\\]`]*\\s+\\S")

var abbreviation = regexp.MustCompile(`(?i)\b(e\.g|i\.e|etc|vs|cf|resp|approx|no|sect)\.`)

// notASentence says what keeps a docstring from being one sentence, or nothing.
func notASentence(text string) string {
	switch {
	case text == "":
		return "the docstring is empty"
	case !strings.ContainsAny(text[len(text)-1:], ".!?"):
		return "the docstring does not end as a sentence does"
	case sentenceEnd.MatchString(abbreviation.ReplaceAllString(text, "…")):
		return "the docstring is more than one sentence"
	}
	return ""
}
