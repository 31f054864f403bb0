package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/pyerr"
)

// connectReplaced is create_connection by what the module's names stand for: it looks
// the host up and tries one address after the other. What is no OSError ends it, and
// leaves the socket to the collector.
func (m *module) connectReplaced(c *pycall.Call, host, port starlark.Value) (starlark.Value, error) {
	found, err := m.callGlobal(c, "getaddrinfo", host, port, starlark.MakeInt(0), m.global("SOCK_STREAM"))
	if err != nil {
		return nil, err
	}
	infos, err := pyval.ToSlice(c.Thread, found)
	if err != nil {
		return nil, err
	}
	var failures []error
	for _, info := range infos {
		sock, err := m.connection(c, info)
		if err == nil {
			return sock, nil
		}
		if !m.caught(err) {
			return nil, err
		}
		failures = append(failures, err)
	}
	if len(failures) == 0 {
		return nil, m.raise(c, starlark.String("getaddrinfo returns an empty list"))
	}
	if all := c.Arg(3); all != nil {
		if truth, err := pyval.Truth(c.Thread, all); err != nil || truth {
			return nil, orElse(err, &pyerr.Group{Message: "create_connection failed", Errors: failures})
		}
	}
	return nil, failures[len(failures)-1]
}

func orElse(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// connection makes the connection to one address of those that getaddrinfo found.
func (m *module) connection(c *pycall.Call, info starlark.Value) (starlark.Value, error) {
	parts, err := unpack(c, info, 5)
	if err != nil {
		return nil, err
	}
	sock, err := m.callGlobal(c, "socket", parts[:3]...)
	if err != nil {
		return nil, err
	}
	if err = m.prepareAndConnect(c, sock, parts[4]); err == nil {
		return sock, nil
	}
	if m.caught(err) {
		if _, err := callMethod(c, sock, "close"); err != nil {
			return nil, err
		}
	}
	return nil, err
}

func (m *module) prepareAndConnect(c *pycall.Call, sock, addr starlark.Value) error {
	if timeout := c.Arg(1); timeout != nil && timeout != m.unsetTimeout {
		if _, err := callMethod(c, sock, "settimeout", timeout); err != nil {
			return err
		}
	}
	if source := c.Arg(2); source != nil {
		given, err := pyval.Truth(c.Thread, source)
		if err == nil && given {
			_, err = callMethod(c, sock, "bind", source)
		}
		if err != nil {
			return err
		}
	}
	_, err := callMethod(c, sock, "connect", addr)
	return err
}
