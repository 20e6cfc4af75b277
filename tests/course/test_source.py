from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.course.source import SourceNotebook, read_source
from autograder.errors import AutograderError

SCRIPT = '''\
# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Title
#
# text

# %% tags=["big"]
# %matplotlib inline
# cat the tensors
x = 1


text = """
# %% no cell
"""

# %%
#| exercise: softmax

def softmax(x):
    return x
'''


def written(tmp_path: Path, text: str | bytes, name: str = "notebook.py") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def ipynb(*cells: dict[str, object]) -> str:
    return json.dumps({"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


def code(source: object, number: int = 0, **metadata: object) -> dict[str, object]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": f"cell-{number}",
        "metadata": metadata,
        "outputs": [],
        "source": source,
    }


def refusal(path: Path) -> AutograderError:
    with pytest.raises(AutograderError) as caught:
        read_source(path)
    return caught.value


def lines_agree(notebook: SourceNotebook) -> bool:
    """Every line that a cell claims to have in the file stands there."""
    file = notebook.path.read_text().splitlines()
    for cell in notebook.cells:
        for line, text in zip(cell.lines, cell.source.split("\n"), strict=True):
            if line is not None and text.strip("# ") not in file[line - 1]:
                return False
    return True


def test_a_script_is_read_into_cells_that_know_their_lines(tmp_path: Path) -> None:
    notebook = read_source(written(tmp_path, SCRIPT))
    assert [cell.kind for cell in notebook.cells] == ["markdown", "code", "code"]
    assert [cell.lines[0] for cell in notebook.cells] == [10, 15, 27]
    assert notebook.cells[0].source == "# Title\n\ntext"
    assert lines_agree(notebook)


def test_the_exercise_is_taken_off_the_head_of_its_cell(tmp_path: Path) -> None:
    cell = read_source(written(tmp_path, SCRIPT)).cells[2]
    assert cell.exercise == "softmax"
    assert cell.source == "def softmax(x):\n    return x"
    assert cell.place(1).line == 28
    assert cell.place(1).text == "    return x"


def test_commented_magics_are_magics_again_and_prose_stays_a_comment(tmp_path: Path) -> None:
    source = read_source(written(tmp_path, SCRIPT)).cells[1].source
    assert source.startswith("%matplotlib inline\n# cat the tensors\nx = 1")
    assert read_source(written(tmp_path, SCRIPT)).cells[1].metadata == {"tags": ["big"]}


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    plain = read_source(written(tmp_path, SCRIPT))
    path = written(tmp_path, b"\xef\xbb\xbf" + SCRIPT.replace("\n", "\r\n").encode(), "other.py")
    assert [c.source for c in read_source(path).cells] == [c.source for c in plain.cells]
    assert [c.lines for c in read_source(path).cells] == [c.lines for c in plain.cells]


def test_an_ipynb_is_read_with_the_lines_of_its_json(tmp_path: Path) -> None:
    cell = code(["#| exercise: softmax\n", "def f():\n", "    return 1"], tags=["source"])
    notebook = read_source(written(tmp_path, ipynb(code("x = 1", 1), cell), "notebook.ipynb"))
    file = notebook.path.read_text().splitlines()
    assert notebook.cells[1].exercise == "softmax"
    assert notebook.cells[1].source == "def f():\n    return 1"
    assert [file[line - 1].strip() for line in notebook.cells[1].lines if line] == ['"def f():\\n",', '"    return 1"']
    assert "x = 1" in file[(notebook.cells[0].lines[0] or 0) - 1]


def test_metadata_of_an_ipynb_may_name_the_exercise(tmp_path: Path) -> None:
    text = ipynb(code("x = 1", autograder={"exercise": "warm_up"}))
    assert read_source(written(tmp_path, text, "notebook.ipynb")).cells[0].exercise == "warm_up"


def test_attachments_are_kept(tmp_path: Path) -> None:
    picture = {"a.png": {"image/png": "aGVsbG8="}}
    cell: dict[str, object] = {
        "cell_type": "markdown",
        "id": "m",
        "metadata": {},
        "source": "![](attachment:a.png)",
        "attachments": picture,
    }
    notebook = read_source(written(tmp_path, ipynb(cell), "notebook.ipynb"))
    assert notebook.cells[0].attachments == picture


@pytest.mark.parametrize(
    ("head", "code_name", "fix"),
    [
        ("#| exercize: softmax", "unknown-directive", "#| exercise: NAME"),
        ("#| points: 3", "unknown-directive", "points = ... "),
        ("#| exercise softmax", "bad-directive", "#| exercise: NAME"),
        ("# | exercise: softmax", "bad-directive", "#| exercise: NAME"),
        ("#| exercise: two words", "bad-directive", "#| exercise: softmax"),
        ("x = 1\n#| exercise: softmax", "misplaced-directive", "first line"),
        ("#| exercise: a\n#| exercise: b", "two-exercises", "own cell"),
    ],
)
def test_a_wrong_directive_is_refused_with_its_line(tmp_path: Path, head: str, code_name: str, fix: str) -> None:
    error = refusal(written(tmp_path, f"# %%\ny = 0\n\n# %%\n{head}\nz = 1\n"))
    assert error.code == code_name
    assert fix.strip() in error.fix
    if code_name != "two-exercises":
        assert error.where[0].line == 5 + head.count("\n")
        assert error.where[0].text == head.split("\n")[-1]


def test_a_directive_in_a_markdown_cell_is_refused(tmp_path: Path) -> None:
    assert refusal(written(tmp_path, "# %% [markdown]\n# #| exercise: softmax\n")).code == "misplaced-directive"


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"{}",
        b'{"nbformat": 4}',
        b'{"nbformat": 3, "worksheets": []}',
        b'{"cells": 5, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
        b'{"cells": [{"cell_type": "code"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
        ipynb(code(5)).encode(),
        ipynb(code(["a", 5])).encode(),
        ipynb(code("\ud800")).encode(),
        b"[" * 100_000,
        b"\xff\xfe\x00",
        b'{"cells": [\0]}',
    ],
)
def test_a_broken_ipynb_gives_one_error(tmp_path: Path, text: bytes) -> None:
    assert refusal(written(tmp_path, text, "notebook.ipynb")).code == "bad-notebook"


def test_a_notebook_that_is_too_large_or_missing_gives_one_error(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nowhere.py").code == "bad-notebook"
    assert "bytes" in refusal(written(tmp_path, b"#" * 20_000_001)).what
    assert "cells" in refusal(written(tmp_path, "# %%\nx = 1\n\n" * 2_001)).what


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_text_is_read_or_refused_with_one_error(tmp_path: Path, text: str) -> None:
    for name in ("notebook.py", "notebook.ipynb"):
        try:
            notebook = read_source(written(tmp_path, text, name))
        except AutograderError:
            continue
        assert all(len(c.lines) == len(c.source.split("\n")) for c in notebook.cells)


BLOCK = st.lists(
    st.sampled_from(["x = 1", "", "def f():", "    return 2", "# note", '"""', "a\\", "é = 'ß'"]), max_size=6
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), BLOCK), max_size=6))
def test_the_lines_of_cells_stand_in_the_file(tmp_path: Path, cells: list[tuple[bool, list[str]]]) -> None:
    text = "".join(
        "# %%"
        + (" [markdown]\n" if prose else "\n")
        + "".join(f"{'# ' if prose else ''}{line}\n" for line in lines)
        + "\n"
        for prose, lines in cells
    )
    assert lines_agree(read_source(written(tmp_path, text)))
