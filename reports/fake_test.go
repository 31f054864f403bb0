package reports

import (
	"fmt"
	"time"

	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/harness/contract"
	"github.com/pyparity/pyparity/harness/known"
	"github.com/pyparity/pyparity/harness/trace"
)

// hostile is text that would break out of HTML, a script, a terminal, XML,
// Markdown or a table, wherever it is not escaped.
const hostile = "</script></noscript><b>&amp;\x1b[31m|`\u202e\x00]]>"

func returned(step int, v trace.Value) trace.Observation {
	return trace.Observation{Step: step, Returned: &v, Took: 120 * time.Microsecond}
}

func raised(step int, class string, errno int64, text string) trace.Observation {
	e := &trace.Exception{
		Class: class, Bases: []string{"OSError", "Exception", "BaseException"},
		Args: []trace.Value{trace.IntValue(errno), trace.StrValue(text)},
		Text: trace.StrValue(fmt.Sprintf("[Errno %d] %s", errno, text)),
	}
	number, message := trace.IntValue(errno), trace.StrValue(text)
	e.Errno, e.Strerror = &number, &message
	return trace.Observation{Step: step, Raised: e, Took: 80 * time.Microsecond}
}

func enum(class, name string, value int64) trace.Value {
	return trace.EnumValue("socket."+class, name, trace.IntValue(value))
}

func socketValue(id int, timeout trace.Value) trace.Value {
	return trace.Value{Kind: trace.Object, Class: "socket.socket", ID: id, State: []trace.Field{
		{Name: "family", Value: enum("AddressFamily", "AF_INET", 2)},
		{Name: "proto", Value: trace.IntValue(0)},
		{Name: "timeout", Value: timeout},
		{Name: "type", Value: enum("SocketKind", "SOCK_STREAM", 1)},
	}}
}

func address(port trace.Value) trace.Value {
	return trace.SeqValue(trace.Tuple, trace.StrValue("127.0.0.1"), port)
}

func portVar() trace.Value { return trace.Value{Kind: trace.Var, ID: 1, Of: trace.Int} }

// refused is a behaviour with a variable, a warning and two exceptions.
func refused(name, file string) *behaviour.Behaviour {
	texts := []string{
		"gone = socket.socket()",
		`gone.bind(("127.0.0.1", 0))`,
		"addr = gone.getsockname()",
		"gone.close()",
		"s = socket.socket()",
		"s.connect_ex(addr)",
		"s.connect(addr)",
		"s.getpeername()",
	}
	b := &behaviour.Behaviour{
		ID: file + "." + name, Sentence: "connect_ex returns ECONNREFUSED where connect raises ConnectionRefusedError.",
		Area: "Connecting: connect, connect_ex.", Path: "fixtures/behaviours/" + file + ".py", Line: 3,
		Requires: []behaviour.Requirement{{Capability: "ipv4"}, {Op: ">=", Version: "3.9"}},
		Tags:     []string{"refused"}, See: []string{"socket.socket.connect_ex"},
		Touches: []string{"bind", "close", "connect", "connect_ex", "getpeername", "getsockname", "socket.socket"},
		Aliases: []string{file + ".old_" + name},
	}
	for i, text := range texts {
		b.Steps = append(b.Steps, behaviour.Step{Text: text, Line: 6 + i})
	}
	return b
}

// refusedTrace is what a right subject does with refused.
func refusedTrace(port trace.Value) []trace.Observation {
	closing := returned(3, trace.NoneValue())
	closing.Warnings = []trace.Warning{{Class: "DeprecationWarning", Text: trace.StrValue("close is old")}}
	return []trace.Observation{
		returned(0, socketValue(0, trace.NoneValue())),
		returned(1, trace.NoneValue()),
		returned(2, address(port)),
		closing,
		returned(4, socketValue(1, trace.NoneValue())),
		returned(5, trace.IntValue(111)),
		raised(6, "ConnectionRefusedError", 111, "Connection refused"),
		raised(7, "OSError", 107, "Transport endpoint is not connected"),
	}
}

func contractOf(observations []trace.Observation) *contract.Contract {
	c := &contract.Contract{Variables: 1}
	for _, o := range observations {
		o.Took = 0
		c.Steps = append(c.Steps, contract.Expectation{Observation: o})
	}
	return c
}

// matching is a result with everything right, against a live CPython.
func matching(b *behaviour.Behaviour, subject, python string) harness.Result {
	return harness.Result{
		Behaviour: b, Subject: subject, Python: python, Verdict: harness.Match, Took: 3 * time.Millisecond,
		Contract:  contractOf(refusedTrace(portVar())),
		Reference: &trace.Trace{End: trace.EndDone, Observations: refusedTrace(trace.IntValue(40001))},
		Trace:     &trace.Trace{End: trace.EndDone, Observations: refusedTrace(trace.IntValue(51234))},
	}
}

