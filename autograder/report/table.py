"""The class as a table: a data frame, a CSV that is safe to open in a spreadsheet, and its look in a terminal."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from collections.abc import Sequence

import pandas as pd
from rich.table import Table
from rich.text import Text

from autograder.course import Assignment, Outcome, Verdict
from autograder.report.pages import exercise_order
from autograder.report.text import check_title, number, one_line

SUMMARY = ("total", "max", "percent", "broken", "lost")
_RESERVED = ("student", *SUMMARY)


def class_table(assignment: Assignment, verdicts: Sequence[Verdict]) -> pd.DataFrame:
    """One row per verdict: student, points of each exercise, total, max, percent, broken and lost checks.

    Points are 0.0 where nothing was earned and missing (NaN) where an exercise was not checked. `percent` runs from
    0 to 100. An exercise whose name is taken by another column gets " (exercise)" after it.
    """
    exercises = exercise_order(assignment, verdicts)
    rows = []
    for verdict in verdicts:
        earned = verdict.exercise_points()
        outcomes = Counter(f.outcome for f in verdict.findings)
        points = {_column(name): round(earned[name][0], 6) if name in earned else None for name in exercises}
        rows.append(
            {
                "student": verdict.submission,
                **points,
                "total": verdict.points,
                "max": verdict.max_points,
                "percent": round(100 * verdict.points / verdict.max_points, 2) if verdict.max_points else None,
                "broken": outcomes[Outcome.BROKEN],
                "lost": outcomes[Outcome.LOST],
            }
        )
    frame = pd.DataFrame(rows, columns=["student", *(_column(name) for name in exercises), *SUMMARY])
    numeric = [column for column in frame.columns if column not in ("student", "broken", "lost")]
    return frame.astype({**dict.fromkeys(numeric, "float64"), "broken": "int64", "lost": "int64"})


def check_statistics(verdicts: Sequence[Verdict]) -> pd.DataFrame:
    """How often each check passed, failed, broke and was lost; the most failed first.

    `failed share` is failed / (failed + passed): checks that could not be judged say nothing about the students.
    """
    counts: dict[tuple[str, str], Counter[str]] = {}
    for verdict in verdicts:
        for finding in verdict.findings:
            counts.setdefault((finding.exercise, finding.check), Counter())[finding.outcome.value] += 1
    rows = []
    for (exercise, check), count in counts.items():
        judged = count["failed"] + count["passed"]
        share = count["failed"] / judged if judged else 0.0
        outcomes = {outcome.value: count[outcome.value] for outcome in Outcome}
        rows.append({"exercise": exercise, "check": check, **outcomes, "failed share": share})
    columns = ["exercise", "check", *(outcome.value for outcome in Outcome), "failed share"]
    frame = pd.DataFrame(rows, columns=columns)
    order = ["failed", "failed share", "broken", "lost"]
    return frame.sort_values([*order, "exercise", "check"], ascending=[False] * 4 + [True] * 2, ignore_index=True)


def to_csv(frame: pd.DataFrame) -> str:
    """The table as CSV (RFC 4180: commas, CRLF, text quoted), no cell of which a spreadsheet takes for a formula."""
    safe = frame.rename(columns=lambda name: _not_a_formula(str(name)))
    for position, column in enumerate(frame.columns):
        if not pd.api.types.is_numeric_dtype(frame[column]):
            safe.isetitem(position, [_not_a_formula(str(value)) for value in frame[column]])
    return safe.to_csv(index=False, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")


def _not_a_formula(text: str) -> str:
    """`text` on one line, with a quote before it where a spreadsheet would calculate (OWASP, CSV injection)."""
    shown = one_line(text, limit=500)
    # Spreadsheets see through leading blanks, and some through full-width signs.
    start = unicodedata.normalize("NFKC", shown.lstrip(" '\"")[:1])
    risky = start in ("=", "+", "-", "@") if start else False
    return f"'{shown}" if risky or text[:1] in ("\t", "\r", "\n") else shown


def terminal_table(frame: pd.DataFrame, title: str = "") -> Table:
    """The class table for a terminal. Colour only repeats what the numbers and words say."""
    table = Table(title=Text(one_line(title)) if title else None, title_justify="left", header_style="bold")
    table.add_column("student", overflow="ellipsis", no_wrap=True, max_width=32)
    shown = [column for column in frame.columns if column not in _RESERVED]
    for column in shown:
        table.add_column(Text(one_line(column, limit=24)), justify="right")
    table.add_column("total", justify="right", style="bold", no_wrap=True)
    table.add_column("percent", justify="right", no_wrap=True)
    table.add_column("not judged", no_wrap=True)
    for row in frame.to_dict("records"):
        percent = row["percent"]
        style = "" if pd.isna(percent) else "green" if percent >= 90 else "yellow" if percent >= 50 else "red"
        table.add_row(
            Text(one_line(str(row["student"]), limit=64)),
            *(Text("–" if pd.isna(row[column]) else number(float(row[column]))) for column in shown),
            Text(f"{number(row['total'])} / {number(row['max'])}"),
            Text("–" if pd.isna(percent) else f"{percent:.0f} %", style=style),
            Text(_not_judged(int(row["broken"]), int(row["lost"])), style="magenta"),
        )
    return table


def terminal_statistics(frame: pd.DataFrame, limit: int = 10) -> Table:
    """The most failed checks for a terminal, and every check that broke or was lost."""
    table = Table(title=Text("Checks that failed most"), title_justify="left", header_style="bold")
    table.add_column("check", overflow="ellipsis", no_wrap=True, max_width=60)
    table.add_column("exercise", overflow="ellipsis", no_wrap=True, max_width=24)
    table.add_column("failed", justify="right", no_wrap=True)
    table.add_column("not judged", no_wrap=True)
    failed = frame[frame["failed"] > 0].head(limit)
    troubled = frame[(frame["broken"] + frame["lost"] > 0) & ~frame.index.isin(failed.index)]
    for row in pd.concat([failed, troubled]).to_dict("records"):
        judged = int(row["failed"] + row["passed"])
        table.add_row(
            Text(check_title(str(row["check"]))),
            Text(one_line(str(row["exercise"]), limit=40)),
            Text(f"{row['failed']} of {judged}"),
            Text(_not_judged(int(row["broken"]), int(row["lost"])), style="magenta"),
        )
    return table


def _column(exercise: str) -> str:
    return f"{exercise} (exercise)" if exercise in _RESERVED else exercise


def _not_judged(broken: int, lost: int) -> str:
    return ", ".join(f"{count} {word}" for count, word in ((broken, "broken"), (lost, "lost")) if count)
