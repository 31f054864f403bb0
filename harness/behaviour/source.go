package behaviour

import (
	"strings"

	"go.starlark.net/syntax"
)

// A source is a file's text, with the way from the parser's positions (lines
// and runes) to bytes.
type source struct {
	path  string
	text  string
	lines []int // offset of each line's first byte
}

// newSource takes line ends as Python does when it reads a file: \r\n and \r
// count as \n.
func newSource(path, text string) *source {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	s := &source{path: path, text: text, lines: []int{0}}
	for i := range len(text) {
		if text[i] == '\n' {
			s.lines = append(s.lines, i+1)
		}
	}
	return s
}

// line is the text of a line, numbered from 1, without its end.
func (s *source) line(number int) string {
	if number < 1 || number > len(s.lines) {
		return ""
	}
	text, _, _ := strings.Cut(s.text[s.lines[number-1]:], "\n")
	return text
}

func (s *source) offset(p syntax.Position) int {
	at := s.lines[p.Line-1]
	runes := 1
	for i := range s.text[at:] {
		if runes == int(p.Col) {
			return at + i
		}
		runes++
	}
	return len(s.text)
}

// slice is the text of a node exactly as it is written.
func (s *source) slice(n syntax.Node) string {
	return s.text[s.offset(syntax.Start(n)):s.offset(end(n))]
}

// dedented is the text of a node without the indentation that its first line
// has, in every line but those that begin inside a string.
func (s *source) dedented(n syntax.Node) string {
	text := s.slice(n)
	if !strings.Contains(text, "\n") {
		return text
	}
	first := int(syntax.Start(n).Line)
	indent := indentation(s.line(first))
	inString := linesInStrings(n)
	lines := strings.Split(text, "\n")
	for i := 1; i < len(lines); i++ {
		if !inString[first+i] {
			lines[i] = lines[i][min(indent, indentation(lines[i])):]
		}
	}
	return strings.Join(lines, "\n")
}

func indentation(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// linesInStrings are the numbers of the lines that begin inside a literal.
func linesInStrings(n syntax.Node) map[int]bool {
	lines := map[int]bool{}
	syntax.Walk(n, func(n syntax.Node) bool {
		if lit, ok := n.(*syntax.Literal); ok {
			for i := range strings.Count(lit.Raw, "\n") {
				lines[int(lit.TokenPos.Line)+i+1] = true
			}
		}
		return true
	})
	return lines
}

// end is where a node ends. The parser's own Span stops before the closing
// bracket of an index, a slice and an empty tuple.
func end(n syntax.Node) syntax.Position {
	after := func(p syntax.Position) syntax.Position {
		p.Col++
		return p
	}
	switch n := n.(type) {
	case *syntax.IndexExpr:
		return after(n.Rbrack)
	case *syntax.SliceExpr:
		return after(n.Rbrack)
	case *syntax.TupleExpr:
		if n.Lparen.IsValid() {
			return after(n.Rparen)
		}
		return end(n.List[len(n.List)-1])
	case *syntax.ExprStmt:
		return end(n.X)
	case *syntax.AssignStmt:
		return end(n.RHS)
	case *syntax.UnaryExpr:
		if n.X != nil {
			return end(n.X)
		}
	case *syntax.BinaryExpr:
		return end(n.Y)
	case *syntax.CondExpr:
		return end(n.False)
	case *syntax.LambdaExpr:
		return end(n.Body)
	}
	return syntax.End(n)
}
