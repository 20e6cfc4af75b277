"""Where the workers of a session come from."""

from __future__ import annotations

import socket
from typing import Protocol

from autograder.sandbox.worker import Sandbox, Worker, WorkerLimits


class Workers(Protocol):
    """Where workers come from: the supervisor in a batch, a sandbox in the terminal."""

    def start(self, gpu: bool) -> socket.socket:
        """A connection to a fresh worker, one with a GPU of its own where `gpu` says so. Raises Lost."""

    def end(self) -> tuple[str, str] | None:
        """End the last worker; the limit that had ended it (reason, words), if one had."""


class SandboxWorkers:
    """Workers of one sandbox in this process, with no files of their own and the usual limits: in the terminal, and
    when walls are tried."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._worker: Worker | None = None

    def start(self, gpu: bool) -> socket.socket:
        """A connection to a fresh worker. `gpu` is never asked for: there are no slots here."""
        del gpu
        self._worker = self._sandbox.start((), WorkerLimits(), 0)
        return self._worker.connection

    def end(self) -> tuple[str, str] | None:
        """End the last worker; the limit that had ended it, if one had."""
        return self._worker.end() if self._worker is not None else None
