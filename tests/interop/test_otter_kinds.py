"""Notebooks of otter's that are no source in today's format for Python: read as one, or refused in words that help."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from imported_course import answers, verdicts, written
from otter_source import OK_FORMAT, Cell, source, write_source

from autograder.build import stub_cells
from autograder.errors import AutograderError
from autograder.interop.otter.read import read_otter

OLDER: tuple[Cell, ...] = (
    ("markdown", "# An older assignment\n\n```\nBEGIN ASSIGNMENT\nfiles:\n    - numbers.txt\n```"),
    ("code", "numbers = open('numbers.txt').read().split()"),
    ("markdown", "**Question 1.** Define `square`.\n\n```\nBEGIN QUESTION\nname: q1\npoints: 2\n```"),
    ("code", "def square(x):\n    return x * x # SOLUTION"),
    ("code", "nine = square(3) # SOLUTION"),
    ("code", "# TEST\nsquare(2)", "4"),
    ("code", "## Hidden Test ##\nnine", "9"),
    ("markdown", "Some words."),
    ("markdown", "```\nBEGIN QUESTION\nname: q2\nmanual: true\n```\n\nWhy?"),
    ("markdown", "**SOLUTION:** because."),
    ("code", "aside = 3 # SOLUTION"),
    ("markdown", "```\nBEGIN QUESTION\nname: q3\n```"),
    ("code", "first = numbers[0] # SOLUTION"),
    ("code", "# TEST\nfirst", "'1.5'"),
)


def refused(notebook: Path) -> AutograderError:
    with pytest.raises(AutograderError) as raised:
        read_otter(notebook)
    return raised.value


def test_the_format_before_raw_cells_means_the_same(tmp_path: Path) -> None:
    read = read_otter(write_source(tmp_path / "source", OLDER), "older")
    assignment = written(read, tmp_path / "course").assignment
    assert [(e.name, e.points, e.rubric is not None) for e in assignment.manifest.exercises] == [
        ("q1", 2, False),
        ("q2", 1, True),
        ("q3", 1, False),
    ]
    made = verdicts(assignment, answers(assignment, {}))
    assert (made["reference"].points, made["stub"].points) == (3, 0)
    assert not any("BEGIN QUESTION" in cell.source for cell in read.cells)
    assert "aside = ..." in "\n".join(cell.source for cell in stub_cells(assignment))


@pytest.mark.parametrize("language", ["R", "julia"])
def test_another_language_is_refused_by_its_name(language: str, tmp_path: Path) -> None:
    notebook = json.loads(source(OK_FORMAT))
    notebook["metadata"] = {"kernelspec": {"name": "ir", "display_name": language, "language": language}}
    path = tmp_path / "other.ipynb"
    path.write_text(json.dumps(notebook))
    error = refused(path)
    assert error.code == "not-python"
    assert f"in {language}," in error.render()


@pytest.mark.parametrize("name", ["hw01.Rmd", "hw01.qmd"])
def test_text_in_r_is_refused_as_what_it_is(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("```{r}\nx <- 1\n```\n")
    assert refused(tmp_path / name).code == "not-python"


@pytest.mark.parametrize("told", ["tests", "calls"])
def test_what_otter_made_of_a_source_is_told_from_a_source(told: str, tmp_path: Path) -> None:
    cells: tuple[Cell, ...] = (("code", "import otter\ngrader = otter.Notebook()"), ("code", "grader.check('q1')"))
    notebook = json.loads(source(cells if told == "calls" else cells[:1]))
    notebook["metadata"] |= {"otter": {"OK_FORMAT": True, "tests": {"q1": {}}}} if told == "tests" else {}
    path = tmp_path / "hw01.ipynb"
    path.write_text(json.dumps(notebook))
    error = refused(path)
    assert error.code == "already-assigned"
    assert "otter assign" in error.render()


@pytest.mark.parametrize(
    "cell", [("markdown", "# BEGIN QUESTION"), ("code", "# BEGIN TESTS"), ("markdown", "# END SOLUTION")]
)
def test_a_boundary_in_a_cell_of_the_wrong_kind_is_named(cell: Cell, tmp_path: Path) -> None:
    error = refused(write_source(tmp_path, (*OK_FORMAT, cell)))
    assert error.code == "bad-otter-source"
    assert f"{cell[1]!r} stands in a {cell[0]} cell" in error.render()
    assert f"cell {len(OK_FORMAT) + 1}" in error.render()


def test_a_solution_marked_within_its_code_cell_is_no_boundary(tmp_path: Path) -> None:
    marked = ("code", "# BEGIN SOLUTION\nextra = 3\n# END SOLUTION")
    assert read_otter(write_source(tmp_path, (*OK_FORMAT, marked)))


def test_a_cell_that_is_no_python_on_purpose_runs_by_itself(tmp_path: Path) -> None:
    broken: Cell = ("code", "print('This line is missing something.'")
    read = read_otter(write_source(tmp_path / "source", (broken, *OK_FORMAT)), "little")
    assert read.cells[0].source == f"%%python\n{broken[1]}"
    assert any("no Python" in note.text and "cells 1" in note.text for note in read.notes)
    assert written(read, tmp_path / "course").assignment.points == 14


def test_settings_that_have_no_meaning_here_are_told(tmp_path: Path) -> None:
    config: Cell = ("raw", "# ASSIGNMENT CONFIG\nenvironment: environment.yml\nplugins:\n    - theirs.Plugin")
    read = read_otter(write_source(tmp_path, (config, *OK_FORMAT)), "little")
    assert any("environment, plugins" in note.text for note in read.notes)


def test_modules_beside_the_notebook_are_there_for_cells_and_for_tests(tmp_path: Path) -> None:
    config: Cell = ("raw", "# ASSIGNMENT CONFIG\nfiles:\n    - own.py\n    - tools\n    - notes")
    cells: tuple[Cell, ...] = (
        config,
        ("code", "from tools.words import loud"),
        ("raw", "# BEGIN QUESTION\nname: q"),
        ("raw", "# BEGIN SOLUTION"),
        ("code", "def sum(a, b):\n    return a + b # SOLUTION\n\nshout = loud('a') # SOLUTION"),
        ("raw", "# END SOLUTION"),
        ("raw", "# BEGIN TESTS"),
        ("code", "import own\nown.TWO + sum(1, 2)", "5"),
        ("code", "# HIDDEN\nfrom tools.words import loud as ours\nours('b') + shout", "'B!A!'"),
        ("raw", "# END TESTS"),
        ("raw", "# END QUESTION"),
    )
    path = write_source(tmp_path / "source", cells)
    for name, text in (("own.py", "TWO = 2\n"), ("tools/words.py", "def loud(x):\n    return x.upper() + '!'\n")):
        (path.parent / name).parent.mkdir(exist_ok=True)
        (path.parent / name).write_text(text)
    (path.parent / "notes").mkdir()
    (path.parent / "notes" / "draft.py").write_text("said = 1\n")
    read = read_otter(path, "little")
    assert list(read.files) == ["public/data/notes/draft.py"]
    assignment = written(read, tmp_path / "course").assignment
    made = verdicts(assignment, answers(assignment, {}))
    assert (made["reference"].points, made["stub"].points) == (1, 0)
