"""nbgrader's gradebook: points of ours as its own library finds them there, and its scores read without it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from nbgrader.api import Gradebook as Theirs  # type: ignore[import-untyped]
from nbgrader_small import SLUG, small

from autograder.course import Assignment, Finding, Level, Mark, Outcome, Reason, Verdict
from autograder.course.written import answer_digest, written_check
from autograder.errors import AutograderError
from autograder.gradebook import Gradebook
from autograder.interop.nbgrader.gradebook_in import marks_of, read_gradebook
from autograder.interop.nbgrader.gradebook_out import write_gradebook


def verdict(student: str, hidden: float, words: str = "Because.", told: str = "") -> Verdict:
    right = Outcome.PASSED if hidden == 2 else Outcome.FAILED
    reason = Reason.NONE if hidden == 2 else Reason.WRONG_ANSWER
    check = Finding(
        check="test_double_of_many",
        exercise="double",
        outcome=right,
        reason=reason,
        points=hidden,
        max_points=2,
        message=told,
    )
    shown = Finding(check="test_double_of_two", exercise="double", outcome=Outcome.PASSED, points=1, max_points=1)
    findings = [shown, check]
    for exercise, worth in (("why", 2), ("code_by_hand", 1)):
        findings.append(
            Finding(
                check=written_check(exercise),
                exercise=exercise,
                outcome=Outcome.PENDING if words else Outcome.FAILED,
                reason=Reason.NONE if words else Reason.UNANSWERED,
                max_points=worth,
                answer=words,
            )
        )
    return Verdict(
        submission=student,
        digest="d" * 64,
        assignment=SLUG,
        version="v",
        seed=0,
        isolation="process",
        seconds=1.0,
        findings=tuple(findings),
    )


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gradebook that was just made. Their library takes seconds for it."""
    root = tmp_path_factory.mktemp("fresh")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "/usr/bin:/bin")  # where no alembic is
        assert write_gradebook(small(root), [], root / "gradebook.db").assignment_made
        assert os.environ["PATH"] == "/usr/bin:/bin"
    return root / "gradebook.db"


@pytest.fixture
def database(fresh: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(fresh, tmp_path / "gradebook.db"))


@pytest.fixture
def assignment(tmp_path: Path) -> Assignment:
    return small(tmp_path / "course")


def test_points_stand_in_their_gradebook_by_exercise(tmp_path: Path, assignment: Assignment, database: Path) -> None:
    wrong = verdict("=evil()", 0.5, words="", told="The last one\x1b[31m is wrong.")
    done = write_gradebook(assignment, [verdict("ada", 2), wrong, verdict("x" * 200, 2)], database)
    assert (done.students, done.assignment_made, [len(n) for n in done.left_alone]) == (2, False, [128])
    with Theirs(f"sqlite:///{database}") as book:
        ada, evil = (book.find_submission(SLUG, name) for name in ("ada", "=evil()"))
        assert (ada.score, ada.max_score, ada.needs_manual_grade) == (3.0, 6.0, True)
        assert (evil.score, evil.needs_manual_grade) == (1.5, False)
        assert book.find_comment("double", SLUG, SLUG, "=evil()").comment == "Double of many: The last one is wrong."
        assert book.find_grade("why", SLUG, SLUG, "ada").needs_manual_grade
    write_gradebook(assignment, [verdict("ada", 1)], database)
    assert {r.student: r.score for r in read_gradebook(database) if r.cell == "double-points"} == {
        "ada": 2.0,
        "=evil()": 1.5,
    }


def test_a_manual_score_of_theirs_stays_and_a_mark_of_ours_goes_there(
    tmp_path: Path, assignment: Assignment, database: Path
) -> None:
    write_gradebook(assignment, [verdict("ada", 2)], database)
    with Theirs(f"sqlite:///{database}") as book:
        book.find_grade("double-points", SLUG, SLUG, "ada").manual_score = 2.5
        book.db.commit()
    with Gradebook.open(tmp_path / "ours.db") as ours:
        ours.record(verdict("ada", 1), grader_version="g", versions={})
        taken = marks_of(assignment, read_gradebook(database), ours.answers(SLUG), "nb")
        assert taken.marks == ()
        (answer,) = (a for a in ours.answers(SLUG) if a.exercise == "why")
        ours.mark([Mark("ada", SLUG, "why", answer.digest, Level.MEETS, "Half of it.", "me")])
        write_gradebook(assignment, ours.latest(SLUG), database)
    rows = {row.cell: row for row in read_gradebook(database)}
    assert (rows["double-points"].auto_score, rows["double-points"].score) == (2.0, 2.5)
    assert (rows["why"].manual_score, rows["why"].comment) == (1.33, "Meets. Half of it.")


