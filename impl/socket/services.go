package socket

import "github.com/pyparity/pyparity/impl/pyerr"

// GetServByName is Python's socket.getservbyname (socket_getservbyname): the port
// of a service. Proto, of which at most one is given, is the name of its protocol
// ("tcp"); without it any will do. It fails with OSError, with ValueError for
// a NUL in a name, with UnicodeEncodeError for a lone surrogate, and with TypeError for
// a second protocol.
func (m *Module) GetServByName(name string, proto ...string) (int, error) {
	if err := atMostOne("getservbyname", proto); err != nil {
		return 0, err
	}
	if err := checkTexts(append([]string{name}, proto...)...); err != nil {
		return 0, err
	}
	if err := m.audit("socket.getservbyname", func() []any { return []any{name, protoOrNil(proto)} }); err != nil {
		return 0, err
	}
	service, ok := m.resolver().ServByName(name, optional(proto))
	if !ok {
		return 0, pyerr.OSError.New("service/proto not found")
	}
	return int(service.Port), nil
}

// GetServByPort is Python's socket.getservbyport (socket_getservbyport): the name
// of the service at a port. Proto is as for GetServByName. It fails with
// OSError, and with OverflowError for a number that is no port.
func (m *Module) GetServByPort(port int, proto ...string) (string, error) {
	if err := atMostOne("getservbyport", proto); err != nil {
		return "", err
	}
	if err := checkInt(port); err != nil {
		return "", err
	}
	if err := checkTexts(proto...); err != nil {
		return "", err
	}
	if port < 0 || port > 0xffff {
		return "", pyerr.OverflowError.New("getservbyport: port must be 0-65535.")
	}
	if err := m.audit("socket.getservbyport", func() []any { return []any{port, protoOrNil(proto)} }); err != nil {
		return "", err
	}
	service, ok := m.resolver().ServByPort(uint16(port), optional(proto))
	if !ok {
		return "", pyerr.OSError.New("port/proto not found")
	}
	return service.Name, nil
}

// GetProtoByName is Python's socket.getprotobyname (socket_getprotobyname): the
// number of a protocol, as socket() takes it. It fails with OSError.
func (m *Module) GetProtoByName(name string) (int, error) {
	if err := checkTexts(name); err != nil {
		return 0, err
	}
	proto, ok := m.resolver().ProtoByName(name)
	if !ok {
		return 0, pyerr.OSError.New("protocol not found")
	}
	return int(proto.Number), nil
}

// GetProtoByName is Python's socket.getprotobyname; see [Module.GetProtoByName].
func GetProtoByName(name string) (int, error) { return std.GetProtoByName(name) }

// atMostOne fails with TypeError for more than one protocol.
func atMostOne(caller string, proto []string) error {
	if len(proto) > 1 {
		return pyerr.TypeError.Errorf("%s() takes at most 2 arguments (%d given)", caller, 1+len(proto))
	}
	return nil
}

// optional is an argument that need not be given; nil if it is not.
func optional(arg []string) *string {
	if len(arg) == 0 {
		return nil
	}
	return &arg[0]
}

// protoOrNil is such an argument for a hook.
func protoOrNil(arg []string) any {
	if len(arg) == 0 {
		return nil
	}
	return arg[0]
}

// GetServByName is Python's socket.getservbyname; see [Module.GetServByName].
func GetServByName(name string, proto ...string) (int, error) {
	return std.GetServByName(name, proto...)
}

// GetServByPort is Python's socket.getservbyport; see [Module.GetServByPort].
func GetServByPort(port int, proto ...string) (string, error) {
	return std.GetServByPort(port, proto...)
}
