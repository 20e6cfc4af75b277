"""What an exported test cell runs: our checks over the names of the kernel, quiet on stderr, and only ours."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from imported_course import written
from nbgrader_small import SLUG, small
from nbgrader_source import graded_cell, solution, write

from autograder.build.strip import reference_cells
from autograder.course import Outcome
from autograder.errors import AutograderError
from autograder.interop.in_notebook import run_checks
from autograder.interop.nbgrader.course_folder import export_assignment
from autograder.interop.nbgrader.kernel import points
from autograder.interop.nbgrader.read import read_nbgrader


@pytest.fixture
def graded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which nbgrader executes a notebook, and a kernel in which `double` is defined."""
    export_assignment(small(tmp_path / "ours"), tmp_path / "nb")
    folder = tmp_path / "nb" / "autograded" / "ada" / SLUG
    (folder / "public").mkdir(parents=True)
    monkeypatch.chdir(folder)
    names = {"double": lambda value: value + value, "In": ["", "def double(value): ..."]}
    shell = SimpleNamespace(get_ipython=lambda: SimpleNamespace(user_ns=names))
    monkeypatch.setitem(sys.modules, "IPython", shell)
    return folder


def test_points_are_given_and_nothing_goes_to_stderr(graded: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert points(SLUG, "double", 3, hidden=True) == 3.0
    said = capfd.readouterr()
    assert said.err == ""
    assert said.out.splitlines() == ["1 of 1  double of two", "2 of 2  double of many"]
    os.write(2, b"back again\n")
    assert capfd.readouterr().err == "back again\n"


def test_checks_beside_the_notebook_count_for_nothing_where_it_is_graded(graded: Path) -> None:
    planted = (
        'from autograder.checks import check\n\n@check("double", points=9)\ndef test_planted(student):\n    pass\n'
    )
    (graded / "public" / "test_public.py").write_text(planted)
    assert points(SLUG, "double", 3) == 3.0  # at most what the exercise is worth
    assert points(SLUG, "double", 9, hidden=True) == 3.0


def test_where_no_checks_are_it_says_so_and_gives_nothing(graded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AutograderError, match="no check of"):
        points(SLUG, "why", 2, hidden=True)
    monkeypatch.chdir(graded.parents[5])
    with pytest.raises(AutograderError, match="nowhere above"):
        points(SLUG, "double", 3, hidden=True)


def test_imported_test_cells_run_there_as_well(tmp_path: Path) -> None:
    test = "kept = f\ndel f\nassert g() == 'no f'\nf = kept\n0.5 * g()"
    made = (
        "def f():\n    return 2\n\ndef g():\n    try:\n        return f()\n    except NameError:\n        return 'no f'"
    )
    path = write(tmp_path / "a.ipynb", solution("f", made), graded_cell("uses-f", 1, test))
    assignment = written(read_nbgrader(path)[0], tmp_path / "ours").assignment
    cells = tuple(cell.source for cell in reference_cells(assignment))
    names: dict[str, object] = {}
    for cell in cells[1:]:
        exec(cell, names)
    (found,) = run_checks((assignment.public, assignment.hidden), names, cells, "f")
    assert (found.outcome, found.points) == (Outcome.PASSED, 1.0), found.message
    assert "f" in names
