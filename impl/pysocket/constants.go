package pysocket

import (
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

//go:generate go run ./gen

//go:embed constants
var constantFiles embed.FS

// A constantTable is what one CPython has as constants, as package gen took it
// from there.
type constantTable struct {
	Python string            `json:"python"` // its full version
	Ints   map[string]int64  `json:"ints"`
	Strs   map[string]string `json:"strs"`
	Enums  map[string]struct {
		Flag    bool             `json:"flag"`
		Members map[string]int64 `json:"members"`
	} `json:"enums"`
}

func constantFile(python string) string { return "constants/cpython-" + python + ".json" }

// tables keeps what has been read: a table never changes, and every behaviour
// needs one.
var tables sync.Map // of *constantTable by pyval.Version

// readConstants returns the table of a Python. Its error lists the Pythons that
// have one.
func readConstants(python pyval.Version) (*constantTable, error) {
	if table, ok := tables.Load(python); ok {
		return table.(*constantTable), nil
	}
	data, err := constantFiles.ReadFile(constantFile(python.String()))
	if err != nil {
		return nil, fmt.Errorf("the socket module of Python %s is not known; known are %s", python, strings.Join(Pythons(), ", "))
	}
	table := new(constantTable)
	if err := json.Unmarshal(data, table); err != nil {
		return nil, fmt.Errorf("%s: %w", constantFile(python.String()), err)
	}
	tables.Store(python, table)
	return table, nil
}

// Pythons lists the Python versions that [Module] can behave like, oldest first.
func Pythons() []string {
	names, err := fs.Glob(constantFiles, constantFile("*"))
	if err != nil {
		return nil
	}
	prefix, suffix, _ := strings.Cut(constantFile("*"), "*")
	for i, name := range names {
		names[i] = strings.TrimSuffix(strings.TrimPrefix(name, prefix), suffix)
	}
	// "3.9" before "3.11".
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(len(a)-len(b), strings.Compare(a, b)) })
	return names
}

// addConstants adds the constants and the classes of enum.
func (m *module) addConstants(table *constantTable, members starlark.StringDict) {
	for name, value := range table.Ints {
		members[name] = starlark.MakeInt64(value)
	}
	for name, value := range table.Strs {
		members[name] = starlark.String(value)
	}
	for name, enum := range table.Enums {
		declared := make([]pyval.EnumMember, 0, len(enum.Members))
		for member, value := range enum.Members {
			declared = append(declared, pyval.EnumMember{Name: member, Value: value})
		}
		class := pyval.NewEnumClass(m.python, "socket", name, enum.Flag, declared)
		members[name] = class
		for member := range enum.Members {
			members[member] = class.Named(member)
		}
		switch name {
		case "AddressFamily":
			m.addressFamily = class
		case "SocketKind":
			m.socketKind = class
		case "MsgFlag":
			m.msgFlag = class
		case "AddressInfo":
			m.addressInfo = class
		}
	}
}
