"""How much longer a class takes in which every tenth submission is hostile, than one of honest submissions alone.

python tests/benchmarks/bench_hostile.py [--students 200] [--isolation LEVEL] [--rounds 3] [--json]

The hostile ones come from the corpus of attacks, each a different one, without those whose promise is a time limit:
they take the time that they are given. The two classes are graded in turn by the same warm grader.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "attacks"))

from attack import Attack, load_corpus
from judging import broken_promises
from rich.console import Console
from ring import Ring, open_ring

from autograder.course import Verdict
from autograder.grading.sources import Source
from autograder.sandbox.levels import strongest

EVERY = 10


def hostile_ones(count: int) -> list[Attack]:
    """So many different attacks that are ended by no time limit, the same ones every time."""
    endless = ("timeout", "limit", "any", "out_of_memory")
    found = [
        attack
        for attack in load_corpus()
        if not attack.is_honest
        and not attack.is_folder
        and not any(word in promise.text for promise in attack.promises.values() for word in endless)
    ]
    return random.Random(0).sample(found, count)


def classes(ring: Ring, students: int) -> tuple[list[Source], list[Source], dict[str, Attack]]:
    """The honest class, the mixed one, and whose submission is which attack."""
    honest = [ring.honest(f"student {number:03}") for number in range(students)]
    attacks = hostile_ones(students // EVERY)
    mixed = list(honest)
    by_name = {}
    for place, attack in zip(range(EVERY - 1, students, EVERY), attacks, strict=True):
        mixed[place] = ring.submission(attack)
        by_name[mixed[place].name] = attack
    return honest, mixed, by_name


def timed(ring: Ring, sources: list[Source]) -> tuple[float, list[Verdict]]:
    """Seconds for a class, and its verdicts."""
    start = time.perf_counter()
    verdicts = ring.graded(*sources)
    return time.perf_counter() - start, verdicts


def main() -> int:
    """Print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, default=200)
    parser.add_argument("--isolation", default=strongest())
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    calm, attacked = [], []
    with open_ring(options.isolation) as ring:
        honest, mixed, attacks = classes(ring, options.students)
        for _ in range(options.rounds):
            calm.append(timed(ring, honest)[0])
            seconds, verdicts = timed(ring, mixed)
            attacked.append(seconds)
            for verdict in verdicts:
                attack = attacks.get(verdict.submission)
                broken = list(broken_promises(attack, verdict)) if attack else []
                if broken or (attack is None and verdict.points < verdict.max_points):
                    print(f"{verdict.submission}: {broken or 'an honest student lost points'}", file=sys.stderr)
                    return 1
    result = {
        "isolation": options.isolation,
        "students": options.students,
        "hostile": len(attacks),
        "honest_seconds": round(statistics.median(calm), 2),
        "mixed_seconds": round(statistics.median(attacked), 2),
        "ratio": round(statistics.median(attacked) / statistics.median(calm), 3),
    }
    if options.json:
        print(json.dumps(result))
    else:
        Console(highlight=False).print(
            "{students} students, {hostile} of them hostile, isolation {isolation}: {mixed_seconds} s; "
            "all honest: {honest_seconds} s; ratio {ratio}".format(**result)
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
