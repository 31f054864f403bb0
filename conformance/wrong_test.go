package conformance_test

import (
	"context"
	"errors"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"
	"golang.org/x/sys/unix"

	"github.com/pyparity/pyparity/conformance"
	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/contract"
	"github.com/pyparity/pyparity/harness/specs"
	harnessstarlark "github.com/pyparity/pyparity/harness/starlark"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/harness/subject"
)

// A call is a call of the port that a wrong subject takes part in.
type call func(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error)

// A flaw makes the port wrong in one place. Each of its fields may be nil.
type flaw struct {
	functions map[string]func(right call) call // of the module
	methods   map[string]func(right call) call // of sockets that behaviours make
	state     func([]pyval.Attr) []pyval.Attr
	silent    bool // drops the warnings of collected sockets
}

// A wrong port is caught, at the step where it is wrong and in the right facet.
var _ = DescribeTable("A port that is wrong in one place is caught",
	func(ctx SpecContext, f flaw, id, step string, verdict harness.Verdict, facet contract.Facet) {
		bh, ok := suite.Corpus.Lookup(id)
		Expect(ok).To(BeTrue(), "the behaviour %s", id)

		honest := judge(ctx, id, flaw{})
		Expect(honest.Verdict).To(Equal(harness.Match), specs.View(honest))

		res := judge(ctx, id, f)
		Expect(res.Verdict).To(Equal(verdict), specs.View(res))
		first := res.Differences[0]
		Expect(first.Facet).To(Equal(facet), specs.View(res))
		Expect(strings.TrimSpace(bh.Steps[first.Step].Text)).To(Equal(step), specs.View(res))
	},
	Entry("byte order", function("htons", returning(func(v starlark.Value, args starlark.Tuple) starlark.Value { return args[0] })),
		"byteorder.htons_and_ntohs_swap_two_bytes", "socket.htons(1)", harness.Differ, contract.FacetValue),
	Entry("an errno that is returned", method("connect_ex", returning(func(starlark.Value, starlark.Tuple) starlark.Value {
		return starlark.MakeInt(int(unix.ECONNRESET))
	})), "connect.refused_connect_ex_returns_the_errno", "s.connect_ex(addr)", harness.Differ, contract.FacetValue),
	Entry("an errno that is raised", method("connect", raising(func(error) error { return pyval.NewOSError(unix.ECONNRESET, nil) })),
		"connect.refused_connect_ex_returns_the_errno", "s.connect(addr)", harness.Differ, contract.FacetClass),
	Entry("an errno within its class", method("recv", raising(func(error) error { return pyval.NewOSError(unix.EFAULT, nil) })),
		"recv.recv_needs_a_connection", "s.recv(1)", harness.Differ, contract.FacetErrno),
	Entry("an exception that is swallowed", method("bind", raising(func(error) error { return nil })),
		"bind.a_port_is_taken_once", "b.bind(a.getsockname())", harness.Differ, contract.FacetOutcome),
	Entry("a class without its subclass", method("connect", raising(func(err error) error {
		return pyval.ConnectionError.Errorf("%v", err)
	})), "connect.refused_connect_ex_returns_the_errno", "s.connect(addr)", harness.Differ, contract.FacetClass),
	Entry("a message", function("inet_aton", raising(func(error) error { return pyval.OSError.Errorf("bad address") })),
		"inet.inet_aton_refuses_what_is_no_address", `socket.inet_aton("")`, harness.Differ, contract.FacetValue),
	Entry("a timeout that is ignored", method("settimeout", ignored),
		"timeout.a_timeout_is_a_float_or_none", "s.gettimeout()", harness.Differ, contract.FacetValue),
	Entry("a wait without its timeout", method("bind", func(right call) call {
		return func(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
			time.Sleep(time.Hour)
			return right(thread, args, kwargs)
		}
	}), "bind.port_zero_picks_a_free_port", `s.bind(("127.0.0.1", 0))`, harness.Hang, contract.FacetEnd),
	Entry("a timeout that comes too early", method("accept", func(call) call {
		return func(*starlark.Thread, starlark.Tuple, []starlark.Tuple) (starlark.Value, error) {
			return nil, pyval.TimeoutError.Errorf("timed out")
		}
	}), "listen.accept_times_out", "l.accept()", harness.Differ, contract.FacetDuration),
	Entry("a timeout that is reported as another errno", method("connect_ex", returning(func(v starlark.Value, _ starlark.Tuple) starlark.Value {
		if n, ok := v.(starlark.Int); ok && n == starlark.MakeInt(int(unix.EAGAIN)) {
			return starlark.MakeInt(int(unix.ETIMEDOUT))
		}
		return v
	})), "connect.connect_ex_returns_eagain_when_the_timeout_expires", "c.connect_ex(l.getsockname())", harness.Differ, contract.FacetValue),
	Entry("a deadline that starts anew with every part", method("sendall", func(right call) call {
		return func(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
			time.Sleep(4 * time.Second)
			return right(thread, args, kwargs)
		}
	}), "send.a_reader_that_keeps_reading_does_not_extend_the_deadline", `a.sendall(b"x" * 10000000)`, harness.Differ, contract.FacetDuration),
	Entry("a default timeout that is forgotten", function("setdefaulttimeout", ignored),
		"timeout.the_default_timeout_applies_to_new_sockets", "b = socket.socket()", harness.Differ, contract.FacetState),
	Entry("public state", flaw{state: func(attrs []pyval.Attr) []pyval.Attr {
		for i := range attrs {
			if attrs[i].Name == "proto" {
				attrs[i].Value = starlark.MakeInt(6)
			}
		}
		return attrs
	}}, "create.a_socket_is_an_ipv4_stream_by_default", "s = socket.socket()", harness.Differ, contract.FacetState),
	Entry("a socket that stays open", method("close", ignored),
		"close.close_is_idempotent", "s.fileno()", harness.Differ, contract.FacetValue),
	Entry("a warning that is missing", flaw{silent: true},
		"close.an_unclosed_socket_warns_when_collected", "gc.collect()", harness.Differ, contract.FacetWarnings),
	Entry("a panic", method("listen", func(call) call {
		return func(*starlark.Thread, starlark.Tuple, []starlark.Tuple) (starlark.Value, error) {
			panic("out of cheese")
		}
	}), "listen.the_backlog_is_optional", "s.listen()", harness.Crash, contract.FacetEnd),
)

