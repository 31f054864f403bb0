package debian

import (
	"bufio"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

// A Source is one entry of apt's source lists: what a line of sources.list or a
// stanza of a .sources file says.
type Source struct {
	Types      []string
	URIs       []string
	Suites     []string
	Components []string
	// Options are the entry's other fields by their deb822 names ("Signed-By",
	// "Trusted", …). A key given in place keeps its lines.
	Options map[string]string
}

// ParseList reads the one-line form, as in /etc/apt/sources.list:
//
//	deb [signed-by=/usr/share/keyrings/k.gpg] https://mirror/debian trixie main
//
// A line that apt would refuse is an error, which names it by its number.
func ParseList(text string) ([]Source, error) {
	var sources []Source
	for number, line := range numbered(text) {
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		source, err := parseLine(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		sources = append(sources, source)
	}
	return sources, nil
}

func parseLine(line string) (Source, error) {
	kind, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	options := map[string]string{}
	if strings.HasPrefix(rest, "[") {
		inside, after, closed := strings.Cut(rest[1:], "]")
		if !closed {
			return Source{}, errors.New("a [ without its ]")
		}
		for option := range strings.FieldsSeq(inside) {
			name, value, ok := strings.Cut(option, "=")
			if !ok {
				return Source{}, fmt.Errorf("option %q without a value", option)
			}
			options[fieldName(strings.TrimRight(name, "+-"))] = strings.ReplaceAll(value, ",", " ")
		}
		rest = after
	}
	words := strings.Fields(rest)
	if kind != "deb" && kind != "deb-src" || len(words) < 2 {
		return Source{}, fmt.Errorf("not a source: %q", line)
	}
	return Source{
		Types:      []string{kind},
		URIs:       words[:1],
		Suites:     words[1:2],
		Components: words[2:],
		Options:    options,
	}, nil
}

// ParseStanzas reads the deb822 form, as in /etc/apt/sources.list.d/debian.sources.
// Entries that are switched off (Enabled: no) are left out.
func ParseStanzas(text string) ([]Source, error) {
	var sources []Source
	stanza := map[string]string{}
	last := ""
	flush := func() {
		if len(stanza) > 0 && !isNo(stanza["Enabled"]) {
			sources = append(sources, sourceOf(stanza))
		}
		stanza, last = map[string]string{}, ""
	}
	for number, line := range numbered(text) {
		switch {
		case strings.HasPrefix(line, "#"):
			// A comment may stand anywhere, even inside a field.
		case strings.TrimSpace(line) == "":
			flush()
		case line[0] == ' ' || line[0] == '\t':
			if last == "" {
				return nil, fmt.Errorf("line %d: a continuation of nothing", number)
			}
			stanza[last] += "\n" + line
		default:
			name, value, ok := strings.Cut(line, ":")
			if !ok {
				return nil, fmt.Errorf("line %d: no field name in %q", number, line)
			}
			last = fieldName(strings.TrimSpace(name))
			stanza[last] = strings.TrimSpace(value)
		}
	}
	flush()
	return sources, nil
}

func sourceOf(stanza map[string]string) Source {
	take := func(name string) []string {
		words := strings.Fields(stanza[name])
		delete(stanza, name)
		return words
	}
	delete(stanza, "Enabled")
	return Source{
		Types:      take("Types"),
		URIs:       take("Uris"),
		Suites:     take("Suites"),
		Components: take("Components"),
		Options:    stanza,
	}
}

// fieldName writes "signed-by" and "SIGNED-BY" as "Signed-By".
func fieldName(name string) string {
	parts := strings.Split(strings.ToLower(name), "-")
	for i, part := range parts {
		if part != "" {
			parts[i] = strings.ToUpper(part[:1]) + part[1:]
		}
	}
	return strings.Join(parts, "-")
}

func isNo(value string) bool {
	switch strings.ToLower(value) {
	case "no", "false", "without", "off", "disable":
		return true
	}
	return false
}

// numbered yields the lines of text, counted from 1.
func numbered(text string) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		lines := bufio.NewScanner(strings.NewReader(text))
		lines.Buffer(nil, 1<<20)
		for number := 1; lines.Scan(); number++ {
			if !yield(number, lines.Text()) {
				return
			}
		}
	}
}

// suites are the names that Debian itself gives to its releases. An entry of
// another name ("noble", "nodistro", "bookworm-pgdg") is not Debian's.
var suites = []string{
	"oldoldstable", "oldstable", "stable", "testing", "unstable", "sid",
	"buster", "bullseye", "bookworm", "trixie", "forky", "duke",
}

// Debian returns the entries that serve Debian itself, out of all entries of
// the machine. Others use Debian's suite names and "main" too, so where several
// entries remain, those that look most like Debian's own are returned: signed by
// Debian's archive keyring, at a path that names Debian.
func Debian(sources []Source) []Source {
	var best []Source
	top := 0
	for _, s := range sources {
		score := likeness(s)
		if score == 0 || score < top {
			continue
		}
		if score > top {
			best, top = nil, score
		}
		best = append(best, s)
	}
	return best
}

// likeness is 0 for an entry that cannot be Debian's main archive, and grows
// with the signs that it is.
func likeness(s Source) int {
	if !slices.Contains(s.Types, "deb") || !slices.Contains(s.Components, "main") || len(s.URIs) == 0 {
		return 0
	}
	if !slices.ContainsFunc(s.Suites, func(suite string) bool { return slices.Contains(suites, suite) }) {
		return 0
	}
	score := 1
	if strings.Contains(s.Options["Signed-By"], "debian-archive") {
		score += 4
	}
	for _, uri := range s.URIs {
		if strings.HasPrefix(uri, "cdrom:") {
			return 0
		}
		if base := path.Base(strings.TrimRight(uri, "/")); base == "debian" || base == "debian.list" {
			score += 2
			break
		}
	}
	return score
}

// For returns the entry for another suite of the same mirror: its main
// component only.
func (s Source) For(suite string) Source {
	s.Types, s.Suites, s.Components = []string{"deb"}, []string{suite}, []string{"main"}
	return s
}

// stanza writes the source in deb822 form.
func (s Source) stanza() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Types: %s\nURIs: %s\nSuites: %s\nComponents: %s\n", strings.Join(s.Types, " "),
		strings.Join(s.URIs, " "), strings.Join(s.Suites, " "), strings.Join(s.Components, " "))
	for _, name := range slices.Sorted(maps.Keys(s.Options)) {
		fmt.Fprintf(&b, "%s: %s\n", name, s.Options[name])
	}
	return b.String()
}
