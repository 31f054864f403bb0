package resolve

import (
	"slices"
	"strings"
)

// Protocol is a protoent: a line of /etc/protocols. Its aliases are shared and must not be changed.
type Protocol struct {
	Name    string
	Aliases []string
	Number  int32
}

func parseProtocols(data []byte) []Protocol {
	var list []Protocol
	lines(data, func(line string) {
		line, _, _ = strings.Cut(trimLeftSpace(line), "#")
		if line == "" {
			return
		}
		var entry Protocol
		entry.Name, line = cutField(line)
		number, rest, ok := numberField(line, 10)
		if !ok || (rest != "" && !isSpace(rest[0])) {
			return
		}
		entry.Number = int32(number)
		entry.Aliases = fields(rest)
		list = append(list, entry)
	})
	return list
}

// ProtoByName is getprotobyname(3).
func (r *Resolver) ProtoByName(name string) (Protocol, bool) {
	if !r.readsFiles("protocols") {
		return Protocol{}, false
	}
	list, _, err := r.protocols.reopen(pathOr(r.ProtocolsPath, "/etc/protocols"), parseProtocols)
	if err != nil {
		return Protocol{}, false
	}
	name = cString(name)
	for i := range list {
		if list[i].Name == name || slices.Contains(list[i].Aliases, name) {
			return list[i], true
		}
	}
	return Protocol{}, false
}
