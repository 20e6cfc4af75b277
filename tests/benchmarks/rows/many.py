"""Ten thousand submissions, no two alike, in one batch on this machine."""

from __future__ import annotations

import statistics
import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bare import COURSE
from command import Batch, grade
from five_functions import generated
from graders import BenchError, Ours
from row import Bound, Row

STUDENTS = 10_000
CHUNKS = 40


@dataclass(frozen=True)
class Sample:
    """Resident bytes of the command and of the zygotes that it started."""

    command: int
    zygotes: int


def measure(students: int = STUDENTS) -> list[Row]:
    """Whether it completes with the right points, how memory grows, and throughput at the end over the start."""
    what = f"{students:,} distinct submissions, one batch"
    every = students // CHUNKS
    samples: list[Sample] = []

    def look(pid: int, done: int) -> None:
        if done % every == 0:
            samples.append(Sample(_resident(pid), sum(_resident(child) for child in _children(pid))))

    answers, points = generated(COURSE, students)
    complete, flat, steady = Bound(students, "", most=False), Bound(1.05, " x"), Bound(0.95, " x", most=False)
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        Ours().prepare(answers, Path(place))
        try:
            batch = grade(Path(place), look=look)
        except BenchError as error:
            return [complete.unmeasured(f"{what}: right verdicts", str(error))]
    right = sum(batch.points[f"student{number:05}"] == due for number, due in enumerate(points))
    seconds = batch.moments[-1].wall
    how = f"{seconds:.0f} s in all, {1000 * batch.each.wall:.1f} ms each; of each student the points were known ahead"
    return [
        complete.row(f"{what}: right verdicts", right, how, {"seconds": seconds, "each": batch.each.wall}),
        _memory(samples, what, flat),
        _throughput(batch, every, what, steady),
    ]


def _memory(samples: list[Sample], what: str, bound: Bound) -> Row:
    tenth = len(samples) // 10
    start, end = samples[tenth : 2 * tenth], samples[-tenth:]

    def both(part: list[Sample]) -> float:
        return statistics.median(sample.command + sample.zygotes for sample in part)

    command = statistics.median(s.command for s in start) / 2**20, statistics.median(s.command for s in end) / 2**20
    how = (
        f"resident, command and its zygotes, the last tenth over the second: {both(end) / 2**20:.0f} MB over "
        f"{both(start) / 2**20:.0f} MB; the command alone {command[1]:.0f} MB over {command[0]:.0f} MB"
    )
    figures = {"start": both(start), "end": both(end)}
    return bound.row(f"{what}: memory at the end over the start", both(end) / both(start), how, figures)


def _throughput(batch: Batch, every: int, what: str, bound: Bound) -> Row:
    """Medians of chunks, so that what else the machine does for a moment decides nothing."""
    ends = [moment.wall for moment in batch.moments[every - 1 :: every]]
    chunks = [(b - a) / every for a, b in pairwise(ends)]
    third = len(chunks) // 3
    start, end = statistics.median(chunks[:third]), statistics.median(chunks[-third:])
    how = (
        f"{1 / end:.1f} a second over {1 / start:.1f}: medians of the first and the last third of chunks of {every}, "
        "start-up left out"
    )
    return bound.row(f"{what}: throughput at the end over the start", start / end, how, {"start": start, "end": end})


def _resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * 4096


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            found += [int(child) for child in (task / "children").read_text(encoding="ascii").split()]
        except FileNotFoundError:  # the thread has ended since
            continue
    return found
