"""A verdict as Gradescope's results.json (https://gradescope-autograders.readthedocs.io, "Output format")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from autograder.course import Assignment, Finding, Outcome
from autograder.course.text import number, one_line
from autograder.interop.results import said

Visibility = Literal["visible", "hidden", "after_due_date", "after_published"]
VISIBILITIES: tuple[Visibility, ...] = ("visible", "hidden", "after_due_date", "after_published")


@dataclass(frozen=True)
class Shown:
    """What students are shown, and when."""

    hidden_checks: Visibility = "after_published"
    """Of checks that they were not given. Where one is not visible, Gradescope shows no total either."""
    leaderboard: bool = True
    """What was measured of trained models, for all to see under the names that they choose."""


def gradescope_results(
    assignment: Assignment,
    findings: Sequence[Finding],
    shown: Shown,
    *,
    output: str = "",
    seconds: float = 0.0,
) -> dict[str, object]:
    """The document. It has no score of its own where tests have: Gradescope adds them up.

    Args:
        assignment: for its titles.
        findings: one for every check; those that were not judged are lost.
        shown: what students see.
        output: of the whole submission, shown to students.
        seconds: how long it took.
    """
    positions = {e.name: place for place, e in enumerate(assignment.manifest.exercises, 1)}
    counted: dict[str, int] = {}
    tests = []
    for finding in findings:
        counted[finding.exercise] = counted.get(finding.exercise, 0) + 1
        place = f"{positions.get(finding.exercise, len(positions) + 1)}.{counted[finding.exercise]}"
        tests.append(_test(finding, assignment, place, shown))
    document: dict[str, object] = {
        "output": output,
        "output_format": "text",
        "stdout_visibility": "hidden",
        "execution_time": round(seconds, 1),
        "tests": tests,
    }
    if not any("score" in test for test in tests):  # Gradescope asks for one, here or in a test
        document["score"] = 0
    board = _leaderboard(assignment, findings) if shown.leaderboard else []
    return document | ({"leaderboard": board} if board else {})


def _test(finding: Finding, assignment: Assignment, place: str, shown: Shown) -> dict[str, object]:
    pending = finding.outcome is Outcome.PENDING
    visible = finding.public or pending
    test: dict[str, object] = {
        "number": place,
        "name": said.heading(finding, assignment),
        "name_format": "text",
        "output": said.whole(finding),
        "output_format": "text",
        "visibility": "visible" if visible else shown.hidden_checks,
    }
    if pending:  # without a score it counts neither way; the person's marks are a question of their own
        worth = f"{said.PENDING} Up to {number(finding.max_points)} points, which are not in this score."
        return test | {"output": worth}
    passed = finding.outcome is Outcome.PASSED and finding.points >= finding.max_points
    return test | {
        "score": round(finding.points, 4),
        "max_score": round(finding.max_points, 4),
        "status": "passed" if passed else "failed",
    }


def _leaderboard(assignment: Assignment, findings: Sequence[Finding]) -> list[dict[str, object]]:
    """One column for each quantity that was measured; of two trainings the second, which the points are for."""
    columns: dict[str, dict[str, object]] = {}
    titles = {e.name: e.title for e in assignment.manifest.exercises}
    for finding in findings:
        for one in finding.measured:
            name = one_line(f"{titles.get(finding.exercise, finding.exercise)}: {one.name}", limit=120)
            order = {} if one.larger_is_better else {"order": "asc"}
            columns[name] = {"name": name, "value": one.value, **order}
    return list(columns.values())
