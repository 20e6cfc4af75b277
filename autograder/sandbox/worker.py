"""What every sandbox offers: a worker behind one socket, and an answer to why it ended."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class WorkerLimits:
    """What one worker may use."""

    memory_bytes: int = 2 << 30
    threads: int = 64
    disk_bytes: int = 256 << 20
    cpu_seconds: int = 600
    open_files: int = 256
    output_chars: int = 64 << 10
    gpu_bytes: int = 0
    """Memory of its GPU, where it has one; 0: all of it."""


class Worker(Protocol):
    """One running worker. Whoever started it ends it."""

    connection: socket.socket

    def end(self) -> tuple[str, str] | None:
        """End the worker if it runs, remove all that is left of it, and say which limit had ended it:
        a finding's reason and words for people; None where none had. "platform" where the sandbox itself died."""


class Sandbox(Protocol):
    """Starts workers behind walls of one kind."""

    level: str
    """The isolation in effect, as recorded with every attempt."""
    versions: dict[str, str]
    """Versions of python and torch inside."""
    gpu_slots: int
    """How many workers can have a GPU of their own at a time; 0 where there is none."""

    def start(self, files: tuple[tuple[str, bytes], ...], limits: WorkerLimits, seed: int, gpu: bool = False) -> Worker:
        """A fresh worker whose work folder holds `files`. `gpu`: with a GPU; waits until one is free.

        Raises:
            AutograderError: `sandbox-failed`; the platform's fault, never the student's.
        """

    def close(self) -> None:
        """End everything that this sandbox started."""
