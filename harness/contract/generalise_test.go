package contract

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pyparity/pyparity/harness/trace"
)

func long(s string) string { return strings.Repeat(s, 300) }

func TestGeneraliseValues(t *testing.T) {
	digest := trace.BytesValue([]byte(long("a")))
	tests := []struct {
		name string
		runs []trace.Trace
		want trace.Value
	}{
		{"the same int", runs(integer(5), integer(5)), integer(5)},
		{"another int", runs(integer(5), integer(6)), variable(1, trace.Int, 0)},
		{"three ints", runs(integer(5), integer(5), integer(6)), variable(1, trace.Int, 0)},
		{"another float", runs(trace.FloatValue(.5), trace.FloatValue(2)), variable(1, trace.Float, 0)},
		{"one variable twice", runs(tuple(integer(5), integer(5)), tuple(integer(6), integer(6))), tuple(variable(1, trace.Int, 0), variable(1, trace.Int, 0))},
		{"two variables", runs(tuple(integer(5), integer(7)), tuple(integer(6), integer(8))), tuple(variable(1, trace.Int, 0), variable(2, trace.Int, 0))},
		{"equal in one run only", runs(tuple(integer(5), integer(5)), tuple(integer(6), integer(7))), tuple(variable(1, trace.Int, 0), variable(2, trace.Int, 0))},
		{"text", runs(text("fd=5, x"), text("fd=16, x")), pattern(trace.Str, "fd=", 1, ", x")},
		{"text that is one word", runs(text("abc_1"), text("d")), pattern(trace.Str, 1)},
		{"int and word", runs(list(integer(5), text("[5]")), list(integer(6), text("[6]"))), list(variable(1, trace.Int, 0), pattern(trace.Str, "[", 1, "]"))},
		{"words beyond ASCII", runs(text("é1-"), text("ü2-")), pattern(trace.Str, 1, "-")},
		{"lone surrogates stay", runs(text("\xed\xb2\x80 1"), text("\xed\xb2\x80 2")), pattern(trace.Str, "\xed\xb2\x80 ", 1)},
		{"bytes that are text", runs(bytesOf("GET /5"), bytesOf("GET /16")), pattern(trace.Bytes, "GET /", 1)},
		{"packed bytes", runs(bytesOf("\x9cA"), bytesOf("\x9dB")), variable(1, trace.Bytes, 2)},
		{"packed bytes with a word by chance", runs(bytesOf("\x9cA"), bytesOf("\x9cB")), variable(1, trace.Bytes, 2)},
		{"a path in bytes that are no text", runs(bytesOf("/tmp/ab1c/\xff"), bytesOf("/tmp/defgh/\xff")), pattern(trace.Bytes, "/tmp/", 1, "/\xff")},
		{"bytes of another form", runs(bytesOf("a-b"), bytesOf("abc")), variable(1, trace.Bytes, 3)},
		{"bytearray", runs(trace.BufferValue(trace.Bytearray, []byte("\x00")), trace.BufferValue(trace.Bytearray, []byte("\x01"))), variable(1, trace.Bytearray, 1)},
		{"the same digest", runs(digest, digest), digest},
		{"another digest", runs(digest, trace.BytesValue([]byte(long("b")))), variable(1, trace.Bytes, 300)},
		{"another digest of text", runs(text(long("é")), text(long("ü"))), variable(1, trace.Str, 300)},
		{"dict", runs(trace.SeqValue(trace.Dict, text("a"), integer(1)), trace.SeqValue(trace.Dict, text("a"), integer(2))), trace.SeqValue(trace.Dict, text("a"), variable(1, trace.Int, 0))},
		{"set", runs(setOf(integer(10), integer(9)), setOf(integer(11), integer(12))), setOf(variable(1, trace.Int, 0), variable(2, trace.Int, 0))},
		{"state", runs(object("C", 0, field("n", integer(1))), object("C", 0, field("n", integer(2)))), object("C", 0, field("n", variable(1, trace.Int, 0)))},
		{"object without state", runs(object("C", 0), object("C", 0)), object("C", 0)},
		{"exception inside", runs(
			trace.Value{Kind: trace.Raised, Exception: &trace.Exception{Class: "E", Args: []trace.Value{integer(1)}, Text: text("1")}},
			trace.Value{Kind: trace.Raised, Exception: &trace.Exception{Class: "E", Args: []trace.Value{integer(2)}, Text: text("2")}},
		), trace.Value{Kind: trace.Raised, Exception: &trace.Exception{Class: "E", Args: []trace.Value{variable(1, trace.Int, 0)}, Text: pattern(trace.Str, 1)}}},
		{"names", runs(trace.NamedValue(trace.Class, "A"), trace.NamedValue(trace.Class, "A")), trace.NamedValue(trace.Class, "A")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := generalise(t, steps(1), tt.runs...)
			if diff := cmp.Diff(tt.want, *c.Steps[0].Returned); diff != "" {
				t.Error(diff)
			}
			for i, r := range tt.runs {
				if found := c.Match(steps(1), r); len(found) > 0 {
					t.Errorf("run %d does not meet the contract: %+v", i, found)
				}
			}
		})
	}
}

