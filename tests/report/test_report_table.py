from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_class import ASSIGNMENT, lost, perfect, rejected, verdict

from autograder.course import Exercise
from autograder.report import check_statistics, class_table, to_csv


def _rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_the_class_table_has_a_row_for_each_student_and_a_column_for_each_exercise() -> None:
    frame = class_table(ASSIGNMENT, [verdict(), perfect("Grace"), lost("Blaise"), rejected()])
    assert list(frame.columns) == [
        *("student", "softmax", "cross_entropy", "train"),
        *("total", "max", "pending", "percent", "broken", "lost", "rejected"),
    ]
    assert frame.to_numpy().tolist() == [
        ["Ada Lovelace", 2.0, 3.0, 7.5, 12.5, 20.0, 0.0, 62.5, 1, 0, ""],
        ["Grace", 5.0, 5.0, 10.0, 20.0, 20.0, 0.0, 100.0, 0, 0, ""],
        ["Blaise", 2.0, 3.0, 5.5, 10.5, 20.0, 0.0, 52.5, 1, 1, ""],
        ["mallory", 0.0, 0.0, 0.0, 0.0, 20.0, 0.0, 0.0, 0, 0, "unsafe archive"],
    ]


def test_an_exercise_that_was_not_checked_is_missing_and_not_zero() -> None:
    frame = class_table(ASSIGNMENT, [verdict(findings=verdict().findings[:4])])
    assert frame["train"].isna().all()
    assert _rows(to_csv(frame))[1][3] == ""


def test_an_empty_class_has_an_empty_table() -> None:
    frame = class_table(ASSIGNMENT, [])
    assert len(frame) == 0
    assert _rows(to_csv(frame)) == [list(frame.columns)]
    assert len(check_statistics([])) == 0


def test_an_exercise_called_total_does_not_hide_the_total() -> None:
    exercises = (Exercise(name="total", title="Total", points=1), *ASSIGNMENT.manifest.exercises)
    manifest = ASSIGNMENT.manifest.model_copy(update={"exercises": exercises})
    frame = class_table(ASSIGNMENT.model_copy(update={"manifest": manifest}), [verdict()])
    assert list(frame.columns)[1] == "total (exercise)"
    assert frame["total"].tolist() == [12.5]


@pytest.mark.parametrize(
    "name",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        "  =1+1",
        "\n=1",
        "＝1+1",
        "\x1b[31m=1+1",
        '"=1+1',
        "\u200b=1",
    ],
)
def test_no_cell_of_the_csv_is_a_formula(name: str) -> None:
    rows = _rows(to_csv(class_table(ASSIGNMENT, [verdict(name)])))
    assert rows[1][0].startswith("'")


@settings(deadline=None)
@given(st.text(st.characters(), max_size=40))
def test_any_name_stays_in_its_own_cell_of_the_csv(name: str) -> None:
    rows = _rows(to_csv(class_table(ASSIGNMENT, [verdict(name), verdict("Ada")])))
    assert [len(row) for row in rows] == [11, 11, 11]
    assert rows[2][0] == "Ada"
    assert rows[1][0].lstrip()[:1] not in ("=", "+", "-", "@")


def test_an_ordinary_name_is_left_as_it_is_in_the_csv() -> None:
    names = ["Ada Lovelace", "O'Brien, Pat", 'Bob "B" Ray', "李飞飞"]
    rows = _rows(to_csv(class_table(ASSIGNMENT, [verdict(name) for name in names])))
    assert [row[0] for row in rows[1:]] == names


def test_the_checks_that_failed_most_come_first_and_unjudged_ones_do_not_count_as_failed() -> None:
    frame = check_statistics([verdict(), perfect("Grace"), lost("Blaise")])
    first = frame.iloc[0]
    assert (first["failed"], first["passed"], first["failed share"]) == (2, 1, pytest.approx(2 / 3))
    gradient = frame[frame["check"].str.contains("gradient")].iloc[0]
    assert (gradient["failed"], gradient["broken"], gradient["failed share"]) == (0, 2, 0)
    assert frame["failed"].is_monotonic_decreasing
