"""Profiles as batches leave them: of functions, which take milliseconds, and of training, which takes seconds."""

from __future__ import annotations

import random
from collections.abc import Mapping

from sample_class import FINDINGS

from autograder.course import Part, Profile, Span

CHECKS = tuple(finding.check for finding in FINDINGS)


def profile(random_numbers: random.Random | None = None, slow: float = 1.0, training: float = 0.0) -> Profile:
    """One attempt; `slow` times as slow in the student's code, and with `training` seconds in the last checks."""
    numbers = random_numbers or random.Random(0)

    def about(seconds: float) -> float:
        return seconds * numbers.lognormvariate(0, 0.25)

    parts: list[tuple[Part, str, float, Mapping[Part, float]]] = [
        (Part.FORK, "", about(0.006), {}),
        (Part.WALLS, "", about(0.0017), {}),
        (Part.CELLS, "", slow * about(0.009), {}),
    ]
    for position, check in enumerate(CHECKS):
        own, student = about(0.001 + 0.0004 * position), slow * about(0.0006 * (1 + position % 3))
        student += training * about(0.4) if "training" in check else 0.0
        wire = about(0.0008)
        parts.append((Part.CHECK, check, own + student + wire, {Part.STUDENT: student, Part.WIRE: wire}))
    parts += [(Part.DIAGNOSIS, "", about(0.002), {}), (Part.END, "", about(0.004), {})]
    at, spans = 0.0, []
    for part, name, seconds, within in parts:
        spans.append(Span(part=part, name=name, start=at, seconds=seconds))
        spans += [Span(part=inner, name=name, start=at, seconds=taken) for inner, taken in within.items()]
        at += seconds
    return Profile(spans=tuple(spans), seconds=at + about(0.0015)).recorded(about(0.002))


def class_profiles(students: int, training: float = 0.0, seed: int = 1) -> list[tuple[str, Profile]]:
    """A class in which one of 25 is slow."""
    numbers = random.Random(seed)
    return [
        (f"student {n:04}", profile(numbers, 12.0 if n % 25 == 7 else 1.0, training)) for n in range(1, students + 1)
    ]
