"""An assignment that is edited while it is used."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import cast

import pytest
from batches import make_sources
from fake_grader import Asked, FakeGrader
from tiny_assignment import write_assignment

from autograder.course import Assignment, Outcome, load_assignment
from autograder.errors import AutograderError
from autograder.gradebook import Gradebook
from autograder.grading.attempt import Grader
from autograder.grading.batch import Graded, grade_batch
from autograder.grading.engines.local import LocalEngine
from autograder.grading.unchanged import Unchanged


@pytest.fixture
def assignment(tmp_path: Path) -> Assignment:
    return load_assignment(write_assignment(tmp_path / "01-a"))


def hidden(assignment: Assignment) -> Path:
    return assignment.root / "hidden" / "test_hidden.py"


@pytest.mark.parametrize(
    "change",
    [
        lambda a: hidden(a).write_text(hidden(a).read_text() + "\n"),
        lambda a: hidden(a).rename(a.root / "hidden" / "test_other.py"),
        lambda a: hidden(a).unlink(),
        lambda a: (a.root / "hidden" / "data").mkdir() or (a.root / "hidden" / "data" / "labels.npy").write_bytes(b"1"),
    ],
)
def test_every_change_of_what_decides_is_seen(assignment: Assignment, change: object) -> None:
    unchanged = Unchanged(assignment)
    change(assignment)  # type: ignore[operator]
    with pytest.raises(AutograderError, match="was changed while it was used"):
        unchanged.require()


def test_what_changes_no_verdict_may_be_changed(assignment: Assignment) -> None:
    unchanged = Unchanged(assignment)
    shutil.rmtree(assignment.root / "specimens")
    (assignment.root / "hidden" / "__pycache__").mkdir()
    (assignment.root / "hidden" / "__pycache__" / "test_hidden.pyc").write_bytes(b"1")
    (assignment.root / ".git").mkdir()
    os.utime(hidden(assignment), (1, 1))
    unchanged.require()
    hidden(assignment).write_bytes(hidden(assignment).read_bytes())
    unchanged.require()


def test_a_batch_in_the_middle_of_which_a_check_is_edited_ends_and_mixes_nothing(
    assignment: Assignment, tmp_path: Path
) -> None:
    version = assignment.version()

    def edit_at_two(submission: Asked, _: str) -> Outcome:
        if submission.name == "student-2":
            hidden(assignment).write_text("# other checks\n")
        return Outcome.PASSED

    book = Gradebook.open(tmp_path / "gradebook.db")
    sources = make_sources(tmp_path / "class")
    grader = FakeGrader(edit_at_two, version=version)
    with LocalEngine(cast(Grader, grader), 1) as engine:
        with pytest.raises(AutograderError) as caught:
            list(grade_batch(engine, book, sources, assignment))
        assert caught.value.code == "assignment-changed"
        assert {v.submission for v in book.latest("01-a")} <= {"student-0", "student-1"}
        with pytest.raises(AutograderError, match="was changed"):
            list(grade_batch(engine, book, sources, assignment))
    newer = assignment.version()
    with LocalEngine(cast(Grader, FakeGrader(version=newer)), 1) as engine:
        done = [e for e in grade_batch(engine, book, sources, assignment) if isinstance(e, Graded)]
    assert [(g.fresh, g.verdict.version) for g in done] == [(True, newer)] * 6
