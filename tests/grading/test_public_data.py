"""Public data lies where the notebook of a release finds it: readable for every submission, and not to be changed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from autograder.course import CodeCell, Outcome, Submission, load_assignment
from autograder.grading.attempt import open_grader
from autograder.sandbox.levels import offers

TOML = """title = "Data"
[[exercise]]
name = "total"
title = "Total"
points = 2
"""
NOTEBOOK = """# %%
import numpy as np

# %%
#| exercise: total
def total():
    # BEGIN SOLUTION
    return float(np.load("public/data/deep/numbers.npy", mmap_mode="r").sum())
    # END SOLUTION
"""
CHECKS = """
from pathlib import Path
import numpy as np
from autograder.checks import check

NUMBERS = Path(__file__).parents[1] / "public" / "data" / "deep" / "numbers.npy"

@check("total", points=2)
def test_total(student):
    assert student.total() == float(np.load(NUMBERS).sum())
"""
HOSTILE = """
import os
tried = []
for name, attack in {
    "write": lambda: open("public/data/deep/numbers.npy", "r+b"),
    "make": lambda: open("public/data/deep/new", "w"),
    "remove": lambda: os.remove("public/data/deep/numbers.npy"),
    "rename": lambda: os.rename("public/data/deep", "public/data/other"),
    "mode": lambda: os.chmod("public/data/deep/numbers.npy", 0o666) or open("public/data/deep/numbers.npy", "r+b"),
    "above": lambda: os.listdir("public/data/../../../../work"),
}.items():
    try:
        attack()
        tried.append(name)
    except OSError:
        pass
if os.path.exists("public/data/secret.txt"):
    tried.append("link")
def total():
    if tried:
        raise RuntimeError(str(tried))
    return float(np.load("public/data/deep/numbers.npy").sum())
"""
LEVELS = [offer.level for offer in offers() if offer.missing is None and offer.level != "container"]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("course") / "assignments" / "01-data"
    deep = root / "public" / "data" / "deep"
    deep.mkdir(parents=True)
    (root / "hidden").mkdir()
    (root / "assignment.toml").write_text(TOML, encoding="utf-8")
    (root / "notebook.py").write_text(NOTEBOOK, encoding="utf-8")
    (root / "hidden" / "test_total.py").write_text(CHECKS, encoding="utf-8")
    np.save(deep / "numbers.npy", np.arange(100_000.0))
    (root / "public" / "data" / "secret.txt").symlink_to("/etc/passwd")
    return root


@pytest.mark.parametrize("level", LEVELS)
def test_a_submission_reads_public_data_and_cannot_change_it(course: Path, level: str) -> None:
    before = (course / "public" / "data" / "deep" / "numbers.npy").read_bytes()
    with open_grader(load_assignment(course), isolation=level) as grader:
        assert grader.grade(grader.reference, 1).points == 2
        hostile = Submission("mallory", "1", (CodeCell(1, "import numpy as np"), CodeCell(2, HOSTILE)))
        verdict = grader.grade(hostile, 1)
        assert [f.outcome for f in verdict.findings] == [Outcome.PASSED], verdict.findings
        brought = (("public/data/deep/numbers.npy", b"their own"), ("public/notes.txt", b""))
        own = Submission("ann", "2", grader.reference.cells, brought)
        assert grader.grade(own, 1).points == 0, "what a student hands in is what their code finds"
        in_the_way = Submission("bob", "3", grader.reference.cells, (("public", b"a file"),))
        assert grader.grade(in_the_way, 1).points == 0
        assert grader.grade(grader.reference, 2).points == 2
    assert (course / "public" / "data" / "deep" / "numbers.npy").read_bytes() == before
