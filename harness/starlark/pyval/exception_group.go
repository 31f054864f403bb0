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

// groupParts splits the arguments of a group; ok is false for anything else.
func (e *Exception) groupParts() (message, exceptions starlark.Value, n int, ok bool) {
	if len(e.Args) != 2 || !e.Class.Subclass(BaseExceptionGroup) {
		return nil, nil, 0, false
	}
	items, isSequence := e.Args[1].(starlark.Sequence)
	if !isSequence {
		return nil, nil, 0, false
	}
	return e.Args[0], items, items.Len(), true
}

// groupText is str() of a group: the message and how many exceptions it holds.
func (e *Exception) groupText() (string, bool) {
	message, _, n, ok := e.groupParts()
	if !ok {
		return "", false
	}
	plural := "s"
	if n == 1 {
		plural = ""
	}
	return fmt.Sprintf("%s (%d sub-exception%s)", Str(message), n, plural), true
}

// groupAttr answers message and exceptions.
func (e *Exception) groupAttr(name string) starlark.Value {
	message, exceptions, _, ok := e.groupParts()
	switch {
	case !ok:
		return nil
	case name == "message":
		return message
	case name == "exceptions":
		items, err := toTuple(nil, exceptions)
		if err != nil {
			return nil
		}
		return items
	}
	return nil
}
