package behaviour

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func steps(t *testing.T, lines ...string) *Behaviour {
	t.Helper()
	return load(t, map[string]string{"a.py": body(lines...)}).Behaviours[0]
}

func TestStepsKeepTheirText(t *testing.T) {
	tests := []struct {
		name  string
		lines []string
		want  []string
	}{
		{"spaces and comments", []string{"x  =  1   # one", "# two", "x"}, []string{"x  =  1", "x"}},
		{"semicolons", []string{"x = 1; x; x[0:1]; ()"}, []string{"x = 1", "x", "x[0:1]", "()"}},
		{"brackets that the parser's spans cut", []string{"x = [1]", "x[0]", "x[:]", "-x[0]", "1 if x else x[0]", "lambda: x[0]", "x[0], x[1]", "not x[0]", "y = ()", "(x[0])"}, []string{"x = [1]", "x[0]", "x[:]", "-x[0]", "1 if x else x[0]", "lambda: x[0]", "x[0], x[1]", "not x[0]", "y = ()", "(x[0])"}},
		{"several lines", []string{"x = dict(", "    a=1,  # one", "  b=2,", ")"}, []string{"x = dict(\n    a=1,  # one\n  b=2,\n)"}},
		{"a line further left", []string{"x = (1,", "  2)"}, []string{"x = (1,\n  2)"}},
		{"text over several lines", []string{"x = (\"\"\"a", "    b\\", "c\"\"\",", "    1)"}, []string{"x = (\"\"\"a\n        b\\\n    c\"\"\",\n    1)"}},
		{"backslash", []string{"x = 1 + \\", "    2"}, []string{"x = 1 + \\\n    2"}},
		{"text beyond ASCII", []string{`x = "é😀"; x + "ü"`}, []string{`x = "é😀"`, `x + "ü"`}},
		{"bytes", []string{`rb"\d" + b"\xff"`}, []string{`rb"\d" + b"\xff"`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			checkTexts(t, steps(t, tt.lines...), tt.want)
		})
	}
}

