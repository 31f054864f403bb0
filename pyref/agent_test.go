package pyref_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/harness/trace"
)

func TestAgentIntroducesItself(t *testing.T) {
	hello := startAgent(t).Hello()
	if hello.Implementation != "cpython" && hello.Implementation != "pypy" {
		t.Errorf("the implementation is %q", hello.Implementation)
	}
	if !regexp.MustCompile(`^3\.\d+$`).MatchString(hello.Python) {
		t.Errorf("the Python is %q", hello.Python)
	}
	if hello.Implementation == "cpython" && !strings.HasPrefix(hello.Version, hello.Python+".") {
		t.Errorf("version %q is not one of Python %q", hello.Version, hello.Python)
	}
	for _, key := range []string{"system", "kernel", "libc", "machine", "build"} {
		if hello.Platform[key] == "" {
			t.Errorf("the platform lacks %q: %v", key, hello.Platform)
		}
	}
	if !slices.Contains(hello.Capabilities, "family:unix") {
		t.Errorf("the capabilities lack family:unix: %q", hello.Capabilities)
	}
	if slices.Contains(hello.Capabilities, "root") != (os.Geteuid() == 0) {
		t.Errorf("the user id is %d, the capabilities are %q", os.Geteuid(), hello.Capabilities)
	}
}

func TestAgentKnowsThatItIsInAContainer(t *testing.T) {
	for _, value := range []string{"", "1"} {
		t.Setenv("PYPARITY_CONTAINER", value)
		if got := slices.Contains(startAgent(t).Hello().Capabilities, "container"); got != (value == "1") {
			t.Errorf("with PYPARITY_CONTAINER=%q, container is %v", value, got)
		}
	}
}

func TestAgentNeedsNoFile(t *testing.T) {
	source, err := os.ReadFile("agent.py")
	if err != nil {
		t.Fatal(err)
	}
	w := startWire(t, "-I", "-c", string(source))
	w.send(t, request(texts("1 + 1")...))
	if lines := w.until(t); len(lines) != 2 || !strings.Contains(string(lines[0]), `{"int":"2"}`) {
		t.Errorf("it wrote %q", lines)
	}
}

