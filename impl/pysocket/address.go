package pysocket

import (
	"errors"
	"strings"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/internal/sockaddr"
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

// Sockaddr reads the address for a socket of the family. Caller is the method's
// name, which some of the texts begin with.
func (a address) Sockaddr(family int, caller string) ([]byte, error) {
	switch family {
	case socket.AF_UNIX:
		return a.unix(caller)
	case socket.AF_INET:
		return a.inet4(caller)
	case socket.AF_INET6:
		return a.inet6(caller)
	}
	if sockaddr.Known(family) {
		return nil, unsupportedFamily(family)
	}
	return nil, pyerr.OSError.Errorf("%s(): bad family", caller)
}

// unsupportedFamily is the error for the addresses of a family that CPython knows
// and this package does not yet: it says so, rather than to take the family for
// one that has no addresses.
func unsupportedFamily(family int) error {
	return pyval.NotImplementedError.Errorf("addresses of family %d are not supported", family)
}

func (a address) unix(caller string) ([]byte, error) {
	path, err := fsEncode(a.call, a.value)
	if err != nil {
		return nil, err
	}
	return socket.Unix{Path: path}.Sockaddr(socket.AF_UNIX, caller)
}

func (a address) inet4(caller string) ([]byte, error) {
	var addr socket.Inet4
	err := a.items("AF_INET", caller, "O&i;AF_INET address must be a pair (host, port)", host(&addr.Host), &addr.Port)
	if err != nil {
		return nil, err
	}
	if !isASCII(addr.Host) {
		return nil, notFound()
	}
	return addr.Sockaddr(socket.AF_INET, caller)
}

func (a address) inet6(caller string) ([]byte, error) {
	var addr socket.Inet6
	err := a.items("AF_INET6", caller, "O&i|II;AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])",
		host(&addr.Host), &addr.Port, &addr.Flowinfo, &addr.ScopeID)
	if err != nil {
		return nil, err
	}
	if !isASCII(addr.Host) {
		return nil, notFound()
	}
	return addr.Sockaddr(socket.AF_INET6, caller)
}

// items parses an address that must be a tuple. Whatever item does not fit its C
// type, the port is blamed.
func (a address) items(family, caller, spec string, targets ...any) error {
	tuple, ok := a.value.(starlark.Tuple)
	if !ok {
		return pyval.TypeError.Errorf("%s(): %s address must be tuple, not %s", caller, family, pyval.TypeName(a.value))
	}
	err := a.call.ParseItems(tuple, spec, targets...)
	var e *pyval.Exception
	if errors.As(err, &e) && e.Class == pyval.OverflowError {
		return pyval.OverflowError.Errorf("%s(): port must be 0-65535.", caller)
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
	switch v := v.(type) {
	case starlark.Bytes:
		return string(v), nil
	case *pyval.Bytearray:
		return string(v.Bytes()), nil
	case starlark.String:
		if isASCII(string(v)) {
			return string(v), nil
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
	if text, ok := v.(starlark.String); ok {
		path, err = pyval.Encode(string(text), "utf-8", "surrogateescape")
	} else {
		path, err = c.Buffer(v)
	}
	return string(path), err
}

// addressValue is an address as Python code gets it (makesockaddr).
func addressValue(addr socket.Addr) (starlark.Value, error) {
	switch a := addr.(type) {
	case nil:
		return starlark.None, nil
	case socket.Inet4:
		return starlark.Tuple{starlark.String(a.Host), starlark.MakeInt(a.Port)}, nil
	case socket.Inet6:
		return starlark.Tuple{starlark.String(a.Host), starlark.MakeInt(a.Port),
			starlark.MakeUint64(uint64(a.Flowinfo)), starlark.MakeUint64(uint64(a.ScopeID))}, nil
	case socket.Unix:
		if strings.HasPrefix(a.Path, "\x00") {
			return starlark.Bytes(a.Path), nil
		}
		text, err := pyval.Decode([]byte(a.Path), "utf-8", "surrogateescape")
		return starlark.String(text), err
	case socket.Unknown:
		if sockaddr.Known(a.Family) {
			return nil, unsupportedFamily(a.Family)
		}
		return starlark.Tuple{starlark.MakeInt(a.Family), starlark.Bytes(a.Data)}, nil
	}
	return nil, pyval.SystemError.Errorf("an address of an unknown kind: %T", addr)
}
