package pyval

import (
	"fmt"

	"go.starlark.net/starlark"
)

// The classes of exceptions that hold others, new in Python 3.11. Their arguments
// are a message and a sequence of exceptions.
var (
	BaseExceptionGroup = builtinException("BaseExceptionGroup", BaseException)
	ExceptionGroup     = builtinException("ExceptionGroup", BaseExceptionGroup, ExceptionClass)
)

// initGroup notes the exceptions that a group is made of: what its argument holds
// later does not count.
func (e *Exception) initGroup() {
	if len(e.Args) != 2 {
		return
	}
	if held, err := toTuple(nil, e.Args[1]); err == nil {
		e.setAttr("message", e.Args[0])
		e.setAttr("exceptions", held)
	}
}

// Members are the exceptions that a group holds.
func (e *Exception) Members() (starlark.Tuple, bool) {
	held, ok := e.given().Get("exceptions").(starlark.Tuple)
	return held, ok && e.Class.Subclass(BaseExceptionGroup)
}

// groupText is str() of a group: the message and how many exceptions it holds.
func (e *Exception) groupText() (string, bool) {
	held, ok := e.Members()
	if !ok {
		return "", false
	}
	plural := "s"
	if len(held) == 1 {
		plural = ""
	}
	return fmt.Sprintf("%s (%d sub-exception%s)", Str(e.Args[0]), len(held), plural), true
}
