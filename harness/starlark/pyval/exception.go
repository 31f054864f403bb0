package pyval

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.starlark.net/starlark"
)

// An Exception is a Python exception: a value, and the error that a builtin
// returns to raise it.
type Exception struct {
	Class *Class
	Args  starlark.Tuple
	// Set by the constructor for OSError and its subclasses. Errno and Strerror
	// are None where the arguments had none, and nil for other classes; Filename
	// is nil where none was given.
	Errno, Strerror, Filename starlark.Value

	errnoGiven bool
	moved      []starlark.Value // of a UnicodeError, see at
	attrs      *Dictionary      // see given
}

var (
	_ starlark.HasSetField = (*Exception)(nil)
	_ error                = (*Exception)(nil)
)

// NewException builds an exception as calling the class does: an OSError with
// two or more arguments gets errno and strerror, and the subclass of its errno.
func NewException(class *Class, args ...starlark.Value) *Exception {
	e := &Exception{Class: class, Args: starlark.Tuple(args)}
	if class.Subclass(OSError) {
		e.initOSError()
	}
	if class.Subclass(BaseExceptionGroup) {
		e.initGroup()
	}
	return e
}

// Errorf returns the exception with a formatted text as its only argument.
func (c *Class) Errorf(format string, args ...any) *Exception {
	return NewException(c, starlark.String(fmt.Sprintf(format, args...)))
}

// AsException finds the Python exception in an error's chain.
func AsException(err error) (*Exception, bool) {
	var e *Exception
	ok := errors.As(err, &e)
	return e, ok
}

// Text is Python's str(exception).
func (e *Exception) Text() string {
	if text, ok := ownText(e, "__str__"); ok {
		return text
	}
	if text, ok := e.ofKind(); ok {
		return text
	}
	switch {
	case len(e.Args) == 0:
		return ""
	case len(e.Args) > 1:
		return Repr(e.Args)
	case e.Class.Subclass(KeyError):
		return Repr(e.Args[0])
	}
	return Str(e.Args[0])
}

// TextIn is Text, which the steps' code can keep from being made.
func (e *Exception) TextIn(thread *starlark.Thread) (string, error) {
	text, ok, err := e.osErrorTextBy(func(v starlark.Value) (string, error) { return StrIn(thread, v) },
		func(v starlark.Value) (string, error) { return ReprIn(thread, v) })
	if ok {
		return text, err
	}
	if text, ok := e.ofKind(); ok {
		return text, nil
	}
	switch {
	case len(e.Args) == 0:
		return "", nil
	case len(e.Args) > 1:
		return ReprIn(thread, e.Args)
	case e.Class.Subclass(KeyError):
		return ReprIn(thread, e.Args[0])
	}
	return StrIn(thread, e.Args[0])
}

// ofKind is the text of the exceptions that have one of their kind.
func (e *Exception) ofKind() (text string, ok bool) {
	for _, kind := range []func() (string, bool){e.osErrorText, e.unicodeText, e.groupText} {
		if text, ok = kind(); ok {
			return text, true
		}
	}
	return "", false
}

// Error is the class and the text, as the last line of a traceback.
func (e *Exception) Error() string {
	if text := e.Text(); text != "" {
		return e.Class.Qualified() + ": " + text
	}
	return e.Class.Qualified()
}

// String is Python's repr.
func (e *Exception) String() string { return Repr(e) }

// Type is the class's name.
func (e *Exception) Type() string { return e.Class.Short }

// Freeze does nothing: exceptions are shared as they are.
func (e *Exception) Freeze() {}

// Truth is true for every exception.
func (e *Exception) Truth() starlark.Bool { return true }

// Hash is by identity.
func (e *Exception) Hash() (uint32, error) { return hashPointer(e), nil }

// Attr reads args, errno, strerror, filename and the attributes that the class
// derives from its arguments.
func (e *Exception) Attr(name string) (starlark.Value, error) {
	if v := e.given().Get(name); v != nil {
		return v, nil
	}
	if v := e.Class.made(name); v != nil {
		if slot, ok := v.(*Slot); ok {
			return nil, EmptySlot(slot.python, e.Class, name)
		}
		return Bound(v, e), nil
	}
	switch name {
	case "args":
		return e.Args, nil
	case "__cause__", "__context__", "__traceback__":
		return starlark.None, nil
	case "__suppress_context__":
		return starlark.False, nil
	}
	if name == "characters_written" && e.Class.Subclass(OSError) {
		return nil, AttributeError.Errorf("characters_written")
	}
	return e.classDerived(name), nil
}

