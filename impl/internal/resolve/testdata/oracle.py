"""Asks the C library what the golden files want to know. See record.py for the files.

Reads a JSON list of calls from standard input and writes the list of their results. A call is a list:
its name and arguments; strings stand for bytes, one character a byte.
"""

import ctypes
import json
import os
import socket
import struct
import sys

libc = ctypes.CDLL(None, use_errno=True)
libc.gai_strerror.restype = ctypes.c_char_p
libc.hstrerror.restype = ctypes.c_char_p
libc.__h_errno_location.restype = ctypes.POINTER(ctypes.c_int)


class Hostent(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char_p), ("aliases", ctypes.POINTER(ctypes.c_char_p)), ("family", ctypes.c_int),
        ("length", ctypes.c_int), ("addrs", ctypes.POINTER(ctypes.c_void_p)),
    ]


class Servent(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("aliases", ctypes.c_void_p), ("port", ctypes.c_int), ("proto", ctypes.c_char_p)]


class Protoent(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("aliases", ctypes.c_void_p), ("number", ctypes.c_int)]


libc.getservbyname.restype = ctypes.POINTER(Servent)
libc.getservbyport.restype = ctypes.POINTER(Servent)
libc.getprotobyname.restype = ctypes.POINTER(Protoent)


def to_bytes(text):
    return None if text is None else text.encode("latin1")


def until_null(pointers):
    i = 0
    while pointers[i]:
        yield pointers[i]
        i += 1


def host(function, *args):
    """Calls gethostbyX_r and reports what CPython would: the host, or the thread's h_errno."""
    libc.__h_errno_location()[0] = 0
    entry, found, error = Hostent(), ctypes.POINTER(Hostent)(), ctypes.c_int()
    buffer = ctypes.create_string_buffer(1 << 16)
    function(*args, ctypes.byref(entry), buffer, ctypes.c_size_t(len(buffer)), ctypes.byref(found), ctypes.byref(error))
    if not found:
        code = libc.__h_errno_location()[0]
        return ["herror", code, libc.hstrerror(code).decode()]
    addrs = [socket.inet_ntop(entry.family, ctypes.string_at(p, entry.length)) for p in until_null(entry.addrs)]
    return [entry.name.decode("latin1"), [a.decode("latin1") for a in until_null(entry.aliases)], addrs]


def gethostbyname(name):
    return host(libc.gethostbyname_r, to_bytes(name))


def gethostbyaddr(text):
    family = socket.AF_INET6 if ":" in text else socket.AF_INET
    packed = socket.inet_pton(family, text)
    return host(libc.gethostbyaddr_r, packed, len(packed), family)


def getaddrinfo(name, service, family, socktype, proto, flags):
    libc.__h_errno_location()[0] = 0
    try:
        found = socket.getaddrinfo(to_bytes(name), to_bytes(service), family, socktype, proto, flags)
    except socket.gaierror as e:
        return ["gaierror", e.errno, e.strerror]
    except OSError as e:
        return ["OSError", e.errno]
    return [[int(f), int(t), p, canon, list(addr)] for f, t, p, canon, addr in found]


def getnameinfo(text, port, scope, flags):
    libc.__h_errno_location()[0] = 0
    if ":" in text:
        addr = struct.pack("=HHI", socket.AF_INET6, socket.htons(port), 0)
        addr += socket.inet_pton(socket.AF_INET6, text) + struct.pack("=I", scope)
    else:
        addr = struct.pack("=HH", socket.AF_INET, socket.htons(port)) + socket.inet_pton(socket.AF_INET, text) + bytes(8)
    name, service = ctypes.create_string_buffer(1025), ctypes.create_string_buffer(32)
    code = libc.getnameinfo(addr, len(addr), name, len(name), service, len(service), flags)
    if code == -11:
        return ["OSError", ctypes.get_errno()]
    if code:
        return ["gaierror", code, libc.gai_strerror(code).decode()]
    return [name.value.decode("latin1"), service.value.decode("latin1")]


def getservbyname(name, proto):
    found = libc.getservbyname(to_bytes(name), to_bytes(proto))
    return socket.ntohs(found.contents.port) if found else None


def getservbyport(port, proto):
    found = libc.getservbyport(socket.htons(port), to_bytes(proto))
    return found.contents.name.decode("latin1") if found else None


def getprotobyname(name):
    found = libc.getprotobyname(to_bytes(name))
    return found.contents.number if found else None


def inet_aton(text):
    packed = ctypes.create_string_buffer(4)
    return packed.raw.hex() if libc.inet_aton(to_bytes(text), packed) else None


def inet_pton(family, text):
    packed = ctypes.create_string_buffer(16)
    ok = libc.inet_pton(family, to_bytes(text), packed) == 1
    return packed.raw[: 4 if family == socket.AF_INET else 16].hex() if ok else None


def inet_ntop(family, packed):
    return socket.inet_ntop(family, bytes.fromhex(packed))


def isolated(call):
    """Runs a call in a process of its own: some results depend on errno of the call before."""
    reader, writer = os.pipe()
    if os.fork() == 0:
        os.write(writer, json.dumps(globals()[call[0]](*call[1:])).encode())
        os._exit(0)
    os.close(writer)
    with open(reader) as pipe:
        result = pipe.read()
    os.wait()
    return json.loads(result)


if __name__ == "__main__":
    json.dump([isolated(call) for call in json.load(sys.stdin)], sys.stdout)
