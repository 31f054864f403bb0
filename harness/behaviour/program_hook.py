import sys as _sys


class sys:
    @staticmethod
    def addaudithook(hook):
        def ours(event, args):
            if event.partition(".")[0] in _modules:
                hook(event, args)

        _sys.addaudithook(ours)


