"""Small submissions that would take minutes or gigabytes to read, and old formats, which are read without nbformat."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.course import Rejected, Submission
from autograder.grading.intake import parse_submission


def resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def read(content: bytes, name: str = "a.ipynb") -> Submission | Rejected:
    return parse_submission("ann", ((name, content),), "hw")


def old(cells: list[dict[str, Any]], major: int) -> bytes:
    sheet: dict[str, Any] = {"cells": cells} if major == 1 else {"worksheets": [{"cells": cells}]}
    return json.dumps({"nbformat": major, "nbformat_minor": 0, "metadata": {"name": ""}, **sheet}).encode()


CODE = {"cell_type": "code", "input": "x = 1\ny = 2", "language": "python", "outputs": [], "metadata": {}}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ipynb", old([{**CODE, "outputs": [{"output_type": "stream", "text": "a"}] * 50_000}], 3)),
        ("a.ipynb", b'{"nbformat":4,"cells":[],"x":{' + b",".join(b'"%d":1' % n for n in range(2_100_000)) + b"}}"),
        ("a.py", b"# %% " + b"a=1 " * 400_000 + b"\nx = 1\n"),
        ("a.py", b"# %% " + b'a="' * 400_000 + b"\nx = 1\n"),
        ("a.py", b"# ---\n# a: " + b"[" * 900_000 + b"\n# ---\n# %%\nx = 1\n"),
    ],
    ids=["outputs of format 3", "names", "marker", "quotes in a marker", "header"],
)
def test_a_small_file_takes_little_to_read(name: str, content: bytes) -> None:
    before = resident_mb()
    assert isinstance(read(content, name), Submission | Rejected)
    assert resident_mb() - before < 400


@pytest.mark.parametrize("major", [1, 2, 3])
def test_an_old_format_is_read_as_nbformat_reads_it(major: int) -> None:
    cells: list[dict[str, Any]] = [
        CODE,
        {"cell_type": "markdown", "source": "# Title", "metadata": {}},
        {**CODE, "input": ["z = 3\n", "w = 4"], "metadata": {"autograder": {"exercise": "softmax"}}},
        {"cell_type": "heading", "level": 1, "source": "x", "metadata": {}},
        {"cell_type": "html", "source": "<b>", "metadata": {}},
    ]
    first = [{"cell_type": "code", "code": "x = 1"}, {"cell_type": "text", "text": "Title"}, {"cell_type": "code"}]
    content = old(cells if major > 1 else first, major)
    result = read(content)
    assert isinstance(result, Submission)
    upgraded = nbformat.convert(nbformat.from_dict(json.loads(content)), 4)  # type: ignore[no-untyped-call]
    wanted = ["".join(cell.source) for cell in upgraded.cells if cell.cell_type == "code"]
    assert [cell.source for cell in result.cells] == wanted
    assert f"old format {major}" in result.notes[0]


@pytest.mark.parametrize("sheets", [5, [5], [{"cells": 5}], [{"cells": [5]}], [{}], None])
def test_an_old_format_that_is_built_otherwise_is_refused(sheets: object) -> None:
    for major in (2, 3):
        result = read(json.dumps({"nbformat": major, "worksheets": sheets}).encode())
        assert isinstance(result, Rejected)
        assert "old format" in result.message
