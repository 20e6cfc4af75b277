from __future__ import annotations

import json
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest
from small_course import HIDDEN, NOTEBOOK, PUBLIC, small

from autograder.build import Built, build_assignment, stale
from autograder.build.write import read_folder
from autograder.course import Assignment
from autograder.errors import AutograderError

NOISY = """
# %%
import sys
print("here:", __import__("os").getcwd(), object())
for step in range(3):
    print(f"\\rstep {step}", end="")
    sys.stdout.flush()
sys.executable
"""


def course_of(assignment: Assignment) -> Path:
    return assignment.root.parents[1]


def built(assignment: Assignment, *, force: bool = False) -> Built:
    return build_assignment(assignment, course_of(assignment), force=force)


def executed(assignment: Assignment) -> str:
    path = course_of(assignment) / "solutions" / assignment.slug / f"{assignment.slug}.ipynb"
    return path.read_text(encoding="utf-8")


def test_a_solution_is_the_full_notebook_with_tidy_outputs(tmp_path: Path) -> None:
    assignment = small(tmp_path, {"notebook.py": NOTEBOOK + NOISY})
    made = built(assignment)
    assert made.solution_executed
    assert (made.exercises, made.points, made.public_checks, made.hidden_checks) == (2, 4.0, 1, 2)
    text = executed(assignment)
    cells = json.loads(text)["cells"]
    assert "largest_of_all" in text
    assert "BEGIN SOLUTION" not in text
    assert cells[4]["outputs"][0]["text"] == "checked softmax\n"
    assert [c["execution_count"] for c in cells if c["cell_type"] == "code"] == [1, 2, 3, 4, 5, 6, 7]
    assert "here: . <object object at 0x…>\nstep 2" in cells[-1]["outputs"][0]["text"]
    assert not any(word in text for word in ("iopub", "autograder-solution-", "NotImplementedError"))


def test_a_solution_is_executed_again_only_when_its_source_changed_or_by_force(tmp_path: Path) -> None:
    assignment = small(tmp_path)
    assert built(assignment).solution_executed
    first = executed(assignment)
    assert not built(assignment).solution_executed
    assert not built(small(tmp_path, {"hidden/test_hidden.py": HIDDEN + "\n# a remark\n"})).solution_executed
    assert executed(assignment) == first
    assert built(assignment, force=True).solution_executed
    assert executed(assignment) == first
    assert built(small(tmp_path, {"notebook.py": NOTEBOOK.replace("2 + 2", "2 + 3")})).solution_executed


def test_a_failing_cell_stops_the_build_and_leaves_both_folders_and_no_kernel(tmp_path: Path) -> None:
    assignment = small(tmp_path)
    course = course_of(assignment)
    built(assignment)
    before = read_folder(course)
    broken = small(tmp_path, {"notebook.py": NOTEBOOK.replace("print(2 + 2)", "numbers = []\nprint(numbers[7])")})
    with pytest.raises(AutograderError) as caught:
        built(broken)
    assert caught.value.code == "solution-fails"
    assert "IndexError: list index out of range" in caught.value.what
    assert caught.value.where[0].path.endswith("notebook.py, cell 6 of the full notebook")
    assert (caught.value.where[0].line, caught.value.where[0].text) == (2, "print(numbers[7])")
    after = read_folder(course)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert changed == {"assignments/01-small/notebook.py"}
    assert not any("ipykernel" in word for child in psutil.Process().children() for word in child.cmdline())


def test_a_leak_leaves_the_old_release(tmp_path: Path) -> None:
    assignment = small(tmp_path)
    built(assignment)
    before = read_folder(course_of(assignment) / "release")
    small(tmp_path, {"public/notes.txt": "positive = [math.exp(score - largest_of_all) for score in scores]"})
    with pytest.raises(AutograderError, match="leak"):
        built(assignment)
    assert read_folder(course_of(assignment) / "release") == before


def test_what_is_stale_is_told(tmp_path: Path) -> None:
    assignment = small(tmp_path)
    course = course_of(assignment)
    assert stale(course) == [
        "release/01-small is missing",
        "solutions/01-small/01-small.ipynb was made from another source",
    ]
    built(assignment)
    assert stale(course) == []
    (course / "release" / "01-small" / "old.txt").write_text("left over")
    (course / "release" / "02-gone").mkdir()
    assert stale(course) == ["release/01-small/old.txt is nobody's", "release/02-gone belongs to no assignment"]
    (course / "release" / "02-gone").rmdir()
    small(tmp_path, {"public/test_public.py": PUBLIC + "\n# more\n"})
    assert stale(course) == [
        "release/01-small/old.txt is nobody's",
        "release/01-small/01-small.ipynb differs from what its source gives",
        "release/01-small/assignment.json differs from what its source gives",
        "release/01-small/public/test_public.py differs from what its source gives",
        "solutions/01-small/01-small.ipynb was made from another source",
    ]
    built(assignment)
    assert stale(course) == []
