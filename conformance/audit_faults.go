package conformance

import (
	"slices"
	"strings"
	"time"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/harness/audit"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

type (
	alteration  = func(starlark.Value) starlark.Value
	alterations = map[string]func(starlark.Value) starlark.Value
)

// kinds are the kinds of values that are the module's own.
var kinds = map[string]audit.Kind{
	"address": {
		Result:   alterations{"another": otherAddress, "None": always(starlark.None), "a list": asList},
		Argument: alterations{"another": otherAddress, "a list is taken for a tuple": asTuple},
	},
	"socket": {Result: alterations{
		"closed":                    doing("close"),
		"with a timeout of its own": doing("settimeout", starlark.Float(9)),
		"inheritable": func(v starlark.Value) starlark.Value {
			if fd, err := starlark.AsInt32(do(v, "fileno")); err == nil {
				setInheritable(fd)
			}
			return v
		},
	}},
	"fd": {Result: alterations{
		"as a float": func(v starlark.Value) starlark.Value { return v.(starlark.Int).Float() },
		"inheritable": func(v starlark.Value) starlark.Value {
			if fd, err := starlark.AsInt32(v); err == nil {
				setInheritable(fd)
			}
			return v
		},
	}},
	"member": {Result: alterations{
		"as an int": func(v starlark.Value) starlark.Value {
			if member, ok := v.(*pyval.Enum); ok {
				return member.Int()
			}
			return v
		},
		"another": func(v starlark.Value) starlark.Value {
			member, ok := v.(*pyval.Enum)
			if !ok {
				return v
			}
			all := member.Of.Members()
			return all[(slices.Index(all, member)+1)%len(all)]
		},
	}},
	"list": {Result: alterations{"empty": emptied, "a tuple": asTuple}},
	// A text or bytes.
	"name": {Argument: alterations{"without its last character": func(v starlark.Value) starlark.Value {
		if s, ok := v.(starlark.String); ok && s != "" {
			return s[:len(s)-1]
		}
		return shorter(v)
	}}},
	// What getsockopt returns, and setsockopt takes.
	"option": {Result: alterations{"one more": oneMore, "without its last byte": shorter}},
	"value":  {Argument: alterations{"one more": oneMore, "without its last byte": shorter}},
}

func always(v starlark.Value) alteration { return func(starlark.Value) starlark.Value { return v } }

// otherAddress is an address that is almost the same.
func otherAddress(v starlark.Value) starlark.Value {
	switch v := v.(type) {
	case starlark.Tuple:
		if len(v) < 2 {
			return v
		}
		v = slices.Clone(v)
		v[1] = oneMore(v[1])
		return v
	case starlark.String:
		return v + "x"
	case starlark.Bytes:
		return v + "x"
	}
	return v
}

func oneMore(v starlark.Value) starlark.Value {
	if i, ok := v.(starlark.Int); ok {
		return i.Add(starlark.MakeInt(1))
	}
	return v
}

func shorter(v starlark.Value) starlark.Value {
	if b, ok := v.(starlark.Bytes); ok && len(b) > 0 {
		return b[:len(b)-1]
	}
	return v
}

func asList(v starlark.Value) starlark.Value {
	if t, ok := v.(starlark.Tuple); ok {
		return starlark.NewList(slices.Clone(t))
	}
	return v
}

func asTuple(v starlark.Value) starlark.Value {
	if l, ok := v.(*starlark.List); ok {
		return starlark.Tuple(slices.Collect(l.Elements()))
	}
	return v
}

func emptied(v starlark.Value) starlark.Value {
	if _, ok := v.(*starlark.List); ok {
		return starlark.NewList(nil)
	}
	return v
}

// doing calls a method of a socket that is otherwise left as it is.
func doing(method string, args ...starlark.Value) alteration {
	return func(v starlark.Value) starlark.Value {
		if s, ok := v.(pyval.Object); ok {
			do(s, method, args...)
		}
		return v
	}
}

// do calls a method of the port, past every fault. What it raises is no matter:
// then the socket is as it was.
func do(self starlark.Value, method string, args ...starlark.Value) starlark.Value {
	f, err := pyval.GetAttr(nil, self, method)
	if err != nil {
		return starlark.None
	}
	v, err := starlark.Call(new(starlark.Thread), f, args, nil)
	if err != nil {
		return starlark.None
	}
	return v
}

func setInheritable(fd int) {
	// A descriptor that is not there cannot be inherited either.
	_, _ = unix.FcntlInt(uintptr(fd), unix.F_SETFD, 0)
}

// lateness is by how much a wait is too long or too short: more than a busy
// machine adds, and less than a step may take.
const lateness = 2500 * time.Millisecond

// unchanging are the methods after which a socket is, or has to be, as another
// fault makes it.
var unchanging = map[string][]string{
	"closes the socket":         {"close", "detach", "__exit__", "fileno"},
	"makes the socket blocking": {"close", "detach", "__exit__", "settimeout", "setblocking"},
}

// socketFaults are the faults that only sockets have.
func socketFaults(c audit.Callable) []audit.Mutant {
	method, isMethod := strings.CutPrefix(c.Name, "socket.")
	if !isMethod || method == "socket" || c.Attribute || c.Fails {
		return nil
	}
	var all []audit.Mutant
	add := func(kind, fault string, wrap audit.Wrap) {
		if !slices.Contains(unchanging[fault], method) {
			all = append(all, audit.New(c.Name, kind, fault, c.Names(), wrap))
		}
	}
	add("effect", "closes the socket", afterwards(func(self starlark.Value) { do(self, "close") }))
	add("effect", "makes the socket blocking", afterwards(func(self starlark.Value) { do(self, "settimeout", starlark.None) }))
	if strings.Contains(c.Raises, "TimeoutError") {
		late := func(e *pyval.Exception) error {
			time.Sleep(lateness)
			return e
		}
		add("waiting", "a timeout is late", audit.Raising(isClass("TimeoutError"), late))
		add("waiting", "a timeout is early", with(starlark.Float(0.001)))
		add("waiting", "a timeout is taken for none", with(starlark.None))
		add("waiting", "a timeout is taken for zero", with(starlark.Float(0)))
	}
	if strings.Contains(c.Raises, "BlockingIOError") {
		add("waiting", "a non-blocking call waits a while", audit.Raising(isClass("BlockingIOError"), func(e *pyval.Exception) error {
			time.Sleep(lateness)
			return e
		}))
	}
	if method == "sendto" {
		// Its flags stand before the address, if at all.
		add("argument", "flags are ignored", func(right audit.Call, _ starlark.Value) audit.Call {
			return func(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
				if len(args) == 3 {
					args = starlark.Tuple{args[0], args[2]}
				}
				return right(thread, args, kwargs)
			}
		})
	}
	return all
}

func isClass(name string) func(*pyval.Exception) bool {
	return func(e *pyval.Exception) bool { return e.Class.Short == name }
}

// afterwards does something to the socket once a call has succeeded.
func afterwards(then func(self starlark.Value)) audit.Wrap {
	return func(right audit.Call, self starlark.Value) audit.Call {
		return func(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
			v, err := right(thread, args, kwargs)
			if err == nil {
				then(self)
			}
			return v, err
		}
	}
}

// with makes a call on a socket that has a timeout with another one.
func with(timeout starlark.Value) audit.Wrap {
	return func(right audit.Call, self starlark.Value) audit.Call {
		return func(thread *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
			before, ok := do(self, "gettimeout").(starlark.Float)
			if !ok || before == 0 {
				return right(thread, args, kwargs)
			}
			do(self, "settimeout", timeout)
			defer do(self, "settimeout", before)
			return right(thread, args, kwargs)
		}
	}
}
