"""Where the time of a batch went, in numbers: what each part took, the slowest checks, the slowest submissions."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from autograder.course import Part, Profile

MAX_CHECKS = 5
"""Checks that people are shown. The summary holds all."""
MAX_SLOWEST = 5
MAX_COLUMNS = 48
"""Submissions that a picture tells apart. Of more, these are taken evenly, from the fastest to the slowest."""


class Tint(Enum):
    """What is drawn in one colour, in the order of stacking."""

    PROCESSES = 1
    CELLS = 2
    STUDENT = 3
    CHECKS = 4
    WIRE = 5
    DIAGNOSIS = 6
    REST = 7


class Slice(Enum):
    """A part of an attempt's time that overlaps no other, in the order of the table: its words and its colour."""

    FORK = "processes started", Tint.PROCESSES
    WALLS = "walls", Tint.PROCESSES
    CELLS = "the student's cells", Tint.CELLS
    STUDENT = "checks: the student's code", Tint.STUDENT
    CHECKS = "checks: their own code", Tint.CHECKS
    WIRE = "checks: the wire", Tint.WIRE
    DIAGNOSIS = "diagnosis", Tint.DIAGNOSIS
    END = "processes ended", Tint.PROCESSES
    RECORD = "recorded", Tint.REST
    REST = "all else", Tint.REST

    def __init__(self, words: str, tint: Tint) -> None:
        self.words = words
        self.tint = tint


_SLICES = tuple(Slice)
_WHOLE_PARTS = {
    Slice.FORK: Part.FORK,
    Slice.WALLS: Part.WALLS,
    Slice.CELLS: Part.CELLS,
    Slice.DIAGNOSIS: Part.DIAGNOSIS,
    Slice.END: Part.END,
    Slice.RECORD: Part.RECORD,
}


def slices(profile: Profile) -> dict[Slice, float]:
    """Seconds of each slice: none is negative, and together they are the attempt, where its spans fit into it."""
    found = {one: max(0.0, profile.total(part)) for one, part in _WHOLE_PARTS.items()}
    checks, student, wire = (max(0.0, profile.total(part)) for part in (Part.CHECK, Part.STUDENT, Part.WIRE))
    # Both are measured elsewhere than the check that holds them, so together they may come out a little longer.
    found[Slice.STUDENT] = min(student, checks)
    found[Slice.WIRE] = min(wire, checks - found[Slice.STUDENT])
    found[Slice.CHECKS] = checks - found[Slice.STUDENT] - found[Slice.WIRE]
    found[Slice.REST] = max(0.0, profile.seconds - math.fsum(found.values()))
    return {one: found[one] for one in _SLICES}


@dataclass(frozen=True)
class Spread:
    """Seconds over all submissions: the median, and between what eight of ten lie."""

    median: float
    low: float
    high: float
    longest: float

    @classmethod
    def over(cls, values: Sequence[float]) -> Spread:
        """Of at least one value."""
        ordered = sorted(values)
        return cls(*(_at(ordered, share) for share in (0.5, 0.1, 0.9, 1.0)))


@dataclass(frozen=True)
class SliceTime:
    """What one slice took."""

    slice: Slice
    spread: Spread
    share: float
    """Of the time of all submissions, from 0 to 1."""


@dataclass(frozen=True)
class CheckTime:
    """What one check took, with the student's code that it calls."""

    check: str
    spread: Spread
    student: float
    """Of its time, what the student's code took, from 0 to 1."""
    wire: float
    """The same of the wire."""
    times: int
    """Over how many submissions."""


@dataclass(frozen=True)
class Slow:
    """One of the slowest submissions."""

    submission: str
    seconds: float
    slices: dict[Slice, float]


