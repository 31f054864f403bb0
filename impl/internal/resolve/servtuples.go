package resolve

import (
	"github.com/pyparity/pyparity/pyref/base/unix"
)

// servTuple is a socket type and protocol, with the service's port, that each address is returned with.
type servTuple struct {
	socktype int
	protocol int
	port     uint16
}

// servType is a kind of socket that getaddrinfo knows.
type servType struct {
	socktype int
	protocol int
	name     string // of the protocol, in /etc/services
	anyProto bool   // any protocol that the caller gives will do
	noServ   bool   // there are no services
	usual    bool   // returned if the caller does not say what they want
	since    int    // the first glibc that has it, if not all do
}

// servTypes is glibc's table (gaih_inet_typeproto), whose order is that of the results.
var servTypes = []servType{
	{socktype: unix.SOCK_STREAM, protocol: unix.IPPROTO_TCP, name: "tcp", usual: true},
	{socktype: unix.SOCK_DGRAM, protocol: unix.IPPROTO_UDP, name: "udp", usual: true},
	{socktype: unix.SOCK_DCCP, protocol: unix.IPPROTO_DCCP, name: "dccp"},
	{socktype: unix.SOCK_DGRAM, protocol: unix.IPPROTO_UDPLITE, name: "udplite"},
	{socktype: unix.SOCK_STREAM, protocol: unix.IPPROTO_SCTP, name: "sctp"},
	{socktype: unix.SOCK_SEQPACKET, protocol: unix.IPPROTO_SCTP, name: "sctp"},
	{socktype: unix.SOCK_STREAM, protocol: unix.IPPROTO_MPTCP, name: "mptcp", since: 43},
	{socktype: unix.SOCK_RAW, name: "raw", anyProto: true, noServ: true, usual: true},
}

func (t *servType) fits(hints Hints, glibc int) bool {
	return glibc >= t.since && (hints.Type == 0 || hints.Type == t.socktype) &&
		(hints.Proto == 0 || t.anyProto || hints.Proto == t.protocol)
}

func (t *servType) tuple(hints Hints, port uint16) servTuple {
	if t.anyProto {
		return servTuple{t.socktype, hints.Proto, port}
	}
	return servTuple{t.socktype, t.protocol, port}
}

// serviceArg is getaddrinfo's second argument.
type serviceArg struct {
	given  bool
	name   string
	port   uint16
	byName bool // the name has to be looked up
}

// parseServiceArg reads the argument as strtoul does: " 80" and "+80" are numbers, and of a large
// number the low 16 bits count. One that is negative as a C int is looked up as a name.
func parseServiceArg(service *string) serviceArg {
	if service == nil || *service == "" || *service == "*" {
		return serviceArg{}
	}
	number, rest, _ := strtoul(*service, 10)
	numeric := rest == ""
	return serviceArg{
		given:  true,
		name:   *service,
		port:   uint16(number),
		byName: !numeric || int32(number) < 0,
	}
}

// servTuples gives what each address is returned with (get_servtuples), or an EAI code.
func (r *Resolver) servTuples(service serviceArg, hints Hints) ([]servTuple, int) {
	if hints.Type == 0 && hints.Proto == 0 {
		return r.anyServTuples(service, hints)
	}
	for i := range servTypes {
		kind := &servTypes[i]
		if !kind.fits(hints, r.glibc()) {
			continue
		}
		if !service.given {
			return []servTuple{kind.tuple(hints, 0)}, 0
		}
		if kind.noServ {
			return nil, EAIService
		}
		if !service.byName {
			return []servTuple{kind.tuple(hints, service.port)}, 0
		}
		entry, ok := r.ServByName(service.name, &kind.name)
		if !ok {
			return nil, EAIService
		}
		return []servTuple{kind.tuple(hints, entry.Port)}, 0
	}
	if hints.Type != 0 {
		return nil, EAISockType
	}
	return nil, EAIService
}

// anyServTuples serves a caller who left type and protocol open: the usual kinds for a number or no
// service, and for a name all the kinds that have it.
func (r *Resolver) anyServTuples(service serviceArg, hints Hints) ([]servTuple, int) {
	var list []servTuple
	for i := range servTypes {
		kind := &servTypes[i]
		if !service.byName {
			if kind.usual {
				list = append(list, kind.tuple(hints, service.port))
			}
			continue
		}
		if kind.noServ || r.glibc() < kind.since {
			continue
		}
		if entry, ok := r.ServByName(service.name, &kind.name); ok {
			list = append(list, kind.tuple(hints, entry.Port))
		}
	}
	if len(list) == 0 {
		return nil, EAIService
	}
	return list, 0
}
