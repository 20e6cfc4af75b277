"""Writing imported assignments: what is written reads back as it was, builds, and is all of it or nothing."""

from __future__ import annotations

import ast
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.build import prepare
from autograder.course import Rubric
from autograder.course.source import read_source
from autograder.errors import AutograderError
from autograder.interop.check_source import check_source, indented
from autograder.interop.imported import (
    CheckFile,
    ImportedAssignment,
    ImportedCell,
    ImportedCheck,
    ImportedExercise,
    Style,
)
from autograder.interop.manifest import manifest
from autograder.interop.names import identifier, names_of, slug_of
from autograder.interop.notebook_source import write_notebook
from autograder.interop.writing import write_assignment

SOLVED = ImportedCell("code", "def f(x):\n    # BEGIN SOLUTION\n    return x + x\n    # END SOLUTION", "f")
CHECK = ImportedCheck("test_f", "f", 2, "assert f(1) == 2")
ASSIGNMENT = ImportedAssignment(
    slug="01-f",
    title="F",
    cells=(ImportedCell("markdown", "# F"), SOLVED),
    exercises=(ImportedExercise("f", "Twice"),),
    check_files=(CheckFile("test_f.py", True, (CHECK,)),),
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(title=texts.filter(str.strip), hint=texts)
def test_any_text_is_read_back_from_the_manifest(title: str, hint: str) -> None:
    rubric = Rubric(excellent=title, meets=title, revise=title)
    exercise = ImportedExercise("f", title, hints=(hint,), rubric=rubric, points=1.5)
    told = tomllib.loads(manifest(replace(ASSIGNMENT, title=title, exercises=(exercise,)), [hint]))
    assert told["title"] == title
    assert told["build"]["allow"] == [hint]
    assert told["exercise"][0] == {
        "name": "f",
        "title": title,
        "points": 1.5,
        "hints": [hint],
        "rubric": {"excellent": title, "meets": title, "revise": title},
    }


lines = st.lists(
    st.sampled_from(
        [
            "x = 1",
            "%matplotlib inline",
            "# %% a cell",
            "",
            "    y",
            "text",
            "%%time",
            "# %time",
            "+ 1",
            '"""',
            "!ls",
            "%% no",
            "# ---",
        ]
    ),
    min_size=1,
    max_size=5,
).map("\n".join)


@given(st.lists(st.tuples(st.sampled_from(["code", "markdown", "raw"]), lines), min_size=1, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
def test_any_cells_are_read_back_from_the_notebook(
    tmp_path_factory: pytest.TempPathFactory, made: list[tuple[str, str]]
) -> None:
    cells = tuple(ImportedCell(kind, source) for kind, source in made)
    path = write_notebook(tmp_path_factory.mktemp("any"), cells)
    assert [(c.kind, c.source.strip("\n")) for c in read_source(path).cells] == [
        (c.kind, c.source.strip("\n")) for c in cells
    ]


def test_pictures_in_cells_make_the_notebook_an_ipynb(tmp_path: Path) -> None:
    picture = ImportedCell("markdown", "![](attachment:a.png)", None, {"a.png": {"image/png": "AAAA"}})
    path = write_notebook(tmp_path, (picture,))
    assert path.name == "notebook.ipynb"
    assert read_source(path).cells[0].attachments == {"a.png": {"image/png": "AAAA"}}


STRINGS = '''x = """a
b"""
if x:
    y = f"""{x}
  c
"""
pair = (x,
        y)
z = 'one \\
two'
'''


def test_strings_keep_their_lines_where_the_body_moves_to_the_right() -> None:
    names: dict[str, object] = {}
    plain: dict[str, object] = {}
    exec(f"def f():\n{indented(STRINGS)}\n    return x, y, z", names)
    exec(STRINGS, plain)
    found = names["f"]
    assert callable(found)
    assert found() == (plain["x"], plain["y"], plain["z"])


@pytest.mark.parametrize(
    "examples",
    [
        ">>> f(1)\n2",
        '>>> f("""a""")\n2',
        ">>> print('\\n')\n",
        ">>> f(1) \\\n",
        ">>> \"'''\"\n1\"",
        ">>> 'a\\\\'",
    ],
)
def test_examples_reach_doctest_as_they_were(examples: str) -> None:
    check = ImportedCheck("test_f", "f", 1, examples, Style.EXAMPLES)
    tree = ast.parse(check_source(CheckFile("test_f.py", True, (check,)), "a 'quoted\" \\ name"))
    function = tree.body[-1]
    assert isinstance(function, ast.FunctionDef)
    assert ast.get_docstring(function) == examples.strip("\n").rstrip()


def test_a_builtin_that_the_student_defines_is_meant_as_theirs() -> None:
    check = replace(CHECK, body="assert sum([1]) == 1 and summary", scores=True)
    text = check_source(CheckFile("test_f.py", True, (check,)), "x", ("sum", "max"))
    assert "@cell(scores=True, theirs=('sum',))" in text


def test_what_the_original_shows_of_the_solution_is_allowed_and_told(tmp_path: Path) -> None:
    line = "return [value * value + 41 for value in range(number) if value != 3]"
    solved = replace(SOLVED, source=f"def f(number):\n    # BEGIN SOLUTION\n    {line}\n    # END SOLUTION")
    shown = ImportedCell("markdown", f"Do it like this: `{line}`")
    found = write_assignment(replace(ASSIGNMENT, cells=(shown, solved)), tmp_path, "x")
    assert len(found.assignment.manifest.build.allow) == 1
    assert any("allowed in assignment.toml" in note.text for note in found.notes)
    assert prepare(found.assignment).files


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"slug": "Not A Slug"}, "bad-slug"),
        ({"files": {"../../escape.txt": b"x"}}, "unsafe-name"),
        ({"files": {"public/A.txt": b"x", "public/a.txt": b"x"}}, "unsafe-name"),
        ({"files": {"/etc/passwd": b"x"}}, "unsafe-name"),
        ({"specimens": {"../up": "x"}}, "unsafe-name"),
        ({"check_files": (CheckFile("test_f.py", True, (replace(CHECK, body="assert ("),)),)}, "bad-test"),
        ({"check_files": ()}, "bad-manifest"),
        ({"cells": (ImportedCell("code", "x = 1", "f"),)}, "exercise-without-solution"),
    ],
)
def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path, changed: dict[str, object], code: str) -> None:
    with pytest.raises(AutograderError) as caught:
        write_assignment(replace(ASSIGNMENT, **changed), tmp_path / "ours", "x")  # type: ignore[arg-type]
    assert caught.value.code == code
    assert list((tmp_path / "ours").rglob("*")) in ([], [tmp_path / "ours" / "assignments"])
    assert not any(".import-" in place.path for place in caught.value.where)


