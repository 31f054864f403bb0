import atexit, contextlib, errno, gc, os, select, shutil, signal, struct, tempfile, threading, time, types, warnings

warnings.simplefilter("always")
warnings.showwarning = lambda said, category, *_: print("    warns %s: %s" % (category.__name__, said))
_directory = tempfile.mkdtemp(prefix="repro")
atexit.register(shutil.rmtree, _directory, ignore_errors=True)


@contextlib.contextmanager
def _step(text):
    print(">>> " + text.replace("\n", "\n... "))
    began = time.perf_counter()
    try:
        yield
    except NameError as error:
        print("    not run: %s" % error)
    except BaseException as error:
        print("    raises %s%r: %s" % (type(error).__qualname__, error.args, error))
    took = time.perf_counter() - began
    if took > 0.01:
        print("    after %.2f s" % took)


def _show(value):
    print("    %r" % (value,))
    return value


class spawn:
    def __init__(self, function, *args):
        self.result = self.error = None
        self.thread = threading.Thread(target=self.run, args=(function, args), daemon=True)
        self.thread.start()

    def run(self, function, args):
        try:
            self.result = function(*args)
        except BaseException as error:
            self.error = error.with_traceback(None)


def join(handle):
    handle.thread.join()
    if handle.error is not None:
        raise handle.error
    return handle.result


def tmp(name):
    return os.path.join(_directory, name)


