"""The supervisor's end of a worker zygote: one warm process from which workers are forked."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from autograder.errors import AutograderError
from autograder.sandbox import child
from autograder.sandbox.tree import START
from autograder.sandbox.watch import usage

_DATAGRAM = 1 << 20
_READY_SECONDS = 300.0
_FORK_SECONDS = 30.0


class Zygote:
    """One running zygote. Not safe to use from several threads at once, but for `alive`."""

    def __init__(self, tree: Path, environment: dict[str, str], preload: tuple[str, ...]) -> None:
        """Start it; it is ready when this returns.

        Raises:
            AutograderError: `sandbox-failed`, with what it said.
        """
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 (closed by close())
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-s", "-c", START, str(tree), "zygote", str(theirs.fileno())],
                env=environment,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._control.settimeout(_READY_SECONDS)
        try:
            self.versions: dict[str, str] = json.loads(self._asked({"preload": list(preload)})[0])
            self.baseline_kb = usage(self._process.pid).memory_kb
        except BaseException:
            self.close()
            raise
        self._control.settimeout(_FORK_SECONDS)

    @property
    def alive(self) -> bool:
        """It runs. When it does not, none of its workers does."""
        return self._process.poll() is None

    def fork(self, job: dict[str, Any], connection: socket.socket) -> tuple[int, int]:
        """Fork a worker for `job` that serves `connection`: its process id and a pidfd, the caller's to close.

        Raises:
            AutograderError: `sandbox-failed`; the zygote is of no use any more and has been ended.
        """
        try:
            data, descriptors = self._asked(job, connection.fileno())
        except AutograderError:
            self._process.kill()  # it may be out of step: what it answers next could belong to this job
            self._process.wait()
            raise
        return int(json.loads(data)["pid"]), descriptors[0]

    def close(self) -> None:
        """End it; its workers die with it."""
        self._control.close()
        child.end(self._process)
        self._log.close()

    def _asked(self, message: dict[str, Any], *descriptors: int) -> tuple[bytes, list[int]]:
        try:
            socket.send_fds(self._control, [json.dumps(message).encode()], descriptors)
            data, received, _, _ = socket.recv_fds(self._control, _DATAGRAM, 1)
        except OSError as error:
            raise self._failed(f"the zygote did not answer: {error}") from error
        if not data:
            raise self._failed("the zygote ended")
        return data, received

    def _failed(self, what: str) -> AutograderError:
        return AutograderError(
            "sandbox-failed",
            f"the sandbox failed: {what}",
            why=child.said(self._log) or "It said nothing.",
            fix="run `autograder doctor` to see what this machine lacks",
        )
