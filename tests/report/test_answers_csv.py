"""Answers go into a spreadsheet and come back with marks; what does not fit is told, row by row."""

from __future__ import annotations

import csv
import dataclasses
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_written import ANSWER, ASSIGNMENT

from autograder.course import Level, Mark
from autograder.errors import AutograderError
from autograder.gradebook import Answered
from autograder.report.answers_csv import COLUMNS, Taken, answers_csv, marks_in

OTHERS = (
    Answered("bob", "datasheet", ANSWER, 3.0),
    Answered("eve", "datasheet", "It is good.", 3.0),
    Answered("ada", "leakage", "Through the mean.", 3.0),
    Answered("bob", "leakage", "", 3.0),
)
ANSWERS = (Answered("ada", "datasheet", ANSWER, 3.0), *OTHERS)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def filled(found: list[dict[str, str]], *said: tuple[str, str], delimiter: str = ",") -> bytes:
    """The file with these levels and comments, from the first row on."""
    for row, (level, comment) in zip(found, said, strict=False):
        row["level"], row["comment"] = level, comment
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(found)
    return file.getvalue().encode()


def taken(content: bytes, answers: tuple[Answered, ...] = ANSWERS) -> Taken:
    return marks_in(content, ASSIGNMENT, answers, by="Grace")


def graded(one: Answered, level: Level, comment: str = "") -> Answered:
    mark = Mark(one.submission, ASSIGNMENT.slug, one.exercise, one.digest, level, comment)
    return Answered(one.submission, one.exercise, one.answer, one.points, mark)


def test_each_answer_is_a_row_with_its_lines_and_a_place_for_its_mark() -> None:
    text = answers_csv(ASSIGNMENT, ANSWERS)
    assert text.startswith("\ufeff")
    found = rows(text)
    assert tuple(found[0]) == COLUMNS
    assert [(row["submission"], row["exercise"]) for row in found] == [
        *(("ada", "datasheet"), ("bob", "datasheet"), ("eve", "datasheet"), ("ada", "leakage")),
    ]
    assert found[0]["answer"] == ANSWER
    assert found[0]["title"] == "A datasheet for your data"
    assert (found[0]["points"], found[0]["level"], found[0]["comment"]) == ("3.0", "", "")


def test_what_is_filled_in_becomes_marks_and_what_is_empty_waits() -> None:
    content = filled(rows(answers_csv(ASSIGNMENT, ANSWERS)), ("excellent", ""), (" Meets ", "Which hand?\r\nWhy?"))
    found = taken(content)
    assert found.marks == [
        Mark("ada", "02-data", "datasheet", ANSWERS[0].digest, Level.EXCELLENT, "", "Grace"),
        Mark("bob", "02-data", "datasheet", ANSWERS[0].digest, Level.MEETS, "Which hand?\nWhy?", "Grace"),
    ]
    assert (found.empty, found.unchanged, found.problems) == (2, 0, [])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_spreadsheets_make_of_a_csv_is_read(delimiter: str, encoding: str) -> None:
    said = ("meets", "Würden Sie 李飞飞 fragen?")
    content = filled(rows(answers_csv(ASSIGNMENT, ANSWERS)), said, delimiter=delimiter).decode().encode(encoding)
    assert [mark.comment for mark in taken(content).marks] == ["Würden Sie 李飞飞 fragen?"]


def test_a_file_that_was_exported_with_its_marks_changes_nothing() -> None:
    marked = (graded(ANSWERS[0], Level.MEETS, "=1+1\n- and more"), *OTHERS)
    found = taken(answers_csv(ASSIGNMENT, marked).encode(), marked)
    assert (found.marks, found.unchanged, found.empty, found.problems) == ([], 1, 3, [])


def test_an_old_file_takes_nothing_back_that_was_changed_since() -> None:
    old = rows(answers_csv(ASSIGNMENT, [graded(ANSWERS[0], Level.MEETS, "Why?")]))
    before = graded(ANSWERS[0], Level.MEETS, "Why?").mark
    assert before is not None
    now = dataclasses.replace(graded(ANSWERS[0], Level.EXCELLENT), before=(before,))
    done = taken(filled(old), (now, *OTHERS))
    assert done.marks == []
    (problem,) = done.problems
    assert (problem.row, problem.what) == (2, "ada was given meets with this comment before, and excellent since")
    assert "autograder mark 02-data ada datasheet meets" in problem.fix
    old[0]["comment"] = "I looked again."
    assert [mark.level for mark in taken(filled(old), (now, *OTHERS)).marks] == [Level.MEETS]


def test_another_level_for_what_was_graded_is_a_new_mark() -> None:
    marked = (graded(ANSWERS[0], Level.MEETS), *OTHERS)
    content = filled(rows(answers_csv(ASSIGNMENT, marked)), ("excellent", ""))
    assert [mark.level for mark in taken(content, marked).marks] == [Level.EXCELLENT]


