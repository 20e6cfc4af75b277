"""The class as a table: a data frame, and a CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence

import pandas as pd

from autograder.course import Assignment, Outcome, Verdict
from autograder.report.counts import CheckCounts
from autograder.report.score import exercise_order, rejection_of, score_of
from autograder.report.spreadsheet import line

SUMMARY = ("total", "max", "pending", "percent", "broken", "lost", "rejected")
_RESERVED = ("student", *SUMMARY)


def class_table(assignment: Assignment, verdicts: Sequence[Verdict]) -> pd.DataFrame:
    """One row per verdict: student, points of each exercise, total, max, pending, percent, broken and lost checks,
    rejected.

    Points are 0.0 where nothing was earned and missing (NaN) where an exercise was not checked, or is to be graded by
    a person. `total` is what is earned so far, `max` all that is possible, `pending` what a person has yet to decide
    on. `percent` runs from 0 to 100, of what is decided: total / (max - pending). `rejected` says in a word or two why
    nothing could be graded, or is empty. An exercise whose name is taken by another column gets " (exercise)" after it.
    """
    exercises = exercise_order(assignment, verdicts)
    rows = []
    for verdict in verdicts:
        earned = verdict.exercise_points()
        score = score_of(verdict.findings)
        waiting = {f.exercise for f in verdict.findings if f.outcome is Outcome.PENDING}
        outcomes = Counter(f.outcome for f in verdict.findings)
        points = {
            _column(name): round(earned[name][0], 6) if name in earned.keys() - waiting else None for name in exercises
        }
        rows.append(
            {
                "student": verdict.submission,
                **points,
                "total": verdict.points,
                "max": verdict.max_points,
                "pending": score.pending,
                "percent": score.percent if score.decided else None,
                "broken": outcomes[Outcome.BROKEN],
                "lost": outcomes[Outcome.LOST],
                "rejected": rejection_of(verdict),
            }
        )
    frame = pd.DataFrame(rows, columns=["student", *(_column(name) for name in exercises), *SUMMARY])
    numeric = [column for column in frame.columns if column not in ("student", "broken", "lost", "rejected")]
    return frame.astype({**dict.fromkeys(numeric, "float64"), "broken": "int64", "lost": "int64"})


def check_statistics(verdicts: Iterable[Verdict]) -> pd.DataFrame:
    """How often each check passed, failed, broke and was lost; the most failed first. Written answers among them: those
    that wait for a person are pending.

    `failed share` is failed / (failed + passed): checks that could not be judged say nothing about the students.
    """
    rows = [
        {
            "exercise": count.exercise,
            "check": count.check,
            **{outcome.value: getattr(count, outcome.value) for outcome in Outcome},
            "failed share": count.failed_share,
        }
        for count in CheckCounts(verdicts).ordered()
    ]
    columns = ["exercise", "check", *(outcome.value for outcome in Outcome), "failed share"]
    return pd.DataFrame(rows, columns=columns)


def to_csv(frame: pd.DataFrame) -> str:
    """The table as CSV (RFC 4180: commas, CRLF, text quoted), no cell of which a spreadsheet takes for a formula."""
    safe = frame.rename(columns=lambda name: line(str(name)))
    for position, column in enumerate(frame.columns):
        if not pd.api.types.is_numeric_dtype(frame[column]):
            safe.isetitem(position, [line(str(value)) for value in frame[column]])
    return safe.to_csv(index=False, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")


def _column(exercise: str) -> str:
    return f"{exercise} (exercise)" if exercise in _RESERVED else exercise
