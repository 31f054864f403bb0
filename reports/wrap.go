package reports

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxLines bounds how many lines one value may take in a terminal; what is
// different in a longer one is told apart.
const maxLines = 8

// wrap breaks text into lines of at most width characters, after a space or a
// comma where there is one in the last third, and says how much it left out.
func wrap(text string, width int) []string {
	width = max(width, 20)
	var lines []string
	for utf8.RuneCountInString(text) > width {
		if len(lines) == maxLines-1 {
			rest := utf8.RuneCountInString(text) - width
			lines = append(lines, cut(text, width))
			return append(lines, fmt.Sprintf("… %d more characters", rest))
		}
		line := cut(text, width)
		if at := strings.LastIndexAny(line, " ,"); at >= len(line)*2/3 {
			line = line[:at+1]
		}
		lines = append(lines, strings.TrimRight(line, " "))
		text = text[len(line):]
	}
	return append(lines, text)
}

// cut is the first n characters of text.
func cut(text string, n int) string {
	for i := range text {
		if n == 0 {
			return text[:i]
		}
		n--
	}
	return text
}

// maxSubject is what a subject's name may take in a line or a column: a
// command's can be long.
const maxSubject = 40

// middle cuts text to at most n characters and keeps both of its ends, by which
// commands are told apart.
func middle(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	head := n / 3
	return string(runes[:head]) + "…" + string(runes[len(runes)-(n-head-1):])
}

// printable replaces what could move the cursor or change a terminal's colours;
// texts of subjects are shown in terminals, and subjects are not trusted.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || isBidi(r):
			return '\ufffd'
		}
		return r
	}, s)
}

// isBidi reports whether a character reorders the text around it.
func isBidi(r rune) bool {
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// oneLine makes a text of several lines one, for a table's cell or a message.
func oneLine(s string) string { return printable(strings.Join(strings.Fields(s), " ")) }
