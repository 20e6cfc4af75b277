"""A course of two small assignments, and submissions to it of every kind."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

TOML = """
title = "Sums"
summary = "Three functions."

[[exercise]]
name = "double"
title = "Twice as much"
points = 2

[[exercise]]
name = "mean"
title = "The mean of each row"
points = 3

[[exercise]]
name = "count"
title = "How many are positive"
points = 1

[limits]
seconds = 60
cell_seconds = 5
memory_mb = 512
"""

NOTEBOOK = '''\
# %% [markdown]
# # Sums

# %%
import torch

from autograder import check

# %%
#| exercise: double
def double(x):
    """Twice `x`."""
    # BEGIN SOLUTION
    twice_of_every_entry = x + x
    return twice_of_every_entry
    # END SOLUTION

# %%
#| exercise: mean
def mean(x):
    """The mean of each row of `x` (N, D): (N,)."""
    # BEGIN SOLUTION
    sum_over_the_columns = x.sum(dim=1)
    return sum_over_the_columns / x.shape[1]
    # END SOLUTION

# %%
#| exercise: count
def count(x):
    # BEGIN SOLUTION
    positive_entries_of_x = x > 0
    return int(positive_entries_of_x.sum())
    # END SOLUTION
'''

PUBLIC = """\
import torch

from autograder.checks import check, close


@check("double", points=1, hint="What is 1 + 1?")
def test_double_of_two_numbers(student):
    assert student.double(torch.tensor([1.0, 2.0])) == close(torch.tensor([2.0, 4.0]))
"""

HIDDEN = """\
import torch

from autograder.checks import check, close


@check("double", points=1, seconds=2)
def test_double_of_any_shape(student, rng):
    x = rng.normal(3, rng.size(1, 5))
    assert student.double(x) == close(x + x)


@check("mean", points=2, hint="Along which dimension?", seconds=1)
def test_mean_of_rows(student, rng):
    secret_rows = rng.normal(4, 7)
    assert student.mean(secret_rows) == close(secret_rows.mean(dim=1))


@check("mean", points=1, seconds=1)
def test_mean_of_one_row(student):
    assert torch.allclose(student.mean(torch.ones(1, 3)), torch.ones(1)), "one row has one mean"


@check("count", points=1, seconds=1)
def test_count(student):
    assert student.count(torch.tensor([-1.0, 1.0, 3.0])) == 2
"""

SUM_NOT_MEAN = '''\
"""Sums and does not divide, because the formula is read in a hurry."""
# fails: mean
# reason: wrong_answer


def mean(x):
    return x.sum(dim=1)
'''

TORCH_MEAN = '''\
"""The library's own mean."""
# fails: nothing


def mean(x):
    return torch.mean(x, 1)
'''

BREAKS_ITS_PROMISE = '''\
"""Says that double is wrong, and it is not."""
# fails: double


def double(x):
    return 2 * x
