from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.course import Assignment, Exercise, Manifest, Rejected, Submission
from autograder.grading import paths
from autograder.grading.intake import Source, parse_submission, read_submission

SLUG = "04-softmax-classifier"
ASSIGNMENT = Assignment(
    slug=SLUG, root=Path(), manifest=Manifest(title="Softmax", exercises=(Exercise(name="f", title="F", points=1),))
)


def notebook(*sources: object, **top: object) -> dict[str, Any]:
    cells = [
        {"cell_type": "code", "source": s, "metadata": {}, "outputs": [], "execution_count": None} for s in sources
    ]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **top}


def as_bytes(*sources: object) -> bytes:
    return json.dumps(notebook(*sources)).encode()


def accepted(content: bytes, name: str = "a.ipynb") -> Submission:
    result = parse_submission("ann", ((name, content),), SLUG)
    assert isinstance(result, Submission), result
    return result


def refused(content: bytes, name: str = "a.ipynb") -> str:
    result = parse_submission("ann", ((name, content),), SLUG)
    assert isinstance(result, Rejected), result
    assert result.reason == "unreadable"
    return result.message


def at(path: Path, member: str = "") -> Submission | Rejected:
    return read_submission(Source("ann", path, member), ASSIGNMENT)


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


# what is in a notebook ------------------------------------------------------------------------------------------------


def test_code_cells_are_numbered_and_know_their_exercise() -> None:
    data = notebook("x = 1", ["y = 2\n", "z = 3"], "w = 4")
    data["cells"].insert(1, {"cell_type": "markdown", "source": "# %time", "metadata": {}})
    data["cells"][2]["metadata"] = {"autograder": {"exercise": "softmax"}}
    data["cells"][3]["metadata"] = {"autograder": {"exercise": ["softmax"]}}
    cells = accepted(json.dumps(data).encode()).cells
    assert [(c.number, c.source, c.exercise) for c in cells] == [
        (1, "x = 1", None),
        (2, "y = 2\nz = 3", "softmax"),
        (3, "w = 4", None),
    ]


def test_magics_and_broken_cells_are_noted_and_the_rest_is_kept() -> None:
    result = accepted(as_bytes("x = 1", "y = 2", "!pip install x", "def f(:\n  pass", "z = 3"))
    assert [c.source for c in result.cells] == ["x = 1", "y = 2", "pass", "", "z = 3"]
    assert result.cells[3].problem == "SyntaxError: invalid syntax (line 1): def f(:"
    assert result.notes[0] == "cell 3: `!pip install x` was ignored"
    assert result.notes[1].startswith("cell 4 was not run: SyntaxError")


def test_a_notebook_of_format_3_is_upgraded() -> None:
    cell = {"cell_type": "code", "input": "x = 1", "outputs": [], "language": "python", "metadata": {}}
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": [cell]}]}
    result = accepted(json.dumps(old).encode())
    assert [c.source for c in result.cells] == ["x = 1"]
    assert "old format 3" in result.notes[0]


def test_a_notebook_with_a_byte_order_mark_or_nan_in_an_output_is_read() -> None:
    assert accepted(b"\xef\xbb\xbf" + as_bytes("x = 1")).cells[0].source == "x = 1"
    data = notebook("x = 1")
    data["cells"][0]["outputs"] = [{"data": {"application/json": [float("nan")]}}]
    assert "NaN" in accepted(json.dumps(data).encode()).notes[0]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"PK\x03\x04....", "zip archive"),
        (as_bytes("x = 1")[:80], "cut off"),
        (as_bytes("x = 1")[:-1], "cut off"),
        (b"\xff\xfe{", "UTF-16, and broken"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
        (b"{\x80", "UTF-8"),
        (b"not json", "not JSON"),
        (b"[1, 2]", "holds a list"),
        (b"5", "holds a int"),
        (b"{}", "nbformat"),
        (b'{"nbformat": true}', "nbformat"),
        (b'{"nbformat": 4}', "no list of cells"),
        (b'{"nbformat": 4, "cells": {}}', "no list of cells"),
        (b'{"nbformat": 4, "cells": [5]}', "Cell 1"),
        (b'{"nbformat": 4, "cells": [{"source": "x"}]}', "Cell 1"),
        (b'{"nbformat": 5, "cells": []}', "format 5"),
        (b'{"nbformat": 3, "worksheets": 5}', "old format"),
        (as_bytes(5), "source of cell 1"),
        (as_bytes(["x", 5]), "source of cell 1"),
        (as_bytes({}), "source of cell 1"),
        (b'{"nbformat": 4, "nbformat": 4, "cells": []}', "twice"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" + b"{}," * 3_000_001, "too many values"),
        (b'{"nbformat": ' + b"9" * 5000 + b"}", "number"),
        (b'{"nbformat": 4,\n<<<<<<< HEAD\n"cells": [],\n=======\n', "merge-conflict markers (line 2)"),
        (as_bytes(*["x"] * 2001), "2,001 code cells"),
        (as_bytes(*["x" * 190_000] * 11), "characters of code"),
    ],
)
def test_an_unreadable_notebook_gets_one_clear_reason(content: bytes, why: str) -> None:
    message = refused(content)
    assert why in message
    assert message.endswith(".")
    assert message.isprintable()


