"""What a batch came to: what is printed when it has ended, and the exit code."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

import click

from autograder.course import Assignment, Outcome, Verdict
from autograder.course.text import one_line
from autograder.grading.batch import Event, Graded, Planned
from autograder.report.class_summary import ClassSummary
from autograder.report.profile import Profiling

BROKEN, LOST, STOPPED = 3, 4, 130
"""Exit codes: some check judged nobody because it has a bug; some was lost, so the same command has more to do; and the
batch was stopped before its end. See docs/grading.md."""
MOST_BROKEN, MOST_NAMES = 10, 5


class Result:
    """Told every event of a batch. Keeps a few numbers of each submission, and the verdicts of some tens."""

    def __init__(self, assignment: Assignment) -> None:
        self.summary = ClassSummary(assignment)
        self.profiling = Profiling()
        self.chosen = self.total = 0
        self.stopped = False
        """Before all that were chosen had their verdict."""
        self._attempts: list[tuple[str, int]] = []
        self._broken: Counter[str] = Counter()
        self._broken_said: dict[str, str] = {}
        self._lost = 0
        self._lost_names: list[str] = []
        self._lost_said = ""

    def told(self, event: Event) -> None:
        """Take in what happened."""
        if isinstance(event, Planned):
            self.total, self.chosen = event.total, event.chosen
        elif isinstance(event, Graded):
            self._attempts.append((event.verdict.submission, event.attempt))
            self.summary.add(event.verdict)
            self._add_troubles(event.verdict)
            if event.profile is not None:
                self.profiling.add(event.verdict.submission, event.profile)

    def __len__(self) -> int:
        return len(self._attempts)

    def attempts(self) -> Iterator[int]:
        """The numbers of the attempts in the gradebook, by the names of the submissions."""
        return (number for _, number in sorted(self._attempts))

    @property
    def exit_code(self) -> int:
        """0 where every check said something of every submission."""
        return STOPPED if self.stopped else LOST if self._lost else BROKEN if self._broken else 0

    def troubles(self) -> list[str]:
        """What the grader has to know of checks that judged nobody: which, how often, and what was said."""
        graded = len(self)
        lines = [
            f"broken check {check}, in {count} of {graded}: {self._broken_said[check]}"
            for check, count in self._broken.most_common(MOST_BROKEN)
        ]
        if len(self._broken) > MOST_BROKEN:
            lines.append(f"and {len(self._broken) - MOST_BROKEN} more broken checks: autograder report shows them")
        if self._lost:
            more = f" and {self._lost - MOST_NAMES} more" if self._lost > MOST_NAMES else ""
            names = f"{', '.join(self._lost_names)}{more}"
            lines.append(f"lost, by no student's fault, in {self._lost} of {graded} ({names}): {self._lost_said}")
            lines.append("The same command grades them again.")
        return lines

    def _add_troubles(self, verdict: Verdict) -> None:
        lost = ""
        for f in verdict.findings:
            if f.outcome is Outcome.BROKEN:
                check = one_line(f.check, limit=160)
                self._broken[check] += 1
                if check not in self._broken_said:
                    self._broken_said[check] = one_line(f.detail, limit=300)
            elif f.outcome is Outcome.LOST:
                lost = lost or f.detail or "the platform failed"
        if lost:
            self._lost += 1
            self._lost_said = self._lost_said or one_line(lost, limit=300)
            if len(self._lost_names) < MOST_NAMES:
                self._lost_names.append(one_line(verdict.submission, limit=40))


def print_json(assignment: Assignment, verdicts: Iterable[Verdict], profile: dict[str, object] | None) -> None:
    """One document, written verdict by verdict: ten thousand of them are never in memory together."""
    head = json.dumps({"schema": 1, "assignment": assignment.slug, "version": assignment.version()})
    click.echo(f'{head[:-1]}, "verdicts": [', nl=False)
    for place, verdict in enumerate(verdicts):
        click.echo(f"{', ' if place else ''}{json.dumps(verdict.as_dict(), allow_nan=False)}", nl=False)
    end = "" if profile is None else f', "profile": {json.dumps(profile, allow_nan=False)}'
    click.echo(f"]{end}}}")
