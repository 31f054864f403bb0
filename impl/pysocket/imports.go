package pysocket

import (
	"math"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/pyparity/pyparity/harness/starlark/pycall"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// addImports adds what Python's code imports into the module, and so has as names:
// modules and classes. Of a module that the caller does not bring along there is
// what programs reach through socket, and no more.
func (m *module) addImports(members, ofC starlark.StringDict, imports map[string]starlark.Value) {
	known := map[string]func() starlark.StringDict{
		"_socket": func() starlark.StringDict { return m.extensionMembers(ofC) },
		"io":      m.io.Members,
		"sys":     m.sysMembers,
	}
	for name, kind := range m.names.Owners["socket"] {
		if kind != "module" {
			continue
		}
		if imported := imports[name]; imported != nil && known[name] == nil {
			members[name] = imported
			continue
		}
		imported := starlark.StringDict{}
		if build := known[name]; build != nil {
			imported = build()
		}
		imported["__name__"] = starlark.String(name)
		if name == m.extension.Name {
			m.extension.Members = imported
			members[name] = m.extension
			continue
		}
		members[name] = &starlarkstruct.Module{Name: name, Members: imported}
	}
	members["IntEnum"], members["IntFlag"] = m.addressFamily.Bases[0], m.msgFlag.Bases[0]
	if m.python.AtLeast(3, 15) {
		members["partial"] = &pyval.Class{Module: "functools", Short: "partial"}
	}
}

// extensionMembers is what the module _socket has: members is what C code defines,
// with the enums that Python code makes of its constants.
func (m *module) extensionMembers(members starlark.StringDict) starlark.StringDict {
	extension := starlark.StringDict{"socket": m.rawClass}
	for name, v := range members {
		switch v := v.(type) {
		case *pyval.Enum:
			extension[name] = starlark.MakeBigInt(v.Value)
			continue
		case *pyval.Class:
			if v.Enum != nil {
				continue
			}
		}
		extension[name] = v
	}
	m.addFunctions(extension, []pycall.Method{
		{Name: "getaddrinfo", Takes: pycall.Keywords, Func: m.rawGetAddrInfo},
		{Name: "socketpair", Takes: pycall.VarArgs, Func: m.rawSocketPair},
	})
	return extension
}

// sysMembers is what a program asks sys for when it asks where it runs.
func (m *module) sysMembers() starlark.StringDict {
	return starlark.StringDict{
		"byteorder":    starlark.String("little"),
		"maxsize":      starlark.MakeInt64(math.MaxInt64),
		"platform":     starlark.String("linux"),
		"version_info": starlark.Tuple{starlark.MakeInt(m.python.Major), starlark.MakeInt(m.python.Minor)},
	}
}
