"""The CPython side of pyparity: runs behaviours, reports what each step did.

Speaks the protocol of harness/subject (JSON Lines, requests on standard input,
events on standard output). Needs nothing but the standard library of CPython
3.9 or later, or PyPy, and no file of its own: "python3 -I agent.py" and
"python3 -I -c SOURCE" are the same. That is why it is one file, long as it is:
whoever has the text has the whole agent, and nothing else has to be mounted,
sent or found on a path.

    Supervisor   the process that was started. It imports the modules under test
                 once, forks a child per behaviour, passes its events on, and
                 kills it with all that it started at its end or at a deadline.
    Child        executes the steps and observes them.
    Observer     turns Python values into the forms of the protocol.

"agent.py --vectors FILE" checks the Observer against shared test vectors.
"""

import resource
import signal

# Whoever starts the agent may interrupt it at any time: it ends without a word.
# The Supervisor installs handlers that clean up.
signal.signal(signal.SIGINT, signal.SIG_DFL)

import _signal  # what signal wraps: ten times as fast, and every child needs it
import ast
import builtins
import enum
import errno
import faulthandler
import fcntl
import gc
import hashlib
import importlib
import json
import os
import select
import socket
import stat
import struct
import sys
import threading
import time
import types
import warnings
import weakref

PROTOCOL = 1
MAX_LINE = 8 << 20  # bytes of one message, either way
MAX_INLINE = 256  # bytes of text or bytes that travel as they are
MAX_OBJECTS = 3  # objects inside each other that are shown with their state
MAX_DEPTH = 48  # values inside each other that are shown at all
PASSING = 4  # descriptors that a step is taken to open and free again at most, see Child.occupy

# Descriptors of the agent itself stay above what a behaviour opens, so that the
# behaviour's begin at 3 and neither side can take the other's by counting.
HIGH = 900 if os.sysconf("SC_OPEN_MAX") < 0 else min(900, os.sysconf("SC_OPEN_MAX") - 16)


def message(form):
    """A line of the protocol, and the text by which the items of a set are sorted."""
    return json.dumps(form, ensure_ascii=False, separators=(",", ":"))


def event(kind, body, **id):
    return message(dict(event=kind, **id, **body)).encode("utf-8", "backslashreplace") + b"\n"


def write_all(fd, data):
    while data:
        data = data[os.write(fd, data):]


def high(fd):
    """Moves a descriptor out of the behaviours' way."""
    moved = fcntl.fcntl(fd, fcntl.F_DUPFD, HIGH)
    os.set_inheritable(moved, False)
    os.close(fd)
    return moved


# --- Observing: Python values as JSON, see harness/trace/doc.go ---------------


class Numbers:
    """Identity numbers of objects, in order of first appearance.

    Observing must not change when an object is collected, so objects are
    referenced weakly. The few classes that know no weak references (_socket.socket
    is one) are held until the end of a step at which nothing else holds them.
    """

    def __init__(self):
        self.table = {}  # id -> (number, [object]) or (number, weak reference)
        self.next = 0
        # Measured, since interpreters differ in whether a call counts for itself.
        alone = (0, [object()])
        self.alone = sys.getrefcount(alone[1][0]) if hasattr(sys, "getrefcount") else None

    def of(self, value):
        known = self.table.get(id(value))
        if known is not None:
            there = known[1][0] if type(known[1]) is list else known[1]()
            if there is value:
                return known[0]
        try:
            reference = weakref.ref(value)
        except TypeError:
            reference = [value]
        number, self.next = self.next, self.next + 1
        self.table[id(value)] = (number, reference)
        return number

    def release(self):
        """Lets go of what only the table holds. PyPy has no reference counts: there it stays,
        which no behaviour can tell from late collection."""
        gone = self.alone is not None
        while gone:
            gone = [
                key
                for key, known in self.table.items()
                if type(known[1]) is list and sys.getrefcount(known[1][0]) == self.alone
            ]
            for key in gone:
                del self.table[key]

    def forget(self, first):
        """Takes back all numbers from the first on: what they were given to is not shown."""
        for key in [key for key, known in self.table.items() if known[0] >= first]:
            del self.table[key]
        self.next = first


