// Package surrogates lets go.starlark.net's parser read texts that escape lone
// surrogates, as "\udcff" does, which Python's texts can hold and Starlark's cannot.
//
// While it is parsed, code points for private use stand in their place, whose escapes
// are as long, so that every position stays what it is.
package surrogates

import (
	"regexp"
	"strconv"
	"strings"

	"go.starlark.net/syntax"

	"github.com/pyparity/pyparity/pyref/base/codecs"
)

// The surrogates begin at 0xd800, and what stands for them at 0xe000.
const offset = 0xe000 - 0xd800

var (
	// A backslash that another one escapes begins no escape.
	escapes = regexp.MustCompile(`\\(?:[^u]|u[dD][89a-fA-F][0-9a-fA-F]{2}|u)`)
	private = regexp.MustCompile(`\\u[eE][0-7][0-9a-fA-F]{2}|[\x{e000}-\x{e7ff}]`)
)

// Hide replaces the escapes of surrogates in a source text. A line that holds what
// would stand for them is left alone.
func Hide(source string) string {
	if !strings.Contains(source, `\u`) {
		return source
	}
	lines := strings.SplitAfter(source, "\n")
	for i, line := range lines {
		if !private.MatchString(line) {
			lines[i] = escapes.ReplaceAllStringFunc(line, hidden)
		}
	}
	return strings.Join(lines, "")
}

func hidden(escape string) string {
	if len(escape) < len(`\udc80`) {
		return escape
	}
	third := strings.Index("89abcdef", strings.ToLower(escape[3:4]))
	return `\ue` + strconv.Itoa(third) + escape[4:]
}

// Show puts the surrogates back into the literals of what was parsed after [Hide] had
// made it of the source.
func Show(source string, n syntax.Node) {
	lines := strings.Split(source, "\n")
	syntax.Walk(n, func(n syntax.Node) bool {
		lit, ok := n.(*syntax.Literal)
		if ok && lit.Token == syntax.STRING && private.MatchString(lit.Raw) && !private.MatchString(lines[lit.TokenPos.Line-1]) {
			lit.Value = shown(lit.Value.(string))
		}
		return true
	})
}

func shown(text string) string {
	var b []byte
	for _, r := range text {
		if r >= 0xe000 && r < 0xe000+0x800 {
			r -= offset
		}
		b = codecs.AppendRune(b, r)
	}
	return string(b)
}
