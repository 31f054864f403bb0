package contract

import (
	"unicode"
	"unicode/utf8"

	"github.com/pyparity/pyparity/harness/trace"
)

// tokens cuts text or bytes into words (letters, digits and underscores) and
// single other characters. Joining what it returns gives the text again, and
// cutting any run of tokens gives those tokens again.
func tokens(kind trace.Kind, text string) []string {
	var all []string
	for start := 0; start < len(text); {
		end := start
		for end < len(text) {
			word, size := wordAt(kind, text[end:])
			if !word {
				if end == start {
					end += size
				}
				break
			}
			end += size
		}
		all = append(all, text[start:end])
		start = end
	}
	return all
}

// wordAt reports whether the first character belongs to a word, and its size.
func wordAt(kind trace.Kind, text string) (bool, int) {
	r, size := rune(text[0]), 1
	if kind == trace.Str {
		r, size = utf8.DecodeRuneInString(text)
		return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r), size
	}
	return r == '_' || r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)), size
}

func isWord(kind trace.Kind, token string) bool {
	if token == "" {
		return false
	}
	word, _ := wordAt(kind, token)
	return word
}

// isPlain reports whether bytes are printable ASCII and white space, so that
// they can be taken for text.
func isPlain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c >= 0x7f || c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return true
}