// differing gets connect_ex and connect wrong.
func differing(b *behaviour.Behaviour, subject, python string) harness.Result {
	r := matching(b, subject, python)
	r.Verdict = harness.Differ
	r.Trace.Observations[5] = returned(5, trace.IntValue(113))
	r.Trace.Observations[6] = raised(6, "OSError", 113, "No route to host")
	r.Differences = []contract.Difference{
		{Step: 5, Facet: contract.FacetValue, Want: "111", Got: "113"},
		{Step: 6, Facet: contract.FacetClass, Want: "ConnectionRefusedError", Got: "OSError"},
		{Step: 6, Facet: contract.FacetErrno, Want: "111", Got: "113"},
	}
	return r
}

// ending stops at step 5.
func ending(b *behaviour.Behaviour, subject, python string, verdict harness.Verdict, end trace.End, detail string) harness.Result {
	r := matching(b, subject, python)
	r.Verdict, r.Reason = verdict, detail
	r.Trace.Observations = r.Trace.Observations[:5]
	r.Trace.End, r.Trace.Detail = end, detail
	r.Trace.Stderr = "Fatal Python error: " + hostile + "\nCurrent thread 0x00007f (most recent call first):\n"
	r.Differences = []contract.Difference{{Step: 5, Facet: contract.FacetEnd, Want: "done", Got: string(end)}}
	return r
}

func entry(b *behaviour.Behaviour) *known.Entry {
	return &known.Entry{
		ID: b.ID, Subject: "go", Python: []string{"3.13"}, Facet: contract.FacetValue, Want: "111", Got: "113",
		Reason: "the kernel's answer is taken as it is", Link: "https://docs.python.org/3/library/socket.html",
	}
}

func withoutTrace(b *behaviour.Behaviour, subject, python string, verdict harness.Verdict, reason string) harness.Result {
	return harness.Result{Behaviour: b, Subject: subject, Python: python, Verdict: verdict, Reason: reason}
}

// everyVerdict is one result for each verdict, with texts that need escaping
// among them.
func everyVerdict(subject, python string) []harness.Result {
	named := func(name string) *behaviour.Behaviour { return refused(name, "connect") }
	declared := differing(named("known_difference"), subject, python)
	declared.Verdict, declared.Known = harness.Known, entry(declared.Behaviour)
	declared.Differences = declared.Differences[:1]
	gone := matching(named("fixed_difference"), subject, python)
	gone.Verdict, gone.Known = harness.Fixed, entry(gone.Behaviour)
	gone.Reason = "known.json:3 declares a difference that is no longer there"
	drifted := matching(named("drifted"), subject, python)
	drifted.Drifted = true
	nasty := differing(named("hostile_text"), subject, python)
	nasty.Behaviour.Sentence = "Text is escaped: " + hostile
	nasty.Behaviour.Steps[5].Text = "s.connect_ex(" + hostile + ")"
	nasty.Trace.Observations[5] = returned(5, trace.StrValue(hostile))
	nasty.Differences[0].Got = hostile
	return []harness.Result{
		matching(named("match"), subject, python),
		drifted,
		differing(named("differ"), subject, python),
		nasty,
		declared,
		gone,
		withoutTrace(named("unsupported"), subject, python, harness.Unsupported, "needs ipv6, which this machine lacks"),
		ending(named("hang"), subject, python, harness.Hang, trace.EndHang, "no answer within 5s"),
		ending(named("crash"), subject, python, harness.Crash, trace.EndCrash, "signal 11 (segmentation fault)"),
		withoutTrace(named("unstable"), subject, python, harness.ReferenceUnstable, "step 3 returned lists of different lengths"),
		withoutTrace(named("harness_error"), subject, python, harness.HarnessError, "the container is gone"),
		withoutTrace(named("not_run"), subject, python, harness.NotRun, "the run ended before"),
	}
}

