"""Prints a line for each codec: its module, its name, whether it is for text, and its aliases."""

import codecs
import encodings
import encodings.aliases
import importlib
import pkgutil

for _, module, _ in pkgutil.iter_modules(encodings.__path__):
    try:
        if not hasattr(importlib.import_module("encodings." + module), "getregentry"):
            continue
    except ImportError:  # one of another system
        continue
    codec = codecs.lookup(module)
    aliases = sorted(alias for alias, of in encodings.aliases.aliases.items() if of == module)
    print(module, codec.name, int(codec._is_text_encoding), *aliases)
