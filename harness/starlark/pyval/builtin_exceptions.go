package pyval

func builtinException(name string, bases ...*Class) *Class {
	return &Class{Short: name, Bases: bases}
}

// The builtin exception classes. ExceptionClass is Python's Exception; the Go
// type [Exception] is an instance of any of them.
var (
	BaseException     = builtinException("BaseException")
	ExceptionClass    = builtinException("Exception", BaseException)
	GeneratorExit     = builtinException("GeneratorExit", BaseException)
	KeyboardInterrupt = builtinException("KeyboardInterrupt", BaseException)
	SystemExit        = builtinException("SystemExit", BaseException)

	ArithmeticError    = builtinException("ArithmeticError", ExceptionClass)
	FloatingPointError = builtinException("FloatingPointError", ArithmeticError)
	OverflowError      = builtinException("OverflowError", ArithmeticError)
	ZeroDivisionError  = builtinException("ZeroDivisionError", ArithmeticError)

	AssertionError      = builtinException("AssertionError", ExceptionClass)
	AttributeError      = builtinException("AttributeError", ExceptionClass)
	BufferError         = builtinException("BufferError", ExceptionClass)
	EOFError            = builtinException("EOFError", ExceptionClass)
	ImportError         = builtinException("ImportError", ExceptionClass)
	ModuleNotFoundError = builtinException("ModuleNotFoundError", ImportError)
	LookupError         = builtinException("LookupError", ExceptionClass)
	IndexError          = builtinException("IndexError", LookupError)
	KeyError            = builtinException("KeyError", LookupError)
	MemoryError         = builtinException("MemoryError", ExceptionClass)
	NameError           = builtinException("NameError", ExceptionClass)
	UnboundLocalError   = builtinException("UnboundLocalError", NameError)
	ReferenceError      = builtinException("ReferenceError", ExceptionClass)
	RuntimeError        = builtinException("RuntimeError", ExceptionClass)
	NotImplementedError = builtinException("NotImplementedError", RuntimeError)
	RecursionError      = builtinException("RecursionError", RuntimeError)
	StopIteration       = builtinException("StopIteration", ExceptionClass)
	StopAsyncIteration  = builtinException("StopAsyncIteration", ExceptionClass)
	SyntaxError         = builtinException("SyntaxError", ExceptionClass)
	SystemError         = builtinException("SystemError", ExceptionClass)
	TypeError           = builtinException("TypeError", ExceptionClass)
	ValueError          = builtinException("ValueError", ExceptionClass)

	UnicodeError          = builtinException("UnicodeError", ValueError)
	UnicodeDecodeError    = builtinException("UnicodeDecodeError", UnicodeError)
	UnicodeEncodeError    = builtinException("UnicodeEncodeError", UnicodeError)
	UnicodeTranslateError = builtinException("UnicodeTranslateError", UnicodeError)
)

// OSError and the subclasses that its constructor picks by errno.
var (
	OSError                = builtinException("OSError", ExceptionClass)
	BlockingIOError        = builtinException("BlockingIOError", OSError)
	ChildProcessError      = builtinException("ChildProcessError", OSError)
	ConnectionError        = builtinException("ConnectionError", OSError)
	BrokenPipeError        = builtinException("BrokenPipeError", ConnectionError)
	ConnectionAbortedError = builtinException("ConnectionAbortedError", ConnectionError)
	ConnectionRefusedError = builtinException("ConnectionRefusedError", ConnectionError)
	ConnectionResetError   = builtinException("ConnectionResetError", ConnectionError)
	FileExistsError        = builtinException("FileExistsError", OSError)
	FileNotFoundError      = builtinException("FileNotFoundError", OSError)
	InterruptedError       = builtinException("InterruptedError", OSError)
	IsADirectoryError      = builtinException("IsADirectoryError", OSError)
	NotADirectoryError     = builtinException("NotADirectoryError", OSError)
	PermissionError        = builtinException("PermissionError", OSError)
	ProcessLookupError     = builtinException("ProcessLookupError", OSError)
	TimeoutError           = builtinException("TimeoutError", OSError)
)

// The warning classes.
var (
	Warning                   = builtinException("Warning", ExceptionClass)
	BytesWarning              = builtinException("BytesWarning", Warning)
	DeprecationWarning        = builtinException("DeprecationWarning", Warning)
	EncodingWarning           = builtinException("EncodingWarning", Warning)
	FutureWarning             = builtinException("FutureWarning", Warning)
	ImportWarning             = builtinException("ImportWarning", Warning)
	PendingDeprecationWarning = builtinException("PendingDeprecationWarning", Warning)
	ResourceWarning           = builtinException("ResourceWarning", Warning)
	RuntimeWarning            = builtinException("RuntimeWarning", Warning)
	SyntaxWarning             = builtinException("SyntaxWarning", Warning)
	UnicodeWarning            = builtinException("UnicodeWarning", Warning)
	UserWarning               = builtinException("UserWarning", Warning)
)

var builtinExceptions = byName(
	BaseException, ExceptionClass, GeneratorExit, KeyboardInterrupt, SystemExit,
	ArithmeticError, FloatingPointError, OverflowError, ZeroDivisionError,
	AssertionError, AttributeError, BufferError, EOFError, ImportError, ModuleNotFoundError,
	LookupError, IndexError, KeyError, MemoryError, NameError, UnboundLocalError,
	ReferenceError, RuntimeError, NotImplementedError, RecursionError, StopIteration,
	StopAsyncIteration, SyntaxError, SystemError, TypeError, ValueError,
	UnicodeError, UnicodeDecodeError, UnicodeEncodeError, UnicodeTranslateError,
	OSError, BlockingIOError, ChildProcessError, ConnectionError, BrokenPipeError,
	ConnectionAbortedError, ConnectionRefusedError, ConnectionResetError, FileExistsError,
	FileNotFoundError, InterruptedError, IsADirectoryError, NotADirectoryError,
	PermissionError, ProcessLookupError, TimeoutError,
	Warning, BytesWarning, DeprecationWarning, EncodingWarning, FutureWarning, ImportWarning,
	PendingDeprecationWarning, ResourceWarning, RuntimeWarning, SyntaxWarning, UnicodeWarning,
	UserWarning,
)

func byName(classes ...*Class) map[string]*Class {
	m := make(map[string]*Class, len(classes))
	for _, c := range classes {
		m[c.Short] = c
	}
	return m
}

// Builtin returns the builtin exception or warning class with the name, which
// may be one of Python's aliases of OSError, or nil.
func Builtin(name string) *Class {
	switch name {
	case "IOError", "EnvironmentError":
		return OSError
	}
	return builtinExceptions[name]
}
