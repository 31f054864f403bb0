"""Runs suites of CPython's own tests, and says what becomes of each one.

An argument is a JSON object: the suites, patterns of the tests to run (none: all),
the tests that are done already, and the seconds that a test may take. Events are
JSON lines on standard output: a test's start, and its end with its outcome. What
tests print themselves goes to standard error.
"""

import faulthandler
import fnmatch
import json
import os
import sys
import time
import traceback
import unittest

plan = json.loads(sys.argv[1])

events = os.fdopen(os.dup(1), "w", buffering=1)
os.dup2(2, 1)


def emit(**event):
    events.write(json.dumps(event) + "\n")


def name_of(test):
    return test.id().removeprefix("test.")


def flatten(suite):
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            yield from flatten(item)
        else:
            yield item


def wanted(test):
    name = name_of(test)
    if name in done:
        return False
    return not plan["tests"] or any(matches(name, pattern) for pattern in plan["tests"])


def matches(name, pattern):
    """A pattern is that of a whole name, or of what follows a dot in it."""
    return fnmatch.fnmatchcase("." + name + ".", "*." + pattern + ".*")


class Result(unittest.TestResult):
    def startTest(self, test):
        super().startTest(test)
        self.outcome, self.detail = "passed", ""
        emit(event="start", test=name_of(test))
        faulthandler.dump_traceback_later(plan["limit"], exit=True)
        self.began = time.monotonic()

    def stopTest(self, test):
        seconds = time.monotonic() - self.began
        faulthandler.cancel_dump_traceback_later()
        super().stopTest(test)
        emit(event="end", test=name_of(test), outcome=self.outcome, detail=self.detail, seconds=seconds)

    def fail(self, test, err):
        detail = "".join(traceback.format_exception(*err))
        if not isinstance(test, unittest.TestCase):
            # What a class or a module sets up: the tests that it was for do not start.
            emit(event="fixture", test=test.id(), outcome="failed", detail=detail)
            return
        self.outcome = "failed"
        self.detail += detail

    def addError(self, test, err):
        self.fail(test, err)

    def addFailure(self, test, err):
        self.fail(test, err)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.fail(test, err)

    def addSkip(self, test, reason):
        if not isinstance(test, unittest.TestCase):
            emit(event="fixture", test=test.id(), outcome="skipped", detail=reason)
        elif self.outcome == "passed":
            self.outcome, self.detail = "skipped", reason

    def addUnexpectedSuccess(self, test):
        self.outcome, self.detail = "failed", "passed, and was expected to fail"


import _socket  # noqa: E402: after standard output is set aside
from test import support  # noqa: E402

support.use_resources = {}  # as the interpreter's own "make test" has it
done = set(plan["done"])
loader = unittest.TestLoader()


def load(name):
    try:
        return loader.loadTestsFromName("test." + name)
    except support.ResourceDenied:
        # Without the network the suite has nothing to run, be it only for loopback.
        support.use_resources["network"] = None
        return loader.loadTestsFromName("test." + name)


tests = []
for name in plan["suites"]:
    try:
        tests += filter(wanted, flatten(load(name)))
    except unittest.SkipTest as reason:
        sys.exit(f"{name} skips itself: {reason}")
if loader.errors:
    sys.exit("\n".join(loader.errors))
emit(event="plan", socket=getattr(_socket, "__file__", "the interpreter"), tests=[name_of(test) for test in tests])
unittest.TestSuite(tests).run(Result())
emit(event="done")
sys.stdout.flush()
sys.stderr.flush()
# Threads that a failed test left behind must not hold the end up.
os._exit(0)
