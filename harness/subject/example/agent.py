"""A subject in forty lines: what this Python's own modules do, step by step."""

import ast, importlib, json, sys

def name(cls):
    return cls.__qualname__ if cls.__module__ == "builtins" else cls.__module__ + "." + cls.__qualname__

def value(v):
    if v is None or isinstance(v, (bool, str)):
        return v
    if isinstance(v, int):
        return {"int": str(v)}
    if isinstance(v, (bytes, bytearray)):
        return {type(v).__name__: v.decode("latin-1")}
    if isinstance(v, (tuple, list)):
        return {type(v).__name__: [value(item) for item in v]}
    return {"object": {"class": name(type(v)), "id": id(v), "state": {}}}

def run(text, names):
    statement = ast.parse(text).body[0]
    if not isinstance(statement, ast.Assign):
        return value(eval(text, names))
    names["_"] = eval(compile(ast.Expression(statement.value), "step", "eval"), names)
    statement.value = ast.copy_location(ast.Name("_", ast.Load()), statement.value)
    exec(compile(ast.Module([statement], []), "step", "exec"), names)
    return value(names["_"])

def observe(step, names, failed):
    missing = [read for read in step.get("reads", ()) if read in failed]
    try:
        seen = {"not_run": missing[0]} if missing else {"returned": run(step["text"], names)}
    except Exception as e:
        number = {"errno": value(e.errno), "strerror": value(e.strerror)} if isinstance(e, OSError) else {}
        seen = {"raised": {"class": name(type(e)), "bases": [name(c) for c in type(e).__mro__[1:-1]],
                           "args": [value(arg) for arg in e.args], "text": str(e), **number}}
    (failed.difference_update if "returned" in seen else failed.update)(step.get("assigns", ()))
    return {**seen, "seconds": 0.0}

def send(event, **body):
    print(json.dumps({"event": event, **body}), flush=True)

for line in sys.stdin:
    request, failed = json.loads(line), set()
    if request["op"] == "hello":
        send("hello", protocol=1, implementation="example", version="1", python="%d.%d" % sys.version_info[:2],
             platform={}, capabilities=["ipv4", "ipv6"])
        continue
    names = {module: importlib.import_module(module) for module in request["modules"]}
    for i, step in enumerate(request["steps"]):
        send("step", id=request["id"], step=i, **observe(step, names, failed))
    send("done", id=request["id"], end="done")
