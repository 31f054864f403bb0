package pyerr

// The classes that the socket module raises, and those between them and
// BaseException.
//
//nolint:errname // Python's names
var (
	BaseException = &Class{Name: "BaseException"}
	Exception     = &Class{Name: "Exception", Base: BaseException}

	ArithmeticError = &Class{Name: "ArithmeticError", Base: Exception}
	OverflowError   = &Class{Name: "OverflowError", Base: ArithmeticError}
	MemoryError     = &Class{Name: "MemoryError", Base: Exception}
	TypeError       = &Class{Name: "TypeError", Base: Exception}
	ValueError      = &Class{Name: "ValueError", Base: Exception}
	AttributeError  = &Class{Name: "AttributeError", Base: Exception}
	LookupError     = &Class{Name: "LookupError", Base: Exception}
	UnicodeError    = &Class{Name: "UnicodeError", Base: ValueError}
	// UnicodeEncodeError and UnicodeDecodeError have the encoding, what was to be
	// encoded or decoded, where in it, up to where, and why not, as arguments.
	UnicodeEncodeError = &Class{Name: "UnicodeEncodeError", Base: UnicodeError}
	UnicodeDecodeError = &Class{Name: "UnicodeDecodeError", Base: UnicodeError}

	// ExceptionGroup is the class of a [Group]. In Python it also derives from
	// BaseExceptionGroup, which nothing here needs.
	ExceptionGroup = &Class{Name: "ExceptionGroup", Base: Exception}

	// OSError is also Python's socket.error.
	OSError                = &Class{Name: "OSError", Base: Exception}
	BlockingIOError        = &Class{Name: "BlockingIOError", Base: OSError}
	ChildProcessError      = &Class{Name: "ChildProcessError", Base: OSError}
	ConnectionError        = &Class{Name: "ConnectionError", Base: OSError}
	BrokenPipeError        = &Class{Name: "BrokenPipeError", Base: ConnectionError}
	ConnectionAbortedError = &Class{Name: "ConnectionAbortedError", Base: ConnectionError}
	ConnectionRefusedError = &Class{Name: "ConnectionRefusedError", Base: ConnectionError}
	ConnectionResetError   = &Class{Name: "ConnectionResetError", Base: ConnectionError}
	FileExistsError        = &Class{Name: "FileExistsError", Base: OSError}
	FileNotFoundError      = &Class{Name: "FileNotFoundError", Base: OSError}
	InterruptedError       = &Class{Name: "InterruptedError", Base: OSError}
	IsADirectoryError      = &Class{Name: "IsADirectoryError", Base: OSError}
	NotADirectoryError     = &Class{Name: "NotADirectoryError", Base: OSError}
	PermissionError        = &Class{Name: "PermissionError", Base: OSError}
	ProcessLookupError     = &Class{Name: "ProcessLookupError", Base: OSError}
	TimeoutError           = &Class{Name: "TimeoutError", Base: OSError} // also Python's socket.timeout

	// UnsupportedOperation is what files raise for what they cannot do. It is an
	// OSError and a ValueError.
	UnsupportedOperation = &Class{Name: "UnsupportedOperation", Module: "io", Base: OSError, Also: ValueError}

	// Herror is what functions on the host database raise: its arguments are an
	// h_errno and hstrerror's text.
	Herror = &Class{Name: "herror", Module: "socket", Base: OSError}
	// Gaierror is what getaddrinfo and getnameinfo raise, directly and for the
	// host of an address: its arguments are an EAI_* code, which is negative, and
	// gai_strerror's text.
	Gaierror = &Class{Name: "gaierror", Module: "socket", Base: OSError}
)
