"""Puts the port in place of CPython's own _socket, from wherever it is imported."""

import importlib.machinery
import importlib.util
import sys

LIBRARY = "/pyparity/_socket.so"


def from_library(name):
    loader = importlib.machinery.ExtensionFileLoader(name, LIBRARY)
    return importlib.util.spec_from_file_location(name, loader.path, loader=loader)


class Extension:
    """Finds _socket in the library."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        return from_library(name) if name == "_socket" else None


class Python:
    """Finds socket where it is, and has the port replace what it defines."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != "socket":
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        spec.loader = Loader(spec.loader.name, spec.loader.path)
        return spec


class Loader(importlib.machinery.SourceFileLoader):
    def exec_module(self, module):
        super().exec_module(module)
        spec = from_library("_pyparity_socket")
        installer = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(installer)
        installer.install(module)


def install(*finders):
    # Before the finder of the modules that are part of the interpreter.
    sys.meta_path[:0] = finders