func TestGeneraliseNumbersVariablesByFirstAppearance(t *testing.T) {
	three := func(a, b, c int) trace.Trace {
		e := osError("OSError", 5, "at "+integer(b).Text)
		return run(returned(integer(a)), raises(e), returned(none(), warning("W", "of "+integer(c).Text)))
	}
	c := generalise(t, steps(3), three(1, 2, 3), three(4, 5, 6))
	if c.Variables != 3 {
		t.Errorf("%d variables, want 3", c.Variables)
	}
	if diff := cmp.Diff(variable(1, trace.Int, 0), *c.Steps[0].Returned); diff != "" {
		t.Error(diff)
	}
	e := c.Steps[1].Raised
	for _, got := range []trace.Value{e.Args[1], *e.Strerror} {
		if diff := cmp.Diff(pattern(trace.Str, "at ", 2), got); diff != "" {
			t.Error(diff)
		}
	}
	if diff := cmp.Diff(pattern(trace.Str, "[Errno 5] at ", 2), e.Text); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]trace.Warning{{Class: "W", Text: pattern(trace.Str, "of ", 3)}}, c.Steps[2].Warnings); diff != "" {
		t.Error(diff)
	}
	if c.Steps[0].Took != 0 {
		t.Error("a contract holds how long a step took")
	}
}

