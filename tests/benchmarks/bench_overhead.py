"""What one more submission costs in a warm batch, and which process spends it.

python tests/benchmarks/bench_overhead.py [N] [--jobs 2] [--isolation process] [--rounds 1] [--json]

N submissions of the five-function course, read once, graded by one warm grader from so many threads: no gradebook, no
command. The CPU seconds are the kernel's, by control group, so that processes count that nobody waits for.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench_peers import bare_seconds
from cpu import Account
from five_functions import classroom, expected_points
from graders import Ours, here, student_notebook

from autograder.course import Rejected, Submission, load_course
from autograder.grading.attempt import Grader, open_grader, seed_of
from autograder.grading.intake import read_submission
from autograder.grading.sources import find_submissions

COURSE = Path(__file__).resolve().parents[2]
WARM_UP = 6


@dataclass(frozen=True)
class Cpu:
    """CPU seconds by process; `whole` is all of them, zygotes that were started anew included."""

    supervisor: float
    worker: float
    examiner: float
    whole: float

    def since(self, before: Cpu) -> Cpu:
        return Cpu(*(getattr(self, f) - getattr(before, f) for f in Cpu.__dataclass_fields__))


class Accounts:
    """What this process, its worker zygote and its examiner zygote use, with all their children."""

    def __init__(self, stack: ExitStack) -> None:
        """Begin with an account of the whole; raises NoAccounts."""
        self._stack = stack
        self._whole = stack.enter_context(Account())
        self._whole.take(os.getpid())
        self._parts: dict[str, Account] = {}

    def split(self) -> None:
        """Give an account to each zygote that runs now."""
        for pid, command in children():
            name = "examiner" if "examiner" in command else "worker"
            account = self._parts.get(name) or self._stack.enter_context(Account(self._whole))
            account.take(pid)
            self._parts[name] = account

    def now(self) -> Cpu:
        own = resource.getrusage(resource.RUSAGE_SELF)
        parts = {name: account.seconds() for name, account in self._parts.items()}
        supervisor = own.ru_utime + own.ru_stime
        return Cpu(supervisor, parts.get("worker", 0.0), parts.get("examiner", 0.0), self._whole.seconds())


def children() -> Iterator[tuple[int, str]]:
    """The processes that this one has started, and their command lines."""
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(FileNotFoundError):  # the thread, or the child, has ended since
            for pid in (task / "children").read_text(encoding="ascii").split():
                yield int(pid), Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


@contextmanager
def class_of(count: int) -> Iterator[tuple[Path, Path]]:
    """The root of the five-function course, and the folder with `count` notebooks in it."""
    with tempfile.TemporaryDirectory(prefix="bench-") as work:
        root = Path(work)
        Ours(here()).course(root)
        handed_in = root / "handed-in"
        handed_in.mkdir()
        for number, cells in enumerate(classroom(COURSE, count)):
            (handed_in / f"student{number:05}.ipynb").write_text(student_notebook(cells), encoding="utf-8")
        yield root, handed_in


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=100, metavar="N")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--isolation", default="process")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with ExitStack() as stack:
        accounts = Accounts(stack)
        root, handed_in = stack.enter_context(class_of(max(options.count, WARM_UP)))
        (assignment,) = load_course(root, (Ours.slug,))
        submissions = [read_submission(source, assignment) for source in find_submissions(handed_in, assignment.slug)]
        grader = stack.enter_context(open_grader(assignment, isolation=options.isolation, jobs=options.jobs))
        pool = stack.enter_context(ThreadPoolExecutor(options.jobs))
        timed(grader, pool, submissions[:WARM_UP])
        accounts.split()
        found = []
        for _ in range(options.rounds):
            before = accounts.now()
            wall, latency = timed(grader, pool, submissions[: options.count])
            found.append(figures(wall, latency, accounts.now().since(before), options.count))
        result = {key: statistics.median(round_[key] for round_ in found) for key in found[0]}
    result["bare"] = 1000 * bare_seconds()
    if options.json:
        print(json.dumps({key: round(value, 3) for key, value in result.items()}))
        return
    print(f"{options.count} submissions, {options.jobs} jobs, isolation {options.isolation}; ms for each submission")
    for key, value in result.items():
        print(f"  {key:<24}{value:8.2f}")


def timed(grader: Grader, pool: ThreadPoolExecutor, submissions: list[Submission | Rejected]) -> tuple[float, float]:
    """Seconds for all of them, and the median seconds of one.

    Raises:
        ValueError: a student got other points than the questions give.
    """
    start = time.perf_counter()
    seeds = [seed_of(b"bench", s.name) for s in submissions]
    verdicts = list(pool.map(lambda s, seed: grader.grade(s, seed, diagnosed=True), submissions, seeds))
    wall = time.perf_counter() - start
    points = [verdict.points for verdict in verdicts]
    if points != expected_points(len(points)):
        raise ValueError(f"points {points}")
    return wall, statistics.median(verdict.seconds for verdict in verdicts)


def figures(wall: float, latency: float, cpu: Cpu, count: int) -> dict[str, float]:
    """Milliseconds for each submission."""
    seconds = {
        "wall": wall / count,
        "from begin to verdict": latency,
        "CPU": cpu.whole / count,
        "CPU of the supervisor": cpu.supervisor / count,
        "CPU of the workers": cpu.worker / count,
        "CPU of the examiners": cpu.examiner / count,
    }
    return {key: 1000 * value for key, value in seconds.items()}


if __name__ == "__main__":
    main()
