"""What the second job adds."""

from __future__ import annotations

import statistics

from command import class_of, grade
from row import Bound, Row

STUDENTS = 120
ROUNDS = 3


def measure() -> list[Row]:
    """Submissions a second, warm, with two jobs over one."""
    bound, what = Bound(1.8, " x", most=False), "throughput of two jobs over one"
    each: dict[int, list[float]] = {1: [], 2: []}
    with class_of(STUDENTS) as work:
        for _ in range(ROUNDS):
            for jobs, found in each.items():
                found.append(grade(work, "--isolation", "process", "--jobs", str(jobs)).each.wall)
    one, two = (statistics.median(found) for found in each.values())
    ratio = statistics.median(a / b for a, b in zip(each[1], each[2], strict=True))
    how = (
        f"{1000 * one:.1f} ms and {1000 * two:.1f} ms a submission, warm, {STUDENTS} each; "
        f"median of the ratios of {ROUNDS} rounds"
    )
    return [bound.row(what, ratio, how, {"one": one, "two": two})]
