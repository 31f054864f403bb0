"""Finds the uses of a module in Python programs, without running them.

The first line of standard input is the module's name, as JSON; each further line is a
program, {"name": …, "text": its bytes in base64}, and is answered by a line on standard output,
{"name": …, "error": …, "uses": [use]}, where a use is

    {"line": 3, "column": 8, "text": "s.recv(10)", "name": "socket.socket.recv",
     "kind": "call" or "reference", "sure": true or false}

A name belongs to the module if it was imported from there or given what was, and to one
of its objects if it can be followed to a call that makes one, by way of the program's own
functions, methods and classes too. A method that only a socket has is reported of
anything, and what it is called of then has a socket's other methods too: as not sure.
"""

import ast
import base64
import importlib.util
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
NOTHING = "nothing"  # the place of sockets in what has none

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


# --- Which scope a name belongs to


class Scope:
    """A module, class, function or comprehension, and the names that it binds."""

    def __init__(self, node, parent):
        self.node = node
        self.parent = parent
        self.is_class = isinstance(node, ast.ClassDef)
        self.names = set()
        self.elsewhere = {}  # a name that is declared global or nonlocal -> where to look for it

    @property
    def receiver(self):
        """What a method calls the object that it is of."""
        if self.parent is not None and self.parent.is_class and isinstance(self.node, FUNCTIONS):
            if any(getattr(d, "id", "") == "staticmethod" for d in getattr(self.node, "decorator_list", ())):
                return None
            arguments = self.node.args.posonlyargs + self.node.args.args
            return arguments[0].arg if arguments else None
        return None

    def find(self, name):
        """The scope in which a name has its value, or None for a builtin."""
        scope, inner = self, True
        while scope is not None:
            if name in scope.elsewhere:
                scope = scope.elsewhere[name]
            elif name in scope.names and (inner or not scope.is_class):
                return scope
            else:
                scope = scope.parent
            inner = False
        return None


class Scoper:
    """Gives every node its scope."""

    def __init__(self, tree):
        self.module = Scope(tree, None)
        self.visit(tree, self.module)

    def visit(self, node, scope):
        node.scope = scope
        inner = scope
        if isinstance(node, FUNCTIONS + COMPREHENSIONS + (ast.ClassDef,)):
            inner = node.inner = Scope(node, scope)
        self.bind(node, scope)
        within = ("body", "elt", "key", "value", "generators") if inner is not scope else ()
        for field, value in ast.iter_fields(node):
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.arguments):
                    self.parameters(child, scope, inner)
                elif isinstance(child, ast.AST):
                    self.visit(child, inner if field in within else scope)

    def parameters(self, arguments, scope, inner):
        arguments.scope = scope
        every = arguments.posonlyargs + arguments.args + arguments.kwonlyargs
        for argument in every + [arguments.vararg, arguments.kwarg]:
            if argument is not None:
                inner.names.add(argument.arg)
                argument.scope = inner
                if argument.annotation is not None:
                    self.visit(argument.annotation, scope)
        for default in arguments.defaults + arguments.kw_defaults:
            if default is not None:
                self.visit(default, scope)

    def bind(self, node, scope):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            scope.names.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            scope.names.add(node.name)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            scope.names.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                scope.names.add(alias.asname or alias.name.partition(".")[0])
        elif isinstance(node, ast.Global):
            scope.elsewhere.update(dict.fromkeys(node.names, self.module))
            self.module.names.update(node.names)
        elif isinstance(node, ast.Nonlocal):
            scope.elsewhere.update(dict.fromkeys(node.names, scope.parent))


# --- What names stand for