@dataclass(frozen=True)
class ProfileSummary:
    """Where the time of several submissions went."""

    submissions: int
    spread: Spread
    slices: tuple[SliceTime, ...]
    """Those that took time at all."""
    checks: tuple[CheckTime, ...]
    """All of them, the slowest by its median first."""
    slowest: tuple[Slow, ...]
    """The slowest first."""
    columns: tuple[dict[Slice, float], ...]
    """Of every submission, or of some taken evenly: the fastest first."""

    def as_dict(self) -> dict[str, object]:
        """The summary as `--json` prints it; times in seconds."""
        return {
            "submissions": self.submissions,
            "seconds": _spread_dict(self.spread),
            "parts": [
                {"part": one.slice.name.lower(), **_spread_dict(one.spread), "share": round(one.share, 6)}
                for one in self.slices
            ],
            "checks": [
                {
                    "check": one.check,
                    **_spread_dict(one.spread),
                    "student_share": round(one.student, 6),
                    "wire_share": round(one.wire, 6),
                }
                for one in self.checks
            ],
            "slowest": [{"submission": one.submission, "seconds": round(one.seconds, 6)} for one in self.slowest],
        }


class Profiling:
    """Takes profiles as they come, and sums them up. It keeps some dozen numbers of each, not the profile."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._seconds = array("d")
        self._slices = array("d")
        self._checks: dict[str, array[float]] = {}
        self._within: dict[tuple[Part, str], float] = {}

    def __len__(self) -> int:
        """How many it has taken."""
        return len(self._names)

    def add(self, submission: str, profile: Profile) -> None:
        """Take in where the time of one submission went."""
        self._names.append(submission)
        self._seconds.append(max(0.0, profile.seconds))
        self._slices.extend(slices(profile).values())
        checks: dict[str, float] = {}
        for span in profile.spans:
            if span.part is Part.CHECK:  # one that was tried again took both times
                checks[span.name] = checks.get(span.name, 0.0) + max(0.0, span.seconds)
            elif span.part in (Part.STUDENT, Part.WIRE):
                key = span.part, span.name
                self._within[key] = self._within.get(key, 0.0) + max(0.0, span.seconds)
        for name, seconds in checks.items():
            self._checks.setdefault(name, array("d")).append(seconds)

    def summary(self) -> ProfileSummary:
        """All that was taken in.

        Raises:
            ValueError: nothing was.
        """
        if not self._names:
            raise ValueError("nothing was profiled")
        order = sorted(range(len(self._names)), key=lambda n: (self._seconds[n], self._names[n]))
        return ProfileSummary(
            submissions=len(self._names),
            spread=Spread.over(self._seconds),
            slices=self._slice_times(),
            checks=self._check_times(),
            slowest=tuple(Slow(self._names[n], self._seconds[n], self._of(n)) for n in order[: -MAX_SLOWEST - 1 : -1]),
            columns=tuple(self._of(n) for n in _evenly(order, MAX_COLUMNS)),
        )

    def _of(self, number: int) -> dict[Slice, float]:
        start = number * len(_SLICES)
        return dict(zip(_SLICES, self._slices[start : start + len(_SLICES)], strict=True))

    def _slice_times(self) -> tuple[SliceTime, ...]:
        whole = math.fsum(self._slices)
        times = []
        for position, one in enumerate(_SLICES):
            values = self._slices[position :: len(_SLICES)]
            taken = math.fsum(values)
            if taken:
                times.append(SliceTime(one, Spread.over(values), taken / whole))
        return tuple(times)

    def _check_times(self) -> tuple[CheckTime, ...]:
        times = []
        for name, values in self._checks.items():
            whole = math.fsum(values)
            student, wire = (self._within.get((part, name), 0.0) for part in (Part.STUDENT, Part.WIRE))
            student = min(1.0, student / whole) if whole else 0.0
            wire = min(1.0 - student, wire / whole) if whole else 0.0
            times.append(CheckTime(name, Spread.over(values), student, wire, len(values)))
        return tuple(sorted(times, key=lambda one: (-one.spread.median, one.check)))


def _at(ordered: Sequence[float], share: float) -> float:
    """The value below which `share` of them lie (the nearest rank)."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def _evenly(order: Sequence[int], most: int) -> list[int]:
    """At most so many of them, the first and the last among them."""
    if len(order) <= most:
        return list(order)
    return [order[round(n * (len(order) - 1) / (most - 1))] for n in range(most)]


def _spread_dict(spread: Spread) -> dict[str, float]:
    return {name: round(getattr(spread, name), 6) for name in ("median", "low", "high", "longest")}
