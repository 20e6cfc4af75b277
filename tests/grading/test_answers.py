"""Answers in words on their way from a notebook to a verdict."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest
from batches import PAUSE
from fake_grader import ASSIGNMENT, FakeGrader
from hypothesis import given
from hypothesis import strategies as st
from tiny_assignment import FILES, write_assignment

from autograder.build import stub_cells
from autograder.course import Assignment, Exercise, Outcome, Reason, Rejected, Rubric, Submission, load_assignment
from autograder.course.written import MAX_CHARACTERS, PLACEHOLDER, marker
from autograder.gradebook import Gradebook
from autograder.grading.alignment import Aligned, align
from autograder.grading.alignment.words import MAX_ANSWERS
from autograder.grading.attempt import Grader, open_grader
from autograder.grading.batch import Graded, grade_batch
from autograder.grading.engines.local import LocalEngine
from autograder.grading.intake import parse_submission
from autograder.grading.notebook import read_notebook
from autograder.grading.scripts import read_script
from autograder.grading.sources import find_submissions
from autograder.grading.verify import conclude, plan_verification, verify

RUBRIC = Rubric(excellent="Both.", meets="One.", revise="None.")
WRITTEN = """
[[exercise]]
name = "why"
title = "Why?"
points = 3

[exercise.rubric]
excellent = "Both."
meets = "One."
revise = "None."
"""
MODEL_CELL = "\n# %% [markdown]\n# <!-- exercise: why -->\n# It is the average, and the average is the best guess.\n"


def cell(source: str, kind: str = "markdown", **metadata: Any) -> dict[str, Any]:
    made = {"cell_type": kind, "metadata": metadata, "source": source}
    return made | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def notebook(*cells: dict[str, Any]) -> bytes:
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def answer(exercise: str, words: str) -> dict[str, Any]:
    return cell(f"{marker(exercise)}\n{words}")


def aligned(*cells: dict[str, Any]) -> Aligned:
    return align(read_notebook(notebook(*cells)))


def answers(*cells: dict[str, Any]) -> dict[str, str]:
    return dict(aligned(*cells).answers)


def test_an_answer_is_known_by_its_marker_or_where_that_was_deleted_by_the_cells_metadata() -> None:
    assert answers(
        cell("# Prose"),
        answer("why", "Because."),
        cell("It *overflows*.", autograder={"exercise": "how"}),
        cell("x = 1", "code", autograder={"exercise": "f"}),
    ) == {"why": "Because.", "how": "It *overflows*."}


def test_a_cell_as_it_was_released_is_no_answer() -> None:
    assert answers(answer("why", PLACEHOLDER), answer("how", f"{PLACEHOLDER}\n\nLike this.")) == {"how": "Like this."}


def test_who_splits_the_cell_answers_in_both() -> None:
    assert answers(answer("why", "First."), cell("between"), answer("why", "Second.")) == {"why": "First.\n\nSecond."}


def test_a_script_in_percent_format_holds_answers_too() -> None:
    script = f"# %% [markdown]\n# {marker('why')}\n# Because.\n#\n# Really.\n\n# %%\nx = 1\n"
    read = align(read_script(script.encode()))
    assert dict(read.answers) == {"why": "Because.\n\nReally."}
    assert [c.source for c in read.cells] == ["x = 1"]


def test_a_book_of_an_answer_is_cut_and_the_student_is_told() -> None:
    read = aligned(answer("why", "a" * (MAX_CHARACTERS + 1)), *[answer("why", "b" * 9_000)] * 50)
    assert read.answers == (("why", "a" * MAX_CHARACTERS),)
    assert read.notes == ("the answer to why is cut after 20,000 characters",)


def test_a_picture_in_an_answer_is_not_kept_and_the_student_is_told() -> None:
    picture = cell(f"{marker('why')}\nSee ![it](attachment:it.png)") | {"attachments": {"it.png": {"image/png": "AA"}}}
    inline = cell(f"{marker('how')}\n![it](data:image/png;base64,{'A' * MAX_CHARACTERS}) shows it.")
    read = aligned(picture, inline, cell(f"{marker('who')}\nData are images."), picture)
    assert dict(read.answers) == {
        "why": "See [a picture]",
        "how": "[a picture] shows it.",
        "who": "Data are images.",
    }
    assert read.notes == (
        "the answer to why holds a picture, which a person will not see: only its words are kept",
        "the answer to how holds a picture, which a person will not see: only its words are kept",
    )


def test_answers_to_ten_thousand_exercises_are_not_kept() -> None:
    assert len(answers(*(answer(f"why{n}", "Because.") for n in range(10_000)))) == MAX_ANSWERS


@given(st.text(), st.text())
def test_no_text_of_a_cell_is_refused(before: str, words: str) -> None:
    parsed = parse_submission("ada", (("a.ipynb", notebook(cell(before), answer("why", words))),), "a")
    assert isinstance(parsed, Submission)


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """The small assignment, and a question."""
    root = write_assignment(tmp_path_factory.mktemp("course") / "assignments" / "01-small")
    (root / "assignment.toml").write_text(FILES["assignment.toml"] + WRITTEN)
    (root / "notebook.py").write_text(FILES["notebook.py"] + MODEL_CELL)
    return load_assignment(root)


def test_verify_holds_words_against_nobody(assignment: Assignment) -> None:
    plan = plan_verification(assignment, seeds=2, mutants=2)
    with open_grader(assignment, jobs=2) as grader:
        verified = conclude(plan, grader, list(verify(plan, grader, jobs=2)), 1.0)
    problems = [problem for proof in verified.proofs for problem in proof.problems]
    assert [problem for problem in problems if "`# hint:`" not in problem] == []
    assert verified.exercises == ("mean", "loss")


def test_an_answer_waits_for_a_person_and_a_missing_one_has_lost_its_points(assignment: Assignment) -> None:
    with open_grader(assignment) as grader:
        full = grader.grade(grader.reference, 1)
        stub = grader.grade(Submission("stub", "", stub_cells(assignment)), 1)
        refused = grader.grade(Rejected("bob", "d", "unreadable", "It is cut off."), 1)
    assert (full.points, full.pending_points, full.max_points, full.settled) == (4, 3, 7, True)
    assert full.findings[-1].answer.startswith("It is the average")
    assert (stub.points, stub.pending_points, stub.max_points) == (0, 0, 7)
    assert (stub.findings[-1].check, stub.findings[-1].reason) == ("written_why", Reason.UNANSWERED)
    assert (refused.max_points, refused.findings[-1].reason) == (7, Reason.UNREADABLE)


@pytest.mark.parametrize("lost_at_first", [False, True])
def test_a_batch_records_words_once_however_often_the_checks_are_tried(tmp_path: Path, lost_at_first: bool) -> None:
    exercises = (*ASSIGNMENT.manifest.exercises, Exercise(name="why", title="Why?", points=3, rubric=RUBRIC))
    asked = ASSIGNMENT.model_copy(update={"manifest": ASSIGNMENT.manifest.model_copy(update={"exercises": exercises})})
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "ada.ipynb").write_bytes(notebook(cell("x = 1", "code"), answer("why", "Because.")))
    (tmp_path / "class" / "bob.ipynb").write_bytes(notebook(cell("x = 2", "code")))
    tries: list[str] = []

    def judge(submission: Submission | Rejected, check: str) -> Outcome:
        tries.append(check)
        return Outcome.LOST if lost_at_first and len(tries) <= 4 else Outcome.PASSED

    sources = find_submissions(tmp_path / "class", ASSIGNMENT.slug)
    with (
        Gradebook.open(tmp_path / "gradebook.db") as book,
        LocalEngine(cast(Grader, FakeGrader(judge)), 1) as engine,
    ):
        told = [e for e in grade_batch(engine, book, sources, asked, first_pause=PAUSE) if isinstance(e, Graded)]
        ada, bob = book.latest(ASSIGNMENT.slug)
    assert (ada.points, ada.pending_points, ada.max_points) == (3, 3, 6)
    assert (bob.points, bob.pending_points, bob.max_points) == (3, 0, 6)
    assert [f.check for f in ada.findings] == ["test_one", "test_two", "written_why"]
    assert ada.findings[-1].answer == "Because."
    assert len(told) == 2
