"""Our own exchange: what `autograder submit` handed in, as it lies there."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from autograder.exchange import Arrival
from autograder.grading import folder
from autograder.interop.collect.attempts import Attempt, File, Reading, Student
from autograder.interop.collect.download import Item

NAME = "exchange"


def reading_of(arrivals: Iterable[Arrival]) -> Reading:
    """The arrivals as attempts, with what is doubtful about each."""
    arrived = tuple(arrivals)
    # Where one account hands in for everybody, whose a file is says nothing.
    owners_tell = len({arrival.owner for arrival in arrived}) > 1
    return Reading(tuple(_attempt(arrival, owners_tell) for arrival in arrived))


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
