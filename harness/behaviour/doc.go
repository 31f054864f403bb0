// Package behaviour reads behaviours: documented facts about a module under
// test, written as Python. This page is the manual of the case language.
//
// # A file
//
// A file of behaviours is valid Python and valid Starlark. It begins with a
// docstring that names its area; then come functions, and nothing else. Each
// function is a behaviour.
//
//	"""Connecting: connect, connect_ex."""
//
//	def refused_connect_ex_returns_the_errno():
//	    """connect_ex returns ECONNREFUSED where connect raises ConnectionRefusedError."""
//	    requires("ipv4")
//	    gone = socket.socket()
//	    gone.bind(("127.0.0.1", 0))
//	    addr = gone.getsockname()
//	    gone.close()
//	    s = socket.socket()
//	    s.connect_ex(addr)
//	    s.connect(addr)
//
// A behaviour's id is the file's name without ".py", a full stop, and the
// function's name: connect.refused_connect_ex_returns_the_errno. Folders are for
// order only and are no part of it. Both names are made of ASCII letters, digits
// and underscores, and begin with a letter. An id is never used again; a
// behaviour that is renamed keeps its former id as an alias.
//
// The function takes no parameters. Its docstring is required: one sentence that
// states the fact, ending in a full stop.
//
// # Steps
//
// The body is a list of steps, and every step is observed: the value that an
// expression has or that is assigned, or the exception that is raised, and the
// warnings that are issued. Nothing asserts: what the reference does is what is
// right. An exception does not end a behaviour; the next step runs. A step that
// reads a name whose assignment raised is not run, on any side.
//
//	Step   = Expression
//	       | Target "=" Expression                a value is observed as it is assigned
//	       | Target Operator "=" Expression       the new value is observed
//	       | "for" Target "in" Sequence ":" Suite
//	Target = name | Target "," … | Expression "[" … "]" | Expression "." name
//
// What stands in brackets may be a slice: buffer[1:3] = b"xy".
//
// A for loops over a tuple or list that is written out, and is unrolled when the
// file is read: for each element there is a step that assigns the element,
// followed by the steps of the body. There is no other flow of control: no if,
// while, try, with, def, return, import. There is one assignment in a step, and
// there are no f-strings, no **, no chained comparisons, no sets in braces, no
// generators and no numbers with underscores; adjacent texts are joined with +.
// A backslash in a text or in bytes always escapes something.
//
// A name is assigned by a step before it is read. The names of modules,
// observers, builtins and directives are never assigned.
//
// # What steps can use
//
// The module under test, by its name, and:
//
//	observers  errno (every name)
//	           gc.collect
//	           os.close os.dup os.get_blocking os.getgid os.getpid os.getuid
//	           os.listdir os.pipe os.read os.set_blocking os.stat os.unlink
//	           os.write
//	           resource.RLIMIT_DATA resource.RLIM_INFINITY resource.setrlimit
//	           select.POLLERR select.POLLHUP select.POLLIN select.POLLNVAL
//	           select.POLLOUT select.POLLPRI select.POLLRDHUP select.poll
//	           select.select
//	           signal.ITIMER_REAL signal.SIGALRM signal.setitimer signal.signal
//	           struct.calcsize struct.pack struct.unpack struct.unpack_from
//	           sys.addaudithook
//	           time.monotonic time.sleep time.time
//	           warnings.simplefilter
//	builtins   None True False abs all any ascii bin bool bytearray bytes callable chr
//	           dict dir enumerate filter float format frozenset getattr hasattr hash hex
//	           int isinstance issubclass iter len list map max memoryview min next object
//	           oct ord range repr reversed set setattr sorted str sum tuple type zip
//	exceptions ArithmeticError AssertionError AttributeError BaseException BlockingIOError
//	           BrokenPipeError BufferError BytesWarning ChildProcessError
//	           ConnectionAbortedError ConnectionError ConnectionRefusedError
//	           ConnectionResetError DeprecationWarning EOFError EnvironmentError Exception
//	           FileExistsError FileNotFoundError FloatingPointError FutureWarning IOError
//	           ImportError ImportWarning IndexError InterruptedError IsADirectoryError
//	           KeyError LookupError MemoryError NameError
//	           NotADirectoryError NotImplementedError OSError OverflowError
//	           PendingDeprecationWarning PermissionError ProcessLookupError RecursionError
//	           ReferenceError ResourceWarning RuntimeError RuntimeWarning StopIteration
//	           SyntaxWarning SystemError TimeoutError TypeError
//	           UnicodeDecodeError UnicodeEncodeError UnicodeError
//	           UnicodeWarning UserWarning ValueError Warning ZeroDivisionError
//	helpers    spawn(f, *args)  starts f beside the steps and returns a handle
//	           join(handle)     waits for it: returns what f returned, raises what f raised
//	           tmp(name)        a path of this behaviour's own, short enough for a socket
//	           open(path, mode="r", buffering=-1, encoding=None, errors=None, newline=None)
//	                            Python's open for a path (no descriptor): a file of the system
//
// Observers are the same on every subject and are never under test.
//
// type with three arguments makes a class, as in Python: type("Five", (), {"__index__":
// lambda self: 5}). That is the way to arguments of one's own making, and to classes
// that derive from the module's.
//
// A handler of a signal runs as soon as the signal comes, while a call of the
// steps waits. What it raises ends that call, so that the timer has to be started
// in the step whose call it is to end.
//
// An auditing hook is called with an event and the tuple of its arguments, as in
// Python, but for the events of the modules under test alone. It is there until the
// behaviour's end; what it raises ends the call.
//
// # Directives
//
// Directives come first, below the docstring. Their arguments are texts.
//
//	requires("ipv4", "python>=3.12")  what the machine and the Python must have, all of it
//	tags("slow")                      labels of the behaviour's own
//	see("Doc section or test")        what the behaviour mirrors
//	alias("old.id")                   an id that the behaviour had
//
// What can be required is ipv4, ipv6, root, container, memory, family:NAME for an
// address family (family:vsock), and a version of Python (>=, >, <=, <, == or !=
// with a major and a minor number, compared as numbers). Memory is a process that
// goes on when it gets no more, and with it the observer resource: CPython raises
// MemoryError, where a Go program ends.
//
// One more stands among the steps. lasts(min, max) bounds, in seconds, how long
// the step before it takes:
//
//	s.settimeout(0.2)
//	s.recv(1)
//	lasts(0.2, 1)
//
// # Peers
//
// Calls that block need somebody at the other end. spawn gives a step of its own
// to a method that waits:
//
//	server = socket.create_server(("127.0.0.1", 0))
//	waiting = spawn(server.accept)
//	client = socket.create_connection(server.getsockname())
//	conn, addr = join(waiting)
//
// # Labels
//
// For filters a behaviour has as labels its file's name, its tags, and the names
// of the API that its steps touch: of what a module offers both the qualified and
// the bare name (socket.create_server and create_server), of the attributes of any
// other value the bare one (accept).
package behaviour
