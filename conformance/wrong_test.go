//go:build linux

package conformance_test

import (
	"context"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"go.starlark.net/starlark"
	"golang.org/x/sys/unix"

	"github.com/pyparity/pyparity/conformance"
	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/audit"
	"github.com/pyparity/pyparity/harness/contract"
	"github.com/pyparity/pyparity/harness/specs"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/harness/subject"
)

// A wrong port is caught, at the step where it is wrong and in the right facet.
var _ = DescribeTable("A port that is wrong in one place is caught",
	func(ctx SpecContext, wrong *audit.Mutant, id, step string, verdict harness.Verdict, facet contract.Facet) {
		bh, ok := suite.Corpus.Lookup(id)
		Expect(ok).To(BeTrue(), "the behaviour %s", id)

		honest := judge(ctx, id, nil)
		Expect(honest.Verdict).To(Equal(harness.Match), specs.View(honest))

		res := judge(ctx, id, wrong)
		Expect(res.Verdict).To(Equal(verdict), specs.View(res))
		first := res.Differences[0]
		Expect(first.Facet).To(Equal(facet), specs.View(res))
		Expect(strings.TrimSpace(bh.Steps[first.Step].Text)).To(Equal(step), specs.View(res))
	},
	Entry("byte order", wrong("htons", func(audit.Call, starlark.Value) audit.Call {
		return func(_ *starlark.Thread, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
			return args[0], nil
		}
	}),
		"byteorder.htons_and_ntohs_swap_two_bytes", "socket.htons(1)", harness.Differ, contract.FacetValue),
	Entry("an errno that is returned", wrong("socket.connect_ex", audit.Returning(func(starlark.Value) starlark.Value {
		return starlark.MakeInt(int(unix.ECONNRESET))
	})), "connect.refused_connect_ex_returns_the_errno", "s.connect_ex(addr)", harness.Differ, contract.FacetValue),
	Entry("an errno that is raised", wrong("socket.connect", raising(func(*pyval.Exception) error { return pyval.NewOSError(unix.ECONNRESET, nil) })),
		"connect.refused_connect_ex_returns_the_errno", "s.connect(addr)", harness.Differ, contract.FacetClass),
	Entry("an errno within its class", wrong("socket.recv", raising(func(*pyval.Exception) error { return pyval.NewOSError(unix.EFAULT, nil) })),
		"recv.recv_needs_a_connection", "s.recv(1)", harness.Differ, contract.FacetErrno),
	Entry("an exception that is swallowed", wrong("socket.bind", raising(func(*pyval.Exception) error { return nil })),
		"bind.a_port_is_taken_once", "b.bind(a.getsockname())", harness.Differ, contract.FacetOutcome),
	Entry("a class without its subclass", wrong("socket.connect", raising(func(err *pyval.Exception) error {
		return pyval.ConnectionError.Errorf("%v", err)
	})), "connect.refused_connect_ex_returns_the_errno", "s.connect(addr)", harness.Differ, contract.FacetClass),
	Entry("a message", wrong("inet_aton", raising(func(*pyval.Exception) error { return pyval.OSError.Errorf("bad address") })),
		"inet.inet_aton_refuses_what_is_no_address", `socket.inet_aton("")`, harness.Differ, contract.FacetValue),
	Entry("a timeout that is ignored", wrong("socket.settimeout", ignored),
		"timeout.a_timeout_is_a_float_or_none", "s.gettimeout()", harness.Differ, contract.FacetValue),
	Entry("a wait without its timeout", wrong("socket.bind", func(right audit.Call, _ starlark.Value) audit.Call {
		return func(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
			time.Sleep(time.Hour)
			return right(thread, args, kwargs)
		}
	}), "bind.port_zero_picks_a_free_port", `s.bind(("127.0.0.1", 0))`, harness.Hang, contract.FacetEnd),
	Entry("a timeout that comes too early", wrong("socket.accept", func(audit.Call, starlark.Value) audit.Call {
		return func(*starlark.Thread, starlark.Tuple, []starlark.Tuple) (starlark.Value, error) {
			return nil, pyval.TimeoutError.Errorf("timed out")
		}
	}), "listen.accept_times_out", "l.accept()", harness.Differ, contract.FacetDuration),
	Entry("a timeout that is reported as another errno", wrong("socket.connect_ex", audit.Returning(func(v starlark.Value) starlark.Value {
		if n, ok := v.(starlark.Int); ok && n == starlark.MakeInt(int(unix.EAGAIN)) {
			return starlark.MakeInt(int(unix.ETIMEDOUT))
		}
		return v
	})), "connect.connect_ex_returns_eagain_when_the_timeout_expires", "b.connect_ex(l.getsockname())", harness.Differ, contract.FacetValue),
	Entry("a deadline that starts anew with every part", wrong("socket.sendall", func(right audit.Call, _ starlark.Value) audit.Call {
		return func(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
			time.Sleep(4 * time.Second)
			return right(thread, args, kwargs)
		}
	}), "send.a_reader_that_keeps_reading_does_not_extend_the_deadline", `a.sendall(b"x" * 10000000)`, harness.Differ, contract.FacetDuration),
	Entry("a default timeout that is forgotten", wrong("setdefaulttimeout", ignored),
		"timeout.the_default_timeout_applies_to_new_sockets", "b = socket.socket()", harness.Differ, contract.FacetState),
	Entry("public state", attribute("socket.proto", func(starlark.Value) starlark.Value { return starlark.MakeInt(6) }), "create.a_socket_is_an_ipv4_stream_by_default", "s = socket.socket()", harness.Differ, contract.FacetState),
	Entry("a socket that stays open", wrong("socket.close", ignored),
		"close.close_is_idempotent", "s.fileno()", harness.Differ, contract.FacetValue),
	Entry("a warning that is missing", declared("socket.socket/warning: an unclosed socket does not warn"),
		"close.an_unclosed_socket_warns_when_collected", "gc.collect()", harness.Differ, contract.FacetWarnings),
	Entry("a panic", wrong("socket.listen", func(audit.Call, starlark.Value) audit.Call {
		return func(*starlark.Thread, starlark.Tuple, []starlark.Tuple) (starlark.Value, error) {
			panic("out of cheese")
		}
	}), "listen.the_backlog_is_optional", "s.listen()", harness.Crash, contract.FacetEnd),
)

