"""Notebooks, archives and names of an author who means harm, or slipped: read with bounds, refused in words."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import nbgrader_source as source
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from imported_course import written

from autograder.errors import AutograderError
from autograder.interop.foreign import read_notebook
from autograder.interop.nbgrader.read import read_nbgrader

SOLVED = (
    source.solution("f", "def f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION"),
    source.graded_cell("f-test", 1, "assert f() == 1"),
)


def refused(path: Path) -> str:
    with pytest.raises(AutograderError) as caught:
        read_nbgrader(path)
    return caught.value.code


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no JSON"),
        (b"[]", "format 4"),
        (b'{"nbformat": 3, "worksheets": []}', "format 4"),
        (b'{"nbformat": 4, "cells": {}}', "list of at most"),
        (b'{"nbformat": 4, "cells": [3]}', "no cell"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": 3}]}', "no text"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "\\ud800"}]}', "half a character"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "a\\u0000b"}]}', "no text"),
        (b'{"nbformat": 4, "cells": ' + b"[" * 50_000, "no JSON"),
        (b'{"nbformat": 4, "cells": [' + b"0," * 1_100_000 + b"0]}", "too many values"),
        (b"\xff\xfe{\x00}\x00", "UTF-8"),
    ],
)
def test_what_is_no_notebook_is_refused_in_words(content: bytes, says: str) -> None:
    with pytest.raises(AutograderError, match=says):
        read_notebook("a.ipynb", content)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)
nbgrader_metadata = st.fixed_dictionaries(
    {},
    optional={
        "grade": st.booleans() | json_values,
        "solution": st.booleans(),
        "locked": st.booleans(),
        "task": st.booleans(),
        "grade_id": st.sampled_from(["a", "b-c", "cell_1"]) | json_values,
        "points": st.integers(0, 3) | json_values,
    },
)
cells = st.fixed_dictionaries(
    {
        "cell_type": st.sampled_from(["code", "markdown", "raw"]),
        "source": st.lists(
            st.sampled_from(
                [
                    "### BEGIN SOLUTION",
                    "### END SOLUTION",
                    "x = 1",
                    "def f(): return x",
                    "del x",
                    "assert f() == 1",
                    "### BEGIN HIDDEN TESTS",
                    "### END HIDDEN TESTS",
                    "from math import *",
                    "%time x = 2",
                    "#| echo: false",
                    "f(",
                    "=== BEGIN MARK SCHEME ===",
                    "# STUB",
                ]
            )
            | st.text(max_size=20),
            max_size=5,
        ).map("\n".join),
        "metadata": st.fixed_dictionaries({"nbgrader": nbgrader_metadata}) | json_values,
    },
    optional={"attachments": json_values},
)


@given(st.lists(cells, max_size=5))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_whatever_a_notebook_holds_it_is_imported_or_refused(tmp_path_factory: Any, made: list[dict[str, Any]]) -> None:
    folder = tmp_path_factory.mktemp("any")
    path = source.write(folder / "a.ipynb", *SOLVED, *made)
    try:
        for one in read_nbgrader(path):
            written(one, folder)
    except AutograderError:
        assert not any((folder / "assignments").iterdir()) if (folder / "assignments").exists() else True
        return
    assert (folder / "assignments" / "a" / "assignment.toml").is_file()


@pytest.mark.parametrize(
    ("cells_", "code"),
    [
        ((source.cell("code", "x = 1"),), "nothing-to-grade"),
        ((*SOLVED, source.solution("f", "y = 1")), "bad-nbgrader-cell"),
        ((source.solution("f", "### BEGIN SOLUTION\nx = 1"), SOLVED[1]), "bad-nbgrader-cell"),
        ((SOLVED[0], source.graded_cell("t", 1, "assert (")), "not-python-cell"),
        ((SOLVED[0], source.graded_cell("t", 1, "### AUTOTEST f()")), "autotest"),
        ((SOLVED[0], source.graded_cell("t", -1, "assert f()")), "bad-nbgrader-cell"),
    ],
)
def test_cells_that_nbgrader_refuses_are_refused(tmp_path: Path, cells_: tuple[dict[str, Any], ...], code: str) -> None:
    assert refused(source.write(tmp_path / "a.ipynb", *cells_)) == code


def test_a_notebook_of_another_language_is_refused(tmp_path: Path) -> None:
    path = source.write(tmp_path / "a.ipynb", *SOLVED)
    notebook = json.loads(path.read_bytes())
    notebook["metadata"]["kernelspec"]["language"] = "R"
    path.write_text(json.dumps(notebook))
    assert refused(path) == "not-python"


def test_links_and_names_that_lead_elsewhere_are_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("mine")
    source.write(tmp_path / "linked" / "a.ipynb", *SOLVED)
    (tmp_path / "linked" / "data.csv").symlink_to(secret)
    assert refused(tmp_path / "linked") == "cannot-import"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../out.ipynb", json.dumps(source.notebook(*SOLVED)))
    (tmp_path / "a.zip").write_bytes(packed.getvalue())
    assert refused(tmp_path / "a.zip") == "cannot-import"
    os.mkfifo(tmp_path / "pipe.ipynb")
    assert refused(tmp_path / "pipe.ipynb") == "cannot-import"


def test_a_file_is_never_written_outside_its_assignment(tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    source.write(
        folder / "-rf é; $(x).ipynb", source.cell("markdown", "# \x1b[31mRed\x07 and ../../up\n![](a'b\".png)"), *SOLVED
    )
    (folder / "a'b\".png").write_bytes(b"1")
    (one,) = read_nbgrader(folder)
    found = written(one, tmp_path / "ours")
    assert found.assignment.slug == "odd"
    inside = {path.parent for path in (tmp_path / "ours").rglob("*")}
    assert all(path.is_relative_to(tmp_path / "ours") for path in inside)
    assert found.assignment.manifest.title.isprintable()


def test_names_of_shown_files_are_strings_in_code_and_links_in_text(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    text = source.cell("markdown", "# Data\n\n[the file](rain.csv) and <img src='sky.png'>, rain.csv")
    code = source.cell("code", "path = './rain.csv'\nname = 'my rain.csv'  # rain.csv\nimport helpers")
    source.write(folder / "a.ipynb", text, code, *SOLVED)
    (folder / "rain.csv").write_text("1")
    (folder / "sky.png").write_bytes(b"2")
    (folder / "helpers.py").write_text("ONE = 1\n")
    (folder / "unused.bin").write_bytes(b"3")
    (one,) = read_nbgrader(folder)
    found = written(one, tmp_path / "ours").assignment.notebook.read_text(encoding="utf-8")
    assert "[the file](public/data/rain.csv) and <img src='public/data/sky.png'>, rain.csv" in found
    assert "path = 'public/data/rain.csv'\nname = 'my rain.csv'  # rain.csv" in found
    assert "%%writefile helpers.py\nONE = 1" in found
    assert sorted(one.files) == ["public/data/rain.csv", "public/data/sky.png"]