func TestGeneraliseRefusesWhatDiffersInShape(t *testing.T) {
	other := osError("OSError", 5, "x")
	other.Bases = nil
	short := osError("OSError", 5, "x")
	short.Args = short.Args[:1]
	bare := osError("OSError", 5, "x")
	bare.Strerror = nil
	hung := trace.Trace{End: trace.EndHang}
	tests := []struct {
		name string
		runs []trace.Trace
		want string
	}{
		{"type", runs(integer(1), none()), "step 1: the reference's runs differ in type: int and none"},
		{"bool", runs(trace.BoolValue(true), trace.BoolValue(false), trace.BoolValue(true)), "step 1: the reference's runs differ in value: True and False"},
		{"length", runs(list(integer(1)), list()), "step 1: the reference's runs differ in length: 1 and 0"},
		{"length inside", runs(list(tuple()), list(tuple(none()))), "step 1 at [0]: the reference's runs differ in length: 0 and 1"},
		{"inside a dict", runs(trace.SeqValue(trace.Dict, text("a"), none()), trace.SeqValue(trace.Dict, text("a"), text(""))), "step 1 at ['a']: the reference's runs differ in type: none and str"},
		{"a dict's key", runs(trace.SeqValue(trace.Dict, none(), none()), trace.SeqValue(trace.Dict, text("a"), none())), "step 1 at .keys()[0]: the reference's runs differ in type: none and str"},
		{"form of a text", runs(text("a b"), text("a-b")), "step 1: the reference's runs differ in the form of the text: 'a b' and 'a-b'"},
		{"number of tokens", runs(text("5"), text("-5")), "step 1: the reference's runs differ in the form of the text: '5' and '-5'"},
		{"length of bytes", runs(bytesOf("\x00"), bytesOf("\x00\x00")), `step 1: the reference's runs differ in length: b'\x00' and b'\x00\x00'`},
		{"length of digests", runs(bytesOf(long("a")), bytesOf(long("ab"))), "step 1: the reference's runs differ in length: bytes of 300 and bytes of 600"},
		{"kind of digests", runs(bytesOf(long("a")), text(long("a"))), "step 1: the reference's runs differ in length: bytes of 300 and str of 300"},
		{"inline and digest", runs(bytesOf(long("a")), bytesOf("a")), "step 1: the reference's runs differ in type: digest and bytes"},
		{"class", runs(trace.NamedValue(trace.Class, "A"), trace.NamedValue(trace.Class, "B")), "step 1: the reference's runs differ in value: <class 'A'> and <class 'B'>"},
		{"callable", runs(trace.NamedValue(trace.Callable, "a"), trace.NamedValue(trace.Callable, "b")), "step 1: the reference's runs differ in value: <callable 'a'> and <callable 'b'>"},
		{"enum", runs(trace.EnumValue("E", "A", integer(1)), trace.EnumValue("E", "B", integer(2))), "step 1: the reference's runs differ in value: <E.A: 1> and <E.B: 2>"},
		{"identity", runs(object("C", 0), object("C", 1)), "step 1: the reference's runs differ in object: <C #0> and <C #1>"},
		{"attributes", runs(object("C", 0, field("a", none())), object("C", 0, field("b", none()))), "step 1: the reference's runs differ in public attributes: a and b"},
		{"state not shown", runs(object("C", 0, field("a", none())), object("C", 0)), "step 1: the reference's runs differ in public attributes: a and not shown"},
		{"an attribute", runs(object("C", 0, field("a", none())), object("C", 0, field("a", integer(1)))), "step 1 at .a: the reference's runs differ in type: none and int"},
		{"outcome", []trace.Trace{run(returned(none())), run(raises(other))}, "step 1: the reference's runs differ in outcome: returned and raised"},
		{"not run", []trace.Trace{run(trace.Observation{NotRun: "a"}), run(trace.Observation{NotRun: "b"})}, "step 1: the reference's runs differ in outcome: not run for want of a and not run for want of b"},
		{"exception class", []trace.Trace{run(raises(osError("A", 5, "x"))), run(raises(osError("B", 5, "x")))}, "step 1: the reference's runs differ in exception class: A and B"},
		{"bases", []trace.Trace{run(raises(osError("OSError", 5, "x"))), run(raises(other))}, "step 1 at .__mro__: the reference's runs differ in base classes: OSError, Exception, BaseException and "},
		{"errno", []trace.Trace{run(raises(osError("A", 5, "x"))), run(raises(osError("A", 6, "x")))}, "step 1 at .errno: the reference's runs differ in errno: 5 and 6"},
		{"arguments", []trace.Trace{run(raises(osError("OSError", 5, "x"))), run(raises(short))}, "step 1 at .args: the reference's runs differ in number of arguments: 2 and 1"},
		{"strerror", []trace.Trace{run(raises(osError("OSError", 5, "x"))), run(raises(bare))}, "step 1 at .strerror: the reference's runs differ in strerror: true and false"},
		{"an argument", []trace.Trace{run(raises(osError("OSError", 5, "x"))), run(raises(osError("OSError", 5, "-")))}, "step 1 at .args[1]: the reference's runs differ in the form of the text: 'x' and '-'"},
		{"warnings", []trace.Trace{run(returned(none(), warning("W", "x"))), run(returned(none()))}, "step 1: the reference's runs differ in warnings: W and none"},
		{"a warning's text", []trace.Trace{run(returned(none(), warning("W", "x"))), run(returned(none(), warning("W", "-")))}, "step 1 at warnings[0]: the reference's runs differ in the form of the text: 'x' and '-'"},
		{"end", []trace.Trace{run(returned(none())), hung}, "step 1: the reference's runs differ in their ends: done and hang"},
		{"the same bad end", []trace.Trace{hung, hung}, "step 1: the reference's runs differ in their ends: hang"},
		{"too few", []trace.Trace{run(), run()}, "step 1: the reference's runs differ in their number of observations: 0"},
		{"too many", []trace.Trace{run(returned(none())), run(returned(none()), returned(none()))}, "step 2: the reference's runs differ in their number of observations: 1 and 2"},
		{"order", []trace.Trace{run(returned(none())), {Observations: []trace.Observation{{Step: 3, NotRun: "x"}}, End: trace.EndDone}}, "step 1: the reference's runs differ in their observations of steps: 1 and 4"},
		{"nothing observed", []trace.Trace{run(returned(none())), run(trace.Observation{})}, "step 1: the reference's runs differ in their observations of steps: 1 and 1 (empty)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := Generalise(steps(1), tt.runs)
			var unstable *UnstableError
			if !errors.As(err, &unstable) {
				t.Fatalf("contract %+v, error %v", c, err)
			}
			if err.Error() != tt.want {
				t.Errorf("error %q, want %q", err, tt.want)
			}
			if len(unstable.Values) != len(tt.runs) {
				t.Errorf("%d values for %d runs", len(unstable.Values), len(tt.runs))
			}
		})
	}
}

