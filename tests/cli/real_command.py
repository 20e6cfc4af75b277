"""The command as a user runs it: a process of its own, in a course, with a temporary folder that can be looked into."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psutil  # type: ignore[import-untyped]

COMMAND = (sys.executable, "-m", "autograder")
PATIENCE = 120.0
"""Seconds until a command counts as hung. No test measures time by it."""


def environment(course: Path) -> dict[str, str]:
    """As the tests' own, with a temporary folder inside the course."""
    (course / "tmp").mkdir(exist_ok=True)
    return {**os.environ, "TMPDIR": str(course / "tmp"), "OMP_NUM_THREADS": "1"}


def run(course: Path, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=cwd or course,
        env=environment(course),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


class Running:
    """A command under way, in a process group of its own."""

    def __init__(self, course: Path, *arguments: str) -> None:
        self.lines: list[str] = []
        self._course = course
        with (course / "stdout").open("wb") as stdout:
            self.process = subprocess.Popen(
                [*COMMAND, *arguments],
                cwd=course,
                env=environment(course),
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
        self._watchdog = threading.Timer(PATIENCE, self.process.kill)
        self._watchdog.start()

    def until(self, text: str) -> None:
        """Read stderr up to a line that holds `text`."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.append(line)
            if text in line:
                return
        raise AssertionError(f"no line with {text!r} in {self.lines}")

    def family(self) -> list[psutil.Process]:
        """The process, stopped so that it starts no more, and all its descendants."""
        self.process.send_signal(signal.SIGSTOP)
        main = psutil.Process(self.process.pid)
        return [main, *main.children(recursive=True)]

    def finish(self) -> int:
        """Read to the end; the exit code."""
        assert self.process.stderr is not None
        self.lines += self.process.stderr.readlines()
        code = self.process.wait()
        self._watchdog.cancel()
        self.process.stderr.close()
        return code


def survivors(family: list[psutil.Process]) -> list[psutil.Process]:
    """Those that have not ended by themselves after a while: a process that is warming up notices at its end."""
    return list(psutil.wait_procs([p for p in family if not is_over(p)], timeout=PATIENCE)[1])


def is_over(process: psutil.Process) -> bool:
    """It has ended, or waits only to be asked for its exit code."""
    try:
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def left_in_tmp(course: Path) -> list[str]:
    """What lies in the temporary folder, but for the one empty folder that importing torch makes."""
    return sorted(path.name for path in (course / "tmp").iterdir() if not path.name.startswith("torchinductor"))
