package reports

import "strings"

// rerunCommand is the command line that runs one behaviour again. It begins
// with run, or with "pyparity run" if that is empty.
func rerunCommand(run, id, python, subject string) string {
	command := firstNonEmpty(run, "pyparity run") + " " + shellQuote(id)
	if python != "" {
		command += " --python " + shellQuote(python)
	}
	if subject != "" && subject != "go" {
		command += " --subject " + shellQuote(subject)
	}
	return command
}

// shellQuote quotes an argument for a POSIX shell if it needs that.
func shellQuote(arg string) string {
	if arg != "" && !strings.ContainsFunc(arg, unsafeInShell) {
		return arg
	}
	return "'" + strings.ReplaceAll(printable(arg), "'", `'\''`) + "'"
}

func unsafeInShell(r rune) bool {
	letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	return !letter && !strings.ContainsRune("._-/:@%+=,", r)
}