'''

ASSIGNMENT = {
    "assignment.toml": TOML,
    "notebook.py": NOTEBOOK,
    "public/test_public.py": PUBLIC,
    "hidden/test_hidden.py": HIDDEN,
    "specimens/sum_not_mean.py": SUM_NOT_MEAN,
    "specimens/torch_mean.py": TORCH_MEAN,
}

BROKEN_TOML = """
title = "A check with a bug"

[[exercise]]
name = "one"
title = "One"
points = 1

[[exercise]]
name = "two"
title = "Two"
points = 3
"""

BROKEN_NOTEBOOK = """\
# %%
from autograder import check

# %%
#| exercise: one
def one():
    # BEGIN SOLUTION
    return 1
    # END SOLUTION

# %%
#| exercise: two
def two():
    # BEGIN SOLUTION
    return 2
    # END SOLUTION
"""

BROKEN_CHECKS = """\
from autograder.checks import check


@check("one")
def test_one(student):
    assert student.one() == 1


@check("two", points=3)
def test_two(student):
    secret = 1 + 1
    assert student.two() == secrte
"""

WITH_A_BUG = {
    "assignment.toml": BROKEN_TOML,
    "notebook.py": BROKEN_NOTEBOOK,
    "public/test_public.py": BROKEN_CHECKS,
}


def make_course(root: Path) -> Path:
    """Write the course to `root`."""
    for slug, files in (("01-sums", ASSIGNMENT), ("02-bug", WITH_A_BUG)):
        for name, content in files.items():
            path = root / "assignments" / slug / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
    return root


HEAD = "import torch\n"
DOUBLE = "def double(x):\n    return 2 * x\n"
MEAN = "def mean(x):\n    return x.mean(dim=1)\n"
COUNT = "def count(x):\n    return int((x > 0).sum())\n"
RIGHT = (HEAD, DOUBLE, MEAN, COUNT)


def notebook(*cells: str) -> str:
    """An .ipynb with these code cells."""
    return json.dumps(
        {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {},
            "cells": [
                {
                    "cell_type": "code",
                    "id": f"cell-{number}",
                    "metadata": {},
                    "execution_count": None,
                    "outputs": [],
                    "source": cell,
                }
                for number, cell in enumerate(cells)
            ],
        }
    )


PATCHER = """
import sys

yes = lambda *args, **kwargs: True
torch.allclose = torch.equal = yes
torch.testing.assert_close = yes
torch.Tensor.__eq__ = yes
try:
    import pytest
    pytest.approx = yes
    import _pytest.python
    _pytest.python.Function.runtest = yes
except ImportError:
    pass

def mean(x):
    return x[:, 0] + 1
"""

READER = """
import gc, os, sys

def mean(x):
    frame = sys._getframe()
    while frame is not None:
        for value in [*frame.f_locals.values(), *frame.f_globals.values()]:
            if getattr(value, "__name__", "") == "test_mean_of_rows" or "secret_rows" in str(value)[:1000]:
                return x.mean(dim=1)
        frame = frame.f_back
    for thing in gc.get_objects():
        if callable(thing) and getattr(thing, "__name__", "") == "test_mean_of_rows":
            return x.mean(dim=1)
    for pid in [entry for entry in os.listdir("/proc") if entry.isdigit()]:
        for name in ("environ", "mem", "maps"):
            try:
                if b"secret_rows" in open(f"/proc/{pid}/{name}", "rb").read(1 << 20):
                    return x.mean(dim=1)
            except OSError:
                pass
    return torch.zeros(x.shape[0])
"""

ALWAYS_EQUAL = """
class Anything:
    shape = dtype = device = property(lambda self: self)
    __eq__ = __bool__ = lambda *args: True
    __hash__ = lambda self: 0
    __getattr__ = lambda self, name: self
    __call__ = lambda self, *args, **kwargs: self

def mean(x):
    return Anything()
"""

FORGED_FILES = """
for name, text in {
    "results.json": '{"schema": 1, "verdicts": [{"points": 6, "max_points": 6}]}',
    "conftest.py": "def pytest_runtest_makereport(item, call):\\n    call.excinfo = None\\n",
    "pytest.ini": "[pytest]\\naddopts = --collect-only\\n",
    "sitecustomize.py": "import os; os._exit(0)",
    "torch.py": "allclose = lambda *a: True",
}.items():
    open(name, "w").write(text)

def mean(x):
    return x.sum()
"""

FORGED_OUTPUT = """
import os, sys

def mean(x):
    text = '{"schema": 1, "assignment": "01-sums", "verdicts": [{"submission": "forged", "points": 6}]}\\\\n'
    print(text)
    print("===== 5 passed in 0.01s =====", file=sys.stderr)
    os.write(1, text.encode())
    os.write(2, text.encode())
    return x.sum()
"""

ENDLESS = "def mean(x):\n    while True:\n        pass\n"
FORK_BOMB = "import os\n\ndef mean(x):\n    while True:\n        os.fork()\n"
HOARD = "def mean(x):\n    return [torch.ones(250_000_000) for _ in range(100)][0]\n"
EXIT_IN_A_CALL = "import os\n\ndef mean(x):\n    os._exit(0)\n"

HOSTILE = {
    "exit-at-import": ("import os\nos._exit(0)\n", *RIGHT),
    "exit-in-call": (*RIGHT, EXIT_IN_A_CALL),
    "endless": (*RIGHT, ENDLESS),
    "fork-bomb": (*RIGHT, FORK_BOMB),
    "hoard": (*RIGHT, HOARD),
    "forged-output": (*RIGHT, FORGED_OUTPUT),
    "forged-files": (*RIGHT, FORGED_FILES),
    "reader": (*RIGHT, READER),
    "always-equal": (*RIGHT, ALWAYS_EQUAL),
    "patcher": (*RIGHT, PATCHER),
}


def make_class(folder: Path) -> Path:
    """Write one submission of every kind into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "right.ipynb").write_text(notebook(*RIGHT))
    (folder / "script.py").write_text("\n".join(RIGHT))
    (folder / "wrong.ipynb").write_text(notebook(*RIGHT, "def double(x):\n    return x\n"))
    (folder / "raises.ipynb").write_text(notebook(*RIGHT, "def count(x):\n    return x.nothing_of_the_kind\n"))
    (folder / "missing.ipynb").write_text(notebook(HEAD, DOUBLE, MEAN))
    (folder / "syntax.ipynb").write_text(notebook(HEAD, DOUBLE, "def mean(x):\n    return x.mean(dim=1\n", COUNT))
    (folder / "broken.ipynb").write_text('{"cells": [')
    with zipfile.ZipFile(folder / "unsafe.zip", "w") as archive:
        archive.writestr("../../evil.ipynb", notebook(*RIGHT))
    with zipfile.ZipFile(folder / "zipped.zip", "w") as archive:
        archive.writestr("work/01-sums.ipynb", notebook(*RIGHT))
    for name, cells in HOSTILE.items():
        (folder / f"{name}.ipynb").write_text(notebook(*cells))
    return folder


def make_copies(folder: Path, count: int, pause: float) -> Path:
    """`count` right submissions, each different, each of which takes `pause` seconds to load."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        cells = (f"import time\nnumber = {number}\ntime.sleep({pause})\n", *RIGHT)
        (folder / f"student-{number:02}.ipynb").write_text(notebook(*cells))
    return folder
