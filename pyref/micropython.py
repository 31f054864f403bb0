"""Runs one behaviour on MicroPython's Unix port, speaking pyparity's protocol.

A small relative of agent.py: MicroPython has no ast module, no processes to fork
and no warnings. It is started anew for each behaviour ("pyparity isolate"), which
also keeps the deadlines. What steps may observe with and MicroPython lacks (os.close
and others) is called in the C library, so that it is never under test.
"""

import _thread
import errno
import ffi
import gc
import hashlib
import json
import os
import select
import socket
import struct
import sys
import time

PROTOCOL = 1
MAX_INLINE = 256  # bytes of text or bytes that travel as they are
VALUE = "__value"


def send(kind, body, id=None):
    line = {"event": kind}
    if id is not None:
        line["id"] = id
    line.update(body)
    sys.stdout.write(json.dumps(line) + "\n")


# --- Observing ----------------------------------------------------------------

shown = []  # objects, in the order in which the trace first shows them


def value(v):
    if v is None or v is True or v is False:
        return v
    kind = type(v)
    if kind is str:
        return text(v)
    if kind is int:
        return {"int": str(v)}
    if kind is float:
        return {"float": repr(v)}
    if kind in (bytes, bytearray, memoryview):
        data = bytes(v)
        if len(data) > MAX_INLINE:
            return digest(kind.__name__, len(data), data)
        return {kind.__name__: "".join(chr(byte) for byte in data)}
    if kind in (tuple, list):
        return {kind.__name__: [value(item) for item in v]}
    if kind in (set, frozenset):
        return {kind.__name__: sorted((value(item) for item in v), key=json.dumps)}
    if kind is dict:
        return {"dict": [[value(key), value(item)] for key, item in v.items()]}
    if isinstance(v, BaseException):
        return {"exception": exception(v)}
    if isinstance(v, type):
        return {"class": qualified(v)}
    if kind is type(sys):
        return {"module": v.__name__}
    if callable(v):
        return {"callable": getattr(v, "__name__", kind.__name__)}
    for number, known in enumerate(shown):
        if known is v:
            break
    else:
        number = len(shown)
        shown.append(v)
    return {"object": {"class": qualified(kind), "id": number, "state": {}}}


def text(v):
    data = v.encode()
    if len(data) > MAX_INLINE:
        return digest("str", len(v), data)
    if any(0xD800 <= ord(c) <= 0xDFFF for c in v):
        return {"surrogates": data.hex()}
    return v


def digest(kind, length, data):
    return {"digest": {"kind": kind, "len": length, "sha256": hashlib.sha256(data).digest().hex()}}


def qualified(cls):
    """MicroPython's classes do not know their module: those of the one under test are found there."""
    name = cls.__name__
    return "socket." + name if getattr(socket, name, None) is cls else name


def exception(error):
    bases = []
    cls = type(error)
    while cls.__bases__ and cls.__bases__[0] is not object:
        cls = cls.__bases__[0]
        bases.append(qualified(cls))
    form = {"class": qualified(type(error)), "bases": bases, "args": [value(arg) for arg in error.args]}
    if isinstance(error, OSError):
        form["errno"] = value(error.args[0] if error.args else None)
        form["strerror"] = value(error.args[1] if len(error.args) > 1 else None)
    form["text"] = value(str(error))
    return form


# --- What steps see -----------------------------------------------------------

libc = ffi.open("libc.so.6")
O_NONBLOCK = 0o4000
F_GETFL, F_SETFL = 3, 4


def c(result, name, arguments):
    """A function of the C library that raises what errno says."""
    function = libc.func(result, name, arguments)

    def call(*args):
        got = function(*args)
        if got < 0:
            raise OSError(os.errno())
        return got

    return call


c_close, c_dup, c_pipe = c("i", "close", "i"), c("i", "dup", "i"), c("i", "pipe", "p")
c_read, c_write, c_fcntl = c("l", "read", "ipL"), c("l", "write", "iPL"), c("i", "fcntl", "iil")

FILE_TYPES = {
    0o100000: "file", 0o040000: "dir", 0o140000: "socket", 0o010000: "fifo",
    0o020000: "char", 0o060000: "block", 0o120000: "link",
}


class Observers:
    def __init__(self, **functions):
        for name, function in functions.items():
            setattr(self, name, function)


def pipe():
    ends = bytearray(8)
    c_pipe(ends)
    return struct.unpack("ii", ends)


def read(fd, n):
    data = bytearray(n)
    got = c_read(fd, data, n)
    return bytes(data[:got])


def close(fd):
    c_close(fd)


def type_and_mode(path):
    mode = os.stat(path)[0]
    return FILE_TYPES.get(mode & 0o170000, "other"), mode & 0o777


def set_blocking(fd, blocking):
    flags = c_fcntl(fd, F_GETFL, 0)
    c_fcntl(fd, F_SETFL, flags & ~O_NONBLOCK if blocking else flags | O_NONBLOCK)


def select_select(readers, writers, others, timeout=None):
    poll = select.poll()
    for wanted, flag in ((readers, select.POLLIN), (writers, select.POLLOUT)):
        for one in wanted:
            poll.register(one, flag)
    there = poll.poll(-1 if timeout is None else int(timeout * 1000))
    ready = [[], [], []]
    for place, wanted, flags in (
        (0, readers, select.POLLIN | select.POLLHUP | select.POLLERR),
        (1, writers, select.POLLOUT | select.POLLERR),
    ):
        for one in wanted:
            if any((found[0] is one or found[0] == one) and found[1] & flags for found in there):
                ready[place].append(one)
    return tuple(ready)


