package behaviour

import (
	"slices"
	"strings"
)

// observers are the modules that steps may use to look at what the module under
// test did, with what each offers. They are the same on every subject and never
// under test. errno offers every name, so it lists none.
var observers = map[string][]string{
	"os":       {"close", "dup", "get_blocking", "getgid", "getpid", "getuid", "listdir", "pipe", "read", "set_blocking", "stat", "unlink", "write"},
	"gc":       {"collect"},
	"errno":    nil,
	"struct":   {"calcsize", "pack", "unpack", "unpack_from"},
	"resource": {"RLIMIT_DATA", "RLIM_INFINITY", "setrlimit"},
	"select":   {"POLLERR", "POLLHUP", "POLLIN", "POLLNVAL", "POLLOUT", "POLLPRI", "POLLRDHUP", "poll", "select"},
	"signal":   {"ITIMER_REAL", "SIGALRM", "setitimer", "signal"},
	"sys":      {"addaudithook"},
	"time":     {"monotonic", "sleep", "time"},
	"warnings": {"simplefilter"},
}

// builtins are Python's own names that every subject has, and the helpers of the
// case language.
var builtins = slices.Concat(exceptions, []string{
	"None", "True", "False",
	"abs", "all", "any", "ascii", "bin", "bool", "bytearray", "bytes", "callable", "chr", "dict", "dir", "enumerate", "filter",
	"float", "format", "frozenset", "getattr", "hasattr", "hash", "hex", "int", "isinstance", "issubclass", "iter", "len",
	"list", "map", "max", "memoryview", "min", "next", "object", "oct", "ord", "range", "repr", "reversed", "set", "setattr",
	"sorted", "str", "sum", "tuple", "type", "zip",
	"spawn", "join", "tmp", "open",
})

// exceptions are the classes of exceptions that steps can name.
var exceptions = []string{
	"ArithmeticError", "AssertionError", "AttributeError", "BaseException", "BlockingIOError", "BrokenPipeError", "BufferError",
	"BytesWarning", "ChildProcessError", "ConnectionAbortedError", "ConnectionError", "ConnectionRefusedError",
	"ConnectionResetError", "DeprecationWarning", "EOFError", "EnvironmentError", "Exception", "FileExistsError",
	"FileNotFoundError", "FloatingPointError", "FutureWarning", "IOError", "ImportError", "ImportWarning", "IndexError",
	"InterruptedError", "IsADirectoryError", "KeyError", "LookupError", "MemoryError", "NameError",
	"NotADirectoryError", "NotImplementedError", "OSError", "OverflowError", "PendingDeprecationWarning", "PermissionError",
	"ProcessLookupError", "RecursionError", "ReferenceError", "ResourceWarning", "RuntimeError", "RuntimeWarning",
	"StopIteration", "SyntaxWarning", "SystemError", "TimeoutError", "TypeError", "UnicodeDecodeError",
	"UnicodeEncodeError", "UnicodeError", "UnicodeWarning", "UserWarning", "ValueError", "Warning",
	"ZeroDivisionError",
}

// Builtins lists the names that every step may use without a module, in
// alphabetical order: a subject has to provide each of them.
func Builtins() []string { return slices.Sorted(slices.Values(builtins)) }

// Exceptions lists the classes of exceptions among the [Builtins].
func Exceptions() []string { return slices.Clone(exceptions) }

// Observers maps each observer to the names that it offers, in alphabetical
// order; errno offers every name that Python's has and maps to nil.
func Observers() map[string][]string {
	all := make(map[string][]string, len(observers))
	for name, offers := range observers {
		all[name] = slices.Clone(offers)
	}
	return all
}

func isBuiltin(name string) bool { return slices.Contains(builtins, name) }

// offered reports whether an observer has an attribute; if not, hint says what
// it has instead.
func offered(observer, attribute string) (hint string, ok bool) {
	offers := observers[observer]
	if offers == nil || slices.Contains(offers, attribute) {
		return "", true
	}
	return "steps may use " + observer + "." + strings.Join(offers, ", "+observer+"."), false
}