@given(st.binary(max_size=500), st.sampled_from(["a.ipynb", "a.py", "a.txt"]))
def test_arbitrary_bytes_never_raise(content: bytes, name: str) -> None:
    result = parse_submission("ann", ((name, content),), SLUG)
    assert isinstance(result, Submission | Rejected)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(["code", "raw"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["cell_type", "source", "metadata", "input", "cells"]) | st.text(max_size=5), inner
        )
    ),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(cells=_VALUES, major=st.sampled_from([1, 2, 3, 4, 4, 4, None, "4"]), extra=_VALUES)
def test_arbitrary_json_never_raises(cells: object, major: object, extra: object) -> None:
    data = {"nbformat": major, "nbformat_minor": extra, "cells": cells, "worksheets": cells, "metadata": extra}
    result = parse_submission("ann", (("a.ipynb", json.dumps(data).encode()),), SLUG)
    assert isinstance(result, Submission | Rejected)


def test_a_script_is_one_cell_or_its_percent_cells() -> None:
    assert [c.source for c in accepted(b"x = 1\ny = 2\n", "a.py").cells] == ["x = 1\ny = 2\n"]
    text = '# %% [markdown]\n# # Title\n\n# %% autograder={"exercise": "softmax"}\nx = 1\n\n'
    text += "# %%\n# %matplotlib inline\ny = 2\n"
    cells = accepted(text.encode(), "a.py").cells
    assert [(c.source, c.exercise) for c in cells] == [("x = 1", "softmax"), ("pass\ny = 2", None)]


def test_a_script_of_endless_cells_is_refused_before_it_is_parsed() -> None:
    assert "100,000 cells" in refused(b"# %%\nx=1\n" * 100_000, "a.py")


# which file is the notebook -------------------------------------------------------------------------------------------


def chosen(*names: str) -> str:
    """The one that is taken, told by what is not among the files beside it, or the message."""
    files = tuple((name, as_bytes("x = 1") if name.endswith(".ipynb") else b"x = 1") for name in sorted(names))
    result = parse_submission("ann", files, SLUG)
    if isinstance(result, Rejected):
        return result.message
    beside = {name for name, _ in result.files}
    return ", ".join(sorted(name for name in names if name.rsplit("/", 1)[-1] not in beside and name not in beside))


def test_the_releases_name_comes_first_then_the_only_notebook_then_the_only_script() -> None:
    assert chosen(f"{SLUG}.ipynb", "other.ipynb", "helpers.py") == f"{SLUG}.ipynb"
    assert chosen(f"{SLUG}.py", "other.ipynb") == f"{SLUG}.py"
    assert chosen("answer.ipynb", "helpers.py", "notes.txt") == "answer.ipynb"
    assert chosen("answer.py", "notes.txt") == "answer.py"
    assert "a.ipynb, b.ipynb" in chosen("a.ipynb", "b.ipynb")
    assert f"{SLUG}.ipynb" in chosen("a.ipynb", "b.ipynb")
    assert "a.py, b.py" in chosen("a.py", "b.py")
    assert "notes.txt" in chosen("notes.txt", "data.csv")
    assert "nothing" in chosen()


def test_files_beside_the_notebook_are_named_from_its_folder() -> None:
    files = (("hw/a.ipynb", as_bytes("x")), ("hw/lib/h.py", b"y = 1"), ("readme.txt", b"hi"))
    result = parse_submission("ann", files, SLUG)
    assert isinstance(result, Submission)
    assert result.files == (("lib/h.py", b"y = 1"),)
    assert "readme.txt lies outside" in result.notes[0]


def test_the_digest_tells_names_and_bytes_apart_and_not_their_order() -> None:
    def of(*files: tuple[str, bytes]) -> str:
        return parse_submission("ann", files, SLUG).digest

    a, b = ("a.ipynb", as_bytes("x")), ("b.txt", b"1")
    assert of(a, b) == of(b, a)
    assert len({of(a), of(a, b), of(a, ("c.txt", b"1")), of(a, ("b.txt", b"2")), of(("A.ipynb", a[1]), b)}) == 5


def test_the_digest_of_a_file_on_its_own_tells_its_kind_and_not_its_name() -> None:
    def of(name: str) -> str:
        return parse_submission("ann", ((name, b"x = 1\n"),), SLUG).digest

    assert of("ann.py") == of("bob (1).PY") != of("ann.ipynb")


# what lies on the disk ------------------------------------------------------------------------------------------------


