"""What a submission costs in a warm batch, above the student's own compute."""

from __future__ import annotations

import statistics

from bare import bare_seconds
from command import class_of, grade
from row import Bound, Row

STUDENTS = 220
ROUNDS = 3


def measure() -> list[Row]:
    """Wall and CPU of each further submission of `autograder grade`, all processes, without bare compute."""
    bare, batches = [bare_seconds()], []
    with class_of(STUDENTS) as work:
        for _ in range(ROUNDS):
            batches.append(grade(work, "--isolation", "process").each)
            bare.append(bare_seconds())
    own = statistics.median(bare)
    wall = statistics.median(each.wall for each in batches)
    cpu = statistics.median(each.cpu for each in batches)
    what = "overhead per submission, five function checks, level process"
    how = (
        f"`autograder grade` on {STUDENTS}, the first 20 left out, all processes and the gradebook; "
        f"the student's own {1000 * own:.1f} ms taken off; median of {ROUNDS}"
    )
    of_wall = Bound(25, " ms").row(f"{what}: wall", 1000 * (wall - own), how, {"wall": wall, "bare": own})
    of_cpu = Bound(30, " ms")
    if not cpu:
        return [of_wall, of_cpu.unmeasured(f"{what}: CPU", "control groups need root")]
    return [of_wall, of_cpu.row(f"{what}: CPU", 1000 * (cpu - own), how, {"cpu": cpu, "bare": own})]
