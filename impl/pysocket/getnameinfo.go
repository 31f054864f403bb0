package pysocket

import (
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/socket"
)

// getnameinfo is Python's socket.getnameinfo (socket_getnameinfo).
func (m *module) getnameinfo(c *pycall.Call) (starlark.Value, error) {
	var sockaddr starlark.Value
	var flags int
	if err := c.ParseTuple("Oi:getnameinfo", &sockaddr, &flags); err != nil {
		return nil, err
	}
	items, ok := pyval.PlainValue(sockaddr).(starlark.Tuple)
	if !ok {
		return nil, pyval.TypeError.Errorf("getnameinfo() argument 1 must be a tuple")
	}
	var to socket.Inet6
	err := c.ParseItems(items, "si|II;getnameinfo(): illegal sockaddr argument", &to.Host, &to.Port, &to.Flowinfo, &to.ScopeID)
	if err != nil {
		return nil, err
	}
	addr := socket.Addr(to)
	if len(items) == 2 {
		addr = socket.Inet4{Host: to.Host, Port: to.Port}
	}
	host, service, err := m.lookups(c, sockaddr).GetNameInfo(addr, flags)
	if err != nil {
		return nil, err
	}
	name, err := decoded(host)
	if err != nil {
		return nil, err
	}
	port, err := decoded(service)
	return starlark.Tuple{name, port}, err
}
