package pyval_test

import (
	"fmt"

	"github.com/pyparity/pyparity/pyref/base/unix"
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// An OSError picks its subclass by errno, as in Python.
func ExampleNewOSError() {
	e := pyval.NewOSError(unix.ECONNREFUSED, nil)
	fmt.Println(pyval.Repr(e))
	fmt.Println(e.Text())
	// Output:
	// ConnectionRefusedError(111, 'Connection refused')
	// [Errno 111] Connection refused
}

// Operations follow Python's rules and use its words.
func ExampleBinary() {
	x := starlark.String("a")
	product, err := pyval.Binary(nil, syntax.STAR, x, starlark.MakeInt(3))
	fmt.Println(product, err)
	_, err = pyval.Binary(nil, syntax.PLUS, x, starlark.MakeInt(3))
	fmt.Println(err)
	// Output:
	// "aaa" <nil>
	// TypeError: can only concatenate str (not "int") to str
}

// Members of an IntEnum are ints that know their names.
func ExampleNewEnumClass() {
	kind := pyval.NewEnumClass(pyval.Version{Major: 3, Minor: 13}, "socket", "SocketKind", false, []pyval.EnumMember{
		{Name: "SOCK_STREAM", Value: 1}, {Name: "SOCK_DGRAM", Value: 2},
	})
	fmt.Println(kind.Member(1), kind.Member(9))
	fmt.Println(pyval.Equal(kind.Member(1), starlark.MakeInt(1)))
	// Output:
	// <SocketKind.SOCK_STREAM: 1> 9
	// true
}
