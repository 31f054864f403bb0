package pysocket

import (
	"errors"
	"strings"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/pyerr"
	"github.com/pyparity/pyparity/impl/socket"
)

// An address is an address argument as Python code gives it. What it must look
// like depends on the socket's family, so it is read when the call encodes it
// (getsockaddrarg).
type address struct {
	call  *pycall.Call
	value starlark.Value
}

// String is Python's repr of what was given.
func (a address) String() string { return pyval.Repr(a.value) }

// Sockaddr reads the address for the socket. Caller is the method's name, which
// some of the texts begin with.
func (a address) Sockaddr(s *socket.Socket, caller string) ([]byte, error) {
	read, err := a.read(s, caller)
	if err != nil {
		return nil, err
	}
	return read.Sockaddr(s, caller)
}

// read is the address as impl/socket has it, for the socket's family.
func (a address) read(s *socket.Socket, caller string) (socket.Addr, error) {
	switch s.Family() {
	case socket.AF_UNIX:
		return a.unix()
	case socket.AF_INET, socket.AF_RDS:
		return a.inet4(caller)
	case socket.AF_INET6:
		return a.inet6(caller)
	case socket.AF_NETLINK:
		return a.netlink(caller)
	case socket.AF_PACKET:
		return a.packet(caller)
	case socket.AF_VSOCK:
		return a.vsock()
	case socket.AF_QIPCRTR:
		return a.qipcrtr()
	case socket.AF_TIPC:
		return a.tipc(caller)
	case socket.AF_ALG:
		return a.alg(caller)
	case socket.AF_CAN:
		return a.can(s.Proto(), caller)
	case socket.AF_BLUETOOTH:
		return a.bluetooth(s.Proto(), caller)
	}
	return nil, pyerr.OSError.Errorf("%s(): bad family", caller)
}

func (a address) unix() (socket.Addr, error) {
	path, err := fsEncode(a.call, a.value)
	return socket.Unix{Path: path}, err
}

func (a address) inet4(caller string) (socket.Addr, error) {
	var addr socket.Inet4
	err := a.portItems("AF_INET", caller, "O&i;AF_INET address must be a pair (host, port)", host(&addr.Host), &addr.Port)
	return addr, err
}

func (a address) inet6(caller string) (socket.Addr, error) {
	var addr socket.Inet6
	err := a.portItems("AF_INET6", caller, "O&i|II;AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])",
		host(&addr.Host), &addr.Port, &addr.Flowinfo, &addr.ScopeID)
	return addr, err
}

// items parses an address that must be a tuple.
func (a address) items(family, caller, spec string, targets ...any) error {
	tuple, ok := pyval.PlainValue(a.value).(starlark.Tuple)
	if !ok {
		return pyval.TypeError.Errorf("%s: %s address must be tuple, not %s", caller, family, pyval.TypeName(a.value))
	}
	return a.call.ParseItems(tuple, spec, targets...)
}

// portItems is items for an address with a port, which is blamed whatever item
// does not fit its C type.
func (a address) portItems(family, caller, spec string, targets ...any) error {
	return overflow(a.items(family, caller+"()", spec, targets...), caller+"(): port must be 0-65535.")
}

// overflow gives an OverflowError another text.
func overflow(err error, text string) error {
	var e *pyval.Exception
	if errors.As(err, &e) && e.Class == pyval.OverflowError {
		return pyval.OverflowError.Errorf("%s", text)
	}
	return err
}

// host converts a host name (idna_converter).
func host(to *string) pycall.Converter {
	return func(c *pycall.Call, v starlark.Value) error {
		name, err := hostName(c, v)
		if err != nil {
			return err
		}
		if strings.IndexByte(name, 0) >= 0 {
			return pyval.TypeError.Errorf("host name must not contain null character")
		}
		*to = name
		return nil
	}
}

func hostName(c *pycall.Call, v starlark.Value) (string, error) {
	switch plain := pyval.PlainValue(v).(type) {
	case starlark.Bytes:
		return string(plain), nil
	case *pyval.Bytearray:
		return string(plain.Bytes()), nil
	case starlark.String:
		if plain == v && isASCII(string(plain)) {
			return string(plain), nil
		}
		name, err := encodeIDNA(c, v)
		if err != nil {
			return "", pyval.TypeError.Errorf("encoding of hostname failed")
		}
		return name, nil
	}
	return "", pyval.TypeError.Errorf("str, bytes or bytearray expected, not %s", pyval.TypeName(v))
}

// fsEncode is a path as bytes: a str as the file system has it, anything
// bytes-like as it is.
func fsEncode(c *pycall.Call, v starlark.Value) (string, error) {
	var path []byte
	var err error
	if text, ok := pyval.PlainValue(v).(starlark.String); ok {
		path, err = pyval.Encode(nil, string(text), "utf-8", "surrogateescape")
	} else {
		path, err = c.Buffer(v)
	}
	return string(path), err
}