def test_their_manual_scores_are_marks_where_they_are_a_levels(
    tmp_path: Path, assignment: Assignment, database: Path
) -> None:
    write_gradebook(assignment, [verdict(name, 2) for name in ("ada", "bob", "cyd", "dan")], database)
    with Theirs(f"sqlite:///{database}") as book:
        for name, score in (("ada", 2.0), ("bob", 1.33), ("cyd", 1.5), ("dan", 0.0)):
            book.find_grade("why", SLUG, SLUG, name).manual_score = score
            book.find_comment("why", SLUG, SLUG, name).manual_comment = f"For {name}."
        book.db.commit()
    with Gradebook.open(tmp_path / "ours.db") as ours:
        for name in ("ada", "bob", "cyd"):
            ours.record(verdict(name, 2), grader_version="g", versions={})
        taken = marks_of(assignment, read_gradebook(database), ours.answers(SLUG), "nb")
        assert [(m.submission, m.level, m.comment, m.by) for m in taken.marks] == [
            ("ada", Level.EXCELLENT, "For ada.", "nb"),
            ("bob", Level.MEETS, "For bob.", "nb"),
        ]
        assert {m.answer for m in taken.marks} == {answer_digest("Because.")}
        assert [text.split(":")[0] for text in taken.left_out] == ["cyd, why", "dan, why"]
        assert ours.mark(taken.marks) == 2
        points = {v.submission: v.exercise_points()["why"][0] for v in ours.latest(SLUG)}
        assert points == {"ada": 2.0, "bob": 1.33, "cyd": 0.0}


def test_an_assignment_of_theirs_with_other_cells_is_left_alone(
    tmp_path: Path, assignment: Assignment, database: Path
) -> None:
    with Theirs(f"sqlite:///{database}") as book:
        book.remove_notebook(SLUG, SLUG)
        book.add_notebook(SLUG, SLUG)
    with pytest.raises(AutograderError) as caught:
        write_gradebook(assignment, [verdict("ada", 2)], database)
    assert caught.value.code == "other-cells"


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + b"\xff" * 200, b"words"])
def test_what_is_no_gradebook_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    database = tmp_path / "gradebook.db"
    database.write_bytes(content)
    with pytest.raises(AutograderError) as caught:
        read_gradebook(database)
    assert caught.value.code == "bad-gradebook"
    assert database.read_bytes() == content


@pytest.mark.parametrize("value", ["'nine'", "9e999", "x'00ff'"])
def test_scores_that_are_no_numbers_are_refused(assignment: Assignment, database: Path, value: str) -> None:
    write_gradebook(assignment, [verdict("ada", 2)], database)
    with sqlite3.connect(database) as connection:
        connection.execute(f"UPDATE grade SET auto_score = {value}")
    with pytest.raises(AutograderError) as caught:
        read_gradebook(database)
    assert caught.value.code == "bad-gradebook"


def test_tables_that_never_end_are_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.interop.nbgrader.gradebook_in.MAX_STEPS", 3)
    names = ("student", "assignment", "notebook", "submitted_assignment", "submitted_notebook", "base_cell")
    columns = "id, name, first_name, last_name, email, assignment_id, notebook_id, student_id, type, max_score"
    scores = "cell_id, auto_score, manual_score, extra_credit, needs_manual_grade, manual_comment"
    with sqlite3.connect(tmp_path / "gradebook.db") as connection:
        endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 1"
        ones = ", ".join(["1"] * 15)
        for name in (*names, "grade", "grade_cells", "task_cells", "comment"):
            connection.execute(f"CREATE VIEW {name} ({columns}, {scores}) AS {endless}, {ones} FROM n")
    with pytest.raises(AutograderError, match="interrupted"):
        read_gradebook(tmp_path / "gradebook.db")
