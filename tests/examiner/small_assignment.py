"""An assignment with one check for every way in which a check can end, written to a folder."""

from __future__ import annotations

from pathlib import Path

NOTEBOOK = """# %% [markdown]
# # Endings

# %%
import torch

# %%
#| exercise: it
# BEGIN SOLUTION
def double(x):
    return x * 2
# END SOLUTION

# %%
# BEGIN SOLUTION
def triple(x):
    return x * 3
# END SOLUTION

# %%
# BEGIN SOLUTION
def call(f):
    return f(2)
# END SOLUTION
"""

CHECKS = """
import time
import pytest
import torch
from autograder.checks import Failure, Score, accuracy, check, close, forbid, unchanged

X = torch.tensor([1.0, 2.0])

@check("it", points=4, hint="look again")
def test_double(student):
    with unchanged(X):
        got = student.double(X)
    forbid(student, "double", "add")
    assert got == close(X * 2)

@check("it", seconds=0.5)
def test_double_soon(student):
    assert student.double(3) == 6, "twice three is six"

@check("it")
def test_triple(student):
    assert student.triple(X) == close(X * 3)

@check("it", points=2)
@pytest.mark.parametrize("n", [3, 1, 2])
def test_partly(student, n):
    truth = torch.tensor([2, 4, 6, 8])
    guess = truth.clone()
    guess[: n - student.double(0)] = 0 if student.double(1) != 2 else guess[: n - student.double(0)]
    return accuracy(guess, truth, full=0.75, half=0.25)

@check("it")
def test_use(student):
    assert student.double(2) + 1 == 5, "five"

@check("it")
def test_callback(student):
    seen = []
    student.call(seen.append)
    assert seen == [2], "call f once, with 2"

BROKEN_CHECKS

@check("it")
@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_many(student, n):
    assert student.double(n) == 2 * n, f"{n} was not doubled"

"""

MORE = """
from autograder.checks import check

@check("it")
def test_in_another_file(student):
    assert student.triple(2) == 6, "six"
"""

BROKEN = """
@check("it")
def test_broken_raises(student):
    student.triple(1)
    raise KeyError("the author's")

@check("it")
def test_broken_skips(student):
    pytest.skip("not today")

@check("it")
def test_broken_returns(student):
    return 5

@check("it")
def test_broken_exits(student):
    pytest.exit("the author's")

@check("it", seconds=0.01)
def test_broken_sleeps(student):
    time.sleep(60)

@check("it")
def test_broken_by_a_missing_fixture(student, nonsense):
    pass

@check("it")
def test_broken_system_exit(student):
    raise SystemExit(0)

@check("it")
def test_broken_in_a_callback(student):
    student.call(lambda n: {}[n])

@check("it")
def test_last(student):
    assert student.triple(1) == 3, "three"
"""


def write_assignment(root: Path, *, broken: bool, seconds: float = 60, cell_seconds: float = 3) -> Path:
    """The folder. `broken`: with checks whose author was at fault."""
    folder = root / ("broken-checks" if broken else "small")
    (folder / "hidden").mkdir(parents=True)
    points = 12 + (9 if broken else 0)
    (folder / "assignment.toml").write_text(
        f'title = "Endings"\n[[exercise]]\nname = "it"\ntitle = "It"\npoints = {points}\n'
        'defines = ["double", "triple", "call"]\n'
        f"[limits]\nseconds = {seconds}\ncell_seconds = {cell_seconds}\nmemory_mb = 256\ndisk_mb = 1\nthreads = 16\n",
        encoding="utf-8",
    )
    (folder / "notebook.py").write_text(NOTEBOOK, encoding="utf-8")
    checks = CHECKS.replace("BROKEN_CHECKS", BROKEN if broken else "")
    (folder / "hidden" / "test_it.py").write_text(checks, encoding="utf-8")
    (folder / "hidden" / "test_more.py").write_text(MORE, encoding="utf-8")
    return folder
