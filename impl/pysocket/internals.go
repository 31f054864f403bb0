package pysocket

import (
	"fmt"

	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// addInternals adds what is no part of the API, and what Python programs use and
// see all the same: the default of create_connection's timeout, which libraries
// hand on, the addresses of loopback, and the capsule for extension modules.
func (m *module) addInternals(members starlark.StringDict) {
	m.unsetTimeout = &pyval.Plain{Class: pyval.ObjectType}
	members["_GLOBAL_DEFAULT_TIMEOUT"] = m.unsetTimeout
	members["_LOCALHOST"] = starlark.String("127.0.0.1")
	members["_LOCALHOST_V6"] = starlark.String("::1")
	members["CAPI"] = &capsule{&pyval.Plain{Class: capsuleClass}}
}

var capsuleClass = &pyval.Class{Short: "PyCapsule"}

// A capsule is Python's socket.CAPI. There is nothing in it: no C code comes here.
type capsule struct{ *pyval.Plain }

// String is Python's repr.
func (c *capsule) String() string { return fmt.Sprintf(`<capsule object "_socket.CAPI" at %p>`, c) }
