"""The instructor's page about a class: everybody's points, how they are spread, what failed most, what broke.

Added up verdict by verdict; of each a few numbers are kept, so that a class of ten thousand is no matter.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograder.course import Assignment, Outcome, Verdict
from autograder.course.text import check_title, one_line, plain
from autograder.report.counts import CheckCounts
from autograder.report.plots import histogram
from autograder.report.profile_page import profile_section
from autograder.report.rendering import render
from autograder.report.score import Score, score_of, student_name

if TYPE_CHECKING:
    from autograder.gradebook import Profiled

MAX_PROBLEMS = 20


@dataclass(frozen=True)
class _Row:
    page: str
    submission: str
    student: str
    score: Score
    exercises: dict[str, Score]
    broken: int
    lost: int
    pending: int


@dataclass
class _Problem:
    said: str
    times: int = 0


class Overview:
    """Gathers a class and renders its page."""

    def __init__(self, assignment: Assignment) -> None:
        self._assignment = assignment
        self._exercises = dict.fromkeys(e.name for e in assignment.manifest.exercises)
        self._versions: set[str] = set()
        self._rows: list[_Row] = []
        self._checks = CheckCounts()
        self._problems: dict[tuple[str, str, str], _Problem] = {}

    def add(self, page: str, verdict: Verdict) -> None:
        """Take in one student, whose page is the file `page`."""
        outcomes = Counter(f.outcome for f in verdict.findings)
        named = dict.fromkeys(f.exercise for f in verdict.findings)
        self._exercises |= named
        self._versions.add(one_line(verdict.version, limit=40))
        self._checks.add(verdict)
        self._rows.append(
            _Row(
                page=page,
                submission=verdict.submission,
                student=student_name(verdict),
                score=score_of(verdict.findings),
                exercises={name: score_of([f for f in verdict.findings if f.exercise == name]) for name in named},
                broken=outcomes[Outcome.BROKEN],
                lost=outcomes[Outcome.LOST],
                pending=outcomes[Outcome.PENDING],
            )
        )
        for f in verdict.findings:
            if f.outcome in (Outcome.BROKEN, Outcome.LOST):
                said = _Problem(f.detail or f.message)
                self._problems.setdefault((f.exercise, f.check, f.outcome.value), said).times += 1

    def page(self, profiles: Iterable[Profiled] = ()) -> str:
        """The page, as HTML. `profiles`: where the time of the class went, where that was measured."""
        slug = self._assignment.slug
        titles = {e.name: e.title for e in self._assignment.manifest.exercises}
        percents = [row.score.percent for row in self._rows if row.score.decided or not row.score.pending]
        return render(
            "index.html",
            title=one_line(self._assignment.manifest.title),
            slug=slug,
            versions=sorted(self._versions),
            headings=[one_line(titles.get(name, name) or "The whole submission", limit=60) for name in self._exercises],
            rows=self._shown_rows(),
            mean=statistics.fmean(percents) if percents else None,
            median=statistics.median(percents) if percents else None,
            histogram=histogram([p / 100 for p in percents], slug) if percents else None,
            broken=sum(row.broken for row in self._rows),
            lost=sum(row.lost for row in self._rows),
            pending=sum(row.pending for row in self._rows),
            problems=self._shown_problems(),
            checks=self._most_failed(),
            time=profile_section(profiles, {row.submission: row.page for row in self._rows}, slug),
        )

    def _shown_rows(self) -> list[dict[str, object]]:
        return [
            {
                "page": row.page,
                "student": row.student,
                "score": row.score,
                "cells": [row.exercises.get(name) for name in self._exercises],
                "broken": row.broken,
                "lost": row.lost,
            }
            for row in sorted(self._rows, key=lambda row: (row.student.casefold(), row.page))
        ]

    def _shown_problems(self) -> list[dict[str, object]]:
        """The checks that broke or were lost, with what was said, the most frequent first: work for the instructor."""
        ordered = sorted(self._problems.items(), key=lambda item: (-item[1].times, item[0]))
        return [
            {
                "check": one_line(check, limit=160),
                "outcome": outcome,
                "times": problem.times,
                "said": plain(problem.said, limit=3000, lines=40),
            }
            for (_, check, outcome), problem in ordered[:MAX_PROBLEMS]
        ]

    def _most_failed(self) -> list[dict[str, object]]:
        return [
            {
                "title": check_title(count.check),
                "exercise": one_line(count.exercise, limit=60),
                "failed": count.failed,
                "judged": count.judged,
                "percent": round(100 * count.failed_share, 1),
            }
            for count in [count for count in self._checks.ordered() if not count.written][:MAX_PROBLEMS]
            if count.failed
        ]
