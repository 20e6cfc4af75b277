"""What a submission could leave on the machine: processes, files, shared memory, semaphores, queues."""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

PATIENCE_SECONDS = 20.0
"""How long what is about to go may take to be gone."""


@dataclass(frozen=True)
class Traces:
    """One look at the machine: each thing with a word that names it."""

    processes: frozenset[str]
    files: frozenset[str]
    shared: frozenset[str]

    def beyond(self, before: Traces) -> list[str]:
        """What there is now and was not before."""
        return sorted(
            f"{word}: {thing}"
            for word, now, then in (
                ("process", self.processes, before.processes),
                ("file", self.files, before.files),
                ("shared memory", self.shared, before.shared),
            )
            for thing in now - then
        )

    def missing(self, before: Traces) -> list[str]:
        """Files that were there before, and are not there, or not as they were."""
        return sorted(f"changed: {thing}" for thing in before.files - self.files)


def look(scratch: Path, *others: Path) -> Traces:
    """What there is now of a grader whose files lie below `scratch`, and of `others`, folders of the host."""
    return Traces(
        processes=frozenset(_processes(str(scratch))),
        files=frozenset(line for folder in (scratch, *others) for line in _files(folder)),
        shared=frozenset((*_names("/dev/shm"), *_names("/dev/mqueue"), *_system_v())),
    )


def left_over(before: Traces, look_again: Callable[[], Traces]) -> list[str]:
    """What is more than `before`, and stays."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        now = look_again()
        left = now.beyond(before) + now.missing(before)
        if not left or time.monotonic() > end:
            return left
        time.sleep(0.05)


def _processes(scratch: str) -> Iterable[str]:
    """Processes that descend from this one, or whose environment leads to `scratch`."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with contextlib.suppress(OSError):
                fields = (folder / "stat").read_bytes().rpartition(b")")[2].split()
                parents[int(folder.name)] = int(fields[1])
    own = {os.getpid()}
    while True:
        more = {pid for pid, parent in parents.items() if parent in own} - own
        if not more:
            break
        own |= more
    for pid in parents.keys() - {os.getpid()}:
        if pid in own or _environment_has(pid, scratch):
            yield f"{pid} {_name(pid)}"


def _environment_has(pid: int, scratch: str) -> bool:
    try:
        return scratch.encode() in Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return False


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text(errors="replace").strip()
    except OSError:
        return "?"


def _files(folder: Path) -> Iterable[str]:
    """Every file and folder with its mode, size and content."""
    for root, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(root, name)
            with contextlib.suppress(FileNotFoundError):
                found = path.lstat()
                content = hashlib.sha256(path.read_bytes()).hexdigest()[:12] if _is_plain(path) else ""
                yield f"{path} {found.st_mode:o} {content}"


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and path.stat().st_size < 1 << 24


def _names(folder: str) -> Iterable[str]:
    with contextlib.suppress(OSError):
        yield from map(str, Path(folder).iterdir())


def _system_v() -> Iterable[str]:
    for kind in ("shm", "sem", "msg"):
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/sysvipc/{kind}").read_text().splitlines()[1:]:
                key, number = line.split()[:2]
                yield f"System V {kind} {key} {number}"
