package pysocket_test

import (
	"fmt"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/pysocket"
)

// The same call on two Pythons.
func ExampleModule() {
	for _, python := range []string{"3.13", "3.14"} {
		version, err := pyval.ParseVersion(python)
		if err != nil {
			fmt.Println(err)
			return
		}
		socket, err := pysocket.Module(pysocket.Options{Python: version})
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, text := range []string{`socket.inet_aton("127.1")`, `socket.htons(70000)`} {
			v, err := starlark.EvalOptions(&syntax.FileOptions{}, &starlark.Thread{}, "example", text, starlark.StringDict{"socket": socket})
			if e, ok := pyval.AsException(err); ok {
				fmt.Println(python, e)
				continue
			}
			fmt.Println(python, pyval.Repr(v))
		}
	}
	// Output:
	// 3.13 b'\x7f\x00\x00\x01'
	// 3.13 OverflowError: htons: Python int too large to convert to C 16-bit unsigned integer
	// 3.14 b'\x7f\x00\x00\x01'
	// 3.14 OverflowError: Python int too large for C uint16_t
}
