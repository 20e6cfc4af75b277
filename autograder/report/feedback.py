"""Writes one self-contained page per student and an index of the class for the instructor. No scripts, no requests."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.course import Assignment, Outcome, Verdict
from autograder.errors import AutograderError, Place
from autograder.report.pages import feedback_page
from autograder.report.plots import histogram
from autograder.report.profile_page import profile_section
from autograder.report.rendering import render, write_whole
from autograder.report.score import Score, exercise_order, score_of, student_name
from autograder.report.table import check_statistics
from autograder.report.text import check_title, file_stem, one_line, plain

if TYPE_CHECKING:
    from autograder.gradebook import Profiled

MAX_PROBLEMS = 20


def write_feedback(
    assignment: Assignment, verdicts: Sequence[Verdict], folder: Path, *, profiles: Iterable[Profiled] = ()
) -> list[Path]:
    """Write a page for each verdict, and index.html for the instructor, which alone shows where the time went.

    The same verdicts give the same bytes. Each file is replaced as a whole, so a reader never meets half a page.

    Returns:
        The students' pages in the order of `verdicts`, then the index.

    Raises:
        AutograderError: `feedback-not-writable`.
    """
    pages = [(f"{file_stem(v.submission)}.html", v) for v in verdicts]
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, verdict in pages:
            content = render("feedback.html", page=feedback_page(assignment, verdict))
            written.append(write_whole(folder / name, content))
        index = _index(assignment, pages, profiles)
        return [*written, write_whole(folder / "index.html", index)]
    except OSError as error:
        raise AutograderError(
            "feedback-not-writable",
            "the feedback pages cannot be written",
            where=Place(str(error.filename or folder)),
            why=f"The system says: {error.strerror or error}. Pages written before stay.",
            fix="choose a folder that you may write to with --feedback",
        ) from error


def _index(assignment: Assignment, pages: Sequence[tuple[str, Verdict]], profiles: Iterable[Profiled]) -> str:
    verdicts = [verdict for _, verdict in pages]
    exercises = exercise_order(assignment, verdicts)
    titles = {e.name: e.title for e in assignment.manifest.exercises}
    percents = [score_of(v.findings).percent for v in verdicts]
    rows = sorted(
        (_index_row(name, verdict, exercises) for name, verdict in pages),
        key=lambda row: (str(row["student"]).casefold(), str(row["page"])),
    )
    return render(
        "index.html",
        title=one_line(assignment.manifest.title),
        slug=assignment.slug,
        versions=sorted({one_line(v.version, limit=40) for v in verdicts}),
        headings=[one_line(titles.get(name, name) or "The whole submission", limit=60) for name in exercises],
        rows=rows,
        mean=statistics.fmean(percents) if percents else None,
        median=statistics.median(percents) if percents else None,
        histogram=histogram([p / 100 for p in percents], assignment.slug) if percents else None,
        broken=_count(verdicts, Outcome.BROKEN),
        lost=_count(verdicts, Outcome.LOST),
        problems=_problems(verdicts),
        checks=_most_failed(verdicts),
        time=profile_section(profiles, {verdict.submission: name for name, verdict in pages}, assignment.slug),
    )


def _index_row(page: str, verdict: Verdict, exercises: Sequence[str]) -> dict[str, object]:
    of_exercise = {name: [f for f in verdict.findings if f.exercise == name] for name in exercises}
    cells: list[Score | None] = [score_of(found) if found else None for found in of_exercise.values()]
    return {
        "page": page,
        "student": student_name(verdict),
        "score": score_of(verdict.findings),
        "cells": cells,
        "broken": _count([verdict], Outcome.BROKEN),
        "lost": _count([verdict], Outcome.LOST),
    }


def _count(verdicts: Sequence[Verdict], outcome: Outcome) -> int:
    return sum(f.outcome is outcome for v in verdicts for f in v.findings)


def _problems(verdicts: Sequence[Verdict]) -> list[dict[str, object]]:
    """The checks that broke or were lost, with what was said, the most frequent first: work for the instructor."""
    found: dict[tuple[str, str, str], tuple[int, str]] = {}
    for verdict in verdicts:
        for f in verdict.findings:
            if f.outcome in (Outcome.BROKEN, Outcome.LOST):
                key = (f.exercise, f.check, f.outcome.value)
                times, said = found.get(key, (0, f.detail or f.message))
                found[key] = (times + 1, said)
    ordered = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))
    return [
        {
            "check": one_line(check, limit=160),
            "outcome": outcome,
            "times": times,
            "said": plain(said, limit=3000, lines=40),
        }
        for (_, check, outcome), (times, said) in ordered[:MAX_PROBLEMS]
    ]


def _most_failed(verdicts: Sequence[Verdict]) -> list[dict[str, object]]:
    frame = check_statistics(verdicts)
    return [
        {
            "title": check_title(str(row["check"])),
            "exercise": one_line(str(row["exercise"]), limit=60),
            "failed": int(row["failed"]),
            "judged": int(row["failed"] + row["passed"]),
            "percent": round(100 * float(row["failed share"]), 1),
        }
        for row in frame[frame["failed"] > 0].head(MAX_PROBLEMS).to_dict("records")
    ]
