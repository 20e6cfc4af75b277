"""The page that people read when they grade: what is on it, in which order, and that words stay words."""

from __future__ import annotations

import pytest
from sample_written import ANSWER, ASSIGNMENT, RUBRIC
from test_feedback import SCRIPT, Page

from autograder.course import Level, Mark
from autograder.gradebook import Answered
from autograder.report.answers_page import answers_page

OTHER = "It is not balanced."


def answered(student: str, words: str, level: Level | None = None, comment: str = "") -> Answered:
    one = Answered(student, "datasheet", words, 3.0)
    mark = Mark(student, ASSIGNMENT.slug, "datasheet", one.digest, level, comment) if level else None
    return Answered(student, "datasheet", words, 3.0, mark)


def page_of(*answers: Answered, anonymous: bool = False) -> Page:
    return Page(answers_page(ASSIGNMENT, answers, {"datasheet": "The author says so."}, anonymous=anonymous))


def test_an_exercise_has_its_rubric_on_top_and_then_the_answers() -> None:
    text = page_of(answered("ada", ANSWER), Answered("ada", "leakage", "Through the mean.", 3.0)).text
    first = text.index(RUBRIC.excellent)
    assert (
        first
        < text.index("The author says so.")
        < text.index("The digits were written")
        < text.rindex("Where it leaks")
    )
    assert "A datasheet for your data 3 points datasheet : 1 to be graded" in text


def test_the_same_words_are_read_once_and_what_waits_comes_first() -> None:
    text = page_of(
        answered("ada", OTHER, Level.MEETS, "Why?"),
        answered("bob", "One."),
        answered("cy", ANSWER),
        answered("di", ANSWER),
    ).text
    assert text.count("The digits were written") == 1
    assert text.index("cy , di") < text.index("bob") < text.index("ada")
    assert "It is not balanced. Meets Why?" in text
    assert "3 to be graded, 1 graded" in text


def test_who_wrote_nothing_is_named_at_the_end() -> None:
    assert (
        "Without an answer: bob , eve"
        in page_of(answered("ada", ANSWER), answered("eve", ""), answered("bob", "")).text
    )


def test_a_page_without_names_tells_none_by_its_order_either() -> None:
    names = ("ada", "bob", "cy", "di", "eve")
    one = page_of(*(answered(name, f"Words {n}.") for n, name in enumerate(names)), anonymous=True)
    assert not any(name in one.text.split() for name in names)
    answers = [answered(name, f"Words {n}.") for n, name in enumerate(names)]
    assert page_of(*reversed(answers), anonymous=True).text == one.text
    assert "2 without an answer" in page_of(*answers, answered("x", ""), answered("y", ""), anonymous=True).text


def test_a_thousand_students_with_the_same_words_are_counted() -> None:
    text = page_of(*(answered(f"student {n}", ANSWER) for n in range(1000))).text
    assert "and 940 more" in text


@pytest.mark.parametrize("hostile", [SCRIPT, "\x1b[2J", "\u202eevil", "\ud800\0", "x" * 300_000, "a\n" * 9000])
def test_hostile_words_names_and_comments_are_only_ever_text(hostile: str) -> None:
    html = answers_page(ASSIGNMENT, [answered(hostile, hostile, Level.REVISE, hostile)], {"datasheet": hostile})
    page = Page(html)
    assert page.all("script") == page.all("img") == []
    assert not any(c in html for c in "\x1b\0\u202e\ud800")
    assert len(html) < 150_000


def test_without_any_answer_the_page_says_so() -> None:
    assert "There is no answer in words yet." in page_of().text
