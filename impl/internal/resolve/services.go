package resolve

import (
	"math"
	"slices"
	"strings"
)

// Service is a servent: a line of /etc/services. Its aliases are shared and must not be changed.
type Service struct {
	Name    string
	Aliases []string
	Port    uint16
	Proto   string
}

// parseServices reads the file; lax is explained at Resolver.laxServices.
func parseServices(data []byte, lax bool) []Service {
	base, slashes := 10, 1
	if lax {
		base, slashes = 0, math.MaxInt
	}
	var list []Service
	lines(data, func(line string) {
		line, _, _ = strings.Cut(trimLeftSpace(line), "#")
		if line == "" {
			return
		}
		var entry Service
		entry.Name, line = cutField(line)
		// Of the number the low 16 bits count.
		port, rest, ok := numberField(line, base)
		if !ok || (rest != "" && rest[0] != '/') {
			return
		}
		entry.Port = uint16(port)
		for i := 0; i < slashes && strings.HasPrefix(rest, "/"); i++ {
			rest = rest[1:]
		}
		entry.Proto, rest = cutField(rest)
		entry.Aliases = fields(rest)
		list = append(list, entry)
	})
	return list
}

// numberField reads the number of a netdb file. Negative numbers and those of more than 32 bits make
// the line invalid: that is Debian's patch (local-nss-overflow); plain glibc takes them as 2^32-1.
func numberField(s string, base int) (value uint32, rest string, ok bool) {
	wide, rest, _ := strtoul(s, base)
	return uint32(wide), rest, len(rest) < len(s) && wide <= math.MaxUint32
}

func (s *Service) answersTo(name string) bool {
	return s.Name == name || slices.Contains(s.Aliases, name)
}

// ServByName is getservbyname(3). A nil proto matches any protocol, as C's NULL does; an empty one
// matches only a service without a protocol.
func (r *Resolver) ServByName(name string, proto *string) (Service, bool) {
	name = cString(name)
	return r.findService(proto, func(s *Service) bool { return s.answersTo(name) })
}

// ServByPort is getservbyport(3), with the port in host order. A nil proto matches any protocol.
func (r *Resolver) ServByPort(port uint16, proto *string) (Service, bool) {
	return r.findService(proto, func(s *Service) bool { return s.Port == port })
}

func (r *Resolver) findService(proto *string, match func(*Service) bool) (Service, bool) {
	if !r.readsFiles("services") {
		return Service{}, false
	}
	parse := func(data []byte) []Service { return parseServices(data, r.laxServices()) }
	list, _, err := r.services.reopen(pathOr(r.ServicesPath, "/etc/services"), parse)
	if err != nil {
		return Service{}, false
	}
	for i := range list {
		if (proto == nil || list[i].Proto == cString(*proto)) && match(&list[i]) {
			return list[i], true
		}
	}
	return Service{}, false
}
