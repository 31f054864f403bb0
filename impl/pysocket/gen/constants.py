"""Prints the constants of this Python's socket module as JSON."""

import enum
import json
import platform
import socket

ints, strs, enums = {}, {}, {}
for name in sorted(vars(socket)):
    value = getattr(socket, name)
    if name.startswith("_"):
        continue
    if isinstance(value, enum.Enum):
        kind = type(value)
        known = enums.setdefault(kind.__name__, {"flag": issubclass(kind, enum.Flag), "members": {}})
        known["members"][name] = value.value
    elif type(value) is int:
        ints[name] = value
    elif type(value) is str:
        strs[name] = value

print(json.dumps({"python": platform.python_version(), "ints": ints, "strs": strs, "enums": enums}, indent=1, sort_keys=True))