// everyKind is a behaviour whose steps return every kind of value.
func everyKind(subject, python string) harness.Result {
	b := &behaviour.Behaviour{
		ID: "values.every_kind", Sentence: "Every kind of value is shown.", Area: "Values.", Path: "values.py", Line: 1,
	}
	values := []trace.Value{
		trace.NoneValue(), trace.BoolValue(true), trace.IntValue(-5), trace.FloatValue(0.5),
		trace.StrValue("it's"), trace.StrValue("\xed\xb2\x80\n"), trace.BytesValue([]byte("a\xff\x00'")),
		trace.BytesValue(make([]byte, 300)), trace.BufferValue(trace.Bytearray, []byte("b")),
		trace.BufferValue(trace.Memoryview, []byte("m")),
		trace.SeqValue(trace.Tuple, trace.IntValue(1)), trace.SeqValue(trace.List, trace.IntValue(1), trace.IntValue(2)),
		trace.SeqValue(trace.Set), trace.SeqValue(trace.Set, trace.IntValue(1)), trace.SeqValue(trace.Frozenset),
		trace.SeqValue(trace.Dict, trace.StrValue("k"), trace.IntValue(1)),
		enum("AddressFamily", "AF_INET", 2), enum("AddressFamily", "", 99), socketValue(0, trace.FloatValue(1.5)),
		trace.NamedValue(trace.Class, "socket.socket"), trace.NamedValue(trace.Callable, "recv"),
		trace.NamedValue(trace.Module, "socket"),
		{Kind: trace.Raised, Exception: &trace.Exception{
			Class: "ValueError", Bases: []string{"Exception"}, Args: []trace.Value{trace.StrValue("bad")}, Text: trace.StrValue("bad"),
		}},
	}
	r := harness.Result{Behaviour: b, Subject: subject, Python: python, Verdict: harness.Match}
	var observations []trace.Observation
	for i, v := range values {
		b.Steps = append(b.Steps, behaviour.Step{Text: fmt.Sprintf("value(%d)", i), Line: i + 3})
		observations = append(observations, returned(i, v))
	}
	r.Trace = &trace.Trace{End: trace.EndDone, Observations: observations}
	patterned := append([]trace.Observation{}, observations...)
	patterned[4] = returned(4, trace.Value{Kind: trace.Pattern, Of: trace.Str, Items: []trace.Value{trace.StrValue("it"), portVar()}})
	patterned[6] = returned(6, trace.Value{Kind: trace.Pattern, Of: trace.Bytes, Items: []trace.Value{
		portVar(), {Kind: trace.Str, Text: "\xff\x00'"},
	}})
	patterned[9] = returned(9, trace.Value{Kind: trace.Var, ID: 2, Of: trace.Memoryview, Len: 1})
	r.Contract = contractOf(patterned)
	return r
}

func fakeProvenance(mode string, pythons ...string) harness.Provenance {
	p := harness.Provenance{
		Started: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), Took: 4200 * time.Millisecond,
		Subjects: []harness.SubjectInfo{{
			Name: "go", Implementation: "pyparity", Version: "0.1", Where: "container",
			Platform: map[string]string{"libc": "glibc 2.36"},
		}},
		Host: map[string]string{"kernel": "6.1.0", "machine": "x86_64", "docker": "20.10"},
		Go:   "go1.26", Commit: "abc1234+dirty", Patterns: []string{"connect.*"}, Filter: "!slow",
	}
	for _, python := range pythons {
		p.References = append(p.References, harness.Reference{
			Python: python, Version: python + ".5", Mode: mode, Image: "pyparity/cpython:" + python, ImageID: "sha256:0123abcd",
			Obtained: "built from Debian packages (trixie)", Platform: map[string]string{"kernel": "6.1.0", "libc": "glibc 2.36"},
		})
	}
	return p
}

// fakeRun holds every verdict and every kind of value for each Python.
func fakeRun(mode string, pythons ...string) harness.Run {
	run := harness.Run{Provenance: fakeProvenance(mode, pythons...)}
	all := make([][]harness.Result, len(pythons))
	for i, python := range pythons {
		all[i] = append(everyVerdict("go", python), everyKind("go", python))
	}
	for i := range all[0] {
		for j := range pythons {
			r := all[j][i]
			if mode == ModeRecorded {
				r.Reference = nil
			}
			run.Results = append(run.Results, r)
		}
	}
	return run
}

// bigRun has n behaviours in files of 50, most of which match, on five Pythons.
func bigRun(n int) harness.Run {
	pythons := []string{"3.9", "3.11", "3.13", "3.14", "3.15"}
	run := harness.Run{Provenance: fakeProvenance(ModeLive, pythons...)}
	for i := range n {
		b := refused(fmt.Sprintf("behaviour_number_%d", i), fmt.Sprintf("file_%02d", i/50))
		b.Line += 12 * (i % 50)
		for j, python := range pythons {
			r := matching(b, "go", python)
			if i%20 == 0 && j < 2 {
				r = differing(b, "go", python)
			}
			run.Results = append(run.Results, r)
		}
	}
	return run
}

// changingRun is a run whose reference changed between its Pythons.
func changingRun() harness.Run {
	run := fakeRun(ModeLive, "3.9", "3.13")
	run.Changes = []harness.Change{{
		Behaviour: run.Results[0].Behaviour, From: "3.9", To: "3.13",
		Differences: []contract.Difference{{Step: 5, Facet: contract.FacetValue, Want: "110", Got: "111"}},
	}}
	return run
}
