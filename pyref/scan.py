"""Finds the uses of a module in Python programs, without running them.

Reads {"module": "socket", "files": [{"name": …, "text": …}]} on standard input and
writes {"files": [{"name": …, "error": …, "uses": [use]}]}, where a use is

    {"line": 3, "column": 8, "text": "s.recv(10)", "name": "socket.socket.recv",
     "kind": "call" or "reference", "sure": true or false}

A name belongs to the module if it was imported from there, and to one of its
objects if it can be followed to a call that makes one. A method that only a socket
has is reported of anything, as not sure.
"""

import ast
import importlib
import json
import sys

# What makes a socket, and where in its result sockets are: None for the result
# itself, an index for an item, "*" for every item.
MAKERS = {
    "socket.socket": None, "socket.SocketType": None, "socket.fromfd": None, "socket.create_connection": None,
    "socket.create_server": None, "socket.fromshare": None, "socket.socketpair": "*",
    "socket.socket.accept": 0, "socket.socket.dup": None, "socket.socket.__enter__": None,
}
SOCKET = "socket.socket"


class Scanner(ast.NodeVisitor):
    def __init__(self, module, text):
        self.module = importlib.import_module(module)
        self.name = module
        self.text = text
        self.aliases = {}  # a name in the program -> the name that it stands for
        self.sockets = set()  # expressions, as text, that hold sockets
        self.uses = []
        methods = set(dir(self.module.socket)) if hasattr(self.module, "socket") else set()
        self.methods = {name for name in methods if not name.startswith("_")}
        # Methods that hardly anything but a socket has.
        common = set()
        for cls in (str, bytes, list, dict, set, int, type(sys.stdin), type(sys)):
            common.update(dir(cls))
        common.update("accept bind close connect detach dup family fileno listen proto send shutdown timeout type".split())
        self.telling = self.methods - common

    # --- Which names stand for what

    def visit_Import(self, node):
        for alias in node.names:
            if alias.name == self.name or alias.name.startswith(self.name + "."):
                self.aliases[alias.asname or alias.name.partition(".")[0]] = self.name

    def visit_ImportFrom(self, node):
        if node.module != self.name or node.level:
            return
        for alias in node.names:
            if alias.name == "*":
                for name in getattr(self.module, "__all__", dir(self.module)):
                    self.aliases[name] = self.name + "." + name
            else:
                self.aliases[alias.asname or alias.name] = self.name + "." + alias.name

    def resolve(self, node):
        """The name in the module that an expression stands for, and whether that is sure; or None."""
        if isinstance(node, ast.Name):
            if node.id in self.aliases:
                return self.aliases[node.id], True
        elif isinstance(node, ast.Attribute):
            if isinstance(node.value, ast.Name) and self.aliases.get(node.value.id) == self.name:
                return self.name + "." + node.attr, True
            if self.is_socket(node.value) and node.attr in self.methods:
                return SOCKET + "." + node.attr, True
            if self.base(node.value) == SOCKET and node.attr in self.methods:
                return SOCKET + "." + node.attr, True
            if node.attr in self.telling:
                return SOCKET + "." + node.attr, False
        return None

    def base(self, node):
        found = self.resolve(node) if isinstance(node, (ast.Name, ast.Attribute)) else None
        return found[0] if found else None

    def is_socket(self, node):
        if isinstance(node, ast.Call):
            return self.makes(node) is None and self.base(node.func) in MAKERS
        return ast.unparse(node) in self.sockets

    def makes(self, node):
        return MAKERS.get(self.base(node.func), "nothing")

    def bind(self, target, value):
        """Follows an assignment."""
        if isinstance(value, ast.Await):
            value = value.value
        if isinstance(value, ast.Call):
            place = self.makes(value)
            if place is None:
                self.mark(target)
            elif place != "nothing" and isinstance(target, (ast.Tuple, ast.List)):
                for index, item in enumerate(target.elts):
                    if place in ("*", index):
                        self.mark(item)
        elif self.is_socket(value):
            self.mark(target)
        elif isinstance(target, (ast.Tuple, ast.List)) and isinstance(value, (ast.Tuple, ast.List)):
            for one, other in zip(target.elts, value.elts):
                self.bind(one, other)

    def mark(self, target):
        if isinstance(target, (ast.Name, ast.Attribute, ast.Subscript)):
            self.sockets.add(ast.unparse(target))

    def annotated(self, name, annotation):
        if annotation is not None and self.base(annotation) == SOCKET:
            self.sockets.add(name)

    # --- Walking: assignments first, since a method may use what a later one assigns

    def learn(self, tree):
        nodes = list(ast.walk(tree))
        for node in nodes:
            if isinstance(node, ast.Import):
                self.visit_Import(node)
            elif isinstance(node, ast.ImportFrom):
                self.visit_ImportFrom(node)
        known = -1
        while known != len(self.sockets):  # until nothing new follows
            known = len(self.sockets)
            for node in nodes:
                if isinstance(node, ast.Assign):
                    for target in node.targets:
                        self.bind(target, node.value)
                elif isinstance(node, ast.AnnAssign):
                    self.annotated(ast.unparse(node.target), node.annotation)
                    if node.value is not None:
                        self.bind(node.target, node.value)
                elif isinstance(node, ast.NamedExpr):
                    self.bind(node.target, node.value)
                elif isinstance(node, (ast.With, ast.AsyncWith)):
                    for item in node.items:
                        if item.optional_vars is not None:
                            self.bind(item.optional_vars, item.context_expr)
                elif isinstance(node, ast.arg):
                    self.annotated(node.arg, node.annotation)

    def visit_Call(self, node):
        found = self.resolve(node.func)
        if found:
            self.use(node, found[0], "call", found[1])
            if isinstance(node.func, ast.Attribute):
                self.visit(node.func.value)
        else:
            self.visit(node.func)
        for argument in node.args:
            self.visit(argument)
        for keyword in node.keywords:
            self.visit(keyword.value)

    def visit_Attribute(self, node):
        found = self.resolve(node)
        if found:
            self.use(node, found[0], "reference", found[1])
        self.visit(node.value)

    def visit_Name(self, node):
        found = self.aliases.get(node.id)
        if found and found != self.name and isinstance(node.ctx, ast.Load):
            self.use(node, found, "reference", True)

    def use(self, node, name, kind, sure):
        text = " ".join((ast.get_source_segment(self.text, node) or "").split())
        self.uses.append({
            "line": node.lineno, "column": node.col_offset + 1, "name": name, "kind": kind, "sure": sure,
            "text": text if len(text) <= 80 else text[:79] + "…",
        })


def scan(module, file):
    try:
        tree = ast.parse(file["text"], file["name"])
    except (SyntaxError, ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        return {"name": file["name"], "uses": [], "error": "line %s: %s" % (line, getattr(error, "msg", error)) if line else str(error)}
    scanner = Scanner(module, file["text"])
    scanner.learn(tree)
    scanner.visit(tree)
    scanner.uses.sort(key=lambda use: (use["line"], use["column"]))
    return {"name": file["name"], "uses": scanner.uses, "error": ""}


request = json.load(sys.stdin)
json.dump({"files": [scan(request["module"], file) for file in request["files"]]}, sys.stdout)