func (e *Exception) classDerived(name string) starlark.Value {
	switch {
	case e.Class.Subclass(OSError):
		switch name {
		case "errno":
			return e.Errno
		case "strerror":
			return e.Strerror
		case "filename":
			return orNone(e.Filename)
		case "filename2":
			return starlark.None
		}
	case e.Class.Subclass(StopIteration) && name == "value",
		e.Class.Subclass(SystemExit) && name == "code":
		if len(e.Args) == 0 {
			return starlark.None
		}
		return e.Args[0]
	case e.Class.Subclass(UnicodeError):
		return e.unicodeAttr(name)
	}
	return nil
}

func orNone(v starlark.Value) starlark.Value {
	if v == nil {
		return starlark.None
	}
	return v
}

// AttrNames lists what Attr answers to without being asked for a dunder.
func (e *Exception) AttrNames() []string {
	names := []string{"add_note", "args", "with_traceback"}
	switch {
	case e.Class.Subclass(OSError):
		names = append(names, "characters_written", "errno", "filename", "filename2", "strerror")
	case e.isUnicode():
		names = append(names, "encoding", "end", "object", "reason", "start")
	}
	names = slices.Sorted(slices.Values(append(names, e.given().Names()...)))
	return slices.Compact(names)
}

// SetField sets an attribute; those of the constructor can be overwritten.
func (e *Exception) SetField(name string, v starlark.Value) error {
	if e.Class.made(name) != nil {
		e.setAttr(name, v)
		return nil
	}
	switch name {
	case "args":
		t, err := toTuple(nil, v)
		if err != nil {
			return err
		}
		e.Args = t
	case "errno":
		e.Errno, e.errnoGiven = v, true
	case "strerror":
		e.Strerror = v
	case "filename":
		e.Filename = v
	case "__cause__", "__context__", "__traceback__", "__suppress_context__":
		return e.chain(name, v)
	default:
		e.setAttr(name, v)
	}
	return nil
}

// chain sets what a traceback shows of an exception besides itself. A cause hides the
// context.
func (e *Exception) chain(name string, v starlark.Value) error {
	_, isException := v.(*Exception)
	_, isBool := v.(starlark.Bool)
	switch {
	case name == "__suppress_context__" && !isBool:
		return TypeError.Errorf("attribute value type must be bool")
	case name == "__traceback__" && v != starlark.None:
		return TypeError.Errorf("__traceback__ must be a traceback or None")
	case (name == "__cause__" || name == "__context__") && !isException && v != starlark.None:
		return TypeError.Errorf("exception %s must be None or derive from BaseException", strings.Trim(name, "_"))
	case name == "__cause__":
		e.setAttr("__suppress_context__", starlark.True)
	}
	e.setAttr(name, v)
	return nil
}

// given are the attributes that are no fields of the exception.
func (e *Exception) given() *Dictionary {
	if e.attrs == nil {
		e.attrs = new(Dictionary)
	}
	return e.attrs
}

func (e *Exception) setAttr(name string, v starlark.Value) { e.given().Set(name, v) }

// callException is what calling an exception class does.
func callException(_ *starlark.Thread, class *Class, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	e := NewException(class, args...)
	for _, kw := range kwargs {
		name := string(kw[0].(starlark.String))
		if !takesKeyword(class, name) {
			return nil, TypeError.Errorf("%s() takes no keyword arguments", class.Short)
		}
		e.setAttr(name, kw[1])
	}
	if e.isUnicode() {
		if err := e.checkUnicodeArgs(); err != nil {
			return nil, err
		}
	}
	return e, nil
}

func takesKeyword(class *Class, name string) bool {
	switch {
	case class.Subclass(ImportError):
		return name == "name" || name == "path"
	case class.Subclass(AttributeError):
		return name == "name" || name == "obj"
	case class.Subclass(NameError):
		return name == "name"
	}
	return false
}