func checkTexts(t *testing.T, b *Behaviour, want []string) {
	t.Helper()
	var got []string
	for _, s := range b.Steps {
		got = append(got, s.Text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestLineEndsOfOtherSystems(t *testing.T) {
	text := strings.ReplaceAll(body("x = (1,", "  2)", "x"), "\n", "\r\n")
	b := load(t, map[string]string{"a.py": text}).Behaviours[0]
	checkTexts(t, b, []string{"x = (1,\n  2)", "x"})
	if b.Steps[1].Line != 7 {
		t.Errorf("line %d, want 7", b.Steps[1].Line)
	}
}

func TestLoopsAreUnrolled(t *testing.T) {
	tests := []struct {
		name  string
		lines []string
		want  []string
	}{
		{"tuple", []string{"for x in (1, socket.AF_INET):", "    repr(x)"}, []string{"x = 1", "repr(x)", "x = socket.AF_INET", "repr(x)"}},
		{"list", []string{"for x in [(), [1][0]]: x; x"}, []string{"x = ()", "x", "x", "x = [1][0]", "x", "x"}},
		{"bare tuple", []string{"for x in 1, 2: x"}, []string{"x = 1", "x", "x = 2", "x"}},
		{"unpacking", []string{`for a, b in (("x", 1), ("y", 2)): a`}, []string{`a, b = ("x", 1)`, "a", `a, b = ("y", 2)`, "a"}},
		{"unpacking one", []string{"for (a,) in ((1,),): a"}, []string{"(a,) = (1,)", "a"}},
		{"item", []string{"x = [0]", "for x[0] in (1,): x"}, []string{"x = [0]", "x[0] = 1", "x"}},
		{"slice", []string{"x = [0]", "for x[:1] in ([1],): x"}, []string{"x = [0]", "x[:1] = [1]", "x"}},
		{"nested", []string{"for a in (1, 2):", "    for b in (3, a):", "        b"}, []string{"a = 1", "b = 3", "b", "b = a", "b", "a = 2", "b = 3", "b", "b = a", "b"}},
		{"element over several lines", []string{"for a in (1 +", "          2, 3):", "    a"}, []string{"a = (1 +\n          2)", "a", "a = 3", "a"}},
		{"body over several lines", []string{"for a in (1,):", "    (a,", "     a)"}, []string{"a = 1", "(a,\n a)"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			checkTexts(t, steps(t, tt.lines...), tt.want)
		})
	}
}

func TestLastsInALoopBoundsEveryRound(t *testing.T) {
	b := steps(t, "for x in (1, 2):", "    time.sleep(x)", "    lasts(1, 2.5)")
	for i, want := range []bool{false, true, false, true} {
		if got := b.Steps[i].Lasts != nil; got != want {
			t.Errorf("step %d has bounds: %v, want %v", i, got, want)
		}
	}
	if got := b.Steps[3].Lasts.Max.Seconds(); got != 2.5 {
		t.Errorf("at most %v s, want 2.5", got)
	}
}

func TestReadsAndAssigns(t *testing.T) {
	tests := []struct {
		step           string
		reads, assigns string
	}{
		{"a", "a", ""},
		{"b, a, b", "b a", ""},
		{"x = a", "a", "x"},
		{"x, (y, [x, z]) = a", "a", "x y z"},
		{"x = x", "x", "x"},
		{"x += a", "x a", "x"},
		{"x[a] = b", "x a b", ""},
		{"x[a] += b", "x a b", ""},
		{"x.attr = b", "x b", ""},
		{"x.attr, y = b", "x b", "y"},
		{"a.f(b, k=x, *y, **z)", "a b x y z", ""},
		{"dict(a=b)", "b", ""},
		{"a[b:x:y]", "a b x y", ""},
		{"a[b]", "a b", ""},
		{"{a: b}", "a b", ""},
		{"[a, (b, x)]", "a b x", ""},
		{"not a and -b", "a b", ""},
		{"a if b else x", "a b x", ""},
		{"socket.socket(a).family", "a", ""},
		{"len(errno.EBADF, None, True, spawn, a)", "a", ""},
		{"lambda: a", "a", ""},
		{"lambda a, *b, **x: (a, b, x, y)", "y", ""},
		{"lambda a=a: a", "a", ""},
		{"lambda a: lambda b: (a, b, x)", "x", ""},
		{"(lambda a: a)(a)", "a", ""},
		{"[a for a in b]", "b", ""},
		{"[a for a in a]", "a", ""},
		{"[(x, y) for x in a for y in x if b]", "a b", ""},
		{"{x: y for x, y in a}", "a", ""},
		{"[x for x in a][x]", "a x", ""},
		{"q = [q for q in a]", "a", "q"},
	}
	for _, tt := range tests {
		t.Run(tt.step, func(t *testing.T) {
			b := steps(t, "a, b, x, y, z = 1", tt.step)
			s := b.Steps[1]
			if got := strings.Join(s.Reads, " "); got != tt.reads {
				t.Errorf("reads %q, want %q", got, tt.reads)
			}
			if got := strings.Join(s.Assigns, " "); got != tt.assigns {
				t.Errorf("assigns %q, want %q", got, tt.assigns)
			}
		})
	}
}

func TestTouches(t *testing.T) {
	tests := []struct{ step, want string }{
		{"socket.inet_aton('1.2')", "socket.inet_aton"},
		{"socket.inet_aton", "socket.inet_aton"},
		{"(socket).inet_aton", "socket.inet_aton"},
		{"s.connect_ex(s)", "connect_ex"},
		{"spawn(s.accept)", "accept"},
		{"s.family", "family"},
		{"s.family = 1", "family"},
		{"socket.socket().getsockname()[0]", "socket.socket getsockname"},
		{"socket.AddressFamily.AF_INET", "socket.AddressFamily AF_INET"},
		{"getattr(socket, 'inet_aton')", "socket.inet_aton"},
		{"hasattr(s, 'ioctl')", "ioctl"},
		{"getattr(s, 'not a name')", ""},
		{"os.close(1)", ""},
		{"'a'.encode()", ""},
		{"[].append(1)", ""},
		{"lambda socket: socket.nothing", "nothing"},
		{"[socket.one for socket in (socket.two,)]", "socket.two one"},
		{"s.recv(1); s.recv(2)", "recv"},
	}
	for _, tt := range tests {
		t.Run(tt.step, func(t *testing.T) {
			b := steps(t, "s = 1", tt.step)
			if got := strings.Join(b.Touches, " "); got != tt.want {
				t.Errorf("touches %q, want %q", got, tt.want)
			}
		})
	}
}

func TestStepsThatCollect(t *testing.T) {
	tests := []struct {
		step string
		want bool
	}{
		{"gc.collect()", true},
		{"x = gc.collect()", true},
		{"gc.collect", false},
		{"s.collect()", false},
		{"(lambda gc: gc.collect())(s)", false},
	}
	for _, tt := range tests {
		t.Run(tt.step, func(t *testing.T) {
			if got := steps(t, "s = 1", tt.step).Steps[1].Collects; got != tt.want {
				t.Errorf("collects: %v, want %v", got, tt.want)
			}
		})
	}
}

func TestSentences(t *testing.T) {
	for _, text := range []string{
		"It does.", "Does it?", "recv(...) returns 0.5 of 127.0.0.1.", `recv returns b"" at the end.`,
		"A value, e.g. 5, is taken.", "Names (cf. RFC 3493) resolve!", "send(b'.') works ... now.", "x != y holds.",
		"It sends b\"! \" twice.",
	} {
		if problem := notASentence(text); problem != "" {
			t.Errorf("%q: %s", text, problem)
		}
	}
	for _, text := range []string{"", "It does", "It does. It did.", "It does! it did.", "(It does.) It did.", "See `x`. Then y.", "In 2024. Then."} {
		if notASentence(text) == "" {
			t.Errorf("%q counts as one sentence", text)
		}
	}
}

func TestParseSteps(t *testing.T) {
	b, err := ParseSteps("  s = socket.socket(); s.family\n  for x in (1, 2):\n    x\n", Modules("socket"))
	if err != nil {
		t.Fatal(err)
	}
	checkTexts(t, b, []string{"s = socket.socket()", "s.family", "x = 1", "x", "x = 2", "x"})
	if b.ID != AdHoc || b.Sentence == "" || !cmp.Equal(b.Modules, []string{"socket"}) {
		t.Errorf("behaviour %+v", b)
	}

	b, err = ParseSteps(`requires("ipv4"); socket.socket()`, Modules("socket"))
	if err != nil || len(b.Requires) != 1 || len(b.Steps) != 1 {
		t.Errorf("with a directive: %+v, %v", b, err)
	}
}

func TestParseStepsErrors(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", "try:1:1: behaviour: the behaviour has no steps"},
		{" # only a comment", "try:1:1: behaviour: the behaviour has no steps"},
		{"x = ", "try:1:5: behaviour: got end of file, want primary expression; close the bracket"},
		{"x", "try:1:1: behaviour: name 'x' is never assigned"},
		{"1\nimport socket", "try:2:1: behaviour: got import, want primary expression; modules and observers are there already"},
		{"len(1) = 2", "try:1:1: behaviour: can't assign to"},
		{"return 1", "try:1:1: behaviour: a return inside a behaviour"},
		{"'\x00'", "try:1:2: behaviour: the text holds a NUL character"},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			_, err := ParseSteps(tt.text)
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("error %v, want %s…", err, tt.want)
			}
		})
	}
}
