"""A batch that is killed again and again with all its processes, and goes on: to be set against an undisturbed one."""

from __future__ import annotations

import random
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import msgspec
from real_command import Running, run, survivors

from autograder.course import Verdict
from autograder.gradebook import Gradebook

IN_WARM_UP = 0.25
"""The part of the kills that come before the first verdict of their run."""


@dataclass(frozen=True)
class Crashed:
    """What is in the two gradebooks: all verdicts of each student, without the seconds that they took."""

    undisturbed: dict[str, list[Verdict]]
    killed: dict[str, list[Verdict]]
    kills: int
    """That came before the batch was done."""
    survivors: int
    """Processes that outlived the kill of their command."""


def kill_again_and_again(course: Path, command: tuple[str, ...], slug: str, *, kills: int, seed: int) -> Crashed:
    """Run `command` undisturbed, and once more with `kills` SIGKILLs to the whole tree at random moments, each time
    going on where it was killed, until it is done.

    Both begin with the same course key, so that the seeds are the same.
    """
    calm, disturbed = course / "calm.db", course / "disturbed.db"
    with Gradebook.open(calm) as book:
        book.course_key()
    shutil.copy(calm, disturbed)
    done = run(course, *command, "--gradebook", calm.name)
    assert done.returncode == 0, done.stderr
    expected = verdicts(calm, slug)
    rng = random.Random(seed)
    came, left = 0, 0
    for _ in range(kills):
        running = Running(course, *command, "--gradebook", disturbed.name)
        _wait(running, rng, most=max(1, 2 * len(expected) // kills))
        came += running.process.poll() is None
        family = running.family() if running.process.poll() is None else []
        for process in family:
            process.kill()
        running.finish()
        left += len(survivors(family))
    done = run(course, *command, "--gradebook", disturbed.name)
    assert done.returncode == 0, done.stderr
    return Crashed(expected, verdicts(disturbed, slug), came, left)


def verdicts(gradebook: Path, slug: str) -> dict[str, list[Verdict]]:
    """All of each student, oldest first."""
    with Gradebook.open(gradebook) as book:
        names = [verdict.submission for verdict in book.latest(slug)]
        return {name: [_timeless(one.verdict) for one in book.history(slug, name)] for name in names}


def _wait(running: Running, rng: random.Random, most: int) -> None:
    """Until some moment: while it warms up, or a little after up to `most` fresh verdicts."""
    if rng.random() < IN_WARM_UP:
        time.sleep(rng.uniform(0.0, 2.0))
        return
    assert running.process.stderr is not None
    fresh = rng.randint(0, most)
    while fresh and (line := running.process.stderr.readline()):
        fresh -= "] " in line and "recorded before" not in line
    time.sleep(rng.uniform(0.0, 0.2))


def _timeless(verdict: Verdict) -> Verdict:
    findings = tuple(msgspec.structs.replace(finding, seconds=0.0) for finding in verdict.findings)
    return msgspec.structs.replace(verdict, seconds=0.0, findings=findings)
