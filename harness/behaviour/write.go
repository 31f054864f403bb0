package behaviour

import (
	"fmt"
	"regexp"
	"strings"
)

var functionName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)

// Function writes steps as a behaviour of the given name and sentence: the text
// of a function that Load reads. It fails if the name cannot end an id, or the
// sentence is none.
func Function(name, sentence string, steps []Step) (string, error) {
	if !functionName.MatchString(name) {
		return "", fmt.Errorf("%q cannot name a behaviour: use letters, digits and underscores, and begin with a letter", name)
	}
	sentence = oneLine(sentence)
	if problem := notASentence(sentence); problem != "" {
		return "", fmt.Errorf("%q cannot be a behaviour's sentence: %s", sentence, problem)
	}
	var text strings.Builder
	fmt.Fprintf(&text, "def %s():\n    \"\"\"%s\"\"\"\n", name, inDocstring(sentence))
	for _, step := range steps {
		text.WriteString(step.indented() + "\n")
		if step.Lasts != nil {
			fmt.Fprintf(&text, "    lasts(%v, %v)\n", step.Lasts.Min.Seconds(), step.Lasts.Max.Seconds())
		}
	}
	return text.String(), nil
}

// indented is the step's text as it stands in a function: every line is moved to
// the right but those that begin inside a text.
func (s Step) indented() string {
	src := newSource("step", s.Text)
	inString := map[int]bool{}
	if stmts, err := parsePortion(src, 1, src.text); err == nil && len(stmts) == 1 {
		inString = linesInStrings(stmts[0])
	}
	lines := strings.Split(s.Text, "\n")
	for i := range lines {
		if !inString[i+1] {
			lines[i] = "    " + lines[i]
		}
	}
	return strings.Join(lines, "\n")
}
