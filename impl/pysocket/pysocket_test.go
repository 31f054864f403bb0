package pysocket_test

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/pysocket"
)

func module(t *testing.T, python string) starlark.Value {
	t.Helper()
	return warningModule(t, python, nil)
}

func warningModule(t *testing.T, python string, warn pyval.WarnFunc) starlark.Value {
	t.Helper()
	version, err := pyval.ParseVersion(python)
	if err != nil {
		t.Fatal(err)
	}
	m, err := pysocket.Module(pysocket.Options{Python: version, Warn: warn})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// call calls a function or method by its name.
func call(thread *starlark.Thread, v starlark.Value, name string, args ...starlark.Value) (starlark.Value, error) {
	f, err := pyval.GetAttr(thread, v, name)
	if err != nil {
		return nil, err
	}
	return starlark.Call(thread, f, args, nil)
}

func must(t *testing.T, thread *starlark.Thread, v starlark.Value, name string, args ...starlark.Value) starlark.Value {
	t.Helper()
	got, err := call(thread, v, name, args...)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return got
}

// raised is the exception of a call that must raise one.
func raised(t *testing.T, thread *starlark.Thread, v starlark.Value, name string, args ...starlark.Value) *pyval.Exception {
	t.Helper()
	got, err := call(thread, v, name, args...)
	e, ok := pyval.AsException(err)
	if !ok {
		t.Fatalf("%s returned %v, %v", name, got, err)
	}
	return e
}

func TestUnknownPython(t *testing.T) {
	_, err := pysocket.Module(pysocket.Options{Python: pyval.Version{Major: 3, Minor: 8}})
	if err == nil || !strings.Contains(err.Error(), "3.8") || !strings.Contains(err.Error(), "3.13, 3.14") {
		t.Errorf("the error names neither the version nor those that are known: %v", err)
	}
}

func TestConstantsOfEveryPython(t *testing.T) {
	thread := &starlark.Thread{}
	for _, python := range pysocket.Pythons() {
		m := module(t, python)
		for name, want := range map[string]string{
			"AF_INET":      "<AddressFamily.AF_INET: 2>",
			"SOCK_STREAM":  "<SocketKind.SOCK_STREAM: 1>",
			"MSG_PEEK":     "<MsgFlag.MSG_PEEK: 2>",
			"AI_PASSIVE":   "<AddressInfo.AI_PASSIVE: 1>",
			"AF_ROUTE":     "<AddressFamily.AF_NETLINK: 16>",
			"SO_REUSEADDR": "2",
			"SOMAXCONN":    "4096",
			"has_ipv6":     "True",
		} {
			v, err := pyval.GetAttr(thread, m, name)
			if err != nil {
				t.Errorf("Python %s: %v", python, err)
			} else if got := pyval.Repr(v); got != want {
				t.Errorf("Python %s: %s is %s, want %s", python, name, got, want)
			}
		}
	}
	// Each has its own set.
	if _, err := pyval.GetAttr(thread, module(t, "3.9"), "ETHERTYPE_IP"); err == nil {
		t.Error("Python 3.9 has ETHERTYPE_IP, which is new in 3.12")
	}
	if _, err := pyval.GetAttr(thread, module(t, "3.13"), "ETHERTYPE_IP"); err != nil {
		t.Error(err)
	}
}

func TestModulesShareNoState(t *testing.T) {
	thread := &starlark.Thread{}
	a, b := module(t, "3.13"), module(t, "3.13")
	must(t, thread, a, "setdefaulttimeout", starlark.MakeInt(3))
	if got := must(t, thread, b, "getdefaulttimeout"); got != starlark.None {
		t.Errorf("the default timeout of another module is %v", got)
	}
	sock := must(t, thread, a, "socket")
	defer must(t, thread, sock, "close")
	if got := must(t, thread, sock, "gettimeout"); got != starlark.Float(3) {
		t.Errorf("a new socket's timeout is %v", got)
	}
}

func TestTimeoutClass(t *testing.T) {
	thread := &starlark.Thread{}
	for python, want := range map[string]string{"3.9": "socket.timeout: timed out", "3.13": "TimeoutError: timed out"} {
		pair := must(t, thread, module(t, python), "socketpair").(starlark.Tuple)
		must(t, thread, pair[0], "settimeout", starlark.Float(0.01))
		e := raised(t, thread, pair[0], "recv", starlark.MakeInt(1))
		if e.Error() != want || e.Errno != starlark.None {
			t.Errorf("Python %s: got %v with errno %v, want %s with None", python, e, e.Errno, want)
		}
		for _, s := range pair {
			must(t, thread, s, "close")
		}
	}
}

func TestErrnoPicksTheClass(t *testing.T) {
	thread := &starlark.Thread{}
	m := module(t, "3.13")
	sock := must(t, thread, m, "socket")
	defer must(t, thread, sock, "close")
	e := raised(t, thread, sock, "connect", starlark.Tuple{starlark.String("127.0.0.1"), starlark.MakeInt(1)})
	if e.Class != pyval.ConnectionRefusedError || e.Text() != "[Errno 111] Connection refused" {
		t.Errorf("got %v", e)
	}
	e = raised(t, thread, sock, "bind", starlark.Tuple{starlark.String("256.1.1.1"), starlark.MakeInt(1)})
	if class := attribute(t, thread, m, "gaierror"); e.Class != class {
		t.Errorf("got %v, want a gaierror of the module", e)
	}
}

func attribute(t *testing.T, thread *starlark.Thread, v starlark.Value, name string) starlark.Value {
	t.Helper()
	got, err := pyval.GetAttr(thread, v, name)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// A buffer is writable again once a call that received into it has ended, with an
// exception too.
func TestBuffersAreReleased(t *testing.T) {
	thread := &starlark.Thread{}
	sock := must(t, thread, module(t, "3.13"), "socket")
	defer must(t, thread, sock, "close")
	buffer := pyval.NewBytearray(make([]byte, 4))
	_ = raised(t, thread, sock, "recv_into", buffer)
	if err := buffer.Update(func([]byte) ([]byte, error) { return nil, nil }); err != nil {
		t.Error(err)
	}
}

func TestUnclosedSocketsWarn(t *testing.T) {
	for class, want := range map[string]string{
		"socket":     "<socket.socket fd=",
		"SocketType": "<socket object, fd=",
	} {
		thread := &starlark.Thread{}
		texts := make(chan string, 10)
		m := warningModule(t, "3.13", func(category *pyval.Class, text string) error {
			texts <- category.Short + ": " + text
			return nil
		})
		must(t, thread, m, class)
		deadline := time.After(time.Minute)
		for text := ""; text == ""; {
			runtime.GC()
			select {
			case text = <-texts:
				if !strings.HasPrefix(text, "ResourceWarning: unclosed "+want) {
					t.Errorf("got %q, want an unclosed %s", text, want)
				}
			case <-time.After(10 * time.Millisecond):
			case <-deadline:
				t.Fatalf("no warning about an unclosed %s", class)
			}
		}
		runtime.KeepAlive(m)
	}
}

func TestStateOfASocket(t *testing.T) {
	thread := &starlark.Thread{}
	for class, want := range map[string]string{
		"socket":     "family=<AddressFamily.AF_INET: 2> proto=0 timeout=None type=<SocketKind.SOCK_STREAM: 1>",
		"SocketType": "family=2 proto=0 timeout=None type=1",
	} {
		sock := must(t, thread, module(t, "3.13"), class)
		var shown []string
		for _, a := range sock.(pyval.Object).PyState() {
			shown = append(shown, a.Name+"="+pyval.Repr(a.Value))
		}
		if got := strings.Join(shown, " "); got != want {
			t.Errorf("%s: got %s, want %s", class, got, want)
		}
		must(t, thread, sock, "close")
	}
}

func TestConversation(t *testing.T) {
	thread := &starlark.Thread{}
	m := module(t, "3.13")
	server := must(t, thread, m, "socket")
	defer must(t, thread, server, "close")
	must(t, thread, server, "bind", starlark.Tuple{starlark.String("127.0.0.1"), starlark.MakeInt(0)})
	must(t, thread, server, "listen")
	address := must(t, thread, server, "getsockname")
	client := must(t, thread, m, "create_connection", address)
	defer must(t, thread, client, "close")
	accepted := must(t, thread, server, "accept").(starlark.Tuple)
	defer must(t, thread, accepted[0], "close")
	if got, want := pyval.Repr(accepted[1]), pyval.Repr(must(t, thread, client, "getsockname")); got != want {
		t.Errorf("accept says that the peer is %s, which says %s", got, want)
	}
	must(t, thread, client, "sendall", starlark.Bytes("hello"))
	must(t, thread, client, "shutdown", starlark.MakeInt(1))
	for _, want := range []starlark.Bytes{"hello", ""} {
		if got := must(t, thread, accepted[0], "recv", starlark.MakeInt(100)); got != want {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}