@given(texts)
def test_any_text_is_made_a_name_and_a_slug(text: str) -> None:
    assert identifier(text).isidentifier()
    assert identifier(text).isascii()
    assert set(slug_of(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not slug_of(text).startswith("-")


@pytest.mark.parametrize(
    ("source", "needs", "binds"),
    [
        ("result = f(1)\nassert result == want", {"f", "want"}, {"result"}),
        ("total = total + 1", {"total"}, {"total"}),
        ("kept = f\ndel f\nf = kept", {"f"}, {"kept", "f"}),
        ("for i in range(3):\n    last = i\nprint(last)", {"range", "print"}, {"i", "last"}),
        ("def g(x, y=start):\n    return helper(x)", {"start", "helper"}, {"g"}),
        ("import numpy as np\nnp.sum", set(), {"np"}),
        ("values = [v + one for v in data]", {"one", "data"}, {"values"}),
        ("@decorated\nclass A(Base):\n    def f(self):\n        return other", {"decorated", "Base", "other"}, {"A"}),
        ("with open(name) as file, other as (a, b):\n    text = file.read()", {"open", "name", "other"}, None),
    ],
)
def test_the_names_of_a_cell(source: str, needs: set[str], binds: set[str] | None) -> None:
    found = names_of(source)
    assert found.needs == needs
    assert binds is None or found.binds == binds