class Scanner(ast.NodeVisitor):
    def __init__(self, module, text):
        self.module = importlib.import_module(module)
        self.name = module
        self.lines = [line.encode() for line in text.split("\n")]
        self.aliases = {}  # a place -> the name of the module that it stands for
        self.sockets = set()  # places that hold sockets
        self.modules = set()  # places of other modules, which have no sockets' methods
        self.likely = set()  # places of which a method is used that only a socket has
        self.functions = {}  # a place of the program's own functions -> the functions
        self.makers = {}  # a place of the program's own functions and classes -> where in its result sockets are
        self.derived = set()  # scopes of classes whose instances are sockets
        self.uses = []
        methods = set(dir(self.module.socket)) if hasattr(self.module, "socket") else set()
        self.methods = {name for name in methods if not name.startswith("_")}
        # Methods that hardly anything but a socket has.
        common = set()
        for cls in (str, bytes, list, dict, set, int, type(sys.stdin), type(sys)):
            common.update(dir(cls))
        common.update("accept bind close connect detach dup family fileno listen proto send shutdown timeout type".split())
        self.telling = self.methods - common

    def place(self, node):
        """What a variable is known by: the scope of its first name and the rest as text; or None.

        Attributes of a method's own object are the whole program's: a class and those that it
        derives from use each other's.
        """
        if not hasattr(node, "place"):
            node.place = self.place_of(node)
        return node.place

    def place_of(self, node):
        if isinstance(node, ast.Name):
            scope = node.scope.find(node.id)
            if scope is not None and scope.receiver == node.id:
                return (None, "self")
            return self.named(scope, node.id)
        if isinstance(node, ast.Attribute):
            rest = "." + node.attr
        elif isinstance(node, ast.Subscript):
            rest = "[" + ast.unparse(node.slice) + "]"
        else:
            return None
        owner = self.place(node.value)
        return (owner[0], owner[1] + rest) if owner else None

    def named(self, scope, name):
        """The place of a name of a scope. What a class binds its objects have."""
        return (None, "self." + name) if scope is not None and scope.is_class else (scope, name)

    def enclosing_class(self, node):
        """The class whose method a name such as self is in."""
        scope = node.scope
        while scope is not None and scope.receiver is None:
            scope = scope.parent
        return scope.parent if scope is not None else None

    def resolve(self, node):
        """The name in the module that an expression stands for, and whether that is sure; or None."""
        found = self.aliases.get(self.place(node))
        if found:
            return found, True
        if not isinstance(node, ast.Attribute):
            return None
        owner = self.base(node.value)
        if owner == self.name:
            return self.name + "." + node.attr, True
        if node.attr not in self.methods:
            return None
        if owner == SOCKET or self.is_socket(node.value) and not self.overrides(node):
            return SOCKET + "." + node.attr, True
        place = self.place(node.value)
        if place not in self.modules and (node.attr in self.telling or place in self.likely) and not self.overrides(node):
            return SOCKET + "." + node.attr, False
        return None

    def overrides(self, node):
        """Whether a method of self is one that the class itself has."""
        if self.place(node.value) != (None, "self"):
            return False
        cls = self.enclosing_class(node.value)
        return cls is not None and node.attr in cls.names

    def base(self, node):
        found = self.resolve(node) if isinstance(node, (ast.Name, ast.Attribute)) else None
        return found[0] if found else None

    def is_socket(self, node):
        if isinstance(node, ast.Call):
            return self.makes(node) is None
        place = self.place(node)
        if place == (None, "self"):
            return self.enclosing_class(node) in self.derived
        return place in self.sockets

    def makes(self, node):
        """Where in the result of a call sockets are."""
        function = node.func
        if isinstance(function, ast.Name) and function.id == "super" and function.scope.find("super") is None:
            return None if self.enclosing_class(function) in self.derived else NOTHING
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if name in ("closing", "enter_context") and node.args and self.is_socket(node.args[0]):
            return None
        found = self.resolve(function)
        if found and found[0] in MAKERS:
            return MAKERS[found[0]] if found[1] else NOTHING
        return self.makers.get(self.place(function), NOTHING)

    # --- Following assignments

    def bind(self, target, value):
        if isinstance(value, ast.Await):
            value = value.value
        if isinstance(value, ast.IfExp):
            self.bind(target, value.body)
            self.bind(target, value.orelse)
        elif isinstance(value, ast.BoolOp):
            for one in value.values:
                self.bind(target, one)
        elif isinstance(value, ast.Call):
            place = self.makes(value)
            if place is None:
                self.mark(target)
            elif place != NOTHING and isinstance(target, (ast.Tuple, ast.List)):
                for index, item in enumerate(target.elts):
                    if place in ("*", index):
                        self.mark(item)
            elif self.imports(value):
                self.alias(target, self.name)
        elif self.is_socket(value):
            self.mark(target)
        elif isinstance(value, (ast.Tuple, ast.List)):
            if isinstance(target, (ast.Tuple, ast.List)):
                for one, other in zip(target.elts, value.elts):
                    self.bind(one, other)
        elif isinstance(value, (ast.Name, ast.Attribute)):
            found = self.resolve(value)
            if found and found[1] and self.calls_for_a_name(found[0]):
                self.alias(target, found[0])

    def calls_for_a_name(self, name):
        """Whether a name is the module's own or one that is called. A constant that is given
        to a variable is used where it is named, not where the variable is."""
        value = self.module
        for part in name.split(".")[1:]:
            value = getattr(value, part, None)
        return value is self.module or callable(value)

    def imports(self, call):
        """Whether a call imports the module: __import__("socket"), importlib.import_module("socket")."""
        name = getattr(call.func, "id", None) or getattr(call.func, "attr", None)
        return (name in ("__import__", "import_module") and bool(call.args)
                and isinstance(call.args[0], ast.Constant) and call.args[0].value == self.name)

    def mark(self, target):
        place = self.place(target)
        if place:
            self.sockets.add(place)

    def alias(self, target, name):
        if isinstance(target, ast.Name) or isinstance(target, ast.Attribute) and name != self.name and not self.resolve(target):
            self.aliases.setdefault(self.place(target), name)

    def annotated(self, annotation):
        """Whether a type is a socket, or may be one: "socket.socket", Optional[socket.socket]."""
        if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
            try:
                scope, annotation = annotation.scope, ast.parse(annotation.value, mode="eval").body
            except SyntaxError:
                return False
            for node in ast.walk(annotation):
                node.scope = scope
        if isinstance(annotation, ast.BinOp):
            return self.annotated(annotation.left) or self.annotated(annotation.right)
        if isinstance(annotation, ast.Subscript):
            generic = getattr(annotation.value, "attr", None) or getattr(annotation.value, "id", None)
            chosen = getattr(annotation.slice, "elts", [annotation.slice])
            return generic in ("Optional", "Union") and any(self.annotated(one) for one in chosen)
        return self.base(annotation) == SOCKET or self.makers.get(self.place(annotation), NOTHING) is None

    # --- Learning: assignments first, since a method may use what a later one assigns

    def learn(self, tree):
        nodes = list(ast.walk(tree))
        for node in nodes:
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                self.imported(node)
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self.functions.setdefault(self.place_of_function(node.inner), []).append(node)
                if node.name == "__init__" and node.scope.is_class:
                    cls = node.scope
                    self.functions.setdefault(self.named(cls.parent.find(cls.node.name), cls.node.name), []).append(node)
        known = -1
        while known != self.known():  # until nothing new follows
            known = self.known()
            for node in nodes:
                self.follow(node)
        for node in nodes:
            if isinstance(node, ast.Attribute) and node.attr in self.telling and self.resolve(node):
                self.likely.add(self.place(node.value))
        self.likely -= {None, (None, "self")}

    def known(self):
        return len(self.sockets) + len(self.aliases) + len(self.makers) + len(self.derived)

    def imported(self, node):
        scope = node.scope
        names = {}
        if isinstance(node, ast.Import):
            for alias in node.names:
                bound = alias.asname or alias.name.partition(".")[0]
                if alias.name == self.name or alias.name.startswith(self.name + "."):
                    names[bound] = self.name
                else:
                    self.modules.add((scope.find(bound), bound))
        elif node.module == self.name and not node.level:
            for alias in node.names:
                if alias.name == "*":
                    names.update((name, self.name + "." + name) for name in getattr(self.module, "__all__", dir(self.module)))
                else:
                    names[alias.asname or alias.name] = self.name + "." + alias.name
        scope.names.update(names)
        for name, stands_for in names.items():
            self.aliases[self.named(scope.find(name), name)] = stands_for

    def follow(self, node):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self.bind(target, node.value)
        elif isinstance(node, ast.AnnAssign):
            if self.annotated(node.annotation):
                self.mark(node.target)
            if node.value is not None:
                self.bind(node.target, node.value)
        elif isinstance(node, ast.NamedExpr):
            self.bind(node.target, node.value)
        elif isinstance(node, (ast.With, ast.AsyncWith)):
            for item in node.items:
                if item.optional_vars is not None:
                    self.bind(item.optional_vars, item.context_expr)
        elif isinstance(node, (ast.For, ast.AsyncFor, ast.comprehension)):
            if isinstance(node.iter, (ast.Tuple, ast.List)):
                for value in node.iter.elts:
                    self.bind(node.target, value)
        elif isinstance(node, FUNCTIONS):
            self.follow_function(node)
        elif isinstance(node, ast.ClassDef):
            if any(self.base(base) == SOCKET or self.makers.get(self.place(base), NOTHING) is None for base in node.bases):
                self.derived.add(node.inner)
                self.makers[self.named(node.scope.find(node.name), node.name)] = None
        elif isinstance(node, ast.Return) and node.value is not None:
            self.follow_return(node)
        elif isinstance(node, ast.Call):
            self.follow_arguments(node)

    def follow_function(self, node):
        arguments = node.args
        positional = arguments.posonlyargs + arguments.args
        for argument, default in list(zip(reversed(positional), reversed(arguments.defaults))) + list(
                zip(arguments.kwonlyargs, arguments.kw_defaults)):
            if default is not None:
                name = ast.Name(argument.arg, ast.Store())
                name.scope = argument.scope
                self.bind(name, default)
        for argument in positional + arguments.kwonlyargs:
            if argument.annotation is not None and self.annotated(argument.annotation):
                self.sockets.add((argument.scope, argument.arg))
        if getattr(node, "returns", None) is not None and self.annotated(node.returns):
            self.returns(node.inner, None)

    def follow_arguments(self, call):
        """Follows what is given to a function of the program's own, by a call of it or by what
        is told to call it: Thread(target=f, args=(s,)), start_new_thread(f, (s,)), submit(f, s)."""
        keywords = {keyword.arg: keyword.value for keyword in call.keywords}
        self.give(call.func, call.args, keywords)
        if "target" in keywords:
            self.give(keywords["target"], getattr(keywords.get("args"), "elts", []), {})
        for index, argument in enumerate(call.args):
            if self.place(argument) in self.functions:
                rest = call.args[index + 1:]
                self.give(argument, getattr(rest[0], "elts", rest) if rest else [], {})

    def give(self, function, values, keywords):
        for node in self.functions.get(self.place(function), ()):
            positional = node.args.posonlyargs + node.args.args
            given = list(zip(positional[1:] if node.inner.receiver else positional, values))
            given += [(one, keywords[one.arg]) for one in positional + node.args.kwonlyargs if one.arg in keywords]
            for argument, value in given:
                if self.is_socket(value):
                    self.sockets.add((argument.scope, argument.arg))

    def place_of_function(self, scope):
        return self.named(scope.parent.find(scope.node.name), scope.node.name)

    def follow_return(self, node):
        scope = node.scope
        if isinstance(node.value, (ast.Tuple, ast.List)):
            places = [index for index, item in enumerate(node.value.elts) if self.is_socket(item)]
            if places:
                self.returns(scope, places[0] if len(places) == 1 else "*")
        elif isinstance(node.value, ast.Call):
            if self.makes(node.value) != NOTHING:
                self.returns(scope, self.makes(node.value))
        elif self.is_socket(node.value):
            self.returns(scope, None)

    def returns(self, scope, place):
        """Notes that a function returns sockets; for a property, that it is one."""
        function = scope.node
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return
        if any(getattr(d, "id", getattr(d, "attr", "")).endswith("property") for d in function.decorator_list):
            if place is None:
                self.sockets.add(self.place_of_function(scope))
        else:
            self.makers.setdefault(self.place_of_function(scope), place)

    # --- Reporting

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
        if found and found[0] != self.name and not (isinstance(node.ctx, ast.Store) and self.place(node) in self.aliases):
            self.use(node, found[0], "reference", found[1])
        self.visit(node.value)

    def visit_Name(self, node):
        found = self.aliases.get(self.place(node))
        if found and found != self.name and isinstance(node.ctx, ast.Load):
            self.use(node, found, "reference", True)

    def use(self, node, name, kind, sure):
        text = " ".join(self.segment(node).split())
        self.uses.append({
            "line": node.lineno, "column": node.col_offset + 1, "name": name, "kind": kind, "sure": sure,
            "text": text if len(text) <= 80 else text[:79] + "…",
        })

    def segment(self, node):
        lines = self.lines[node.lineno - 1:node.end_lineno]
        lines[-1] = lines[-1][:node.end_col_offset]
        lines[0] = lines[0][node.col_offset:]
        return b"\n".join(lines).decode(errors="replace")


def scan(module, file):
    source = base64.b64decode(file["text"])
    try:
        tree = ast.parse(source, file["name"])
        Scoper(tree)
        scanner = Scanner(module, importlib.util.decode_source(source))
        scanner.learn(tree)
        scanner.visit(tree)
    except (SyntaxError, ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        return {"name": file["name"], "uses": [], "error": "line %s: %s" % (line, getattr(error, "msg", error)) if line else str(error)}
    scanner.uses.sort(key=lambda use: (use["line"], use["column"]))
    return {"name": file["name"], "uses": scanner.uses, "error": ""}


if __name__ == "__main__":
    wanted = json.loads(sys.stdin.readline())
    for line in sys.stdin:
        print(json.dumps(scan(wanted, json.loads(line))), flush=True)