// Every line that the agent writes is one that the protocol's schema describes.
func TestAgentKeepsToTheSchema(t *testing.T) {
	validator, err := subject.NewValidator()
	if err != nil {
		t.Fatal(err)
	}
	w := startWire(t, "-I", "agent.py")
	w.send(t, subject.Request{Op: subject.OpHello, Protocol: subject.Protocol, Python: "3.13"})
	lines := w.until(t)
	for _, steps := range [][]subject.Step{
		texts("s = socket.socket()", "s", "s.makefile()", "[1, 2.5, None, True, {'k': (b'x', {1}, '\\udc80')}]",
			"'x' * 1000", "socket.AF_INET", "socket.recv", "nowhere", "1 / 0", "socket.socket().connect(('127.0.0.1', 1))",
			"socket.error", "len", "errno", "spawn(len, 'x')", "memoryview(bytearray(3))", "s = None", "range(3)"),
		{{Text: "a = nowhere", Assigns: []string{"a"}}, {Text: "a", Reads: []string{"a"}}},
		texts("def f(): pass"),
		nil,
	} {
		w.send(t, request(steps...))
		lines = append(lines, w.until(t)...)
	}
	for _, line := range lines {
		if err := validator.Event(line); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
}

func TestAgentObservesSteps(t *testing.T) {
	const stream = "family=<AddressFamily.AF_INET: 2> proto=0 timeout=None type=<SocketKind.SOCK_STREAM: 1>"
	// A text that ends in … is how the shown observation begins.
	const unclosed = " | ResourceWarning: …"
	type step struct{ text, want string }
	tests := []struct {
		name  string
		steps []step
	}{
		{"values and assignments", []step{
			{"x = 5", "5"},
			{"x", "5"},
			{"a, (b, *c) = 1, (2, 3, 4)", "(1, (2, 3, 4))"},
			{"[a, b, c]", "[1, 2, [3, 4]]"},
			{"x += a", "6"},
			{"c[0] = 'new'", "'new'"},
			{"c[1] += 10", "14"},
			{"c", "['new', 14]"},
			{"p = q = []", "[]"},
			{"p.append(1)", "None"},
			{"q", "[1]"},
			{"# a comment\nx  # and another", "6"},
			{"(x,\n x)", "(6, 6)"},
		}},
		{"exceptions", []step{
			{"a, b = 1", "raised TypeError('cannot unpack non-iterable int object')"},
			{"nowhere", `raised NameError("name 'nowhere' is not defined")`},
			{"int('x')", `raised ValueError("invalid literal for int() with base 10: 'x'")`},
			{"os.read(99, 1)", "raised OSError(9, 'Bad file descriptor')"},
			{"'ok'", "'ok'"},
		}},
		{"only the agreed names", []step{
			{"print", `raised NameError("name 'print' is not defined")`},
			{"SystemExit", `raised NameError("name 'SystemExit' is not defined")`},
			{"os.fork()", `raised AttributeError("module 'os' has no attribute 'fork'")`},
			{"os.stat", "<callable 'stat'>"},
			{"gc.collect()", "None"},
			{"errno.ECONNREFUSED", "111"},
			{"struct.unpack('!H', struct.pack('!H', 258))", "(258,)"},
			{"select.select([], [], [], 0)", "([], [], [])"},
			{"sorted(os.stat('/')), os.stat('/dev/null')[0]", "raised TypeError(\"'<' not supported between instances of 'int' and 'str'\")"},
			{"os.stat('/')[0], os.stat('/dev/null')", "('dir', ('char', 438))"},
		}},
		{"identity", []step{
			{"s = socket.socket()", "<socket.socket #0 " + stream + ">"},
			{"[s, s]", "[<socket.socket #0 " + stream + ">, <socket.socket #0 " + stream + ">]"},
			{"a, b = s", "raised TypeError('cannot unpack non-iterable socket object')"},
			{"h = spawn(len, 'abc')", "<spawn #1>"},
			{"join(h)", "3"},
			{"h", "<spawn #1>"},
			{"s.settimeout(2)", "None"},
			{"s", "<socket.socket #0 " + strings.Replace(stream, "None", "2.0", 1) + ">"},
		}},
		{"a number is given once", []step{
			{"a, b = range(9)", "raised ValueError('too many values to unpack (expected 2)')"},
			{"range(1)", "<range #0 start=0 step=1 stop=1>"},
			{"range(2)", "<range #1 start=0 step=1 stop=2>"},
			{"r = range(3)", "<range #2 start=0 step=1 stop=3>"},
			{"range(4)", "<range #3 start=0 step=1 stop=4>"},
			{"r", "<range #2 start=0 step=1 stop=3>"},
		}},
		{"what was raised is let go of", []step{
			{"s = socket.socket()", "<socket.socket #0 " + stream + ">"},
			{"h = spawn(s.recv, -1)", "<spawn #1>"},
			{"join(h)", "raised ValueError('negative buffersize in recv')"},
			{"join(h)", "raised ValueError('negative buffersize in recv')"},
			{"s = None", "None" + unclosed},
		}},
		{"what was returned is let go of", []step{
			{"socket.socket()", "<socket.socket #0 " + stream + ">" + unclosed},
			{"[socket.socket()][0].family", "<AddressFamily.AF_INET: 2>" + unclosed},
			{"x, y = socket.socketpair()[0], 1", "(<socket.socket #1 …"},
			{"x = y", "1" + unclosed},
			{"s = socket.SocketType()", "<_socket.socket #2 family=2 proto=0 timeout=None type=1>"},
			{"s", "<_socket.socket #2 family=2 proto=0 timeout=None type=1>"},
			{"s = None", "None" + unclosed},
		}},
		{"cycles wait for gc.collect", []step{
			{"l = [socket.socket()]", "[<socket.socket #0 " + stream + ">]"},
			{"l.append(l)", "None"},
			{"l = 0", "0"},
			{"list(range(20000))[0]", "0"},
			{"gc.collect()", "None" + unclosed},
		}},
		{"warnings of other threads", []step{
			{"join(spawn(len, [socket.socket()]))", "1" + unclosed},
			{"h = spawn(socket.socket)", "<spawn #0>"},
			{"join(h).family", "<AddressFamily.AF_INET: 2>"},
			{"h = 0", "0" + unclosed},
			{"gc.collect()", "None"},
		}},
		{"spawn and join", []step{
			{"a, b = socket.socketpair()", "(<socket.socket #0 …"},
			{"h = spawn(b.recv, 10)", "<spawn #2>"},
			{"a.send(b'hello')", "5"},
			{"join(h)", "b'hello'"},
			{"join(h)", "b'hello'"},
			{"join(spawn(divmod))", `raised NameError("name 'divmod' is not defined")`},
			{"join(spawn(int, 'x'))", `raised ValueError("invalid literal for int() with base 10: 'x'")`},
		}},
		{"the digest is of the text in UTF-8", []step{
			{"'é' * 200", "<str of 200 characters, sha256 " + sha256Start(strings.Repeat("é", 200)) + "…>"},
			{"b'x' * 257", "<bytes of 257 B, sha256 " + sha256Start(strings.Repeat("x", 257)) + "…>"},
			{"'a\\udc80'", `'a\udc80'`},
		}},
	}
	w := startAgent(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var lines []string
			for _, s := range tt.steps {
				lines = append(lines, s.text)
			}
			for i, o := range mustRun(t, w, request(texts(lines...)...)) {
				want, got := tt.steps[i].want, shown(o)
				start, open := strings.CutSuffix(want, "…")
				if got != want && (!open || !strings.HasPrefix(got, start)) {
					t.Errorf("step %d, %s:\nwant %s\ngot  %s", i+1, lines[i], want, got)
				}
			}
		})
	}
}

