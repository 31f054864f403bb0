package behaviour

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"go.starlark.net/syntax"

	"github.com/pyparity/pyparity/harness/surrogates"
)

// An Option says something about the behaviours that are read.
type Option func(*loader)

// Modules names the modules under test, which steps find under these names.
// Without it there are none.
func Modules(names ...string) Option {
	return func(l *loader) { l.modules = names }
}

// A loader reads files of behaviours and collects what is wrong with them.
type loader struct {
	modules []string
	report  report
	aliases []aliasAt
}

type aliasAt struct {
	alias     string
	path      string
	pos       syntax.Position
	behaviour *Behaviour
}

func newLoader(options []Option) *loader {
	l := &loader{}
	for _, option := range options {
		option(l)
	}
	return l
}

// Load reads every *.py file of a folder and of the folders below it, apart
// from those whose name starts with a full stop and from __pycache__. Name is
// how the folder is called in errors and in paths. The error is an [Errors]
// with everything that is wrong in any of the files.
func Load(fsys fs.FS, name string, options ...Option) (*Corpus, error) {
	l := newLoader(options)
	c := &Corpus{Name: name}
	files := 0
	err := fs.WalkDir(fsys, ".", func(file string, entry fs.DirEntry, err error) error {
		switch base := path.Base(file); {
		case err != nil:
			l.report.add(&Error{Path: path.Join(name, file), Message: fmt.Sprintf("cannot be read: %v", err)})
			return nil
		case entry.IsDir() && file != "." && (base[0] == '.' || base == "__pycache__"):
			return fs.SkipDir
		case entry.IsDir() || path.Ext(base) != ".py" || base[0] == '.':
			return nil
		case !isFile(fsys, file, entry):
			// Opening a pipe would wait for somebody to write to it.
			l.report.add(&Error{Path: path.Join(name, file), Message: "is not a regular file"})
			return nil
		}
		files++
		c.Behaviours = append(c.Behaviours, l.file(fsys, name, file)...)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("%s: behaviour: %w", name, err)
	}
	if files == 0 && len(l.report.errors) == 0 {
		l.report.add(&Error{Path: name, Message: "no *.py file there", Hint: "name a folder of behaviours"})
	}
	c.index(l)
	if err := l.report.err(); err != nil {
		return nil, err
	}
	return c, nil
}

var fileName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*\.py$`)

func (l *loader) file(fsys fs.FS, name, file string) []*Behaviour {
	shown := path.Join(name, file)
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		l.report.add(&Error{Path: shown, Message: fmt.Sprintf("cannot be read: %v", err)})
		return nil
	}
	if !fileName.MatchString(path.Base(file)) {
		l.report.add(&Error{
			Path: shown, Message: "the file's name cannot begin an id",
			Hint: "use letters, digits and underscores, and begin with a letter",
		})
	}
	src := newSource(shown, string(data))
	if !l.readable(src) {
		return nil
	}
	return l.behaviours(src)
}

// readable reports text that the parser would misread or stop at.
func (l *loader) readable(src *source) bool {
	var problem string
	at := 0
	switch {
	case strings.HasPrefix(src.text, "\ufeff"):
		problem = "the text begins with a byte order mark"
	case strings.IndexByte(src.text, 0) >= 0:
		problem, at = "the text holds a NUL character", strings.IndexByte(src.text, 0)
	case !utf8.ValidString(src.text):
		problem = "the text is not UTF-8"
		for i, r := range src.text {
			if _, size := utf8.DecodeRuneInString(src.text[i:]); r == utf8.RuneError && size == 1 {
				at = i
				break
			}
		}
	default:
		return true
	}
	l.report.add(&Error{
		Path: src.path, Line: strings.Count(src.text[:at], "\n") + 1,
		Col:     utf8.RuneCountInString(src.text[strings.LastIndexByte(src.text[:at], '\n')+1:at]) + 1,
		Message: problem, Hint: "save the file as plain UTF-8",
	})
	return false
}

// behaviours reads a file's docstring and its functions.
func (l *loader) behaviours(src *source) []*Behaviour {
	stmts, whole := l.parse(src)
	area := ""
	if len(stmts) > 0 {
		if text, ok := docstring(stmts[0]); ok {
			area = firstParagraph(text)
			stmts = stmts[1:]
		}
	}
	if area == "" && whole {
		l.report.add(&Error{
			Path: src.path, Line: 1, Col: 1, Message: "the file has no docstring",
			Hint: `begin it with one that says which area it covers: """Connecting: connect, connect_ex."""`,
		})
	}
	var found []*Behaviour
	for _, stmt := range stmts {
		def, ok := stmt.(*syntax.DefStmt)
		if !ok {
			l.report.at(src.path, syntax.Start(stmt), "put it into a function: each is a behaviour, and none shares anything with another",
				"a statement outside of any function")
			continue
		}
		found = append(found, l.define(src, area, def))
	}
	if len(found) == 0 && whole {
		l.report.add(&Error{
			Path: src.path, Line: 1, Col: 1, Message: "the file has no behaviours",
			Hint: "write a function, with a docstring of one sentence and with steps",
		})
	}
	return found
}

// parse parses a file. Where that fails, it parses each of its functions by
// itself, so that a mistake in one does not hide those in the others; whole
// tells whether all of it could be parsed.
func (l *loader) parse(src *source) (stmts []syntax.Stmt, whole bool) {
	parsed, err := parsePortion(src, 1, src.text)
	if err == nil {
		return parsed, true
	}
	before := len(l.report.errors)
	for first, text := range portions(src) {
		parsed, err := parsePortion(src, first, text)
		if err != nil {
			l.syntaxError(src, err)
		}
		stmts = append(stmts, parsed...)
	}
	if len(l.report.errors) == before {
		l.syntaxError(src, err)
	}
	return stmts, false
}

func parsePortion(src *source, firstLine int, text string) ([]syntax.Stmt, error) {
	options := &syntax.FileOptions{Set: true}
	file, err := options.Parse(src.path, syntax.FilePortion{
		Content: []byte(surrogates.Hide(text)), FirstLine: int32(firstLine), FirstCol: 1,
	}, 0)
	if err != nil {
		return nil, err
	}
	return file.Stmts, nil
}

// portions yields the text before the first def and then each def, with the
// number of its first line.
func portions(src *source) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		first := 0
		for i := 1; i <= len(src.lines); i++ {
			end := len(src.text)
			if i < len(src.lines) {
				if end = src.lines[i]; !strings.HasPrefix(src.text[end:], "def ") {
					continue
				}
			}
			if !yield(first+1, src.text[src.lines[first]:end]) {
				return
			}
			first = i
		}
	}
}

// isFile reports whether an entry is a regular file, or a link that may lead to
// one: what a broken link lacks is for reading it to say.
func isFile(fsys fs.FS, file string, entry fs.DirEntry) bool {
	if entry.Type()&fs.ModeSymlink == 0 {
		return entry.Type().IsRegular()
	}
	info, err := fs.Stat(fsys, file)
	return err != nil || info.Mode().IsRegular()
}
