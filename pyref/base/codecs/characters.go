package codecs

// characterNamed finds a character by its name. There is no table of them: each Python
// has the names of another Unicode.
func characterNamed(string, int) (rune, bool) { return 0, false }