// judge runs one behaviour on a wrong port, or on the right one, against the
// recordings.
func judge(ctx context.Context, id string, wrong *audit.Mutant) harness.Result {
	selected, err := suite.Corpus.Select([]string{id})
	Expect(err).NotTo(HaveOccurred())
	run, err := suite.Run(ctx, harness.Options{
		Pythons: []string{"3.13"}, Selected: selected,
		Limits: subject.Limits{Step: 6 * time.Second, Behaviour: 8 * time.Second},
		Subjects: []subject.Subject{&subject.Local{SubjectName: "wrong", New: func(python string) (subject.Runner, error) {
			runner, err := conformance.PortRunner(python)
			if err == nil && wrong != nil {
				wrong.Apply(runner)
			}
			return runner, err
		}}},
	})
	Expect(err).NotTo(HaveOccurred())
	return run.Results[0]
}

func wrong(callable string, wrap audit.Wrap) *audit.Mutant {
	m := audit.New(callable, "test", "wrong", nil, wrap)
	return &m
}

func attribute(name string, alter func(starlark.Value) starlark.Value) *audit.Mutant {
	m := audit.NewAttribute(name, "test", "wrong", nil, alter)
	return &m
}

// declared is a wrong port of the audit's own.
func declared(id string) *audit.Mutant {
	for _, m := range conformance.Mutants() {
		if m.ID == id {
			return &m
		}
	}
	panic("there is no wrong port " + id)
}

func raising(alter func(*pyval.Exception) error) audit.Wrap {
	return audit.Raising(func(*pyval.Exception) bool { return true }, alter)
}

// ignored does nothing.
func ignored(audit.Call, starlark.Value) audit.Call {
	return func(*starlark.Thread, starlark.Tuple, []starlark.Tuple) (starlark.Value, error) {
		return starlark.None, nil
	}
}
