from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from small_course import HIDDEN, NOTEBOOK, PUBLIC, SPECIMEN, small

from autograder.build import prepare
from autograder.build.write import read_folder, replace_folder
from autograder.errors import AutograderError

RENDER = """
import os, sys
os.umask(int(sys.argv[2], 8))
from pathlib import Path
from autograder.build import prepare
from autograder.build.write import replace_folder
from autograder.course import load_assignment
replace_folder(Path(sys.argv[3]), prepare(load_assignment(Path(sys.argv[1]))).files)
"""


def test_a_release_holds_the_notebook_the_public_checks_and_what_a_student_needs(tmp_path: Path) -> None:
    files = prepare(small(tmp_path)).files
    assert list(files) == [
        "01-small.ipynb",
        "README.md",
        "assignment.json",
        "public/test_public.py",
        "requirements.txt",
    ]
    assert files["public/test_public.py"] == PUBLIC.encode()
    assert files["requirements.txt"] == b"autograder\ntorch>=2.8\n"


def test_the_notebook_is_valid_and_has_no_outputs(tmp_path: Path) -> None:
    data = json.loads(prepare(small(tmp_path)).files["01-small.ipynb"])
    notebook = nbformat.from_dict(data)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.autograder.slug == "01-small"
    assert set(notebook.metadata.autograder.exercises) == {"softmax", "double"}
    assert all(not c.outputs and c.execution_count is None for c in notebook.cells if c.cell_type == "code")
    assert len({c.id for c in notebook.cells}) == len(notebook.cells)


def test_an_exercise_is_followed_by_its_hints_and_its_check(tmp_path: Path) -> None:
    cells = json.loads(prepare(small(tmp_path)).files["01-small.ipynb"])["cells"]
    exercise, hints, check = cells[2:5]
    assert exercise["metadata"] == {"autograder": {"exercise": "softmax"}}
    assert exercise["source"][0] == "# Exercise softmax (3 points)\n"
    assert "".join(hints["source"]).count("<details>") == 3
    assert "".join(hints["source"]).index("Look at exp()") < "".join(hints["source"]).index("own maximum")
    assert check["source"] == ['check("softmax")']
    assert cells[5]["metadata"] == {"tags": ["example"]}
    assert cells[6]["source"][0] == "# Exercise double (1 point)\n"
    assert cells[7]["source"] == ['check("double")']


def test_the_readme_tells_what_each_exercise_is_worth_and_how_to_hand_in(tmp_path: Path) -> None:
    readme = prepare(small(tmp_path)).files["README.md"].decode()
    assert "| `softmax` | Scores become probabilities | 3 |" in readme
    for word in ("requirements.txt", "autograder check 01-small.ipynb", "hand in `01-small.ipynb`", "4 points in all"):
        assert word in readme


def test_the_check_of_a_student_finds_points_and_hints(tmp_path: Path) -> None:
    found = json.loads(prepare(small(tmp_path)).files["assignment.json"])
    assert found["exercises"][0]["hints"][0] == "Look at exp()."
    assert [e["points"] for e in found["exercises"]] == [3, 1]
    assert found["slug"] == "01-small"


def test_an_ipynb_source_gives_the_same_cells_and_keeps_attachments(tmp_path: Path) -> None:
    script = prepare(small(tmp_path / "script"))
    cells = [
        {"cell_type": c.kind, "metadata": {}, "source": c.source, "id": f"c{i}"}
        | ({"outputs": [{"output_type": "stream", "name": "stdout", "text": "old"}], "execution_count": 7}
           if c.kind == "code" else {"attachments": {"a.png": {"image/png": "aGVsbG8="}}})
        | ({"metadata": {"autograder": {"exercise": c.exercise}}} if c.exercise else {})
        for i, c in enumerate(script.stripped.source.cells)
    ]  # fmt: skip
    text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    assignment = small(tmp_path / "json", {"notebook.ipynb": text})
    (assignment.root / "notebook.py").unlink()
    made = json.loads(prepare(assignment).files["01-small.ipynb"])["cells"]
    wanted = json.loads(script.files["01-small.ipynb"])["cells"]
    assert [c["source"] for c in made] == [c["source"] for c in wanted]
    assert made[0]["attachments"] == {"a.png": {"image/png": "aGVsbG8="}}
    assert not any(c.get("outputs") for c in made)


def test_windows_line_ends_of_the_source_do_not_reach_the_release(tmp_path: Path) -> None:
    plain = prepare(small(tmp_path / "unix")).files
    texts = {"notebook.py": NOTEBOOK, "public/test_public.py": PUBLIC, "hidden/test_hidden.py": HIDDEN}
    windows: dict[str, str | bytes] = {name: text.replace("\n", "\r\n") for name, text in texts.items()}
    other = prepare(small(tmp_path / "windows", windows)).files
    assert other["public/test_public.py"] == plain["public/test_public.py"]
    assert b"\\r" not in other["01-small.ipynb"]
    assert json.loads(other["01-small.ipynb"])["cells"] == json.loads(plain["01-small.ipynb"])["cells"]


def test_the_same_source_gives_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    made = []
    for number, (umask, language, seed) in enumerate((("022", "C", "1"), ("077", "C.UTF-8", "2"))):
        root = small(tmp_path / f"copy {number}", {"specimens/é.py": SPECIMEN}).root
        here = tmp_path / f"cwd-{number}"
        here.mkdir()
        target = tmp_path / f"release-{number}"
        subprocess.run(
            [sys.executable, "-c", RENDER, str(root), umask, str(target)],
            check=True,
            cwd=here,
            env={**os.environ, "LC_ALL": language, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo" if number else "UTC"},
        )
        modes = {p.relative_to(target).as_posix(): p.stat().st_mode for p in sorted(target.rglob("*"))}
        made.append((read_folder(target), modes))
    assert made[0] == made[1]


def test_no_path_of_this_machine_is_released(tmp_path: Path) -> None:
    assert not any(str(tmp_path).encode() in content for content in prepare(small(tmp_path)).files.values())


def test_caches_are_left_out_and_links_are_refused(tmp_path: Path) -> None:
    assignment = small(tmp_path, {"public/__pycache__/x.pyc": b"1", "public/.ipynb_checkpoints/y.py": "2"})
    assert [name for name in prepare(assignment).files if name.startswith("public")] == ["public/test_public.py"]
    (assignment.public / "link.py").symlink_to(assignment.hidden / "test_hidden.py")
    with pytest.raises(AutograderError, match="link-in-public"):
        prepare(assignment)


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "release" / "01"
    assert replace_folder(target, {"a.txt": b"1", "sub/b.txt": b"2"})
    assert replace_folder(target, {"a.txt": b"3"})
    assert read_folder(target) == {"a.txt": b"3"}
    assert not replace_folder(target, {"a.txt": b"3"})
    assert [p.name for p in target.parent.iterdir()] == ["01"]


def test_a_folder_that_cannot_be_written_stays_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "01"
    replace_folder(target, {"a.txt": b"1"})
    with pytest.raises(OSError, match=r"a\.txt"):
        replace_folder(target, {"a.txt": b"2", "a.txt/b.txt": b"3"})
    assert read_folder(target) == {"a.txt": b"1"}
    assert [p.name for p in tmp_path.iterdir()] == ["01"]
