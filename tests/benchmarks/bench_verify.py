"""How long `verify` takes for an assignment of 60 specimens and 100 mutants, and what it saves to ask only the checks
that can see a change.

python tests/benchmarks/bench_verify.py [SLUG] [--seeds 20] [--jobs N] [--json]

The same machine, one run: first the whole verification, then every sixth of the same wrong answers by all checks, as a
grader would judge them. The ratio is seconds an answer, the latter over the former.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from autograder.cli.shared import cores
from autograder.course import Assignment, load_course
from autograder.course.assignment import load_assignment
from autograder.grading.attempt import open_grader
from autograder.grading.specimen import load_specimens, submission_of
from autograder.grading.verify import Kind, conclude, plan_verification, verify

SPECIMENS, MUTANTS, EVERY = 60, 100, 6
COURSE = Path(__file__).resolve().parents[2]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("slug", nargs="?", default="04")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=cores())
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    (assignment,) = load_course(COURSE, (options.slug,))
    with TemporaryDirectory() as place:
        measure(_with_fewer_specimens(assignment, Path(place)), options)


def measure(assignment: Assignment, options: argparse.Namespace) -> None:
    """One verification, and the same answers by all checks."""
    whole = plan_verification(assignment, seeds=options.seeds)
    plan = replace(whole, mutants=_spread(whole.mutants, MUTANTS))
    start = time.perf_counter()
    with open_grader(assignment, jobs=options.jobs) as grader:
        proofs = list(verify(plan, grader, jobs=options.jobs))
        seconds = time.perf_counter() - start
        verified = conclude(plan, grader, proofs, seconds)
        base = grader.base()
        answers = [submission_of(specimen, base.cells) for specimen in plan.specimens[::EVERY]]
        answers += [mutant.submission(base.cells) for mutant in plan.mutants[::EVERY]]
        start = time.perf_counter()
        with ThreadPoolExecutor(options.jobs) as pool:
            list(pool.map(lambda answer: grader.grade(answer, 0), answers))
        asked_all = (time.perf_counter() - start) * options.jobs / len(answers)
    wrong = [p for p in proofs if p.kind in (Kind.SPECIMEN, Kind.MUTANT)]
    found = {
        "assignment": assignment.slug,
        "seeds": plan.seeds,
        "specimens": len(plan.specimens),
        "mutants": len(plan.mutants),
        "jobs": options.jobs,
        "seconds": round(seconds, 1),
        "green": verified.green,
        "seconds_an_answer": round(sum(p.seconds for p in wrong) / len(wrong), 3),
        "seconds_an_answer_by_all_checks": round(asked_all, 3),
    }
    found["ratio"] = round(asked_all / (sum(p.seconds for p in wrong) / len(wrong)), 1)
    if options.json:
        print(json.dumps(found))
        return
    print(f"{found['assignment']}: {found['specimens']} specimens, {found['mutants']} mutants, {found['seeds']} seeds")
    colour = "green" if verified.green else "NOT green"
    print(f"whole verification with {found['jobs']} jobs: {found['seconds']} s, {colour}")
    print(f"a wrong answer, by the checks that can see it: {found['seconds_an_answer']} s")
    print(f"a wrong answer, by all checks: {found['seconds_an_answer_by_all_checks']} s; ratio {found['ratio']}")


def _with_fewer_specimens(assignment: Assignment, place: Path) -> Assignment:
    """A copy of the assignment that has `SPECIMENS` of its specimens."""
    root = place / assignment.slug
    shutil.copytree(assignment.root, root)
    kept = {specimen.name for specimen in _spread(load_specimens(assignment), SPECIMENS)}
    for path in (root / "specimens").glob("*.py"):
        if path.stem not in kept:
            path.unlink()
    return load_assignment(root)


def _spread(things: tuple[Any, ...], most: int) -> tuple[Any, ...]:
    """At most `most` of them, evenly from all."""
    step = max(1.0, len(things) / most)
    return tuple(things[int(i * step)] for i in range(min(most, len(things))))


if __name__ == "__main__":
    main()
