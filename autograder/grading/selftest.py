"""A probe of the walls with real attacks, before anyone relies on them: `grade` starts with it, `doctor` shows it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Assignment, CodeCell, Submission
from autograder.course.assignment import Exercise, Manifest
from autograder.errors import AutograderError
from autograder.examiner.client import Examiner
from autograder.sandbox.scratch import Scratch
from autograder.sandbox.worker import Sandbox

_LIVED = "the worker lived through all of them"


@dataclass(frozen=True)
class Probe:
    """One attack. `source` reaches its end only where the walls let it through; `wall` is what stops it.

    Where it gets through it removes what it made: `doctor` tries machines without walls too.
    """

    name: str
    wall: str
    source: str


@dataclass(frozen=True)
class Probed:
    """What became of an attack."""

    name: str
    wall: str
    refused: bool
    how: str


def probes(secret: Path) -> tuple[Probe, ...]:
    """About ten attacks, one of each class. `secret` is a file of the supervisor's."""
    parent = os.getpid()
    libc = "import ctypes\nlibc = ctypes.CDLL(None)"
    shared = "made = libc.shmget(0, 4096, 0o1600)\nassert made >= 0\nlibc.shmctl(made, 0, None)"
    left = "import os\nopen('/dev/shm/autograder-probe', 'w').write('x')\nos.remove('/dev/shm/autograder-probe')"
    return (
        Probe("read the checks", "Landlock", f"open({str(secret)!r}).read()"),
        Probe("read the grader's memory", "Landlock", f"open('/proc/{parent}/mem', 'rb').read(1)"),
        Probe("read the grader's environment", "Landlock", f"open('/proc/{parent}/environ', 'rb').read(1)"),
        Probe("read the password file", "Landlock", "open('/etc/passwd').read()"),
        Probe("list other submissions", "Landlock", "import os\nos.listdir('..')"),
        Probe("write outside its folder", "Landlock", f"open({str(secret.parent / 'forged')!r}, 'w').write('x')"),
        Probe("leave something in /dev/shm", "Landlock", left),
        Probe("start a process", "seccomp", "import os\nif os.fork() == 0: os._exit(0)"),
        Probe("run a program", "seccomp", "import subprocess\nsubprocess.run(['/bin/true'], check=True)"),
        Probe("open a network connection", "seccomp", "import socket\nsocket.socket()"),
        Probe("make kernel objects that stay", "seccomp", f"{libc}\n{shared}"),
        Probe("kill the grader", "seccomp", f"import os\nos.kill({parent}, 0)"),
        Probe("attach to the grader", "seccomp", f"{libc}\nassert libc.ptrace(0x4206, {parent}, 0, 0) == 0"),
        Probe("take another core", "seccomp", "import os\nos.sched_setaffinity(0, range(64))"),
        Probe("take 100 GB", "rlimits", "import torch\ntorch.ones(100 * 10**9 // 4)"),
    )


def probe_walls(examiner: Examiner, sandbox: Sandbox) -> tuple[Probed, ...]:
    """Try each attack in a worker of `sandbox`.

    Raises:
        AutograderError: `examiner-failed`: they could not be tried.
    """
    with _folder() as folder:
        secret = folder / "test_hidden.py"
        secret.write_text("answer = 42\n", encoding="utf-8")
        tried = probes(secret)
        cells = [CodeCell(number, probe.source) for number, probe in enumerate(tried, 1)]
        last = CodeCell(len(cells) + 1, f"raise RuntimeError({_LIVED!r})")
        problems = examiner.run_cells(Submission("self-test", "", (*cells, last)), sandbox)
    alive = _LIVED in problems.get(last.number, "")
    found = ((probe, problems.get(number, "")) for number, probe in enumerate(tried, 1))
    return tuple(
        Probed(probe.name, probe.wall, bool(how) and alive, how.split("\n")[0] or "it was allowed")
        for probe, how in found
    )


def require_walls(probed: tuple[Probed, ...], level: str) -> None:
    """Hold a sandbox to having refused everything.

    Raises:
        AutograderError: `walls-broken`, naming what went through.
    """
    through = [p.name for p in probed if not p.refused]
    if through:
        raise AutograderError(
            "walls-broken",
            f"the walls of this machine (isolation: {level}) do not hold: {', '.join(through)}",
            why="A submission could do the same. Nothing was graded.",
            fix="run `autograder doctor`, which tries every level; grade with one that holds, or on another machine",
        )


@contextmanager
def _folder() -> Iterator[Path]:
    """A temporary folder that the next start removes, should this process be killed."""
    held = Scratch()
    try:
        yield held.path
    finally:
        held.remove()


@contextmanager
def bare_examiner() -> Iterator[Examiner]:
    """An examiner without checks, for machines that are tried without a course."""
    with _folder() as root:
        for name in ("public", "hidden"):
            (root / name).mkdir()
        manifest = Manifest(title="Self-test", exercises=(Exercise(name="walls", title="Walls", points=1),))
        examiner = Examiner(Assignment(slug="self-test", root=root, manifest=manifest))
        try:
            yield examiner
        finally:
            examiner.close()
