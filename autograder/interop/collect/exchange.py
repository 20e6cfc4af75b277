"""Our own exchange: what `autograder submit` handed in, as it lies there."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from autograder.exchange import Arrival
from autograder.grading import folder
from autograder.interop.collect.attempts import Attempt, Fate, File, FileFate, Reading, Student
from autograder.interop.collect.download import Item
from autograder.interop.collect.writing import read_manifest

NAME = "exchange"


def reading_of(arrivals: Iterable[Arrival]) -> Reading:
    """The arrivals as attempts, with what is doubtful about each."""
    arrived = tuple(arrivals)
    # Where one account hands in for everybody, whose a file is says nothing.
    owners_tell = len({arrival.owner for arrival in arrived}) > 1
    # Where a student's own account handed in, too, another's in their name does not take its place.
    own = {arrival.student for arrival in arrived if arrival.owner and not arrival.owner_differs}
    foreign = [a for a in arrived if owners_tell and a.owner_differs and a.student in own]
    attempts = tuple(_attempt(arrival, owners_tell) for arrival in arrived if arrival not in foreign)
    return Reading(attempts, tuple(FileFate(a.path.name, Fate.UNSAFE, a.student, a.doubts[0]) for a in foreign))


def names_collected(to: Path) -> dict[str, str]:
    """What the students of the exchange were called when they were collected into `to`: a roster may rename them.

    Raises:
        AutograderError: `bad-manifest`.
    """
    students = read_manifest(to)["students"].items()
    return {key.removeprefix(f"{NAME}:"): one["name"] for key, one in students if key.startswith(f"{NAME}:")}


def _attempt(arrival: Arrival, owners_tell: bool) -> Attempt:
    doubts = arrival.doubts if owners_tell or not arrival.owner_differs else arrival.doubts[1:]
    item = Item(arrival.path.name, partial(_read, arrival.path))
    return Attempt(
        student=Student(arrival.student, arrival.student),
        files=(File(arrival.path.name, item),),
        moment=arrival.time,
        order=arrival.attempt,
        doubts="; ".join(doubts),
    )


def _read(path: Path, limit: int) -> bytes:
    return folder.read_file(path, limit)
