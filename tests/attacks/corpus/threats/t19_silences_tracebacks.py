# /// attack
# title = "silences tracebacks, excepthooks, warnings and streams, and swallows what is raised"
# threat = 19
# [promise]
# test_increment = "failed exception"
# test_twice = "failed"
# ///

# %%
import contextlib
import io
import sys
import threading
import traceback
import warnings

sys.tracebacklimit = 0
sys.excepthook = threading.excepthook = sys.unraisablehook = lambda *args: None
traceback.print_exc = traceback.format_exc = traceback.extract_tb = lambda *args, **kwargs: []
warnings.simplefilter("ignore")
sys.stdout = sys.stderr = sys.__stderr__ = io.StringIO()


class Quiet(Exception):
    __str__ = __repr__ = lambda self: 1 / 0
    __traceback__ = property(lambda self: None)


def increment(x):
    raise Quiet


def twice(f, x):
    with contextlib.suppress(BaseException):
        return f(f(f(x)))