@pytest.mark.parametrize(
    ("changed", "what", "fix"),
    [
        ({"level": "good"}, "'good' is no level", "excellent, meets, revise"),
        ({"level": "", "comment": "Hm."}, "a comment, and no level", "or remove the comment"),
        ({"exercise": "split"}, "no written exercise is called 'split'", "datasheet, leakage"),
        ({"submission": "adda"}, "goes by the name 'adda'", "ada"),
        ({"submission": "zz"}, "goes by the name 'zz'", "export anew"),
        ({"answer_digest": "0" * 64}, "the answer of ada has changed since it was exported", "it waits"),
        ({"answer_digest": "1.2E+05"}, "has changed since it was exported", "export anew"),
        ({"submission": "", "answer_digest": "0" * 64}, "nobody's answer has these words", "export anew"),
        ({"comment": "x" * 10_001}, "the comment has 10,001 characters", "10,000"),
        ({"submission": "bob", "exercise": "leakage"}, "the answer of bob has changed", "export anew"),
    ],
)
def test_a_row_that_does_not_fit_is_told_with_its_number_and_a_way_out(
    changed: dict[str, str], what: str, fix: str
) -> None:
    found = rows(answers_csv(ASSIGNMENT, ANSWERS))
    found[0] |= {"level": "meets"} | changed
    found[1] |= {"level": "revise"}
    done = taken(filled(found))
    (problem,) = done.problems
    assert problem.row == 2
    assert what in problem.what
    assert fix in problem.fix
    assert problem.text.startswith("row 2: ")
    assert [mark.submission for mark in done.marks] == ["bob"], "the other rows are taken all the same"


def test_rows_are_counted_as_a_spreadsheet_does_whatever_lines_an_answer_has() -> None:
    found = rows(answers_csv(ASSIGNMENT, ANSWERS))
    found[2]["level"] = "fine"
    content = filled(found).replace(b"\r\n", b"\r\n\r\n", 1)
    assert [problem.row for problem in taken(content).problems] == [5]


def test_two_rows_that_disagree_are_both_left_out() -> None:
    found = rows(answers_csv(ASSIGNMENT, ANSWERS))
    both = [*found, found[0] | {"level": "excellent"}]
    done = taken(filled(both, ("meets", ""), ("meets", "")))
    assert [mark.submission for mark in done.marks] == ["bob"]
    assert "something else of the same answer than row 2" in done.problems[0].what


def test_without_names_the_same_words_are_one_row_and_its_mark_is_for_all_of_them() -> None:
    found = rows(answers_csv(ASSIGNMENT, ANSWERS, anonymous=True))
    assert [row["submission"] for row in found] == ["", "", ""]
    first = next(row for row in found if row["answer"] == ANSWER)
    first |= {"level": "meets", "comment": "Both."}
    done = taken(filled(found))
    assert [(mark.submission, mark.comment) for mark in done.marks] == [("ada", "Both."), ("bob", "Both.")]


def test_without_names_the_order_tells_none() -> None:
    assert answers_csv(ASSIGNMENT, ANSWERS[:3], anonymous=True) == answers_csv(
        ASSIGNMENT, [ANSWERS[2], ANSWERS[0], ANSWERS[1]], anonymous=True
    )


def test_without_names_a_mark_is_shown_where_all_have_the_same() -> None:
    ada, bob = (graded(one, Level.MEETS) for one in ANSWERS[:2])
    assert rows(answers_csv(ASSIGNMENT, [ada, bob], anonymous=True))[0]["level"] == "meets"
    assert rows(answers_csv(ASSIGNMENT, [ada, ANSWERS[1]], anonymous=True))[0]["level"] == ""


def test_names_that_a_spreadsheet_would_calculate_are_quoted_and_found_again() -> None:
    odd = tuple(Answered(name, "datasheet", f"{name} x", 3.0) for name in ("=1+1", "\t@x", "'quoted", "a\nb"))
    found = rows(answers_csv(ASSIGNMENT, odd))
    assert all(not row["submission"].startswith(("=", "@", "\t")) for row in found)
    done = taken(filled(found, *[("meets", "")] * 4), odd)
    assert [mark.submission for mark in done.marks] == [one.submission for one in odd]
    assert done.problems == []


def test_names_that_look_alike_are_never_mixed_up() -> None:
    alike = (Answered("a  b", "datasheet", "x", 3.0), Answered("a b", "datasheet", "x", 3.0))
    done = taken(filled(rows(answers_csv(ASSIGNMENT, alike)), ("meets", ""), ("meets", "")), alike)
    assert done.marks == []
    assert [problem.what for problem in done.problems] == ["2 submissions look like a b"] * 2


@settings(deadline=None, max_examples=60)
@given(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=60), st.text(st.characters(codec="utf-8"), max_size=60)
)
def test_any_words_stay_in_their_cell_and_are_no_formula(words: str, comment: str) -> None:
    one = graded(Answered("ada", "datasheet", words, 3.0), Level.MEETS, comment)
    (row,) = rows(answers_csv(ASSIGNMENT, [one]))
    for name in ("answer", "comment"):
        assert row[name].lstrip(" '\"")[:1] not in ("=", "+", "-", "@") or row[name].startswith("'")
    assert (row["level"], row["answer_digest"]) == ("meets", one.digest)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04 a workbook", "workbook"),
        ("submission,exercise,answer_digest,level,comment\nada,datasheet,0,meets,na\xefve".encode("latin-1"), "UTF-8"),
        (b"name,grade\nada,1\n", "lacks submission, exercise, answer_digest, level, comment"),
        (b"", "lacks"),
        (b"submission,exercise,answer_digest,level,comment\n" + b"x" * 200_000, "field larger"),
    ],
)
def test_a_file_that_is_no_such_csv_is_refused_as_a_whole(content: bytes, why: str) -> None:
    with pytest.raises(AutograderError) as refused:
        taken(content)
    assert refused.value.code == "bad-marks-file"
    assert why in refused.value.why
    assert refused.value.fix
