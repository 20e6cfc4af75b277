"""A batch that is killed again and again, with all its processes, and goes on; against one that nobody disturbs."""

from __future__ import annotations

import contextlib
import random
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import msgspec
import psutil  # type: ignore[import-untyped]
from command import is_verdict
from graders import BenchError, Ours, here, own_environment

from autograder.course import Verdict
from autograder.gradebook import Gradebook

STARTING = 0.2
"""The part of the kills that come before the first verdict."""
_BEFORE = ("recorded before", "same bytes")


@dataclass(frozen=True)
class Crashed:
    """What came of it."""

    kills: int
    """Before the batch was done."""
    students: int
    missing: int
    """Students without a verdict."""
    double: int
    """Students with more than one."""
    different: int
    """Students with another verdict than in the undisturbed run, in anything but the seconds that it took."""
    survivors: int
    """Processes that outlived a kill of the whole tree, or that the last run left behind."""

    @property
    def faults(self) -> int:
        return self.missing + self.double + self.different + self.survivors


def crashed(work: Path, kills: int, seed: int, *options: str) -> Crashed:
    """Grade the class in `work` undisturbed, and once more with so many kills at random moments.

    Both begin with a copy of one empty gradebook: it holds the course's key, and so decides the seeds.

    Raises:
        BenchError: a command that nobody killed failed.
    """
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        calm, killed = Path(place) / "calm.db", Path(place) / "killed.db"
        with Gradebook.open(calm) as book:
            book.course_key()
        shutil.copy(calm, killed)
        start, whole = _undisturbed(work, calm, options)
        warm = (whole - start) * 0.6 / kills  # each run also gets done what is told before it is killed
        done, left = 0, 0
        for _ in range(kills):
            process = _started(work, killed, options)
            if rng.random() < STARTING:
                time.sleep(rng.uniform(0, start))
            else:
                _first_verdict(process)
                time.sleep(rng.uniform(0, warm))
            done += process.poll() is None
            left += _kill(process)
        _undisturbed(work, killed, options)
        return _compared(calm, killed, done, left)


def _started(work: Path, book: Path, options: tuple[str, ...]) -> subprocess.Popen[str]:
    command = [str(here() / "autograder"), "grade", Ours.slug, str(work / "handed-in"), "--gradebook", str(book)]
    return subprocess.Popen(
        [*command, *options],
        cwd=work,
        env=own_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def _undisturbed(work: Path, book: Path, options: tuple[str, ...]) -> tuple[float, float]:
    """Run to the end: seconds until the first verdict, and in all."""
    begin = time.perf_counter()
    process = _started(work, book, options)
    first = _first_verdict(process)
    assert process.stderr is not None
    rest = process.stderr.read()
    if process.wait() != 0:
        raise BenchError(f"`autograder grade` ended with {process.returncode}: {rest[-800:]}")
    return first - begin, time.perf_counter() - begin


def _first_verdict(process: subprocess.Popen[str]) -> float:
    """Wait for a verdict that was not recorded before, or the end; the moment."""
    assert process.stderr is not None
    for line in process.stderr:
        if is_verdict(line) and not any(words in line for words in _BEFORE):
            break
    return time.perf_counter()


def _kill(process: subprocess.Popen[str]) -> int:
    """SIGKILL to the whole tree, which is stopped first so that it grows no more; how many processes outlive it."""
    assert process.stderr is not None
    family = []
    if process.poll() is None:
        process.send_signal(signal.SIGSTOP)
        root = psutil.Process(process.pid)
        family = [root, *root.children(recursive=True)]
        for member in family:
            with contextlib.suppress(psutil.NoSuchProcess):  # a child that had just come to its end
                member.kill()
    process.wait()
    process.stderr.close()
    return len(psutil.wait_procs(family, timeout=10)[1])


def _compared(calm: Path, killed: Path, kills: int, survivors: int) -> Crashed:
    expected, found = _verdicts(calm), _verdicts(killed)
    got = [found.get(name, []) for name in expected]
    return Crashed(
        kills=kills,
        students=len(expected),
        missing=sum(not verdicts for verdicts in got),
        double=sum(len(verdicts) > 1 for verdicts in got) + len(found.keys() - expected.keys()),
        different=sum(
            verdict != due[0] for due, verdicts in zip(expected.values(), got, strict=True) for verdict in verdicts
        ),
        survivors=survivors,
    )


def _verdicts(path: Path) -> dict[str, list[Verdict]]:
    """All of each student's, without the time that they took."""
    with Gradebook.open(path) as book:
        names = [verdict.submission for verdict in book.latest(Ours.slug)]
        return {name: [timeless(attempt.verdict) for attempt in book.history(Ours.slug, name)] for name in names}


def timeless(verdict: Verdict) -> Verdict:
    """The verdict without the seconds that it took."""
    findings = tuple(msgspec.structs.replace(finding, seconds=0.0) for finding in verdict.findings)
    return msgspec.structs.replace(verdict, seconds=0.0, findings=findings)
