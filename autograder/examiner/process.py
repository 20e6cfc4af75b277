"""The supervisor's end of an examiner zygote: one warm process that has collected the checks, and forks examiners."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from autograder.course import Assignment
from autograder.errors import AutograderError, Place
from autograder.examiner import messages as m
from autograder.sandbox import child

_READY_SECONDS = 300.0


class ExaminerZygote:
    """One running zygote. Not safe to use from several threads at once, but for `said`."""

    def __init__(self, assignment: Assignment) -> None:
        """Start it; the checks are collected when this returns.

        Raises:
            AutograderError: `broken-checks`: they cannot be collected; or `examiner-failed`.
        """
        self._assignment = assignment
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 (closed by close())
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "autograder.examiner.zygote", str(theirs.fileno())],
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._control.settimeout(_READY_SECONDS)
        folders = [str(assignment.public), str(assignment.hidden)]
        ready, _ = self._asked(m.Prepare(folders, list(assignment.manifest.environment.preload)))
        if isinstance(ready, m.Refused):
            raise AutograderError(
                "broken-checks",
                f"the checks of {assignment.slug} cannot be collected",
                where=Place(str(assignment.root)),
                why=f"{ready.what}\n{self.said}".strip(),
                fix="mend the check named above; nothing was graded",
            )
        assert isinstance(ready, m.Ready)
        self.checks: tuple[m.Check, ...] = tuple(ready.checks)
        self.versions = ready.versions

    @property
    def alive(self) -> bool:
        """It runs."""
        return self._process.poll() is None

    @property
    def said(self) -> str:
        """The last words of it and its examiners."""
        return child.said(self._log)

    def fork(self, job: socket.socket) -> int:
        """Have an examiner serve `job`; its pidfd, which is the caller's to close.

        Raises:
            AutograderError: `examiner-failed`; the zygote is of no use any more and has been ended.
        """
        try:
            _, (pidfd,) = self._asked(m.Fork(), job.fileno())
        except AutograderError:
            self._process.kill()  # it may be out of step: what it answers next could belong to this job
            self._process.wait()
            raise
        return pidfd

    def close(self) -> None:
        """End the process."""
        self._control.close()
        child.end(self._process)
        self._log.close()

    def _asked(self, message: m.Message, *descriptors: int) -> tuple[m.Message, list[int]]:
        try:
            m.send(self._control, message, descriptors)
            return m.receive(self._control)
        except (OSError, EOFError) as error:
            raise AutograderError(
                "examiner-failed",
                f"the examiner of {self._assignment.slug} failed: {error}",
                why=self.said or "It said nothing.",
                fix="run `autograder doctor`; if it finds nothing, report what is shown above",
            ) from error


def _environment() -> dict[str, str]:
    """The examiner's own: pinned where it decides results."""
    package_root = str(Path(__file__).resolve().parent.parent.parent)
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "PYTHON"))}
    return kept | {
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": package_root,
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MPLBACKEND": "Agg",
        "CUDA_VISIBLE_DEVICES": "",
    }
