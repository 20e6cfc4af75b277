"""`autograder grade` as a user runs it, and when it was done with each submission."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bare import COURSE
from cpu import Account, NoAccounts
from five_functions import PLAIN, Kind, classroom
from graders import BenchError, Ours, here, own_environment

WARM = 20
"""Submissions that are not counted: the first ones pay for what later ones find done."""


@dataclass(frozen=True)
class Moment:
    """One submission was done: seconds since the start of the command, and CPU seconds of all its processes until
    then, 0 where the kernel keeps no account."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Batch:
    """One run of the command."""

    moments: tuple[Moment, ...]
    points: dict[str, float]
    """Of each student."""

    @property
    def each(self) -> Moment:
        """Of each submission, once warm."""
        warm = self.moments[WARM - 1 :]
        wall, cpu = (getattr(warm[-1], name) - getattr(warm[0], name) for name in ("wall", "cpu"))
        return Moment(wall / (len(warm) - 1), cpu / (len(warm) - 1))


@contextmanager
def class_of(count: int, kind: Kind = PLAIN) -> Iterator[Path]:
    """A folder with the five-function course and so many distinct notebooks."""
    with tempfile.TemporaryDirectory(prefix="bench-") as work:
        Ours(kind).prepare(classroom(COURSE, count), Path(work))
        yield Path(work)


def grade(work: Path, *options: str, look: Callable[[int, int], object] | None = None) -> Batch:
    """Grade the class in `work` into a gradebook of its own.

    Args:
        work: from class_of().
        options: further ones of the command's.
        look: told the process id of the command and how many are done, after each.

    Raises:
        BenchError: the command failed, or was not done with each submission.
    """
    handed_in = work / "handed-in"
    moments = []
    with tempfile.TemporaryDirectory(prefix="bench-") as place, (Path(place) / "out.json").open("w+b") as output:
        book = str(Path(place) / "gradebook.db")
        command = [str(here() / "autograder"), "grade", Ours.slug, str(handed_in), "--json", "--gradebook", book]
        start = time.perf_counter()
        process = subprocess.Popen(
            [*command, *options],
            cwd=work,
            env=own_environment(),
            stdout=output,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        account = _account(process.pid)
        assert process.stderr is not None
        said = []
        for line in process.stderr:
            said.append(line)
            if is_verdict(line):
                moments.append(Moment(time.perf_counter() - start, account.seconds() if account else 0.0))
                if look is not None:
                    look(process.pid, len(moments))
        code = process.wait()
        if account is not None:
            account.close()
        if code or len(moments) != len(list(handed_in.iterdir())):
            output.seek(0)
            last = "".join(said)[-400:] + output.read().decode()[:400]
            raise BenchError(f"`autograder grade` ended with {code} after {len(moments)}: {last}")
        output.seek(0)
        points = {verdict["submission"]: verdict["points"] for verdict in json.load(output)["verdicts"]}
    return Batch(tuple(moments), points)


def is_verdict(line: str) -> bool:
    """Whether the command says that it is done with a submission."""
    return line.startswith("[") and "/" in line.partition("]")[0]


def _account(pid: int) -> Account | None:
    try:
        account = Account()
    except NoAccounts:
        return None
    account.take(pid)
    return account
