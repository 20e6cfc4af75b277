"""The supervisor's end of a worker zygote: one warm process from which workers are forked."""

from __future__ import annotations

import json
import os
import re
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.errors import AutograderError
from autograder.sandbox.place import Place
from autograder.sandbox.watch import usage

_DATAGRAM = 1 << 20
_READY_SECONDS = 300.0
_FORK_SECONDS = 30.0
_PID = re.compile(r"^Pid:\s+(\d+)$", re.MULTILINE)


@dataclass(frozen=True)
class Forked:
    """A worker as this process sees it: `pid` is this machine's number for it, whatever the container calls it; 0
    where it has ended already. The pidfd is the caller's to close."""

    pid: int
    pidfd: int


class Zygote:
    """One running zygote. Not safe to use from several threads at once, but for `alive`."""

    def __init__(self, place: Place, preload: tuple[str, ...], walls: bool, likely: tuple[str, ...]) -> None:
        """Start it; it is ready when this returns. Without `walls` its workers are locked in by nothing.

        Raises:
            AutograderError: `sandbox-failed`, with what it said.
        """
        self._running = place.start()
        self._control = self._running.control
        self._control.settimeout(_READY_SECONDS)
        try:
            settings = {
                "preload": list(preload),
                "likely": list(likely),
                "work": place.work,
                "enclosure": place.enclosure if walls else "",
                "walls": walls,
            }
            data, descriptors = self._asked(settings)
            self.versions: dict[str, str] = json.loads(data)
            self._pid = _known_here(descriptors)
        except BaseException:
            self.close()
            raise
        self._control.settimeout(_FORK_SECONDS)

    @property
    def alive(self) -> bool:
        """It runs. When it does not, none of its workers does."""
        return self._running.alive()

    @property
    def baseline_kb(self) -> int:
        """What its workers share with it. It grows a little when it rehearses."""
        return usage(self._pid).memory_kb

    def fork(self, job: dict[str, Any], connection: socket.socket) -> Forked:
        """Fork a worker for `job` that serves `connection`.

        Raises:
            AutograderError: `sandbox-failed`; the zygote is of no use any more and has been ended.
        """
        try:
            _, (pidfd,) = self._asked(job, connection.fileno())
        except AutograderError:
            self._running.kill()  # it may be out of step: what it answers next could belong to this job
            raise
        return Forked(_pid_of(pidfd), pidfd)

    def said(self) -> str:
        """The end of what it and its children said: workers that could not be locked in. Student code says nothing
        there."""
        return self._running.said()

    def close(self) -> None:
        """End it; its workers die with it."""
        self._running.end()

    def _asked(self, message: dict[str, Any], *descriptors: int) -> tuple[bytes, list[int]]:
        """Its answer, which comes with one descriptor."""
        try:
            socket.send_fds(self._control, [json.dumps(message).encode()], descriptors)
            data, received, _, _ = socket.recv_fds(self._control, _DATAGRAM, 1)
        except OSError as error:
            raise self._failed(f"the zygote did not answer: {error}") from error
        if not data or len(received) != 1:
            raise self._failed("the zygote ended")
        return data, received

    def _failed(self, what: str) -> AutograderError:
        return AutograderError(
            "sandbox-failed",
            f"the sandbox failed: {what}",
            why=self._running.said() or "It said nothing.",
            fix="run `autograder doctor` to see what this machine lacks",
        )


def _known_here(descriptors: list[int]) -> int:
    """The number of the process that a pidfd stands for; closes it."""
    (pidfd,) = descriptors
    try:
        return _pid_of(pidfd)
    finally:
        os.close(pidfd)


def _pid_of(pidfd: int) -> int:
    """A process in a container has another number there than here; the kernel tells ours."""
    found = _PID.search(Path(f"/proc/self/fdinfo/{pidfd}").read_text(encoding="ascii"))
    return int(found[1]) if found else 0
