"""What one more submission costs in a warm batch, and which process spends it.

python tests/benchmarks/bench_overhead.py [N] [--jobs 2] [--isolation process] [--rounds 1] [--fastai | --idle]
    [--json]

N submissions of the five-function course, read once, graded by one warm grader from so many threads: no gradebook, no
command. The CPU seconds are the kernel's, by control group, so that processes count that nobody waits for.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from bare import COURSE, bare_seconds
from cpu import Accounts, Cpu
from five_functions import EXERCISES, FASTAI, IDLE, PLAIN, POINTS, classroom, expected_points
from graders import Ours

from autograder.course import Rejected, Submission, load_course
from autograder.grading.attempt import Grader, open_grader, seed_of
from autograder.grading.intake import read_submission
from autograder.grading.sources import find_submissions

WARM_UP = 6


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=100, metavar="N")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--isolation", default="process")
    parser.add_argument("--rounds", type=int, default=1)
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--fastai", action="store_true", help="every notebook imports fastai.vision")
    kinds.add_argument("--idle", action="store_true", help="the checks ask nothing: what is left surrounds them")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with ExitStack() as stack:
        accounts = Accounts(stack)
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        kind = FASTAI if options.fastai else IDLE if options.idle else PLAIN
        due = expected_points if kind.asks else lambda count: [len(EXERCISES) * POINTS] * count
        Ours(kind).prepare(classroom(COURSE, max(options.count, WARM_UP)), root)
        (assignment,) = load_course(root, (Ours.slug,))
        sources = find_submissions(root / "handed-in", assignment.slug)
        submissions = [read_submission(source, assignment) for source in sources]
        grader = stack.enter_context(open_grader(assignment, isolation=options.isolation, jobs=options.jobs))
        pool = stack.enter_context(ThreadPoolExecutor(options.jobs))
        timed(grader, pool, submissions[:WARM_UP], due(WARM_UP))
        accounts.split()
        found = []
        for _ in range(options.rounds):
            before = accounts.now()
            wall, latency = timed(grader, pool, submissions[: options.count], due(options.count))
            found.append(figures(wall, latency, accounts.now().since(before), options.count))
        result = {key: statistics.median(round_[key] for round_ in found) for key in found[0]}
    result["bare"] = 1000 * bare_seconds()
    if options.json:
        print(json.dumps({key: round(value, 3) for key, value in result.items()}))
        return
    print(f"{options.count} submissions, {options.jobs} jobs, isolation {options.isolation}; ms for each submission")
    for key, value in result.items():
        print(f"  {key:<24}{value:8.2f}")


def timed(
    grader: Grader, pool: ThreadPoolExecutor, submissions: list[Submission | Rejected], due: list[float]
) -> tuple[float, float]:
    """Seconds for all of them, and the median seconds of one.

    Raises:
        ValueError: a student got other points than are due.
    """
    start = time.perf_counter()
    seeds = [seed_of(b"bench", s.name) for s in submissions]
    verdicts = list(pool.map(lambda s, seed: grader.grade(s, seed, diagnosed=True), submissions, seeds))
    wall = time.perf_counter() - start
    points = [verdict.points for verdict in verdicts]
    if points != due:
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
        "kernel of the workers": cpu.worker_kernel / count,
        "CPU of the examiners": cpu.examiner / count,
        "kernel of the examiners": cpu.examiner_kernel / count,
    }
    return {key: 1000 * value for key, value in seconds.items()}


if __name__ == "__main__":
    main()
