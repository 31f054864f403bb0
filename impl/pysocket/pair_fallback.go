package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// fallbackSocketpair is Python's socket._fallback_socketpair, which newer Pythons
// have on every system: a pair over the addresses of loopback.
func (m *module) fallbackSocketpair() pycall.Definition {
	return pycall.Def("_fallback_socketpair", "family=AF_INET, type=SOCK_STREAM, proto=0", func(c *pycall.Call) (starlark.Value, error) {
		args := starlark.Tuple{m.genuine["AF_INET"], m.genuine["SOCK_STREAM"], starlark.MakeInt(0)}
		for i, v := range c.Args {
			if v != nil {
				args[i] = v
			}
		}
		var host starlark.Value
		switch {
		case pyval.Equal(args[0], m.global("AF_INET")):
			host = m.global("_LOCALHOST")
		case pyval.Equal(args[0], m.global("AF_INET6")):
			host = m.global("_LOCALHOST_V6")
		default:
			return nil, pyval.ValueError.Errorf("Only AF_INET and AF_INET6 socket address families are supported")
		}
		switch {
		case !pyval.Equal(args[1], m.global("SOCK_STREAM")):
			return nil, pyval.ValueError.Errorf("Only SOCK_STREAM socket type is supported")
		case !pyval.Equal(args[2], starlark.MakeInt(0)):
			return nil, pyval.ValueError.Errorf("Only protocol zero is supported")
		}
		return m.loopbackPair(c, host, args)
	})
}

// loopbackPair connects a socket to a listener and accepts it: the accepted one
// comes first.
func (m *module) loopbackPair(c *pycall.Call, host starlark.Value, args starlark.Tuple) (starlark.Value, error) {
	listener, err := m.callGlobal(c, "socket", args...)
	if err != nil {
		return nil, err
	}
	accepted, connected, err := m.connectLoopback(c, listener, host, args)
	if _, err := callMethod(c, listener, "close"); err != nil {
		return nil, err
	}
	if err != nil {
		return nil, err
	}
	if err = checkPeers(c, accepted, connected); err == nil {
		return starlark.Tuple{accepted, connected}, nil
	}
	for _, sock := range []starlark.Value{accepted, connected} {
		if _, err := callMethod(c, sock, "close"); err != nil {
			return nil, err
		}
	}
	return nil, err
}

func (m *module) connectLoopback(c *pycall.Call, listener, host starlark.Value, args starlark.Tuple) (accepted, connected starlark.Value, err error) {
	if _, err = callMethod(c, listener, "bind", starlark.Tuple{host, starlark.MakeInt(0)}); err != nil {
		return nil, nil, err
	}
	if _, err = callMethod(c, listener, "listen"); err != nil {
		return nil, nil, err
	}
	name, err := callMethod(c, listener, "getsockname")
	if err != nil {
		return nil, nil, err
	}
	start, err := pyval.GetItem(c.Thread, name, &pyval.SliceValue{Lo: starlark.None, Hi: starlark.MakeInt(2), Step: starlark.None})
	if err != nil {
		return nil, nil, err
	}
	host, port, err := unpackPair(c, start)
	if err != nil {
		return nil, nil, err
	}
	if connected, err = m.callGlobal(c, "socket", args...); err != nil {
		return nil, nil, err
	}
	if accepted, err = connectAndAccept(c, listener, connected, starlark.Tuple{host, port}); err != nil {
		_, closing := callMethod(c, connected, "close")
		return nil, nil, orElse(closing, err)
	}
	return accepted, connected, nil
}

func connectAndAccept(c *pycall.Call, listener, connected, addr starlark.Value) (starlark.Value, error) {
	if _, err := callMethod(c, connected, "setblocking", starlark.False); err != nil {
		return nil, err
	}
	_, err := callMethod(c, connected, "connect", addr)
	e, raised := pyval.AsException(err)
	underWay := raised && (e.Class.Subclass(pyval.BlockingIOError) || e.Class.Subclass(pyval.InterruptedError))
	if err != nil && !underWay {
		return nil, err
	}
	if _, err = callMethod(c, connected, "setblocking", starlark.True); err != nil {
		return nil, err
	}
	pair, err := callMethod(c, listener, "accept")
	if err != nil {
		return nil, err
	}
	accepted, _, err := unpackPair(c, pair)
	return accepted, err
}

// checkPeers raises ConnectionError for two sockets that are not each other's peers:
// somebody else may have connected to the listener.
func checkPeers(c *pycall.Call, a, b starlark.Value) error {
	for _, pair := range [][2]starlark.Value{{a, b}, {b, a}} {
		name, err := callMethod(c, pair[0], "getsockname")
		if err != nil {
			return err
		}
		peer, err := callMethod(c, pair[1], "getpeername")
		if err != nil {
			return err
		}
		if !pyval.Equal(name, peer) {
			return pyval.ConnectionError.Errorf("Unexpected peer connection")
		}
	}
	return nil
}
