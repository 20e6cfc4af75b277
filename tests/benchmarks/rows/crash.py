"""Killed at fifty random moments, and no verdict lost, doubled or changed."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from bare import COURSE
from crashing import Crashed, crashed
from five_functions import generated
from graders import BenchError, Ours
from row import Bound, Row

STUDENTS = 300
KILLS = 50
SEED = 5


def measure(students: int = STUDENTS, kills: int = KILLS) -> list[Row]:
    """The whole tree, while it starts and while it grades."""
    what = f"SIGKILL of the whole tree at {kills} random moments of a batch of {students}: faults"
    bound = Bound(0, "")
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        Ours().prepare(generated(COURSE, students)[0], Path(place))
        try:
            found = crashed(Path(place), kills, SEED)
        except BenchError as error:
            return [bound.unmeasured(what, str(error))]
    return [bound.row(what, found.faults, told(found, time.perf_counter() - start), {"kills": found.kills})]


def told(found: Crashed, seconds: float) -> str:
    """In words."""
    return (
        f"{found.students} students, {found.kills} kills before the batch was done: {found.missing} verdicts missing, "
        f"{found.double} doubled, {found.different} different from an undisturbed run, {found.survivors} processes "
        f"left; {seconds:.0f} s"
    )
