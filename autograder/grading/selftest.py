"""A probe of the walls with real attacks, before anyone relies on them. `doctor` shows its table."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch

from autograder.course import CodeCell
from autograder.examiner.session import Budget, Session
from autograder.examiner.workers import SandboxWorkers
from autograder.sandbox.worker import Sandbox

_SECONDS = 20.0


@dataclass(frozen=True)
class Probe:
    """One attack. `source` reaches its end only where the walls let it through."""

    name: str
    source: str


@dataclass(frozen=True)
class Probed:
    """What became of an attack."""

    name: str
    refused: bool
    how: str


def probes(secret: Path) -> tuple[Probe, ...]:
    """About ten attacks, one of each class. `secret` is a file of the supervisor's."""
    parent = os.getpid()
    return (
        Probe("read the checks", f"open({str(secret)!r}).read()"),
        Probe("read the grader's memory", f"open('/proc/{parent}/mem', 'rb').read(1)"),
        Probe("read the grader's environment", f"open('/proc/{parent}/environ', 'rb').read(1)"),
        Probe("read the password file", "open('/etc/passwd').read()"),
        Probe("write outside its folder", f"open({str(secret.parent / 'forged')!r}, 'w').write('x')"),
        Probe("leave something in /dev/shm", "open('/dev/shm/autograder-probe', 'w').write('x')"),
        Probe("start a process", "import os\nif os.fork() == 0: os._exit(0)"),
        Probe("run a program", "import subprocess\nsubprocess.run(['/bin/true'], check=True)"),
        Probe("open a network connection", "import socket\nsocket.socket().connect_ex(('127.0.0.1', 9))"),
        Probe("kill the grader", f"import os\nos.kill({parent}, 0)"),
        Probe("attach to the grader", f"{_PTRACE}\nassert libc.ptrace(16, {parent}, 0, 0) == 0"),
        Probe("take 100 GB", "import torch\ntorch.ones(100 * 10**9 // 4)"),
    )


_PTRACE = "import ctypes\nlibc = ctypes.CDLL(None)"


def probe_walls(sandbox: Sandbox) -> Iterator[Probed]:
    """Try each attack in one worker of `sandbox`."""
    with tempfile.TemporaryDirectory(prefix="autograder-probe-") as folder:
        secret = Path(folder) / "test_hidden.py"
        secret.write_text("answer = 42\n", encoding="utf-8")
        tried = probes(secret)
        cells = tuple(CodeCell(number, probe.source) for number, probe in enumerate(tried, 1))
        # The last cell proves that the worker lived through all of them.
        session = Session(
            torch, SandboxWorkers(sandbox), (*cells, CodeCell(0, "alive = True")), Budget(_SECONDS, 10 * _SECONDS)
        )
        try:
            session.begin(_SECONDS)
            alive = session.find("alive") is True
        finally:
            session.close()
        for number, probe in enumerate(tried, 1):
            problem = session.problems.get(number, "")
            yield Probed(probe.name, bool(problem) and alive, problem.split("\n")[0] or "it was allowed")
