"""Where zygotes run: a process of this machine's own, or one inside a container. What is done with them is the same."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Protocol

from autograder.sandbox import child
from autograder.sandbox.environment import worker_environment
from autograder.sandbox.tree import START


class Running(Protocol):
    """The process that one zygote runs in."""

    control: socket.socket
    """SOCK_SEQPACKET to the zygote; descriptors travel both ways."""

    def alive(self) -> bool:
        """It runs. When it does not, none of its workers does."""

    def said(self) -> str:
        """Its last words, bounded."""

    def kill(self) -> None:
        """End it at once, and wait until it is gone."""

    def end(self) -> None:
        """Close the control socket, wait for it to leave, kill it if it stays, and remove what is left of it."""


class Place(Protocol):
    """Starts zygotes."""

    level: str
    details: dict[str, str]
    """What is recorded with the versions, such as the image's digest."""
    own_uids: bool
    """Whether a zygote there may give each worker a user id of its own."""
    work: str
    """The folder of the workers' folders, as they see it."""
    tree: str
    """The folder of worker_tree(), as they see it. Nobody there can write to it."""
    enclosure: str
    """An empty folder that becomes the root of a file system of the zygote's own; "" where it stays in the one it
    finds."""

    def start(self) -> Running:
        """Start one zygote.

        Raises:
            AutograderError: `sandbox-failed`.
        """


class _OwnProcess:
    """A zygote that is a child of this process."""

    def __init__(self, arguments: list[str], environment: dict[str, str]) -> None:
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 (closed by end())
        with theirs:
            self._process = subprocess.Popen(
                [*arguments, str(theirs.fileno())],
                env=environment,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )

    def alive(self) -> bool:
        return self._process.poll() is None

    def said(self) -> str:
        return child.said(self._log)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        with contextlib.suppress(OSError):
            self.control.close()
        child.end(self._process)
        self._log.close()


class OwnMachine:
    """Zygotes as plain child processes. Their walls are all inside the kernel's reach: nothing is needed but Linux."""

    def __init__(
        self,
        scratch: Path,
        level: str,
        *,
        own_uids: bool = False,
        enclosed: bool = False,
        before: tuple[str, ...] = (),
    ) -> None:
        """`scratch` holds tree/ and work/. `before`: a command that changes something of itself, such as its user, and
        then becomes the command that follows it."""
        self.level = level
        self._before = before
        self.details: dict[str, str] = {}
        self.own_uids = own_uids
        self.work = str(scratch / "work")
        self.enclosure = str(scratch / "root") if enclosed else ""
        for name in ("home", "root"):
            (scratch / name).mkdir(mode=0o755)
        self.tree = str(scratch / "tree")
        self._environment = worker_environment(str(scratch / "home"))

    def start(self) -> Running:
        """A zygote of this interpreter's."""
        arguments = [*self._before, sys.executable, "-P", "-s", "-c", START, self.tree, "zygote"]
        return _OwnProcess(arguments, self._environment)