class Observer:
    """Turns values into the forms of the protocol, and keeps none of them alive."""

    PUBLIC_DATA = (property, types.GetSetDescriptorType, types.MemberDescriptorType)

    def __init__(self):
        self.numbers = Numbers()
        self.around = []  # ids of the values that the present one is inside of
        self.objects = 0  # how many of them show their state

    def value(self, v):
        if v is None or v is True or v is False:
            return v
        if isinstance(v, enum.Enum):
            return self.inside(v, self.enum)
        if isinstance(v, str):
            return text(v)
        if isinstance(v, int):
            return {"int": decimal(v)}
        if isinstance(v, float):
            return {"float": float.__repr__(v)}
        for kind in (bytes, bytearray, memoryview):
            if isinstance(v, kind):
                return self.binary(kind.__name__, v)
        for kind in (tuple, list, set, frozenset, dict):
            if isinstance(v, kind):
                return self.inside(v, getattr(self, kind.__name__))
        if isinstance(v, BaseException):
            return self.inside(v, lambda error: {"exception": self.exception(error)})
        if isinstance(v, type):
            return {"class": qualified(v)}
        if isinstance(v, types.ModuleType):
            return {"module": v.__name__}
        name = getattr(v, "__name__", None) if callable(v) else None
        if isinstance(name, str):
            return {"callable": name}
        return self.inside(v, self.object)

    def inside(self, v, show):
        """Shows a value that may hold others. One that is inside itself, or too deep inside
        others, is only identified."""
        if id(v) in self.around or len(self.around) == MAX_DEPTH:
            return self.identity(v)
        self.around.append(id(v))
        try:
            return show(v)
        finally:
            self.around.pop()

    def binary(self, kind, v):
        try:
            data = bytes(v)
        except ValueError:  # a memoryview that was released has no bytes any more
            return self.inside(v, self.object)
        return digest(kind, len(data), data) if len(data) > MAX_INLINE else {kind: data.decode("latin-1")}

    def enum(self, v):
        return {"enum": {"class": qualified(type(v)), "name": v._name_ or "", "value": self.value(v._value_)}}

    def tuple(self, v):
        return {"tuple": [self.value(item) for item in tuple.__iter__(v)]}

    def list(self, v):
        return {"list": [self.value(item) for item in list.__iter__(v)]}

    def set(self, v):
        return {"set": sorted((self.value(item) for item in set.__iter__(v)), key=message)}

    def frozenset(self, v):
        return {"frozenset": sorted((self.value(item) for item in frozenset.__iter__(v)), key=message)}

    def dict(self, v):
        return {"dict": [[self.value(key), self.value(item)] for key, item in dict.items(v)]}

    def identity(self, v):
        return {"object": {"class": qualified(type(v)), "id": self.numbers.of(v)}}

    def object(self, v):
        form = self.identity(v)
        if self.objects < MAX_OBJECTS:
            self.objects += 1
            try:
                form["object"]["state"] = {name: self.attribute(v, name) for name in self.public(v)}
            finally:
                self.objects -= 1
        return form

    def public(self, v):
        names = set()
        for cls in type(v).__mro__:
            names.update(name for name, kind in vars(cls).items() if isinstance(kind, self.PUBLIC_DATA))
        own = getattr(v, "__dict__", None)
        if isinstance(own, dict):
            names.update(name for name in own if isinstance(name, str))
        return sorted(name for name in names if not name.startswith("_"))

    def attribute(self, v, name):
        try:
            found = getattr(v, name)
        except Exception as error:
            found = error.with_traceback(None)
        return self.value(found)

    def exception(self, error):
        form = {
            "class": qualified(type(error)),
            "bases": [qualified(base) for base in type(error).__mro__[1:-1]],
            "args": [self.value(arg) for arg in error.args],
        }
        if isinstance(error, OSError):
            form["errno"] = self.value(error.errno)
            form["strerror"] = self.value(error.strerror)
        try:
            said = str(error)
        except Exception as failure:
            said = failure.with_traceback(None)
        form["text"] = self.value(said)
        if GROUP and isinstance(error, GROUP):
            form["exceptions"] = self.value(error.exceptions)
        return form


# Exceptions that hold others came with 3.11.
GROUP = getattr(builtins, "BaseExceptionGroup", None)


def qualified(cls):
    module = getattr(cls, "__module__", None)
    if module == "builtins" or not isinstance(module, str):
        return cls.__qualname__
    return module + "." + cls.__qualname__


