package contract

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/harness/trace"
)

// matchOne compares one value with a contract that is made of two runs of one
// value each.
func matchOne(t *testing.T, first, second, got trace.Value) []Difference {
	t.Helper()
	return generalise(t, steps(1), runs(first, second)...).Match(steps(1), run(returned(got)))
}

func TestMatchValues(t *testing.T) {
	value := func(path, want, got string) Difference { return Difference{0, FacetValue, path, want, got} }
	state := func(path, want, got string) Difference { return Difference{0, FacetState, path, want, got} }
	addr := func(port int) trace.Value { return tuple(text("::1"), integer(port)) }
	sock := func(id int, port int) trace.Value { return object("socket.socket", id, field("port", integer(port))) }
	tests := []struct {
		name          string
		one, two, got trace.Value
		want          []Difference
	}{
		{"the same", none(), none(), none(), nil},
		{"another int", integer(1), integer(1), integer(2), []Difference{value("", "1", "2")}},
		{"another type", integer(1), integer(1), text("1"), []Difference{value("", "1", "'1'")}},
		{"bool is no int", integer(1), integer(1), trace.BoolValue(true), []Difference{value("", "1", "True")}},
		{"another bool", trace.BoolValue(true), trace.BoolValue(true), trace.BoolValue(false), []Difference{value("", "True", "False")}},
		{"tuple and list", tuple(), tuple(), list(), []Difference{value("", "()", "[]")}},
		{"bytes and bytearray", bytesOf("a"), bytesOf("a"), trace.BufferValue(trace.Bytearray, []byte("a")), []Difference{value("", "b'a'", "bytearray(b'a')")}},
		{"length", tuple(integer(1), integer(2)), tuple(integer(1), integer(2)), tuple(integer(1)), []Difference{value("", "(1, 2)", "(1,)")}},
		{"two items", list(integer(1), tuple(integer(2), text("a"))), list(integer(1), tuple(integer(2), text("a"))), list(integer(3), tuple(integer(2), text("b"))), []Difference{value("[0]", "1", "3"), value("[1][1]", "'a'", "'b'")}},
		{"dict", trace.SeqValue(trace.Dict, text("a"), integer(1)), trace.SeqValue(trace.Dict, text("a"), integer(1)), trace.SeqValue(trace.Dict, text("b"), integer(2)), []Difference{value(".keys()[0]", "'a'", "'b'"), value("['a']", "1", "2")}},
		{"digests", bytesOf(long("a")), bytesOf(long("a")), bytesOf(long("b")), []Difference{value("", "<bytes of 300 B, sha256 9835fa6b…>", "<bytes of 300 B, sha256 dccc1450…>")}},
		{"class", trace.NamedValue(trace.Class, "A"), trace.NamedValue(trace.Class, "A"), trace.NamedValue(trace.Class, "B"), []Difference{value("", "<class 'A'>", "<class 'B'>")}},

		{"enum member", trace.EnumValue("E", "A", integer(1)), trace.EnumValue("E", "A", integer(1)), trace.EnumValue("E", "B", integer(1)), []Difference{value("", "<E.A: 1>", "<E.B: 1>")}},
		{"enum value", trace.EnumValue("E", "A", integer(1)), trace.EnumValue("E", "A", integer(1)), trace.EnumValue("E", "A", integer(2)), []Difference{value("", "<E.A: 1>", "<E.A: 2>")}},
		{"enum class", trace.EnumValue("m.E", "A", integer(1)), trace.EnumValue("m.E", "A", integer(1)), trace.EnumValue("n.E", "A", integer(1)), []Difference{value("", "<E.A: 1> of m.E", "<E.A: 1> of n.E")}},
		{"enum and int", trace.EnumValue("m.E", "A", integer(1)), trace.EnumValue("m.E", "A", integer(1)), integer(1), []Difference{value("", "<E.A: 1>", "1")}},

		{"set in another order", setOf(integer(9), integer(10)), setOf(integer(9), integer(10)), setOf(integer(10), integer(9)), nil},
		{"set with another item", setOf(integer(9), integer(10)), setOf(integer(9), integer(10)), setOf(integer(10), integer(8)), []Difference{value("[0]", "9", "8")}},
		{"set with fewer items", setOf(integer(9)), setOf(integer(9)), setOf(), []Difference{value("", "{9}", "set()")}},
		{"set of variables", tuple(integer(1), setOf(text("a"), integer(1))), tuple(integer(2), setOf(text("a"), integer(2))), tuple(integer(7), setOf(text("a"), integer(7))), nil},
		{"set that needs another order", tuple(integer(3), setOf(integer(3), integer(8))), tuple(integer(4), setOf(integer(4), integer(9))), tuple(integer(7), setOf(integer(5), integer(7))), nil},

		{"identity", sock(0, 1), sock(0, 1), sock(1, 1), []Difference{value("", "<socket.socket #0>", "<socket.socket #1>")}},
		{"identity and state", sock(0, 1), sock(0, 1), sock(1, 2), []Difference{value("", "<socket.socket #0>", "<socket.socket #1>"), state(".port", "1", "2")}},
		{"object class", sock(0, 1), sock(0, 1), object("socket", 0), []Difference{value("", "<socket.socket #0>", "<socket #0>")}},
		{"state", sock(0, 1), sock(0, 1), sock(0, 2), []Difference{state(".port", "1", "2")}},
		{"nested state", object("C", 0, field("a", addr(1))), object("C", 0, field("a", addr(1))), object("C", 0, field("a", addr(2))), []Difference{state(".a[1]", "1", "2")}},
		{"attributes", object("C", 0, field("a", none()), field("c", none())), object("C", 0, field("a", none()), field("c", none())), object("C", 0, field("b", none()), field("c", integer(1))), []Difference{state(".a", "None", "absent"), state(".c", "None", "1"), state(".b", "absent", "None")}},
		{"state that is not shown", sock(0, 1), sock(0, 1), object("socket.socket", 0), []Difference{state("", "<socket.socket #0 port=1>", "<socket.socket #0> without state")}},

		{"variable", integer(1), integer(2), integer(-3), nil},
		{"variable of another type", integer(1), integer(2), text("3"), []Difference{value("", "⟨1⟩ (int)", "'3'")}},
		{"variable twice", tuple(integer(1), integer(1)), tuple(integer(2), integer(2)), tuple(integer(3), integer(3)), nil},
		{"variable twice, otherwise", tuple(integer(1), integer(1)), tuple(integer(2), integer(2)), tuple(integer(3), integer(4)), []Difference{value("[1]", "⟨1⟩ (= 3)", "4")}},
		{"float variable twice", tuple(trace.FloatValue(1), trace.FloatValue(1)), tuple(trace.FloatValue(2), trace.FloatValue(2)), tuple(trace.FloatValue(3), trace.FloatValue(4)), []Difference{value("[1]", "⟨1⟩ (= 3.0)", "4.0")}},
		{"two variables with one value", tuple(integer(1), integer(2)), tuple(integer(3), integer(4)), tuple(integer(5), integer(5)), nil},
		{"packed bytes", tuple(bytesOf("\x00\x01"), bytesOf("\x00\x01")), tuple(bytesOf("\x00\x02"), bytesOf("\x00\x02")), tuple(bytesOf("ab"), bytesOf("cd")), []Difference{value("[1]", "⟨1⟩ (= b'ab')", "b'cd'")}},
		{"packed bytes of another length", bytesOf("\x00\x01"), bytesOf("\x00\x02"), bytesOf("\x00"), []Difference{value("", "⟨1⟩ (bytes of length 2)", `b'\x00'`)}},
		{"digest variable", bytesOf(long("a")), bytesOf(long("b")), bytesOf(long("c")), nil},
		{"digest variable twice", tuple(bytesOf(long("a")), bytesOf(long("a"))), tuple(bytesOf(long("b")), bytesOf(long("b"))), tuple(bytesOf(long("a")), bytesOf(long("b"))), []Difference{value("[1]", "⟨1⟩ (= sha256:9835fa6b…)", "<bytes of 300 B, sha256 dccc1450…>")}},
		{"digest of another length", bytesOf(long("a")), bytesOf(long("b")), bytesOf(long("ab")), []Difference{value("", "⟨1⟩ (bytes of length 300)", "<bytes of 600 B, sha256 acb0f435…>")}},
		{"digest of text", bytesOf(long("a")), bytesOf(long("b")), text(long("a")), []Difference{value("", "⟨1⟩ (bytes of length 300)", "<str of 300 characters, sha256 9835fa6b…>")}},

		{"pattern", text("fd=1, n=1"), text("fd=22, n=22"), text("fd=x_3, n=x_3"), nil},
		{"pattern of another form", text("fd=1, n=1"), text("fd=22, n=22"), text("fd=3, m=3"), []Difference{value("", "'fd=⟨1⟩, n=⟨1⟩'", "'fd=3, m=3'")}},
		{"pattern with more", text("fd=1"), text("fd=22"), text("fd=3 "), []Difference{value("", "'fd=⟨1⟩'", "'fd=3 '")}},
		{"pattern with less", text("fd=1!"), text("fd=22!"), text("fd=3"), []Difference{value("", "'fd=⟨1⟩!'", "'fd=3'")}},
		{"pattern without its word", text("fd=1"), text("fd=22"), text("fd="), []Difference{value("", "'fd=⟨1⟩'", "'fd='")}},
		{"pattern with a sign for a word", text("fd=1"), text("fd=22"), text("fd=!"), []Difference{value("", "'fd=⟨1⟩'", "'fd=!'")}},
		{"pattern inside of a word", text("fd1"), text("fd2"), text("xyz"), nil},
		{"pattern of another type", text("fd=1"), text("fd=22"), bytesOf("fd=3"), []Difference{value("", "'fd=⟨1⟩'", "b'fd=3'")}},
		{"pattern with a conflict", text("fd=1, n=1"), text("fd=22, n=22"), text("fd=3, n=4"), []Difference{value("", "'fd=⟨1⟩, n=⟨1⟩' (⟨1⟩ = 3)", "'fd=3, n=4'")}},
		{"pattern and int", tuple(integer(1), text("n=1")), tuple(integer(2), text("n=2")), tuple(integer(3), text("n=03")), []Difference{value("[1]", "'n=⟨1⟩' (⟨1⟩ = 3)", "'n=03'")}},
		{"all goes on after a difference", list(text("a b"), integer(1), text("n=1")), list(text("a b"), integer(2), text("n=2")), list(text("a"), integer(3), text("n=4")), []Difference{value("[0]", "'a b'", "'a'"), value("[2]", "'n=⟨1⟩' (⟨1⟩ = 3)", "'n=4'")}},
		{"a pattern that does not fit binds nothing", list(text("n=1"), integer(1)), list(text("n=2"), integer(2)), list(text("m=7"), integer(8)), []Difference{value("[0]", "'n=⟨1⟩'", "'m=7'")}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, matchOne(t, tt.one, tt.two, tt.got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMatchExceptions(t *testing.T) {
	refused := osError("ConnectionRefusedError", 111, "Connection refused")
	plain := &trace.Exception{Class: "ValueError", Bases: []string{"Exception", "BaseException"}, Args: []trace.Value{text("x")}, Text: text("x")}
	bases := osError("ConnectionRefusedError", 111, "Connection refused")
	bases.Bases = []string{"OSError"}
	noStrerror := osError("ConnectionRefusedError", 111, "Connection refused")
	none := trace.NoneValue()
	noStrerror.Strerror = &none
	oneArg := osError("ConnectionRefusedError", 111, "Connection refused")
	oneArg.Args = oneArg.Args[:1]
	tests := []struct {
		name string
		got  trace.Observation
		want []Difference
	}{
		{"the same", raises(osError("ConnectionRefusedError", 111, "Connection refused")), nil},
		{"another errno", raises(osError("OSError", 113, "No route to host")), []Difference{
			{0, FacetClass, "", "ConnectionRefusedError", "OSError"},
			{0, FacetErrno, ".errno", "111", "113"},
			{0, FacetValue, ".args[0]", "111", "113"},
			{0, FacetValue, ".args[1]", "'Connection refused'", "'No route to host'"},
			{0, FacetText, ".strerror", "'Connection refused'", "'No route to host'"},
			{0, FacetText, "", "'[Errno 111] Connection refused'", "'[Errno 113] No route to host'"},
		}},
		{"another message", raises(osError("ConnectionRefusedError", 111, "refused")), []Difference{
			{0, FacetValue, ".args[1]", "'Connection refused'", "'refused'"},
			{0, FacetText, ".strerror", "'Connection refused'", "'refused'"},
			{0, FacetText, "", "'[Errno 111] Connection refused'", "'[Errno 111] refused'"},
		}},
		{"no OSError", raises(plain), []Difference{
			{0, FacetClass, "", "ConnectionRefusedError", "ValueError"},
			{0, FacetErrno, ".errno", "111", "absent"},
			{0, FacetValue, ".args", "(111, 'Connection refused')", "('x',)"},
			{0, FacetText, ".strerror", "'Connection refused'", "absent"},
			{0, FacetText, "", "'[Errno 111] Connection refused'", "'x'"},
		}},
		{"bases", raises(bases), []Difference{{0, FacetClass, ".__mro__", "[OSError Exception BaseException]", "[OSError]"}}},
		{"strerror is None", raises(noStrerror), []Difference{{0, FacetText, ".strerror", "'Connection refused'", "None"}}},
		{"one argument", raises(oneArg), []Difference{{0, FacetValue, ".args", "(111, 'Connection refused')", "(111,)"}}},
		{"returned", returned(integer(111)), []Difference{{0, FacetOutcome, "", "raised ConnectionRefusedError(111, 'Connection refused')", "returned 111"}}},
		{"not run", trace.Observation{NotRun: "s"}, []Difference{{0, FacetOutcome, "", "raised ConnectionRefusedError(111, 'Connection refused')", "not run, for want of s"}}},
		{"nothing", trace.Observation{}, []Difference{{0, FacetOutcome, "", "raised ConnectionRefusedError(111, 'Connection refused')", "returned absent"}}},
		{"a warning too", trace.Observation{Raised: osError("ConnectionRefusedError", 111, "refused"), Warnings: []trace.Warning{warning("W", "x")}}, []Difference{
			{0, FacetValue, ".args[1]", "'Connection refused'", "'refused'"},
			{0, FacetWarnings, "", "no warnings", "W('x')"},
			{0, FacetText, ".strerror", "'Connection refused'", "'refused'"},
			{0, FacetText, "", "'[Errno 111] Connection refused'", "'[Errno 111] refused'"},
		}},
	}
	c := generalise(t, steps(1), run(raises(refused)), run(raises(refused)))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, c.Match(steps(1), run(tt.got))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMatchAnExceptionInsideAValue(t *testing.T) {
	in := func(e *trace.Exception) trace.Value {
		return object("C", 0, field("peer", trace.Value{Kind: trace.Raised, Exception: e}))
	}
	one := in(osError("OSError", 107, "x"))
	got := matchOne(t, one, one, in(osError("OSError", 9, "x")))
	want := []Difference{
		{0, FacetState, ".peer.args[0]", "107", "9"},
		{0, FacetState, ".peer.errno", "107", "9"},
		{0, FacetState, ".peer", "'[Errno 107] x'", "'[Errno 9] x'"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestMatchNotRun(t *testing.T) {
	missing := run(trace.Observation{NotRun: "a"})
	c := generalise(t, steps(1), missing, missing)
	if found := c.Match(steps(1), missing); len(found) > 0 {
		t.Errorf("%+v", found)
	}
	want := []Difference{{0, FacetOutcome, "", "not run, for want of a", "not run, for want of b"}}
	if diff := cmp.Diff(want, c.Match(steps(1), run(trace.Observation{NotRun: "b"}))); diff != "" {
		t.Error(diff)
	}
}

func TestMatchWarnings(t *testing.T) {
	a, b := warning("A", "x"), warning("B", "x")
	tests := []struct {
		name      string
		want, got []trace.Warning
		found     []Difference
	}{
		{"the same", []trace.Warning{a, b}, []trace.Warning{a, b}, nil},
		{"none", []trace.Warning{a}, nil, []Difference{{0, FacetWarnings, "", "A('x')", "no warnings"}}},
		{"more", []trace.Warning{a}, []trace.Warning{a, b}, []Difference{{0, FacetWarnings, "", "A('x')", "A('x'), B('x')"}}},
		{"order", []trace.Warning{a, b}, []trace.Warning{b, a}, []Difference{{0, FacetWarnings, "warnings[0]", "A('x')", "B('x')"}, {0, FacetWarnings, "warnings[1]", "B('x')", "A('x')"}}},
		{"text", []trace.Warning{a}, []trace.Warning{warning("A", "y")}, []Difference{{0, FacetText, "warnings[0]", "'x'", "'y'"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			reference := run(returned(none(), tt.want...))
			c := generalise(t, steps(1), reference, reference)
			if diff := cmp.Diff(tt.found, c.Match(steps(1), run(returned(none(), tt.got...)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMatchWarningsOfCollectedObjects(t *testing.T) {
	leak := func(fd, port string) trace.Warning {
		return warning("ResourceWarning", "unclosed <fd="+fd+" port="+port+">")
	}
	collects := []bool{false, false, true, false}
	// Two sockets whose ports are known from step 0; one is never collected
	// before the last step.
	four := func(port1, port2 int, step0, step1, step2, step3 []trace.Warning) trace.Trace {
		return run(
			returned(tuple(integer(port1), integer(port2)), step0...), returned(none(), step1...),
			returned(none(), step2...), returned(none(), step3...),
		)
	}
	of := func(ws ...trace.Warning) []trace.Warning { return ws }
	c := generalise(
		t, collects,
		four(5001, 5002, nil, of(leak("3", "5001")), of(leak("4", "5002")), nil),
		four(6001, 6002, nil, of(leak("9", "6001")), of(leak("10", "6002")), nil),
	)
	tests := []struct {
		name string
		got  trace.Trace
		want []Difference
	}{
		{"earlier", four(1, 2, of(leak("7", "1"), leak("8", "2")), nil, nil, nil), nil},
		{"all at once", four(1, 2, nil, nil, of(leak("7", "1"), leak("8", "2")), nil), nil},
		{"in another order", four(1, 2, nil, of(leak("8", "2")), of(leak("7", "1")), nil), nil},
		{"with descriptors the other way round", four(1, 2, nil, of(leak("8", "1")), of(leak("7", "2")), nil), nil},
		{"one more at the end", four(1, 2, nil, of(leak("7", "1")), of(leak("8", "2")), of(leak("9", "9"))), nil},
		{"one too late", four(1, 2, nil, of(leak("7", "1")), nil, of(leak("8", "2"))), []Difference{
			{2, FacetWarnings, "", "ResourceWarning('unclosed <fd=⟨3⟩ port=⟨1⟩>'), ResourceWarning('unclosed <fd=⟨4⟩ port=⟨2⟩>')", "ResourceWarning('unclosed <fd=7 port=1>')"},
		}},
		{"of another socket", four(1, 2, nil, of(leak("7", "1")), of(leak("8", "5")), nil), []Difference{
			{2, FacetText, "warnings[1]", "'unclosed <fd=⟨4⟩ port=⟨2⟩>' (⟨2⟩ = 2)", "'unclosed <fd=8 port=5>'"},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, c.Match(collects, tt.got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMatchEnds(t *testing.T) {
	three := func() []trace.Observation {
		return []trace.Observation{returned(integer(1)), returned(integer(2)), returned(integer(3))}
	}
	cut := func(n int, end trace.End) trace.Trace {
		tr := run(three()...)
		tr.Observations, tr.End = tr.Observations[:n], end
		return tr
	}
	wrong := cut(2, trace.EndHang)
	wrong.Observations[0] = returned(integer(9))
	twice := run(three()...)
	twice.Observations = append(twice.Observations, twice.Observations[1], trace.Observation{Step: 7, NotRun: "x"})
	tests := []struct {
		name string
		got  trace.Trace
		want []Difference
	}{
		{"done", cut(3, trace.EndDone), nil},
		{"hang at the second step", cut(1, trace.EndHang), []Difference{{1, FacetEnd, "", "done", "hang"}}},
		{"crash after the last step", cut(3, trace.EndCrash), []Difference{{3, FacetEnd, "", "done", "crash"}}},
		{"refused", cut(0, trace.EndRefused), []Difference{{0, FacetEnd, "", "done", "refused"}}},
		{"wrong, then hang", wrong, []Difference{{0, FacetValue, "", "1", "9"}, {2, FacetEnd, "", "done", "hang"}}},
		{"a step is missing", cut(2, trace.EndDone), []Difference{{2, FacetOutcome, "", "returned 3", "absent"}}},
		{"steps that there are not", twice, []Difference{{1, FacetOutcome, "", "absent", "returned 2"}, {7, FacetOutcome, "", "absent", "not run, for want of x"}}},
	}
	c := generalise(t, steps(3), run(three()...), run(three()...))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, c.Match(steps(3), tt.got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMatchDoesNotChangeTheContract(t *testing.T) {
	c := generalise(t, steps(1), runs(tuple(integer(1), integer(1)), tuple(integer(2), integer(2)))...)
	for i := range 3 {
		if found := c.Match(steps(1), run(returned(tuple(integer(i), integer(i))))); len(found) > 0 {
			t.Errorf("%+v", found)
		}
	}
}

// Twenty items that all fit each other, and one that fits none: trying every
// order would take longer than anybody waits.
func TestMatchGivesUpTheSearchForAnOrder(t *testing.T) {
	items := func(from int, last string) trace.Value {
		all := []trace.Value{tuple(text(last), integer(0))}
		for i := range 20 {
			all = append(all, tuple(text("x"), integer(from+i)))
		}
		return setOf(all...)
	}
	want := []Difference{{0, FacetValue, "[20][0]", "'y'", "'z'"}}
	if diff := cmp.Diff(want, matchOne(t, items(0, "y"), items(100, "y"), items(200, "z"))); diff != "" {
		t.Error(diff)
	}
}

func TestCheckDurations(t *testing.T) {
	took := func(d time.Duration) trace.Observation {
		o := returned(none())
		o.Took = d
		return o
	}
	second := &behaviour.Bounds{Min: time.Second, Max: 1500 * time.Millisecond}
	got := CheckDurations(
		[]*behaviour.Bounds{second, second, second, second, nil, second},
		run(took(time.Second), took(999_999*time.Microsecond), took(1500*time.Millisecond), took(1500001*time.Microsecond), took(time.Hour), trace.Observation{NotRun: "x"}, took(0)),
	)
	want := []Difference{
		{1, FacetDuration, "", "1 to 1.5 s", "0.999999 s"},
		{3, FacetDuration, "", "1 to 1.5 s", "1.500001 s"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