def test_a_notebook_a_folder_and_a_zip_of_the_same_are_read_alike(tmp_path: Path) -> None:
    (tmp_path / "ann").mkdir()
    (tmp_path / "ann" / "a.ipynb").write_bytes(as_bytes("x = 1"))
    (tmp_path / "ann" / "h.py").write_bytes(b"y = 1")
    (tmp_path / "ann" / ".ipynb_checkpoints").mkdir()
    (tmp_path / "ann" / ".ipynb_checkpoints" / "a-checkpoint.ipynb").write_bytes(b"{}")
    (tmp_path / "ann.zip").write_bytes(zipped({"a.ipynb": as_bytes("x = 1"), "h.py": b"y = 1"}))
    assert at(tmp_path / "ann") == at(tmp_path / "ann.zip")
    alone = at(tmp_path / "ann" / "a.ipynb")
    assert isinstance(alone, Submission)
    assert alone.cells[0].source == "x = 1"


def test_an_unsafe_zip_and_one_in_a_batch_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"../a.ipynb": as_bytes("x")}))
    result = at(tmp_path / "a.zip")
    assert isinstance(result, Rejected)
    assert result.reason == "unsafe_archive"
    inner = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "all.zip").write_bytes(zipped({"ann.zip": inner, "bob/a.ipynb": as_bytes("x")}))
    assert isinstance(at(tmp_path / "all.zip", "ann.zip"), Rejected)
    assert isinstance(at(tmp_path / "all.zip", "bob/"), Submission)


def test_a_folder_with_nothing_but_a_zip_is_read_as_the_zip(tmp_path: Path) -> None:
    (tmp_path / "ann").mkdir()
    (tmp_path / "ann" / "work.zip").write_bytes(zipped({"a.ipynb": as_bytes("x = 1"), "h.py": b"y = 1"}))
    result = at(tmp_path / "ann")
    assert isinstance(result, Submission)
    assert result.cells[0].source == "x = 1"
    (tmp_path / "ann" / "work.zip").write_bytes(zipped({"../a.ipynb": as_bytes("x")}))
    refused = at(tmp_path / "ann")
    assert isinstance(refused, Rejected)
    assert refused.reason == "unsafe_archive"


def test_files_that_would_fill_the_disk_of_every_process_are_refused_once(tmp_path: Path) -> None:
    (tmp_path / "ann").mkdir()
    (tmp_path / "ann" / "a.ipynb").write_bytes(as_bytes("x = 1"))
    for number in range(5):
        with (tmp_path / "ann" / f"data{number}").open("wb") as file:
            file.truncate(60 << 20)  # a hole, to be quick
    result = at(tmp_path / "ann")
    assert isinstance(result, Rejected)
    assert (result.reason, "300 MB" in result.message) == ("limit", True)
    (tmp_path / "ann" / "data0").unlink()
    assert isinstance(at(tmp_path / "ann"), Submission)


@pytest.mark.parametrize("what", ["folder", "file", "inside", "deep", "dangling"])
def test_links_are_never_followed(tmp_path: Path, what: str) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "a.ipynb").write_bytes(as_bytes("x"))
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "mine.ipynb").write_bytes(as_bytes("x"))
    link, target, path = {
        "folder": (tmp_path / "ann", secret, tmp_path / "ann"),
        "file": (tmp_path / "ann.ipynb", secret / "a.ipynb", tmp_path / "ann.ipynb"),
        "inside": (mine / "h.py", secret / "a.ipynb", mine),
        "deep": (mine / "lib", secret, mine),
        "dangling": (mine / "gone", tmp_path / "nowhere", mine),
    }[what]
    link.symlink_to(target)
    result = at(path)
    assert isinstance(result, Rejected)
    assert result.reason == "unsafe_archive"
    assert "link" in result.message


def test_a_pipe_does_not_hang_and_a_device_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "ann").mkdir()
    os.mkfifo(tmp_path / "ann" / "a.ipynb")
    for path in (tmp_path / "ann", tmp_path / "ann" / "a.ipynb", Path("/dev/zero")):
        result = at(path)
        assert isinstance(result, Rejected)
        assert "no plain file" in result.message


def test_a_folder_without_bounds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.ipynb").write_bytes(as_bytes("x" * 100))
    (tmp_path / "data.bin").write_bytes(bytes(3000))
    assert isinstance(at(tmp_path), Submission)
    for name, value in (("MAX_ENTRIES", 1), ("MAX_FILE_BYTES", 2000), ("MAX_TOTAL_BYTES", 3100)):
        with monkeypatch.context() as patch:
            patch.setattr(paths, name, value)
            result = at(tmp_path)
        assert isinstance(result, Rejected), name
    (tmp_path / "A.ipynb").write_bytes(b"{}")
    assert "one name" in getattr(at(tmp_path), "message", "")


def test_a_missing_or_unsearchable_source_is_refused(tmp_path: Path) -> None:
    assert isinstance(at(tmp_path / "gone.ipynb"), Rejected)
    assert isinstance(at(tmp_path / "gone.zip"), Rejected)
    (tmp_path / "a.zip").write_bytes(b"")
    first = at(tmp_path / "a.zip")
    (tmp_path / "a.zip").write_bytes(b"PK")
    assert first.digest != at(tmp_path / "a.zip").digest


def test_names_with_control_characters_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_bytes(as_bytes("x"))
    (tmp_path / "b\n\x1b[31m.txt").write_bytes(b"")
    result = at(tmp_path)
    assert isinstance(result, Rejected)
    assert result.message.isprintable()
