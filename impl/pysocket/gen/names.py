"""Prints what this Python's socket module and its classes have as names, and of what kind each is."""

import enum
import inspect
import json
import platform
import socket
import types


def kind(value):
    if isinstance(value, types.ModuleType):
        return "module"
    if isinstance(value, type):
        if issubclass(value, BaseException):
            return "exception"
        return "enum" if issubclass(value, enum.Enum) else "class"
    if isinstance(value, enum.Enum):
        return type(value).__name__
    if inspect.isroutine(value):
        return "method" if inspect.ismethoddescriptor(value) else "function"
    if inspect.isdatadescriptor(value):
        return "attribute"
    return type(value).__name__


def names(owner):
    found = {}
    for name in dir(owner):
        found[name] = kind(getattr(owner, name))
    if isinstance(owner, type):
        found = {name: "method" if of == "function" else of for name, of in found.items()}
    return found


owners = {"socket": socket, "socket.socket": socket.socket, "socket.SocketIO": socket.SocketIO, "_socket.socket": socket.SocketType}
module = {name: getattr(socket, name) for name in ("__all__", "__cached__", "__file__", "__package__") if hasattr(socket, name)}
classes = {
    label: {name: getattr(owner, name) for name in ("__basicsize__", "__firstlineno__", "__static_attributes__") if hasattr(owner, name)}
    for label, owner in owners.items()
    if owner is not socket
}
shown = {"socket.SocketIO": socket.SocketIO, "socket.gaierror": socket.gaierror, "socket.herror": socket.herror}
a, b = socket.socketpair()
shown["socket.SocketIO()"] = a.makefile("rb", buffering=0)
for of in (socket.AddressFamily, socket.SocketKind, socket.MsgFlag, socket.AddressInfo):
    label = "socket." + of.__name__
    shown[label] = of
    shown[label + "()"] = list(of)[0]
table = {
    "dirs": {label: dir(value) for label, value in shown.items()},
    "python": platform.python_version(),
    "names": {label: names(owner) for label, owner in owners.items()},
    "module": module,
    "classes": classes,
}
print(json.dumps(table, indent=1, sort_keys=True))