func TestAgentCountsWhatWasNotRun(t *testing.T) {
	step := func(text, reads, assigns string) subject.Step {
		return subject.Step{Text: text, Reads: strings.Fields(reads), Assigns: strings.Fields(assigns)}
	}
	steps := []subject.Step{
		step("a = nowhere", "", "a"),
		step("b = [a]", "a", "b"),
		step("[b, a]", "b a", ""),
		step("a = 1", "", "a"),
		step("a", "a", ""),
		step("b", "b", ""),
		step("b = a", "a", "b"),
		step("b += 's'", "b", "b"),
		step("b", "b", ""),
	}
	want := []string{
		`raised NameError("name 'nowhere' is not defined")`, "not run: a", "not run: b", "1", "1", "not run: b", "1",
		`raised TypeError("unsupported operand type(s) for +=: 'int' and 'str'")`, "not run: b",
	}
	var got []string
	for _, o := range mustRun(t, startAgent(t), request(steps...)) {
		got = append(got, shown(o))
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestAgentMeasuresTheStepAlone(t *testing.T) {
	steps := mustRun(t, startAgent(t), request(texts("time.sleep(0.05)", "1")...))
	if took := steps[0].Took; took < 50*time.Millisecond {
		t.Errorf("sleeping for 50 ms took %v", took)
	}
	if took := steps[1].Took; took < 0 {
		t.Errorf("a step took %v", took)
	}
}

func TestAgentPerturbsDescriptors(t *testing.T) {
	w := startAgent(t)
	lines := texts("os.dup(0)", "socket.socket().fileno()", "socket.socket().fileno()",
		"s = socket.socket()", "s.fileno()", "s.close()", "socket.socket().fileno()")
	filenos := func(p *subject.Perturbation) []string {
		req := request(lines...)
		req.Perturbation = p
		steps := mustRun(t, w, req)
		var numbers []string
		for _, i := range []int{0, 1, 2, 4, 6} {
			numbers = append(numbers, steps[i].Returned.Text)
		}
		return numbers
	}
	for _, p := range []*subject.Perturbation{nil, {}, {Index: 2}} {
		if got, want := filenos(p), []string{"3", "4", "4", "4", "4"}; !slices.Equal(got, want) {
			t.Errorf("unperturbed by %+v, the descriptors are %q, want %q", p, got, want)
		}
	}
	if got, want := filenos(&subject.Perturbation{FDOffset: 5}), []string{"8", "9", "9", "9", "9"}; !slices.Equal(got, want) {
		t.Errorf("the descriptors are %q, want %q", got, want)
	}
}

func TestAgentOccupiesDescriptors(t *testing.T) {
	w := startAgent(t)
	occupied := func(lines ...string) []string {
		req := request(texts(lines...)...)
		req.Perturbation = &subject.Perturbation{Index: 2, FDOffset: 19, Occupy: true}
		var got []string
		for _, o := range mustRun(t, w, req) {
			o.Warnings = nil
			got = append(got, shown(o))
		}
		return got
	}

	many := "[" + strings.Repeat("socket.socket(), ", 30) + "]"
	numbers := occupied(
		"socket.socket().fileno()", "socket.socket().fileno()", "s = socket.socket()", "s.fileno()", "s.close()",
		"socket.socket().fileno()", "l = "+many, "l[7].fileno()", "l[20].fileno()", "l[7].close()", "l[20].close()",
		"socket.socket().fileno()", "sorted([s.fileno() for s in "+many+"])[0]",
	)
	seen := map[string]bool{}
	for _, i := range []int{0, 1, 3, 5, 7, 8, 11, 12} {
		if seen[numbers[i]] {
			t.Errorf("the descriptor number %s was used twice: %q", numbers[i], numbers)
		}
		seen[numbers[i]] = true
	}

	// What was closed by its number stays closed.
	const closed = "raised OSError(9, 'Bad file descriptor')"
	got := occupied("s = socket.socket()", "os.close(s.fileno())", "os.get_blocking(s.fileno())", "s.recv(1)", "s.close()",
		"t = socket.socket()", "fd = t.detach()", "socket.close(fd)", "1", "socket.close(fd)")
	for i, want := range map[int]string{2: closed, 3: closed, 4: closed, 9: closed} {
		if got[i] != want {
			t.Errorf("step %d: %s, want %s", i+1, got[i], want)
		}
	}
}

// Long behaviours run out of numbers to occupy, not of descriptors.
func TestAgentOccupiesWithinBounds(t *testing.T) {
	req := request(texts(slices.Repeat([]string{"socket.socket().close()"}, 400)...)...)
	req.Perturbation = &subject.Perturbation{Occupy: true}
	for i, o := range mustRun(t, startAgent(t), req) {
		if got := shown(o); got != "None" {
			t.Fatalf("step %d: %s", i+1, got)
		}
	}
}

// Addresses must not look stable only because every child has the same.
func TestAgentPerturbsAddresses(t *testing.T) {
	w := startAgent(t)
	steps := texts("s = socket.socket()", "repr(s.recv)", "repr(spawn(len, ''))")
	seen := map[string]bool{}
	for i := range 3 {
		req := request(steps...)
		req.Perturbation = &subject.Perturbation{Index: i}
		for _, o := range mustRun(t, w, req)[1:] {
			seen[regexp.MustCompile(`0x[0-9a-f]+`).FindString(shown(o))] = true
		}
	}
	if len(seen) < 4 || seen[""] {
		t.Errorf("two objects in three runs showed only the addresses %v", seen)
	}
}

func TestAgentGivesEachBehaviourADirectory(t *testing.T) {
	w := startAgent(t)
	seen := map[string]bool{}
	for range 2 {
		req := request(texts("tmp('sock')", "s = socket.socket(socket.AF_UNIX)", "s.bind(tmp('sock'))", "os.stat(tmp('sock'))")...)
		steps := mustRun(t, w, req)
		path := steps[0].Returned.Text
		if !regexp.MustCompile(`^/tmp/pp[a-z]{8}/sock$`).MatchString(path) {
			t.Errorf("tmp('sock') is %q", path)
		}
		if got := shown(steps[3]); got != "('socket', 493)" {
			t.Errorf("the bound path is %s", got)
		}
		if _, err := os.Lstat(strings.TrimSuffix(path, "/sock")); !os.IsNotExist(err) {
			t.Errorf("the directory of %s is still there (%v)", path, err)
		}
		seen[path] = true
	}
	if len(seen) != 2 {
		t.Errorf("two behaviours got the same path: %v", seen)
	}
}

func TestAgentKeepsBehavioursApart(t *testing.T) {
	w := startAgent(t)
	mustRun(t, w, request(texts("leak = 1", "errno.leak = 2", "socket.leak = 3", "socket.setdefaulttimeout(4)")...))
	var got []string
	for _, o := range mustRun(t, w, request(texts("leak", "hasattr(errno, 'leak')", "hasattr(socket, 'leak')", "socket.getdefaulttimeout()")...)) {
		got = append(got, shown(o))
	}
	want := []string{`raised NameError("name 'leak' is not defined")`, "False", "False", "None"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAgentRefusesWhatItCannotRun(t *testing.T) {
	w := startAgent(t)
	tests := []struct {
		name, want string
		req        subject.Request
	}{
		{"a syntax error", "step 2 does not compile", request(texts("1", "1 +")...)},
		{"a def", "step 1 is not one expression or assignment", request(texts("def f(): pass")...)},
		{"two statements", "step 1 is not one expression or assignment", request(texts("1; 2")...)},
		{"no statement", "step 1 is not one expression or assignment", request(texts("# nothing")...)},
		{"an unknown module", "cannot import nosuchmodule: ModuleNotFoundError", subject.Request{
			Op: subject.OpRun, ID: "test.module", Modules: []string{"nosuchmodule"}, Steps: texts("1"), Limits: &generous,
		}},
		{"more than a message holds", "the observation of step 1 takes", request(texts("list(range(900000))")...)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := run(t, w, tt.req)
			if got.End != trace.EndRefused || !strings.Contains(got.Detail, tt.want) || len(got.Observations) > 0 {
				t.Errorf("ended with %s (%s) after %d steps, want refused (%s)", got.End, got.Detail, len(got.Observations), tt.want)
			}
		})
	}
	mustRun(t, w, request(texts("1")...))
}

func BenchmarkAgentBehaviour(b *testing.B) {
	w := startAgent(b)
	req := request(texts("a, b = socket.socketpair()", "a.send(b'x')", "b.recv(1)", "a.close()", "b.recv(1)", "b.close()")...)
	mustRun(b, w, req)
	for b.Loop() {
		mustRun(b, w, req)
	}
}
