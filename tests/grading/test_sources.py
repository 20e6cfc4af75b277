from __future__ import annotations

import io
import os
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.errors import AutograderError
from autograder.grading.sources import Source, find_submissions, with_unique_names

SLUG = "01-tensors"


def lay(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        (path if name.endswith("/") else path.parent).mkdir(parents=True, exist_ok=True)
        if not name.endswith("/"):
            path.write_bytes(b"{}")
    return root


def zip_of(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, b"{}")
    return buffer.getvalue()


def names(path: Path) -> list[str]:
    return [source.name for source in find_submissions(path, SLUG)]


def test_one_file_is_one_submission(tmp_path: Path) -> None:
    lay(tmp_path, "ann.ipynb", "bob.py")
    assert find_submissions(tmp_path / "ann.ipynb", SLUG) == (Source("ann", tmp_path / "ann.ipynb"),)
    assert names(tmp_path / "bob.py") == ["bob"]


@pytest.mark.parametrize(
    "files",
    [
        ("01-tensors.ipynb", "other.ipynb", "x/third.ipynb"),
        ("01-tensors.py", "helpers.py"),
        ("answer.ipynb", "helpers.py", "data/x.csv", ".ipynb_checkpoints/answer-checkpoint.ipynb"),
    ],
)
def test_a_folder_with_one_answer_is_one_submission(tmp_path: Path, files: tuple[str, ...]) -> None:
    assert names(lay(tmp_path / "ann", *files)) == ["ann"]


def test_a_folder_of_submissions_has_one_per_child(tmp_path: Path) -> None:
    root = lay(
        tmp_path,
        "ann.ipynb",
        "bob.py",
        "cy/01-tensors.ipynb",
        "dee/",
        "eve.zip",
        "readme.txt",
        ".hidden.ipynb",
        "__MACOSX/x.ipynb",
        ".ipynb_checkpoints/x.ipynb",
        "__pycache__/x.py",
    )
    assert names(root) == ["ann", "bob", "cy", "dee", "eve"]


def test_one_notebook_beside_a_zip_or_a_folder_with_notebooks_is_a_batch(tmp_path: Path) -> None:
    assert names(lay(tmp_path / "a", "ann.ipynb", "bob.zip")) == ["ann", "bob"]
    assert names(lay(tmp_path / "b", "ann.ipynb", "bob/deep/x.ipynb")) == ["ann", "bob"]


def test_equal_names_are_told_apart(tmp_path: Path) -> None:
    assert names(lay(tmp_path, "ann.ipynb", "ann.py", "ann/x.ipynb", "bob.ipynb")) == [
        "ann",
        "ann.ipynb",
        "ann.py",
        "bob",
    ]


def test_a_name_that_is_cut_hangs_on_nothing_else_in_the_folder(tmp_path: Path) -> None:
    for ending in ("b", "c"):
        (tmp_path / f"{'x' * 100}-{ending}.ipynb").write_text("{}")
    before = {source.path: source.name for source in find_submissions(tmp_path, SLUG)}
    (tmp_path / f"{'x' * 100}-a.ipynb").write_text("{}")
    after = {source.path: source.name for source in find_submissions(tmp_path, SLUG)}
    assert before.items() <= after.items()
    assert all(len(name) <= 80 for name in after.values())
    assert len(set(after.values())) == 3


@given(st.lists(st.sampled_from(["a", "b", "a-2", "a-3", "a.ipynb"]), max_size=12))
def test_names_become_unique_and_stay_in_order(given_names: list[str]) -> None:
    sources = tuple(Source(name, Path(f"{n}/a.ipynb")) for n, name in enumerate(given_names))
    renamed = with_unique_names(sources)
    assert len({source.name for source in renamed}) == len(sources)
    assert [source.path for source in renamed] == [source.path for source in sources]


def test_a_zip_of_many_folders_zips_or_notebooks_is_a_batch(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(zip_of("ann/a.ipynb", "bob/b.ipynb", "cy.zip", "__MACOSX/._x.ipynb", "readme.txt"))
    found = find_submissions(path, SLUG)
    assert [(source.name, source.member) for source in found] == [("ann", "ann/"), ("bob", "bob/"), ("cy", "cy.zip")]
    path.write_bytes(zip_of("export/ann/01-tensors.ipynb", "export/bob/01-tensors.ipynb"))
    assert [source.member for source in find_submissions(path, SLUG)] == ["export/ann/", "export/bob/"]
    path.write_bytes(zip_of("ann_1_2_hw.ipynb", "bob_3_4_hw.ipynb"))
    assert names(path) == ["ann_1_2_hw", "bob_3_4_hw"]


@pytest.mark.parametrize(
    "members",
    [
        ("hw/a.ipynb", "hw/data/x.csv"),
        ("01-tensors.ipynb", "old/a.ipynb", "older/b.ipynb"),
        ("a.py", "helpers.py"),
        ("../ann/a.ipynb", "bob/b.ipynb"),
        ("readme.txt",),
        (),
    ],
)
def test_a_zip_of_one_answer_or_an_unsafe_one_is_one_submission(tmp_path: Path, members: tuple[str, ...]) -> None:
    (tmp_path / "ann.zip").write_bytes(zip_of(*members))
    assert names(tmp_path / "ann.zip") == ["ann"]


def test_a_zip_that_is_none_is_one_submission(tmp_path: Path) -> None:
    (tmp_path / "ann.zip").write_bytes(b"nonsense")
    assert names(tmp_path / "ann.zip") == ["ann"]


def test_links_count_as_submissions_and_are_not_looked_into(tmp_path: Path) -> None:
    outside = lay(tmp_path / "outside", "x.ipynb", "y.ipynb")
    root = lay(tmp_path / "batch", "ann.ipynb", "bob.ipynb")
    (root / "cy").symlink_to(outside)
    (root / "dee.ipynb").symlink_to(outside / "x.ipynb")
    assert names(root) == ["ann", "bob", "cy", "dee"]
    (tmp_path / "link").symlink_to(outside)
    assert names(tmp_path / "link") == ["link"]


def test_nothing_to_grade_is_said(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "gone", "no-such-path"), (lay(tmp_path / "empty", "readme.txt"), "no-submissions")):
        with pytest.raises(AutograderError) as caught:
            find_submissions(path, SLUG)
        assert caught.value.code == code


def test_a_name_that_is_no_text_becomes_one(tmp_path: Path) -> None:
    lay(tmp_path, "ann.ipynb")
    (tmp_path / os.fsdecode(b"b\xff\x1b.ipynb")).write_bytes(b"{}")
    ann, other = names(tmp_path)
    assert ann == "ann"
    assert re.fullmatch("b\N{REPLACEMENT CHARACTER}{2}\\.{3}[0-9a-f]{10}", other)
