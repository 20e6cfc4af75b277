"""A real container engine for tests: the one that answers, or Debian's Docker, started here and stopped afterwards.

All that our own one keeps lies in .engine/ of the checkout. Its images stay there, so that only the first run pays.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.errors import AutograderError
from autograder.sandbox.engine.find import Engine, find_engine

HERE = Path(__file__).resolve().parents[2] / ".engine"
_SOCKET = HERE / "docker.sock"
_PID = HERE / "docker.pid"
_PATIENCE = 60.0


class NoEngine(Exception):
    """Why there is none, and what would change that."""


@contextlib.contextmanager
def answering() -> Iterator[Engine]:
    """An engine for as long as the block lasts.

    Raises:
        NoEngine: this machine has none, and we cannot start one.
    """
    engine = _found()
    if engine is not None:
        yield engine
        return
    why_not = _cannot_start()
    if why_not:
        raise NoEngine(why_not)
    with _own_daemon():
        engine = _own_engine()
        assert engine is not None
        yield engine


@contextlib.contextmanager
def named(engine: Engine) -> Iterator[None]:
    """DOCKER_HOST names that engine, so that commands and whatever looks for one here find it."""
    with _docker_host(engine.socket):
        yield


def _found() -> Engine | None:
    try:
        return find_engine()
    except AutograderError:
        return None


def _cannot_start() -> str:
    if os.geteuid() != 0:
        return "no container engine answers, and only root can start one: install and start Docker or Podman"
    if shutil.which("dockerd") is None:
        return "no container engine answers, and dockerd is not installed: sh tests/install-debian.sh docker.io"
    return ""


@contextlib.contextmanager
def _own_daemon() -> Iterator[None]:
    """Our dockerd runs as long as any test session uses it: each holds a shared lock, the last one stops it."""
    HERE.mkdir(exist_ok=True)
    with (HERE / "change.lock").open("w") as change, (HERE / "users.lock").open("w") as users:
        with _locked(change):
            if not _answers():
                _stop()
                _start()
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield
        finally:
            with _locked(change), contextlib.suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_UN)
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _stop()


@contextlib.contextmanager
def _locked(file: object) -> Iterator[None]:
    fcntl.flock(file, fcntl.LOCK_EX)  # type: ignore[arg-type]
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)  # type: ignore[arg-type]


def _start() -> None:
    """No network: neither our build nor our containers have any, so neither a bridge nor iptables is needed."""
    command = ["dockerd", "--iptables=false", "--ip6tables=false", "--bridge=none", "--host", f"unix://{_SOCKET}"]
    folders = ["--data-root", str(HERE / "data"), "--exec-root", str(HERE / "exec"), "--pidfile", str(_PID)]
    with (HERE / "dockerd.log").open("wb") as log:
        process = subprocess.Popen([*command, *folders], stdout=log, stderr=log, start_new_session=True)
    deadline = time.monotonic() + _PATIENCE
    while not _answers():
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            said = (HERE / "dockerd.log").read_text(encoding="utf-8", errors="replace").strip().splitlines()
            raise NoEngine(f"dockerd does not start on this machine: {said[-1] if said else 'it said nothing'}")
        time.sleep(0.05)


def _own_engine() -> Engine | None:
    with _docker_host(str(_SOCKET)):
        return _found()


def _answers() -> bool:
    return _own_engine() is not None


def _stop() -> None:
    """End the daemon of the pid file, if that process is one, and what it has started."""
    with contextlib.suppress(FileNotFoundError, ValueError, ProcessLookupError):
        pid = int(_PID.read_text(encoding="ascii"))
        if Path(f"/proc/{pid}/comm").read_text(encoding="ascii").strip() != "dockerd":
            return
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + _PATIENCE
        while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
            time.sleep(0.05)


@contextlib.contextmanager
def _docker_host(socket: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOCKER_HOST", f"unix://{socket}")
        yield