def text(v):
    data = str.encode(v, "utf-8", "surrogatepass")
    if len(data) > MAX_INLINE:
        return digest("str", str.__len__(v), data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return {"surrogates": data.hex()}


def decimal(v):
    try:
        return int.__repr__(v)
    except ValueError:  # more digits than sys.set_int_max_str_digits allows
        limit = sys.get_int_max_str_digits()
        sys.set_int_max_str_digits(0)
        try:
            return int.__repr__(v)
        finally:
            sys.set_int_max_str_digits(limit)


def digest(kind, length, data):
    return {"digest": {"kind": kind, "len": length, "sha256": hashlib.sha256(data).hexdigest()}}


# --- What steps see -----------------------------------------------------------

BUILTINS = """
    abs all any ascii bin bool bytearray bytes callable chr dict dir enumerate filter float format frozenset
    getattr hasattr hash hex int isinstance issubclass iter len list map max memoryview min next object oct ord
    range repr reversed set setattr sorted str sum tuple type zip
    ArithmeticError AssertionError AttributeError BaseException BlockingIOError BrokenPipeError BufferError
    BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError
    ConnectionResetError DeprecationWarning EOFError EnvironmentError Exception FileExistsError
    FileNotFoundError FloatingPointError FutureWarning IOError ImportError ImportWarning IndexError
    InterruptedError IsADirectoryError KeyError LookupError MemoryError NameError
    NotADirectoryError NotImplementedError OSError OverflowError PendingDeprecationWarning PermissionError
    ProcessLookupError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning StopIteration
    SyntaxWarning SystemError TimeoutError TypeError UnicodeDecodeError UnicodeEncodeError
    UnicodeError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError
    __import__
""".split()  # the last one is for C code, which looks it up here to import what it needs; PyPy shows all builtins

RESERVED = set()  # the descriptors of the agent that a child still has

FILE_TYPES = {
    stat.S_IFREG: "file",
    stat.S_IFDIR: "dir",
    stat.S_IFSOCK: "socket",
    stat.S_IFIFO: "fifo",
    stat.S_IFCHR: "char",
    stat.S_IFBLK: "block",
    stat.S_IFLNK: "link",
}


def type_and_mode(path):
    """os.stat: the type and the permission bits of the path itself."""
    mode = os.lstat(path).st_mode
    return FILE_TYPES.get(stat.S_IFMT(mode), "other"), mode & 0o777


def collect():
    """gc.collect. PyPy runs finalisers after a collection; what they free, the next collects."""
    for _ in range(3 if sys.implementation.name == "pypy" else 1):
        gc.collect()


def guarded(function):
    """A function of os that takes the agent's own descriptors for closed ones."""

    def call(fd, *args):
        if type(fd) is int and fd in RESERVED:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        return function(fd, *args)

    return call


class Handle:
    """What spawn() returns. It keeps the result, as futures do: joining twice is allowed."""

    __slots__ = ("_thread", "_result", "_error", "__weakref__")

    def __init__(self, function, args):
        self._result = self._error = None
        # Thread lets go of function and args at their end.
        self._thread = threading.Thread(target=self._run, args=(function, args), daemon=True)
        self._thread.start()

    def _run(self, function, args):
        try:
            self._result = function(*args)
        except BaseException as error:
            # A traceback would keep this frame, and with it args, alive.
            self._error = error.with_traceback(None)


Handle.__name__ = Handle.__qualname__ = "spawn"
Handle.__module__ = "builtins"


def spawn(function, *args):
    return Handle(function, args)


def join(handle):
    handle._thread.join()
    if handle._error is not None:
        raise handle._error
    return handle._result


def open_path(path, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
    """open, for a path: a descriptor could be the agent's own."""
    return open(os.fspath(path), mode, buffering, encoding, errors, newline)


open_path.__name__ = open_path.__qualname__ = "open"


def set_handler(number, handler):
    """signal.signal, without the handler that there was."""
    _signal.signal(number, handler)


def set_timer(which, seconds, interval=0.0):
    """signal.setitimer, without what was left of the former timer."""
    _signal.setitimer(which, seconds, interval)


def set_limit(which, limits):
    """resource.setrlimit, for the process of the behaviour alone."""
    resource.setrlimit(which, limits)


def hook_adder(modules):
    """sys.addaudithook, for the events of the modules under test: the agent raises others."""

    def add(hook):
        def ours(event, args):
            if event.partition(".")[0] in modules:
                hook(event, args)

        sys.addaudithook(ours)

    return add


def set_filter(action, category=Warning):
    """warnings.simplefilter, but for the actions that depend on what was said before."""
    if action not in ("always", "error", "ignore"):
        raise ValueError("invalid action: %r" % (action,))
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError("category must be a Warning subclass")
    warnings.simplefilter(action, category)


def observer(name, **functions):
    """A module with some of the functions of the real one."""
    module = types.ModuleType(name)
    for key, function in functions.items():
        if isinstance(function, types.FunctionType):
            function.__name__ = function.__qualname__ = key
        setattr(module, key, function)
    return module


POLL_EVENTS = "POLLERR POLLHUP POLLIN POLLNVAL POLLOUT POLLPRI POLLRDHUP".split()
# PyPy has no POLLRDHUP.
POLL_EVENTS = {name: getattr(select, name) for name in POLL_EVENTS if hasattr(select, name)}

NAMES = {
    "__name__": "__main__",
    "__builtins__": {name: getattr(builtins, name) for name in BUILTINS},
    "os": observer(
        "os",
        pipe=os.pipe,
        listdir=os.listdir,
        stat=type_and_mode,
        close=guarded(os.close),
        dup=guarded(os.dup),
        get_blocking=guarded(os.get_blocking),
        set_blocking=guarded(os.set_blocking),
        read=guarded(os.read),
        write=guarded(os.write),
        unlink=os.unlink,
        getpid=os.getpid,
        getuid=os.getuid,
        getgid=os.getgid,
    ),
    "gc": observer("gc", collect=collect),
    "errno": errno,
    "struct": observer("struct", pack=struct.pack, unpack=struct.unpack, unpack_from=struct.unpack_from, calcsize=struct.calcsize),
    "select": observer("select", select=select.select, poll=select.poll, **POLL_EVENTS),
    "time": observer("time", sleep=time.sleep, time=time.time, monotonic=time.monotonic),
    "resource": observer("resource", setrlimit=set_limit),
    "warnings": observer("warnings", simplefilter=set_filter),
    "signal": observer("signal", signal=set_handler, setitimer=set_timer),
    "spawn": spawn,
    "join": join,
    "open": open_path,
}


NAMES["resource"].RLIMIT_DATA, NAMES["resource"].RLIM_INFINITY = resource.RLIMIT_DATA, resource.RLIM_INFINITY
NAMES["signal"].SIGALRM, NAMES["signal"].ITIMER_REAL = int(signal.SIGALRM), int(signal.ITIMER_REAL)


# --- The child: how steps run -------------------------------------------------


class Refused(Exception):
    """The behaviour cannot be run here, whatever the module under test does."""


class Plan:
    """A compiled step: before is executed, value evaluated and observed, and bind executed
    with that value under the name VALUE. Only value is always there."""

    VALUE = "__value"

    def __init__(self, index, step):
        self.reads, self.assigns = step.get("reads") or (), step.get("assigns") or ()
        self.before = self.bind = None
        self.where = "<step %d>" % (index + 1)
        try:
            tree = ast.parse(step["text"], self.where)
            node = tree.body[0] if len(tree.body) == 1 else None
            self.closes = any(map(closes_number, ast.walk(tree)))
            if isinstance(node, ast.Expr):
                self.value = self.expression(node.value)
            elif isinstance(node, ast.Assign):
                self.value = self.expression(node.value)
                node.value = ast.copy_location(ast.Name(self.VALUE, ast.Load()), node.value)
                self.bind = self.statement(node)
            elif isinstance(node, ast.AugAssign):
                # Observed is what the target holds afterwards.
                self.before = self.statement(node)
                node.target.ctx = ast.Load()
                self.value = self.expression(node.target)
            else:
                raise Refused("step %d is not one expression or assignment" % (index + 1))
        except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError) as error:
            raise Refused("step %d does not compile: %s" % (index + 1, error)) from None

    def expression(self, node):
        return compile(ast.Expression(node), self.where, "eval", dont_inherit=True)

    def statement(self, node):
        return compile(ast.Module([node], []), self.where, "exec", dont_inherit=True)


def closes_number(node):
    """Whether this is a call such as os.close(fd) or socket.close(fd), unlike s.close()."""
    function = node.func if isinstance(node, ast.Call) else None
    return isinstance(function, ast.Attribute) and function.attr == "close" and bool(node.args)


class Child:
    """One behaviour, executed in a process of its own."""

    def __init__(self, request, modules, directory):
        self.id = request["id"]
        self.steps = request.get("steps") or []
        self.perturbation = request.get("perturbation") or {}
        self.directory = directory
        self.names = {**NAMES, "tmp": self.tmp, "sys": observer("sys", addaudithook=hook_adder(set(modules))), **modules}
        self.failed = set()  # names whose last assignment raised or was not run
        self.observer = Observer()
        self.observing = False
        self.paused = 0.0  # seconds of the present step that were spent observing
        self.warnings = []
        self.main = threading.get_ident()
        self.channel = None  # the descriptor to write events to
        self.free = []  # descriptor numbers that stay free although others are occupied

    def tmp(self, name):
        return self.directory + "/" + name

    def enter(self, channel, supervisor):
        """Makes the forked process a clean place for the behaviour and runs it there. Never returns."""
        try:
            os.setsid()
            for number in supervisor.SIGNALS:
                _signal.signal(number, _signal.SIG_DFL)
            _signal.signal(signal.SIGINT, signal.default_int_handler)
            # Should the supervisor be killed, its end of the lifeline closes, and
            # the kernel sends this process SIGIO, which ends it.
            fcntl.fcntl(supervisor.lifeline, fcntl.F_SETOWN, os.getpid())
            for fd in (supervisor.input, supervisor.output, supervisor.life):
                os.close(fd)
            self.channel = high(channel)
            RESERVED.update((self.channel, supervisor.lifeline))
            warnings.showwarning = self.on_warning
            self.run()
            os._exit(0)
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            os._exit(70)

    def run(self):
        end = {"end": "done"}
        try:
            self.perturb()
            plans = [Plan(index, step) for index, step in enumerate(self.steps)]
            del self.warnings[:]  # those of the compiler
            for index, plan in enumerate(plans):
                self.send("step", dict(step=index, **self.step(plan)))
        except Refused as refusal:
            end = {"end": "refused", "detail": str(refusal)}
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (OSError, ValueError):  # the behaviour closed it
                pass
        self.send("done", end)

    def send(self, kind, body):
        line = event(kind, body, id=self.id)
        if len(line) > MAX_LINE:
            size = (body["step"] + 1, len(line), MAX_LINE)
            raise Refused("the observation of step %d takes %d bytes, more than %d" % size)
        write_all(self.channel, line)

    def perturb(self):
        # All children begin as copies of one process: without this every run
        # would show the same addresses, and they would look like a promise.
        amount = 8 * self.perturbation.get("index", 0)
        self.ballast = [bytes(size) for _ in range(amount) for size in range(0, 480, 16)]
        try:
            for _ in range(self.perturbation.get("fd_offset", 0)):
                os.open(os.devnull, os.O_RDONLY)
            self.occupy()
        except OSError as error:
            raise Refused("cannot perturb descriptors: %s" % error) from None

    def occupy(self, leave=False):
        """Takes every descriptor number that was freed, so that none is used twice.

        The kernel gives the lowest free number, so those that a step opened and freed
        again are the next above the highest in use: PASSING of them are taken too.
        With leave, what the step freed stays free: it closed a descriptor by its number,
        and the next steps may be about what a closed number does.
        """
        if not self.perturbation.get("occupy"):
            return
        used = [int(name) for name in os.listdir("/proc/self/fd")]
        top = max(fd for fd in used if fd < HIGH)
        limit = min(top + PASSING, HIGH - PASSING)
        free = []
        taken = os.open(os.devnull, os.O_RDONLY)
        while taken <= limit:
            if taken <= top and (leave or taken in self.free):
                free.append(taken)
            taken = os.open(os.devnull, os.O_RDONLY)
        for fd in [taken, *free]:
            os.close(fd)
        self.free = free

    def step(self, plan):
        """Executes a step and returns its observation."""
        missing = next((name for name in plan.reads if name in self.failed), None)
        if missing is not None:
            self.failed.update(plan.assigns)
            return {"not_run": missing, "seconds": 0.0}
        self.paused = 0.0
        numbered = self.observer.numbers.next
        start = time.perf_counter()
        try:
            form = {"returned": self.execute(plan)}
            took = time.perf_counter() - start - self.paused
            self.failed.difference_update(plan.assigns)
        except BaseException as error:
            took = time.perf_counter() - start - self.paused
            self.failed.update(plan.assigns)
            self.observer.numbers.forget(numbered)
            form = {"raised": self.observe(self.observer.exception, error)}
            # Whoever keeps the exception must not keep the agent's frames with it.
            error.__traceback__ = None
        # The value or exception is gone by now, as after a statement of any
        # program, and the warnings that its end issued belong to this step.
        self.observer.numbers.release()
        issued = self.warnings[:]
        del self.warnings[:len(issued)]  # threads may have added more
        if issued:
            form["warnings"] = issued
        form["seconds"] = round(max(took, 0.0), 7)
        try:
            self.occupy(plan.closes)
        except OSError as error:
            if error.errno != errno.EMFILE:  # the behaviour has taken all there are itself
                raise
        return form

    def execute(self, plan):
        if plan.before:
            exec(plan.before, self.names)
        value = eval(plan.value, self.names)
        form = self.observe(self.observer.value, value)
        if plan.bind:
            self.names[plan.VALUE] = value
            try:
                exec(plan.bind, self.names)
            finally:
                del self.names[plan.VALUE]
        return form

    def observe(self, show, value):
        start = time.perf_counter()
        self.observing = True
        try:
            return show(value)
        except BaseException:  # must not be taken for the step's
            sys.excepthook(*sys.exc_info())
            os._exit(70)
        finally:
            self.observing = False
            self.paused += time.perf_counter() - start

    def on_warning(self, said, category, filename, lineno, file=None, line=None):
        """warnings.showwarning, for all threads: warnings.catch_warnings knows no threads."""
        if self.observing and threading.get_ident() == self.main:
            return  # showing an attribute is not the step's doing
        self.warnings.append({"class": qualified(category), "text": text(str(said))})


# --- The supervisor -----------------------------------------------------------


class Unusable(Exception):
    """Input after which nobody can know what the other side waits for."""


class Supervisor:
    SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    POLL = 0.2  # seconds between looks for a child that ended while others hold its channel open
    APART = 7  # process ids between the runs of one behaviour that are compared

    def __init__(self):
        # What is printed, by steps or by modules being imported, must not reach
        # the protocol.
        self.input, self.output = high(0), high(1)
        os.open(os.devnull, os.O_RDONLY)
        os.dup2(2, 1)
        os.closerange(3, HIGH)
        lifeline, life = os.pipe()
        self.lifeline, self.life = high(lifeline), high(life)  # see Child.enter
        fcntl.fcntl(self.lifeline, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
        self.process = os.getpid()
        self.unread = bytearray()
        self.warmed = {}
        self.spent = 0  # process ids that went to no behaviour
        self.child = None  # process id
        self.status = None  # its wait status, once it ended
        self.seen = 0  # how many of its steps were observed
        self.directory = None  # what tmp() gives it
        for number in self.SIGNALS:
            _signal.signal(number, self.on_signal)
        faulthandler.enable()
        os.umask(0o022)
        warnings.simplefilter("always")
        # Collections by allocation count would happen at steps that depend on
        # the interpreter's version and on the agent. Reference counting works
        # as ever; cycles go when a step says gc.collect().
        gc.disable()

    def on_signal(self, number, frame):
        if os.getpid() != self.process:  # a child that had no time to take the handlers off
            os._exit(128 + number)
        for again in self.SIGNALS:
            _signal.signal(again, _signal.SIG_IGN)
        raise SystemExit(128 + number)

    def serve(self):
        try:
            while True:
                request = self.request()
                if request["op"] == "hello":
                    self.hello(request)
                else:
                    self.run(request)
        except BrokenPipeError:  # nobody listens any more
            pass
        finally:
            self.clear()
            getattr(gc, "unfreeze", gc.collect)()  # the interpreter tears down the module under test as any other

    def request(self):
        while True:
            end = self.unread.find(b"\n")
            if end < 0:
                self.fill()
                continue
            line = bytes(self.unread[:end]).strip()
            del self.unread[:end + 1]
            if line:
                return parse(line)

    def fill(self):
        """Reads more input. The end of the input is the agent's end."""
        data = os.read(self.input, 1 << 16)
        if not data:
            if self.unread.rpartition(b"\n")[2].strip():
                raise Unusable("the input ends inside a request")
            raise SystemExit(0)
        self.unread += data
        if len(self.unread) > MAX_LINE and b"\n" not in self.unread:
            raise Unusable("a request longer than %d bytes" % MAX_LINE)

    def hello(self, request):
        if request.get("protocol") != PROTOCOL:
            raise Unusable("protocol %r is asked for, this agent speaks %d" % (request.get("protocol"), PROTOCOL))
        write_all(self.output, event("hello", introduction()))

    def run(self, request):
        try:
            if request.get("variant"):
                raise Refused("this agent has no variants of CPython")
            modules = {name.partition(".")[0]: self.warm(name) for name in request.get("modules") or ()}
            self.directory = new_directory()
        except Refused as refusal:
            last = {"end": "refused", "detail": str(refusal)}
        else:
            last = self.fork(request, Child(request, modules, self.directory))
            self.clear()
        if last is None:
            more = self.seen < len(request.get("steps") or ())
            where = "at step %d" % (self.seen + 1) if more else "after the last step"
            last = {"end": "crash", "detail": "%s %s" % (fate(self.status), where)}
        write_all(self.output, last if isinstance(last, bytes) else event("done", last, id=request["id"]))

    def warm(self, name):
        """Imports a module under test, once for all behaviours."""
        if name not in self.warmed:
            try:
                importlib.import_module(name)
            except Exception as error:
                raise Refused("cannot import %s: %s: %s" % (name, type(error).__name__, error)) from None
            sys.stdout.flush()  # or children would print it again
            self.warmed[name] = sys.modules[name.partition(".")[0]]
            if name == "socket":
                "warm".encode("idna")  # host names need the codec
            # Children need neither copy nor traverse what is there by now.
            gc.collect()
            getattr(gc, "freeze", gc.collect)()
        return self.warmed[name]

    def spend(self, amount):
        """Sees to it that so many process ids went to no behaviour.

        The agents of containers of their own count process ids from the same number: without
        this, runs there would show the same ones, and they would look like a promise.
        """
        while self.spent < amount:
            pid = os.fork()
            if pid == 0:
                os._exit(0)
            os.waitpid(pid, 0)
            self.spent += 1

    def fork(self, request, child):
        self.spend(self.APART * child.perturbation.get("index", 0))
        events, channel = os.pipe()
        self.status, self.seen = None, 0
        self.child = os.fork()
        if self.child == 0:
            os.close(events)
            child.enter(channel, self)
        os.close(channel)
        try:
            return self.watch(events, request.get("limits") or {})
        finally:
            os.close(events)

    def watch(self, events, limits):
        """Passes the child's steps on. Returns its last line, or how it hung, or None if it
        died without either."""
        step_limit = limits.get("step_seconds") or float("inf")
        behaviour_limit = limits.get("behaviour_seconds") or float("inf")
        now = time.monotonic()
        step_deadline, behaviour_deadline = now + step_limit, now + behaviour_limit
        pending, dead = b"", False
        while True:
            wait = max(min(step_deadline, behaviour_deadline) - time.monotonic(), 0)
            ready = select.select([events, self.input], [], [], 0 if dead else min(wait, self.POLL))[0]
            if self.input in ready:
                self.fill()
            if events in ready:
                data = os.read(events, 1 << 16)
                *lines, pending = (pending + data).split(b"\n")
                for line in lines:
                    if line.startswith(b'{"event":"done"'):
                        return line + b"\n"
                    write_all(self.output, line + b"\n")
                    self.seen += 1
                if lines:
                    step_deadline = time.monotonic() + step_limit
                if data:
                    continue
            if dead or events in ready:
                # A child that closed its channel may still be on its way to its end.
                for _ in range(200):
                    if self.ended(os.WNOHANG):
                        break
                    time.sleep(0.005)
                return None
            now = time.monotonic()
            if now >= step_deadline:
                return {"end": "hang", "detail": "step %d took longer than %gs" % (self.seen + 1, step_limit)}
            if now >= behaviour_deadline:
                return {
                    "end": "hang",
                    "detail": "the behaviour took longer than %gs, at step %d" % (behaviour_limit, self.seen + 1),
                }
            dead = not ready and self.ended(os.WNOHANG)

    def ended(self, option):
        if self.status is None:
            pid, status = os.waitpid(self.child, option)
            self.status = status if pid else None
        return self.status is not None

    def clear(self):
        """Kills the child with its process group, waits until all are gone, and removes its
        directory: the next behaviour may use the same ports and names."""
        if self.child:
            # The group is there unless the child had no time to make it.
            for kill in (os.killpg, os.kill):
                try:
                    kill(self.child, signal.SIGKILL)
                except OSError:
                    pass
            self.ended(0)
            for _ in range(200):
                reap()
                try:
                    os.killpg(self.child, 0)
                except OSError:
                    break
                time.sleep(0.005)
            self.child = None
        if self.directory:
            remove(self.directory)
            self.directory = None


def parse(line):
    """A request in which everything that the agent relies on has the right type."""
    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Unusable("a line that is not JSON (%s): %.80r" % (error, line)) from None
    if not isinstance(request, dict) or request.get("op") not in ("hello", "run"):
        raise Unusable("a line that is no request: %.80r" % line)
    try:
        if request["op"] == "run":
            want(str, request["id"])
            steps = [want(dict, step) for step in want(list, request.get("steps") or [])]
            lists = [step.get(key) for step in steps for key in ("reads", "assigns")]
            for names in [[step["text"] for step in steps], request.get("modules"), *lists]:
                for name in want(list, names or []):
                    want(str, name)
            for limit in want(dict, request.get("limits") or {}).values():
                want((int, float), limit)
            perturbation = want(dict, request.get("perturbation") or {})
            for key in ("index", "fd_offset"):
                want(int, perturbation.get(key, 0))
    except (KeyError, TypeError) as error:
        raise Unusable("a request with a missing or wrong field (%s): %.80r" % (error, line)) from None
    return request


def want(kind, value):
    if not isinstance(value, kind):
        raise TypeError("%.40r" % (value,))
    return value


def fate(status):
    """How a child ended that did not say so itself."""
    if not os.WIFSIGNALED(status):
        return "exited with status %d" % os.WEXITSTATUS(status)
    try:
        return "killed by " + signal.Signals(os.WTERMSIG(status)).name
    except ValueError:
        return "killed by signal %d" % os.WTERMSIG(status)


def reap():
    """Ends the zombies of what children left behind, if this is the process that inherits them."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def new_directory():
    """Makes a directory whose name is short, and varies between runs but not in its shape."""
    for _ in range(100):
        path = "/tmp/pp" + "".join(chr(ord("a") + byte % 26) for byte in os.urandom(8))
        try:
            os.mkdir(path, 0o700)
            return path
        except FileExistsError:
            continue
        except OSError as error:
            raise Refused("no directory for tmp(): %s" % error) from None
    raise Refused("no directory for tmp(): every name that was tried in /tmp is taken")


def remove(directory):
    try:
        os.rmdir(directory)
    except OSError:
        import shutil  # slow to import, and most behaviours leave nothing there

        shutil.rmtree(directory, ignore_errors=True)


# --- Introducing itself -------------------------------------------------------

FAMILIES = "unix inet inet6 netlink packet vsock alg can tipc qipcrtr bluetooth rds".split()


def introduction():
    system = os.uname()
    name = sys.implementation.name
    return {
        "protocol": PROTOCOL,
        "implementation": name,
        "version": sys.version.split()[0] if name == "cpython" else "%d.%d.%d" % sys.implementation.version[:3],
        "python": "%d.%d" % sys.version_info[:2],
        "platform": {
            "system": system.sysname,
            "kernel": system.release,
            "libc": libc(),
            "machine": system.machine,
            "build": sys.version,
        },
        "capabilities": aside(capabilities),
    }


def libc():
    try:
        return os.confstr("CS_GNU_LIBC_VERSION") or "unknown"
    except (ValueError, OSError):  # another libc than glibc
        return "unknown"


def capabilities():
    probes = [
        ("ipv4", lambda: binds("AF_INET", "127.0.0.1")),
        ("ipv6", lambda: binds("AF_INET6", "::1")),
        ("root", lambda: os.geteuid() == 0),
        ("container", lambda: os.environ.get("PYPARITY_CONTAINER") == "1"),
        ("memory", lambda: sys.platform == "linux" and sys.implementation.name == "cpython"),
    ]
    there = [name for name, probe in probes if probe()]
    return there + ["family:" + name for name in FAMILIES if opens("AF_" + name.upper())]


def aside(question):
    """What a function returns, asked in a forked process.

    The socket module remembers what it learns of the kernel with the first socket that it makes: the
    behaviours, which begin as copies of this process, have to find it as one that was just imported.
    """
    answer, channel = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            write_all(channel, json.dumps(question()).encode())
        finally:
            os._exit(0)
    os.close(channel)
    with open(answer, "rb") as file:
        text = file.read()
    os.waitpid(pid, 0)
    if not text:
        raise Unusable("the process that looks at this machine ended without a word")
    return json.loads(text)


def binds(family, host):
    try:
        with socket.socket(getattr(socket, family)) as s:
            s.bind((host, 0))
            return True
    except (AttributeError, OSError):
        return False


def opens(family):
    """Whether a socket can be made with any type, and with the first or a common protocol of the family."""
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET, socket.SOCK_RDM):
        for protocol in (0, 1, 3):
            try:
                socket.socket(getattr(socket, family), kind, protocol).close()
                return True
            except AttributeError:
                return False
            except OSError as error:
                if error.errno == errno.EAFNOSUPPORT:
                    return False
    return False


# --- Vectors and main ---------------------------------------------------------


def check_vectors(path):
    """Compares the Observer with a list of {"name", "python", "json"}; returns the exit status."""
    with open(path, encoding="utf-8") as file:
        vectors = json.load(file)
    failures = 0
    for vector in vectors:
        if vector["python"] is None:
            continue
        want = message(vector["json"])
        try:
            got = message(Observer().value(eval(vector["python"], {"__name__": "vectors", "socket": socket})))
        except Exception as error:
            got = "%s: %s" % (type(error).__name__, error)
        if got != want:
            failures += 1
            print("%s: %s\n  want %s\n  got  %s" % (vector["name"], vector["python"], want, got))
    return 1 if failures else 0


def complain(problem):
    write_all(2, ("agent: %s\n" % problem).encode("utf-8", "backslashreplace"))
    return 2


def main(arguments):
    if len(arguments) == 2 and arguments[0] == "--vectors":
        return check_vectors(arguments[1])
    if arguments:
        return complain("usage: agent.py, or agent.py --vectors FILE")
    sys.dont_write_bytecode = True
    try:
        supervisor = Supervisor()
    except OSError as error:
        return complain("cannot use the standard streams: %s" % error)
    try:
        supervisor.serve()
    except Unusable as error:
        return complain(error)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
