"""Answers in words: their marker, their digest, and the marks that a person gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course import Finding, Level, Mark, Outcome, Reason, Verdict
from autograder.course.written import (
    PLACEHOLDER,
    answer_digest,
    answer_in,
    marker,
    take_marker,
    with_marks,
    written_finding,
)

WORDS = "Because the\nsum diverges."


def verdict(*findings: Finding, submission: str = "ada") -> Verdict:
    return Verdict(
        submission=submission,
        digest="d",
        assignment="01-a",
        version="v",
        seed=1,
        isolation="none",
        seconds=0.0,
        findings=findings or (passed(), written_finding("why", 3.0, WORDS)),
    )


def passed() -> Finding:
    return Finding(check="test_sum", exercise="sum", outcome=Outcome.PASSED, points=5.0, max_points=5.0)


def mark(level: Level = Level.EXCELLENT, *, words: str = WORDS, **other: str) -> Mark:
    values = {"submission": "ada", "assignment": "01-a", "exercise": "why", "comment": ""} | other
    return Mark(level=level, answer=answer_digest(words), **values)


@given(st.text())
def test_a_marker_is_taken_off_and_the_rest_stays(text: str) -> None:
    assert take_marker(f"{marker('why')}\n{text}") == ("why", text)


@given(st.text())
def test_any_text_can_be_asked_for_a_marker(text: str) -> None:
    name, rest = take_marker(text)
    assert rest == text or name is not None


@pytest.mark.parametrize("cell", ["", "  \n", PLACEHOLDER, f"\n{PLACEHOLDER}\n"])
def test_a_cell_as_it_was_released_holds_no_answer(cell: str) -> None:
    assert answer_in(cell) == ""


def test_an_answer_may_stand_beside_the_line_that_was_there() -> None:
    assert answer_in(f"{PLACEHOLDER}\n\nIt overflows.") == "It overflows."


def test_white_space_at_the_ends_of_lines_makes_no_other_answer() -> None:
    assert answer_digest(WORDS) == answer_digest(f"\n{WORDS.replace(chr(10), '  ' + chr(10))}\n ")
    assert answer_digest(WORDS) != answer_digest(WORDS.upper())


def test_what_waits_for_a_person_is_possible_and_not_earned_and_settled_all_the_same() -> None:
    waiting = verdict()
    assert (waiting.points, waiting.max_points, waiting.pending_points) == (5.0, 8.0, 3.0)
    assert waiting.settled
    assert waiting.findings[1].outcome is Outcome.PENDING


def test_no_answer_is_not_left_to_a_person() -> None:
    finding = written_finding("why", 3.0, "")
    assert (finding.outcome, finding.reason) == (Outcome.FAILED, Reason.UNANSWERED)
    assert verdict(finding).pending_points == 0


@pytest.mark.parametrize(
    ("level", "points", "outcome"),
    [
        (Level.EXCELLENT, 3.0, Outcome.PASSED),
        (Level.MEETS, 2.0, Outcome.PASSED),
        (Level.REVISE, 0.0, Outcome.FAILED),
    ],
)
def test_a_mark_gives_its_share_of_the_points(level: Level, points: float, outcome: Outcome) -> None:
    marked = with_marks(verdict(), [mark(level, comment="See chapter 2.")])
    finding = marked.findings[1]
    assert (finding.points, finding.outcome, marked.pending_points) == (points, outcome, 0.0)
    assert finding.message == f"{level.capitalize()}. See chapter 2."
    assert marked.findings[0] == passed()


def test_the_last_mark_counts() -> None:
    marked = with_marks(verdict(), [mark(Level.REVISE), mark(Level.MEETS)])
    assert marked.points == 7.0


@pytest.mark.parametrize(
    "other",
    [
        {"submission": "bob"},
        {"assignment": "02-b"},
        {"exercise": "how"},
        {"words": "Other words."},
    ],
)
def test_a_mark_of_something_else_changes_nothing(other: dict[str, str]) -> None:
    assert with_marks(verdict(), [mark(**other)]) == verdict()  # type: ignore[arg-type]


def test_a_mark_changes_nothing_that_was_not_answered() -> None:
    unanswered = verdict(written_finding("why", 3.0, ""))
    assert with_marks(unanswered, [mark(words="")]) == unanswered