func TestGeneraliseTakesTwoRuns(t *testing.T) {
	if _, err := Generalise(steps(1), runs(none())); err == nil || err.Error() != "a contract takes two runs or more, not 1" {
		t.Errorf("error %v", err)
	}
}

func TestGeneraliseRefusesVariables(t *testing.T) {
	_, err := Generalise(steps(1), runs(variable(1, trace.Int, 0), variable(1, trace.Int, 0)))
	if err == nil || err.Error() != `step 1: a run of the reference cannot hold a value of kind "var"` {
		t.Errorf("error %v", err)
	}
}

func TestTokensJoinToTheText(t *testing.T) {
	for _, s := range []string{"", "a", "a b_1-é!", "\xed\xb2\x80x", "\xff\xfe", "٣a "} {
		for _, kind := range []trace.Kind{trace.Str, trace.Bytes} {
			cut := tokens(kind, s)
			if got := strings.Join(cut, ""); got != s {
				t.Errorf("tokens(%s, %q) join to %q", kind, s, got)
			}
			for from := range cut {
				for to := from; to <= len(cut); to++ {
					again := tokens(kind, strings.Join(cut[from:to], ""))
					if strings.Join(again, "|") != strings.Join(cut[from:to], "|") {
						t.Errorf("tokens(%s, %q)[%d:%d] are cut again into %q", kind, s, from, to, again)
					}
				}
			}
		}
	}
	if got := tokens(trace.Bytes, "é"); len(got) != 2 {
		t.Errorf("bytes beyond ASCII are words: %q", got)
	}
}

func TestResourceWarningsMoveToWhereTheyAreCompared(t *testing.T) {
	leak := func(fd string) trace.Warning { return warning("ResourceWarning", "unclosed fd="+fd) }
	early := run(returned(none(), warning("W", "1"), leak("10")), returned(none(), leak("9")), returned(none(), warning("W", "2")), returned(none(), leak("3")), returned(none()), returned(none(), leak("4")))
	collects := []bool{false, false, true, false, true, false}
	got := Normalise(collects, early)
	want := [][]trace.Warning{{warning("W", "1")}, nil, {warning("W", "2"), leak("9"), leak("10")}, nil, {leak("3")}, nil}
	for i, o := range got.Observations {
		if diff := cmp.Diff(want[i], o.Warnings); diff != "" {
			t.Errorf("step %d: %s", i, diff)
		}
	}
	if len(early.Observations[0].Warnings) != 2 {
		t.Error("the given trace was changed")
	}
	late := run(returned(none(), warning("W", "1")), returned(none()), returned(none(), leak("10"), leak("9"), warning("W", "2")), returned(none()), returned(none(), leak("3")), returned(none()))
	if diff := cmp.Diff(got.Observations, Normalise(collects, late).Observations); diff != "" {
		t.Error(diff)
	}
}