// judge runs one behaviour on a flawed port against the recordings.
func judge(ctx context.Context, id string, f flaw) harness.Result {
	selected, err := suite.Corpus.Select([]string{id})
	Expect(err).NotTo(HaveOccurred())
	run, err := suite.Run(ctx, harness.Options{
		Pythons: []string{"3.13"}, Selected: selected,
		Limits:   subject.Limits{Step: 6 * time.Second, Behaviour: 8 * time.Second},
		Subjects: []subject.Subject{&subject.Local{SubjectName: "wrong", New: f.runner}},
	})
	Expect(err).NotTo(HaveOccurred())
	return run.Results[0]
}

func (f flaw) runner(python string) (subject.Runner, error) {
	runner, err := conformance.PortRunner(python)
	if err != nil {
		return nil, err
	}
	right := runner.Modules[0].New
	runner.Modules = []harnessstarlark.Module{{Name: "socket", New: func(env *harnessstarlark.Env) (starlark.Value, error) {
		if f.silent {
			env.Warn = func(*pyval.Class, string) {}
		}
		v, err := right(env)
		if err != nil {
			return nil, err
		}
		return v, f.spoil(v.(*starlarkstruct.Module).Members)
	}}}
	return runner, nil
}

func (f flaw) spoil(members starlark.StringDict) error {
	for name, wrong := range f.functions {
		f, ok := members[name].(starlark.Callable)
		if !ok {
			return errors.New("the port has no function " + name)
		}
		members[name] = replaced(f, wrong)
	}
	pair := members["socketpair"].(starlark.Callable)
	members["socketpair"] = replaced(pair, returning(func(v starlark.Value, _ starlark.Tuple) starlark.Value {
		var spoilt starlark.Tuple
		for _, end := range v.(starlark.Tuple) {
			spoilt = append(spoilt, &wrongSocket{end.(pyval.Object), f})
		}
		return spoilt
	}))
	class := members["socket"].(*pyval.Class)
	spoilt := *class
	spoilt.New = func(thread *starlark.Thread, c *pyval.Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		v, err := class.New(thread, class, args, kwargs)
		if err != nil {
			return nil, err
		}
		return &wrongSocket{v.(pyval.Object), f}, nil
	}
	members["socket"] = &spoilt
	return nil
}

// A wrongSocket is a socket of the port with a flaw.
type wrongSocket struct {
	pyval.Object
	flaw flaw
}

func (s *wrongSocket) Attr(name string) (starlark.Value, error) {
	v, err := s.Object.Attr(name)
	if wrong, ok := s.flaw.methods[name]; ok && err == nil {
		return replaced(v.(starlark.Callable), wrong), nil
	}
	return v, err
}

func (s *wrongSocket) PyState() []pyval.Attr {
	if s.flaw.state == nil {
		return s.Object.PyState()
	}
	return s.flaw.state(s.Object.PyState())
}

func replaced(right starlark.Callable, wrong func(call) call) *starlark.Builtin {
	f := wrong(right.CallInternal)
	return starlark.NewBuiltin(right.Name(), func(thread *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		return f(thread, args, kwargs)
	})
}

func function(name string, wrong func(call) call) flaw {
	return flaw{functions: map[string]func(call) call{name: wrong}}
}

func method(name string, wrong func(call) call) flaw {
	return flaw{methods: map[string]func(call) call{name: wrong}}
}

// returning changes what comes back.
func returning(change func(starlark.Value, starlark.Tuple) starlark.Value) func(call) call {
	return func(right call) call {
		return func(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
			v, err := right(thread, args, kwargs)
			if err != nil {
				return nil, err
			}
			return change(v, args), nil
		}
	}
}

// raising changes what is raised.
func raising(change func(error) error) func(call) call {
	return func(right call) call {
		return func(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
			v, err := right(thread, args, kwargs)
			if err == nil {
				return v, nil
			}
			if err = change(err); err != nil {
				return nil, err
			}
			return starlark.None, nil
		}
	}
}

// ignored does nothing.
func ignored(call) call {
	return func(*starlark.Thread, starlark.Tuple, []starlark.Tuple) (starlark.Value, error) {
		return starlark.None, nil
	}
}
