"""Level 0, no walls at all: a student's own code on their own machine, in a process of its own. Never for grading."""

from __future__ import annotations

import hmac
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from autograder.errors import AutograderError
from autograder.sandbox.tree import START, worker_tree
from autograder.sandbox.worker import WorkerLimits

_START_SECONDS = 120.0


class OwnWorker:
    """A plain child process and the socket to it."""

    def __init__(self, connection: socket.socket, process: subprocess.Popen[bytes]) -> None:
        self.connection = connection
        self._process = process

    def end(self) -> None:
        """Stop the process."""
        self.connection.close()
        self._process.kill()
        self._process.wait()


class OwnSandbox:
    """Starts plain processes in `folder`, where the student's files lie. Works on Linux, macOS and Windows."""

    level = "none"
    gpu_slots = 0
    """None is leased: the student's own code sees what GPUs the machine has."""

    def __init__(self, folder: Path) -> None:
        self.versions = {"python": sys.version.split()[0]}
        self._folder = folder
        self._scratch = Path(tempfile.mkdtemp(prefix="autograder-"))
        self._tree = worker_tree(self._scratch / "tree")

    def start(
        self, files: tuple[tuple[str, bytes], ...], limits: WorkerLimits, seed: int, gpu: bool = False
    ) -> OwnWorker:
        """Start a process. `files` lie in the folder already; `seed` and the limits but output are not applied."""
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            arguments = [START, str(self._tree), "alone", str(port), str(limits.output_chars)]
            process = subprocess.Popen(
                [sys.executable, "-P", "-c", *arguments],
                cwd=self._folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,  # what cells print is caught inside; the rest would mix with the report
            )
            token = secrets.token_hex(32).encode() + b"\n"
            assert process.stdin is not None
            process.stdin.write(token)
            process.stdin.close()
            return OwnWorker(_accept(server, token, process), process)

    def close(self) -> None:
        """Remove the copied code."""
        shutil.rmtree(self._scratch, ignore_errors=True)


def _accept(server: socket.socket, token: bytes, process: subprocess.Popen[bytes]) -> socket.socket:
    """The connection that knows the token: any program of this machine could have connected."""
    server.settimeout(1.0)
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            connection, _ = server.accept()
        except TimeoutError:
            continue
        connection.settimeout(5.0)
        with connection.makefile("rb", buffering=0) as reader:
            said = reader.read(len(token)) or b""
        if hmac.compare_digest(said, token):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return connection
        connection.close()
    process.kill()
    raise AutograderError(
        "worker-failed",
        "the process for your code did not start",
        why="It ended, or did not connect to this one in time.",
        fix="check that `python -c 'import torch'` works in this environment",
    )