def collect():
    gc.collect()


class spawn:
    """What spawn() returns; joining twice is allowed."""

    def __init__(self, function, *args):
        self._result = self._error = None
        self._done = _thread.allocate_lock()
        self._done.acquire()
        _thread.start_new_thread(self._run, (function, args))

    def _run(self, function, args):
        try:
            self._result = function(*args)
        except BaseException as error:
            self._error = error
        self._done.release()


def join(handle):
    with handle._done:
        pass
    if handle._error is not None:
        raise handle._error
    return handle._result


class Directory:
    """tmp(): a directory of the behaviour's own, made when it is first asked for."""

    def __init__(self):
        self.path = None

    def tmp(self, name):
        if self.path is None:
            self.path = "/tmp/mp" + "".join(chr(97 + byte % 26) for byte in os.urandom(8))
            os.mkdir(self.path)
        return self.path + "/" + name

    def remove(self):
        if self.path is not None:
            for entry in os.ilistdir(self.path):
                os.remove(self.path + "/" + entry[0])
            os.rmdir(self.path)


# --- Steps --------------------------------------------------------------------


def assignment(statement):
    """Splits an assignment at its sign: (target, operator, expression), or None for an expression.
    A keyword argument's sign stands in brackets, a comparison's beside another sign."""
    depth, quote, i = 0, None, 0
    while i < len(statement):
        char = statement[i]
        if quote:
            if char == "\\":
                i += 1
            elif statement.startswith(quote, i):
                i += len(quote) - 1
                quote = None
        elif char in "'\"":
            quote = char * 3 if statement.startswith(char * 3, i) else char
            i += len(quote) - 1
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        elif char == "=" and depth == 0:
            if statement.startswith("==", i):
                i += 1
            elif statement[i - 1] in "<>!" and statement[i - 2 : i] not in ("<<", ">>"):
                pass
            else:
                start = i
                while statement[start - 1] in "+-*/%&|^<>":
                    start -= 1
                return statement[:start].strip(), statement[start:i], statement[i + 1 :].strip()
        i += 1
    return None


def execute(statement, names):
    parts = assignment(statement)
    if parts is None:
        return value(eval(statement, names))
    target, operator, expression = parts
    if operator:
        exec(statement, names)
        return value(eval(target, names))
    got = eval("(" + expression + ")", names)
    form = value(got)
    names[VALUE] = got
    try:
        exec(target + " = " + VALUE, names)
    finally:
        del names[VALUE]
    return form


def step(one, names, failed):
    for name in one.get("reads") or ():
        if name in failed:
            failed.update(one.get("assigns") or ())
            return {"not_run": name, "seconds": 0.0}
    start = time.ticks_us()
    try:
        form = {"returned": execute(one["text"], names)}
        failed.difference_update(one.get("assigns") or ())
    except BaseException as error:
        failed.update(one.get("assigns") or ())
        form = {"raised": exception(error)}
    form["seconds"] = time.ticks_diff(time.ticks_us(), start) / 1e6
    return form


def run(request):
    directory = Directory()
    names = {
        "os": Observers(
            pipe=pipe, listdir=os.listdir, stat=type_and_mode, close=close, dup=c_dup, read=read,
            write=lambda fd, data: c_write(fd, data, len(data)),
            get_blocking=lambda fd: not c_fcntl(fd, F_GETFL, 0) & O_NONBLOCK,
            set_blocking=set_blocking, unlink=os.remove,
            getpid=c("i", "getpid", ""), getuid=c("i", "getuid", ""), getgid=c("i", "getgid", ""),
        ),
        "gc": Observers(collect=collect),
        "struct": Observers(pack=struct.pack, unpack=struct.unpack, unpack_from=struct.unpack_from, calcsize=struct.calcsize),
        "select": Observers(select=select_select),
        "time": Observers(sleep=time.sleep, time=time.time),
        "errno": errno, "spawn": spawn, "join": join, "tmp": directory.tmp,
    }
    for name in request.get("modules") or ():
        names[name] = __import__(name)
    failed = set()
    for index, one in enumerate(request.get("steps") or ()):
        observation = step(one, names, failed)
        observation["step"] = index
        send("step", observation, request["id"])
    directory.remove()
    send("done", {"end": "done"}, request["id"])


# --- Introducing itself -------------------------------------------------------


def opens(family):
    try:
        socket.socket(family).close()
        return True
    except OSError:
        return False


def capabilities():
    there = ["ipv4", "family:inet"] if opens(socket.AF_INET) else []
    if opens(socket.AF_INET6):
        there += ["ipv6", "family:inet6"]
    if opens(socket.AF_UNIX):
        there.append("family:unix")
    if libc.func("i", "geteuid", "")() == 0:
        there.append("root")
    if os.getenv("PYPARITY_CONTAINER") == "1":
        there.append("container")
    return there


def main():
    while True:
        line = sys.stdin.readline()
        if not line:
            return
        request = json.loads(line)
        if request["op"] == "hello":
            send("hello", {
                "protocol": PROTOCOL, "implementation": "micropython",
                "version": ".".join(str(part) for part in sys.implementation.version[:3]),
                "python": ".".join(str(part) for part in sys.version_info[:2]),
                "platform": {"system": sys.platform, "build": sys.version}, "capabilities": capabilities(),
            })
        else:
            run(request)


main()
