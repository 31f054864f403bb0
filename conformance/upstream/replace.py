"""Puts the port in place of CPython's own _socket, from wherever it is imported."""

import importlib.machinery
import importlib.util
import sys


class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != "_socket":
            return None
        loader = importlib.machinery.ExtensionFileLoader(name, "/pyparity/_socket.so")
        return importlib.util.spec_from_file_location(name, loader.path, loader=loader)


# Before the one of the modules that are part of the interpreter.
sys.meta_path.insert(0, Finder)
