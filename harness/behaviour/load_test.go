package behaviour

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func folder(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func load(t *testing.T, files map[string]string) *Corpus {
	t.Helper()
	c, err := Load(folder(files), "corpus", Modules("socket"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const connect = `"""Connecting: connect,
connect_ex.

More about it.
"""

def refused():
    """connect_ex returns ECONNREFUSED
    where connect raises."""
    requires("ipv4", "python>=3.12")
    requires("family:unix")
    tags("slow", "two-peers")
    see("library/socket.html")
    alias("connect.old_name")
    s = socket.socket()
    s.connect_ex(("127.0.0.1",
                  1))
    lasts(0, 0.5)
    gc.collect()
`

func TestLoadReadsABehaviour(t *testing.T) {
	c := load(t, map[string]string{"connect.py": connect, "README.md": "not read", ".hidden/x.py": "not read", "__pycache__/y.py": "not read"})
	want := []*Behaviour{{
		ID:       "connect.refused",
		Aliases:  []string{"connect.old_name"},
		Sentence: "connect_ex returns ECONNREFUSED where connect raises.",
		Area:     "Connecting: connect, connect_ex.",
		Path:     "corpus/connect.py",
		Line:     7,
		Modules:  []string{"socket"},
		Requires: []Requirement{{Capability: "ipv4"}, {Op: ">=", Version: "3.12"}, {Capability: "family:unix"}},
		Tags:     []string{"slow", "two-peers"},
		See:      []string{"library/socket.html"},
		Touches:  []string{"socket.socket", "connect_ex"},
		Steps: []Step{
			{Text: "s = socket.socket()", Line: 15, Assigns: []string{"s"}},
			{
				Text: "s.connect_ex((\"127.0.0.1\",\n              1))", Line: 16, Reads: []string{"s"},
				Lasts: &Bounds{0, 500 * time.Millisecond},
			},
			{Text: "gc.collect()", Line: 19, Collects: true},
		},
	}}
	if diff := cmp.Diff(want, c.Behaviours); diff != "" {
		t.Error(diff)
	}
	b := c.Behaviours[0]
	if got, want := b.Collects(), []bool{false, false, true}; !cmp.Equal(got, want) {
		t.Errorf("Collects() = %v, want %v", got, want)
	}
	if got, want := b.Durations(), []*Bounds{nil, {0, 500 * time.Millisecond}, nil}; !cmp.Equal(got, want) {
		t.Errorf("Durations() = %v, want %v", got, want)
	}
	if got, want := c.Behaviours[0].Labels(), []string{"connect", "socket.socket", "socket", "connect_ex", "slow", "two-peers"}; !cmp.Equal(got, want) {
		t.Errorf("Labels() = %q, want %q", got, want)
	}
}

func TestLoadKeepsTheOrderOfPathsAndLines(t *testing.T) {
	one := func(name string) string { return "def " + name + "():\n    \"\"\"It does.\"\"\"\n    1\n" }
	c := load(t, map[string]string{
		"b.py":     `"""B."""` + "\n" + one("z") + one("a"),
		"a.py":     `"""A."""` + "\n" + one("m"),
		"sub/c.py": `"""C."""` + "\n" + one("n"),
	})
	var ids []string
	for _, b := range c.Behaviours {
		ids = append(ids, b.ID)
	}
	if want := []string{"a.m", "b.z", "b.a", "c.n"}; !cmp.Equal(ids, want) {
		t.Errorf("ids %q, want %q", ids, want)
	}
}

// body wraps steps into a file with one behaviour; the first step is on line 5.
func body(lines ...string) string {
	return "\"\"\"Area.\"\"\"\n\ndef f():\n    \"\"\"It does.\"\"\"\n    " + strings.Join(lines, "\n    ") + "\n"
}

func TestLoadErrors(t *testing.T) {
	tests := []struct {
		name string
		file string
		want []string // the start of each error, without "corpus/"
	}{
		{"no module docstring", "def f():\n    \"\"\"It does.\"\"\"\n    1\n", []string{"a.py:1:1: behaviour: the file has no docstring; begin it with one"}},
		{"empty module docstring", "\"\"\" \"\"\"\ndef f():\n    \"\"\"It does.\"\"\"\n    1\n", []string{"a.py:1:1: behaviour: the file has no docstring"}},
		{"empty file", "", []string{"a.py:1:1: behaviour: the file has no docstring", "a.py:1:1: behaviour: the file has no behaviours"}},
		{"no behaviours", `"""Area."""`, []string{"a.py:1:1: behaviour: the file has no behaviours"}},
		{"statement at the top", body("1") + "x = 1\n", []string{"a.py:6:1: behaviour: a statement outside of any function; put it into a function"}},
		{"no docstring", "\"\"\"Area.\"\"\"\ndef f():\n    socket.socket()\n", []string{"a.py:2:5: behaviour: f has no docstring; begin the function with one sentence"}},
		{"bytes for a docstring", "\"\"\"Area.\"\"\"\ndef f():\n    b\"It does.\"\n", []string{"a.py:2:5: behaviour: f has no docstring"}},
		{"empty docstring", "\"\"\"Area.\"\"\"\ndef f():\n    \"\"\"\"\"\"\n    1\n", []string{"a.py:3:5: behaviour: the docstring is empty"}},
		{"docstring without an end", "\"\"\"Area.\"\"\"\ndef f():\n    \"\"\"It does\"\"\"\n    1\n", []string{"a.py:3:5: behaviour: the docstring does not end as a sentence does"}},
		{"two sentences", "\"\"\"Area.\"\"\"\ndef f():\n    \"\"\"It does. so it is.\"\"\"\n    1\n", []string{"a.py:3:5: behaviour: the docstring is more than one sentence"}},
		{"no steps", "\"\"\"Area.\"\"\"\ndef f():\n    \"\"\"It does.\"\"\"\n", []string{"a.py:2:5: behaviour: the behaviour has no steps"}},
		{"only directives", body(`tags("slow")`), []string{"a.py:3:5: behaviour: the behaviour has no steps"}},
		{"parameters", "\"\"\"Area.\"\"\"\ndef f(x):\n    \"\"\"It does.\"\"\"\n    1\n", []string{"a.py:2:7: behaviour: a behaviour takes no parameters"}},
		{"underscore", "\"\"\"Area.\"\"\"\ndef _f():\n    \"\"\"It does.\"\"\"\n    1\n", []string{"a.py:2:5: behaviour: the name _f starts with an underscore"}},
		{"duplicate id", body("1") + "\ndef f():\n    \"\"\"It does.\"\"\"\n    1\n", []string{"a.py:7:1: behaviour: duplicate id a.f; rename it: the first is at corpus/a.py:3"}},
		{"alias of an id", body(`alias("a.f")`, "1"), []string{"a.py:5:11: behaviour: alias a.f is the id of a behaviour"}},
		{"duplicate alias", body(`alias("a.g", "a.g")`, "1"), []string{"a.py:5:18: behaviour: duplicate alias a.g"}},
		{"bad alias", body(`alias("old")`, "1"), []string{`a.py:5:11: behaviour: "old" cannot be an id; write alias("file.function")`}},

		{"unknown capability", body(`requires("foo")`, "1"), []string{`a.py:5:14: behaviour: unknown capability "foo": use one of container, ipv4, ipv6, memory, root, "family:NAME" or "python>=3.12"; write requires(`}},
		{"unknown family", body(`requires("family:foo")`, "1"), []string{`a.py:5:14: behaviour: unknown address family "foo": use one of alg,`}},
		{"bad version", body(`requires("python>=3")`, "1"), []string{`a.py:5:14: behaviour: "python>=3" is not a version requirement`}},
		{"bad tag", body(`tags("a b")`, "1"), []string{`a.py:5:10: behaviour: "a b" cannot be a tag`}},
		{"empty see", body(`see(" ")`, "1"), []string{`a.py:5:9: behaviour: see needs a text`}},
		{"directive without arguments", body(`tags()`, "1"), []string{`a.py:5:5: behaviour: tags without an argument`}},
		{"directive with a name", body(`tags(slow, x=1)`, "1"), []string{`a.py:5:10: behaviour: an argument of tags is not a text`, `a.py:5:16: behaviour: an argument of tags is not a text`}},
		{"late directive", body("1", `tags("slow")`), []string{"a.py:6:5: behaviour: the directive tags comes after a step; move it to the top"}},
		{"directive in a loop", body("for x in (1, 2):", `    tags("slow")`), []string{"a.py:6:9: behaviour: the directive tags comes after a step"}},
		{"directive in a step", body(`x = tags("slow")`), []string{"a.py:5:9: behaviour: the directive tags inside a step"}},
		{"misspelt directive", body(`require("ipv4")`, "1"), []string{"a.py:5:5: behaviour: unknown directive or name 'require'; did you mean requires?"}},

		{"lasts first", body("lasts(0, 1)", "1"), []string{"a.py:5:5: behaviour: lasts does not follow a step"}},
		{"lasts first in a loop", body("1", "for x in (1, 2):", "    lasts(0, 1)"), []string{"a.py:7:9: behaviour: lasts does not follow a step"}},
		{"lasts after a loop", body("1", "for x in (1, 2):", "    x", "lasts(0, 1)"), []string{"a.py:8:5: behaviour: lasts does not follow a step"}},
		{"lasts twice", body("1", "lasts(0, 1)", "lasts(0, 1)"), []string{"a.py:7:5: behaviour: the step has its bounds already"}},
		{"lasts with one bound", body("1", "lasts(1)"), []string{"a.py:6:5: behaviour: lasts takes a minimum and a maximum, not 1 arguments"}},
		{"lasts the wrong way round", body("1", "lasts(2, 1)"), []string{"a.py:6:5: behaviour: the minimum of lasts is above its maximum"}},
		{"lasts below zero", body("1", "lasts(-1, 1)"), []string{"a.py:6:11: behaviour: a bound of lasts is not a number of seconds from 0 on"}},
		{"lasts for ever", body("1", "lasts(1, 1e300)"), []string{"a.py:6:14: behaviour: a bound of lasts is not a number"}},
		{"lasts with a text", body("1", `lasts("1", 2)`), []string{"a.py:6:11: behaviour: a bound of lasts is not a number"}},
		{"lasts in a step", body("x = lasts(1, 2)"), []string{"a.py:5:9: behaviour: lasts inside a step"}},

		{"def", body("def g():", "    1"), []string{"a.py:5:5: behaviour: a function inside a behaviour; use a lambda"}},
		{"if", body("if True:", "    1"), []string{"a.py:5:5: behaviour: an if inside a behaviour; steps are straight-line"}},
		{"while", body("while True:", "    1"), []string{"a.py:5:5: behaviour: a while inside a behaviour; steps are straight-line"}},
		{"return", body("return 1"), []string{"a.py:5:5: behaviour: a return inside a behaviour; make the expression a step"}},
		{"pass", body("pass"), []string{"a.py:5:5: behaviour: a pass inside a behaviour"}},
		{"break", body("for x in (1,):", "    break"), []string{"a.py:6:9: behaviour: a break inside a behaviour"}},
		{"load", body(`load("m", "n")`), []string{"a.py:5:5: behaviour: a load inside a behaviour; modules and observers are there already"}},
		{"loop over a call", body("for x in range(3):", "    x"), []string{"a.py:5:14: behaviour: a loop over something that is not a literal sequence; write the elements out"}},
		{"loop over a text", body(`for x in "abc":`, "    x"), []string{"a.py:5:14: behaviour: a loop over something that is not a literal sequence"}},
		{"loop over nothing", body("for x in ():", "    x"), []string{"a.py:5:14: behaviour: a loop over nothing"}},
		{"explosion", body("for a in (1,2,3,4,5,6,7,8,9,0):", " for b in (1,2,3,4,5,6,7,8,9,0):", "  for c in (1,2,3,4,5,6,7,8,9,0):", "   for d in (1,2,3,4,5,6,7,8,9,0):", "    d"), []string{"a.py:3:5: behaviour: its loops unroll to more than 2000 steps"}},

		{"undefined", body("s.close()"), []string{"a.py:5:5: behaviour: name 's' is never assigned; assign it in a step before; available are the modules under test, the observers errno, gc,"}},
		{"undefined once in a loop", body("for x in (1, 2):", "    y.a(x)"), []string{"a.py:6:9: behaviour: name 'y' is never assigned"}},
		{"misspelt module", body("sockt.socket()"), []string{"a.py:5:5: behaviour: name 'sockt' is never assigned; did you mean socket?"}},
		{"misspelt name", body("server = 1", "servr"), []string{"a.py:6:5: behaviour: name 'servr' is never assigned; did you mean server?"}},
		{"too early", body("s.close()", "s = 1"), []string{"a.py:5:5: behaviour: name 's' is read before it is assigned"}},
		{"a builtin that is not there", body("print(1)"), []string{"a.py:5:5: behaviour: unknown directive or name 'print'"}},
		{"comprehension variable later", body("[x for x in (1, 2)]", "x"), []string{"a.py:6:5: behaviour: name 'x' is never assigned"}},
		{"assigned module", body("socket = 1"), []string{"a.py:5:5: behaviour: name 'socket' has its meaning in the case language"}},
		{"assigned observer", body("os, x = 1, 2"), []string{"a.py:5:5: behaviour: name 'os' has its meaning"}},
		{"assigned builtin", body("for len in (1,):", "    1"), []string{"a.py:5:9: behaviour: name 'len' has its meaning"}},
		{"assigned directive", body("tags = 1"), []string{"a.py:5:5: behaviour: name 'tags' has its meaning"}},
		{"dunder", body("__x = 1"), []string{"a.py:5:5: behaviour: name '__x' starts with two underscores"}},
		{"observer's attribute", body("os.fork()"), []string{"a.py:5:8: behaviour: os.fork is not available to steps; steps may use os.close, os.dup,"}},

		{"bytes beyond ASCII", body(`b"é"`), []string{`a.py:5:5: behaviour: a bytes literal holds characters that are not ASCII; write them as escapes`}},
		{"escape in bytes", body(`b"\\\u0041"`), []string{`a.py:5:5: behaviour: \u in a bytes literal is no escape in Python`}},
		{"name beyond ASCII", body("é = 1"), []string{"a.py:5:5: behaviour: name 'é' is not ASCII"}},
		{"assert as a name", body("assert = 1"), []string{"a.py:5:5: behaviour: 'assert' is a keyword of Python"}},
		{"keyword as an attribute", body("x = 1", "x.None"), []string{"a.py:6:7: behaviour: 'None' is a keyword of Python"}},
		{"keyword as an argument", body("dict(True=1)"), []string{"a.py:5:10: behaviour: 'True' is a keyword of Python"}},
		{"keyword as a parameter", body("lambda None: 1"), []string{"a.py:5:12: behaviour: 'None' is a keyword of Python"}},
		{"keyword as a variable", body("[1 for False in (1,)]"), []string{"a.py:5:12: behaviour: 'False' is a keyword of Python"}},
		{"keyword assigned", body("None = 1"), []string{"a.py:5:5: behaviour: name 'None' has its meaning"}},
		{"slice of a tuple", body("x = [1]", "x[1, 2:3]"), []string{"a.py:6:7: behaviour: a slice begins with a tuple"}},
		{"assignment to a call", body("x = []", "len(x) = 1"), []string{"a.py:6:5: behaviour: can't assign to"}},
		{"arguments out of order", body("dict(a=1, 2)"), []string{"a.py:5:15: behaviour: positional argument may not follow named"}},
		{"tab", "\"\"\"Area.\"\"\"\ndef f():\n\t\"\"\"It does.\"\"\"\n\t1\n", []string{"a.py:4:2: behaviour: the line is indented with a tab"}},

		{"a line that runs into a def", "\"\"\"Area.\"\"\" \\\ndef f():\n    \"\"\"It does.\"\"\"\n    1\n", []string{"a.py:2:4: behaviour: got def, want newline"}},
		{"byte order mark", "\ufeff" + body("1"), []string{"a.py:1:1: behaviour: the text begins with a byte order mark"}},
		{"NUL", body("1", `"a`+"\x00"+`"`), []string{"a.py:6:7: behaviour: the text holds a NUL character"}},
		{"Latin-1", body("1", "\"\xe9\""), []string{"a.py:6:6: behaviour: the text is not UTF-8"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			checkErrors(t, map[string]string{"a.py": tt.file}, tt.want)
		})
	}
}

// checkErrors loads and compares the start of every error.
func checkErrors(t *testing.T, files map[string]string, want []string) {
	t.Helper()
	c, err := Load(folder(files), "corpus", Modules("socket"))
	if err == nil {
		t.Fatalf("loaded %d behaviours, want %q", len(c.Behaviours), want)
	}
	if c != nil {
		t.Error("a corpus beside an error")
	}
	var es Errors
	if !errors.As(err, &es) {
		t.Fatalf("a %T, want Errors: %v", err, err)
	}
	got := strings.Split(err.Error(), "\n")
	if len(got) != len(want) {
		t.Fatalf("%d errors, want %d:\n%v", len(got), len(want), err)
	}
	for i := range got {
		if !strings.HasPrefix(got[i], "corpus/"+want[i]) {
			t.Errorf("error %d:\n got %s\nwant %s…", i, got[i], want[i])
		}
		if es[i].Hint == "" {
			t.Errorf("error without a hint: %s", got[i])
		}
	}
}

func TestLoadCollectsTheErrorsOfAllFiles(t *testing.T) {
	checkErrors(t, map[string]string{
		"b.py":         body("with x:", "    1"),
		"a.py":         body("x", "if True:", "    1") + "def g():\n    1\n",
		"not-an-id.py": body("1"),
		"_hidden.py":   body("1"),
		"d/c.py":       body("1"),
		"e/c.py":       body("1"),
	}, []string{
		"_hidden.py: behaviour: the file's name cannot begin an id",
		"a.py:5:5: behaviour: name 'x' is never assigned",
		"a.py:6:5: behaviour: an if inside a behaviour",
		"a.py:8:5: behaviour: g has no docstring",
		"b.py:5:5: behaviour: got with, want primary expression; assign the object, use it, and close it",
		"e/c.py:3:1: behaviour: duplicate id c.f; rename it: the first is at corpus/d/c.py:3",
		"not-an-id.py: behaviour: the file's name cannot begin an id",
	})
}

func TestLoadGoesOnAfterASyntaxError(t *testing.T) {
	checkErrors(t, map[string]string{"a.py": `"""Area."""
def one():
    """It does."""
    x = (1,

def two():
    """It does."""
    y

def three():
    """It does."""
    try:
        1
`}, []string{
		"a.py:6:1: behaviour: got outdent, want primary expression; close the bracket",
		"a.py:8:5: behaviour: name 'y' is never assigned",
		"a.py:12:5: behaviour: got try, want primary expression; remove it: an exception is an observation",
	})
}

func TestLoadWithoutFiles(t *testing.T) {
	_, err := Load(folder(map[string]string{"README.md": ""}), "corpus")
	if want := "corpus: behaviour: no *.py file there; name a folder of behaviours"; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

// unreadable is a folder with a file that cannot be opened.
type unreadable struct{ fstest.MapFS }

func (u unreadable) ReadFile(name string) ([]byte, error) {
	if name == "locked.py" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return u.MapFS.ReadFile(name)
}

func TestLoadOfAFileThatCannotBeRead(t *testing.T) {
	_, err := Load(unreadable{folder(map[string]string{"locked.py": body("1"), "other.py": body("x")})}, "corpus")
	want := "corpus/locked.py: behaviour: cannot be read: open locked.py: permission denied\ncorpus/other.py:5:5: behaviour: name 'x' is never assigned"
	if err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("error\n%v\nwant\n%s…", err, want)
	}
}

func TestLoadOfAFolderThatIsMissing(t *testing.T) {
	_, err := Load(os.DirFS(filepath.Join(t.TempDir(), "missing")), "missing")
	if err == nil || !strings.HasPrefix(err.Error(), "missing: behaviour: cannot be read: ") {
		t.Errorf("error %v", err)
	}
}

func TestSyntaxErrorsSayWhatToWriteInstead(t *testing.T) {
	tests := []struct{ step, want string }{
		{"try: 1", "an exception is an observation"},
		{"with x: 1", "close it"},
		{"import socket", "modules and observers are there already"},
		{"from socket import AF_INET", "modules and observers are there already"},
		{"class C: 1", "a behaviour is made of expressions"},
		{"global x", "a behaviour is made of expressions"},
		{"nonlocal x", "a behaviour is made of expressions"},
		{"del x", "a behaviour is made of expressions"},
		{"raise x", "a behaviour is made of expressions"},
		{"@x", "a behaviour is made of expressions"},
		{"assert 1", "the reference decides what its value must be"},
		{"x = yield 1", "spawn"},
		{"await x", "spawn"},
		{`x = f"{1}"`, "no f-strings"},
		{`x = rF'{1}'`, "no f-strings"},
		{`x = u"a"`, "prefixes"},
		{`x = br"a"`, "prefixes"},
		{"1 is 1", "is: observations"},
		{"(x := 1)", "step of its own"},
		{"2 ** 3", "no power operator"},
		{"1_000", "without underscores"},
		{"x = 1j", "no complex numbers"},
		{"x = ...", "no Ellipsis"},
		{"x: int = 1", "annotation"},
		{"x = y = 1", "assign once"},
		{"{1, 2}", "set([1, 2])"},
		{"(x for x in (1, 2))", "list comprehension"},
		{`"a" "b"`, "join texts with +"},
		{"x, = (1,)", "parentheses"},
		{"1 < 2 < 3", "compare twice"},
		{`"\xff"`, `\u00ff`},
		{`"\udc80\ue000"`, "lone surrogates"},
		{`"\d"`, "double the backslash"},
		{`"a`, "close the quotes"},
		{`"""a`, "close the quotes"},
		{"(1", "close the bracket"},
		{"$", "a behaviour is made of expressions"},
	}
	for _, tt := range tests {
		t.Run(tt.step, func(t *testing.T) {
			_, err := Load(folder(map[string]string{"a.py": body(tt.step)}), "corpus", Modules("socket"))
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("error %v", err)
			}
			if !strings.Contains(e.Hint, tt.want) {
				t.Errorf("hint %q does not say %q: %v", e.Hint, tt.want, err)
			}
		})
	}
}

func TestSyntaxErrorAtTheEndOfALine(t *testing.T) {
	_, err := Load(folder(map[string]string{"a.py": body("if 1", "2")}), "corpus")
	var e *Error
	if !errors.As(err, &e) || e.Line != 5 || e.Col != 9 {
		t.Errorf("error %v, want one at 5:9", err)
	}
}
