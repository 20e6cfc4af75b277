"""The limits that the kernel does not hold for one process: memory in all its forms, threads, CPU time, and disk.

One thread looks at every worker and ends, through its pidfd, one that takes more than it may.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import select
import signal
import stat
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from autograder.wire.ring import RING_BYTES

PERIOD = 0.02
"""Seconds between two looks at memory and threads: at most some ten MB grow in between."""
FOLDER_EVERY = 12
"""The folder and the CPU time are looked at every so many periods, a quarter of a second."""
MOST_FILES = 5_000
DEEPEST = 40

OUT_OF_MEMORY, LIMIT, TIMEOUT = "out_of_memory", "limit", "timeout"
_MEMORY = ("RssAnon", "RssShmem", "VmSwap", "VmPTE")
_STATUS_BYTES = 8192


@dataclass(frozen=True)
class WatchLimits:
    """What one worker may use. Memory is what it takes beyond its baseline."""

    memory_bytes: int
    threads: int
    folder_bytes: int
    cpu_seconds: float


@dataclass(frozen=True)
class Usage:
    """One look at a process. Memory counts page tables and swap as well: both can be grown on purpose."""

    memory_kb: int
    threads: int


@dataclass(eq=False)
class Watched:
    """One worker under watch. `killed_for` is (reason, message for people) once the watch has ended it."""

    pid: int
    pidfd: int
    limits: WatchLimits
    folder: str
    baseline_kb: int
    status_fd: int
    stat_fd: int
    killed_for: tuple[str, str] | None = None
    peak_kb: int = 0
    """The most memory seen beyond the baseline."""
    cpu_seconds: float = 0.0
    gone: bool = field(default=False, repr=False)


class Watch:
    """Watches any number of workers from one thread, which lives while there is something to watch.

    `add` and `remove` may be called from any thread. After `remove` the pidfd is not touched any more.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._watched: list[Watched] = []
        self._thread: threading.Thread | None = None

    def add(self, pid: int, pidfd: int, limits: WatchLimits, folder: str, baseline_kb: int) -> Watched:
        """Watch a worker from now on.

        Args:
            pid: the worker's process id.
            pidfd: through which it is killed; stays the caller's.
            limits: what it may use.
            folder: its work folder.
            baseline_kb: `usage(zygote).memory_kb`, the memory that it shares with the zygote.

        Raises:
            ProcessLookupError: it has ended already.
        """
        try:
            status_fd = os.open(f"/proc/{pid}/status", os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            raise ProcessLookupError(f"process {pid} has ended already") from None
        stat_fd = os.open(f"/proc/{pid}/stat", os.O_RDONLY | os.O_CLOEXEC)
        if select.select([pidfd], [], [], 0)[0]:  # the number may be another process's by now
            os.close(status_fd)
            os.close(stat_fd)
            raise ProcessLookupError(f"process {pid} has ended already")
        watched = Watched(pid, pidfd, limits, folder, baseline_kb, status_fd, stat_fd)
        with self._lock:
            self._watched.append(watched)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
                self._thread.start()
        return watched

    def remove(self, watched: Watched) -> None:
        """Stop watching a worker. A second call does nothing."""
        with self._lock:
            if watched in self._watched:
                self._watched.remove(watched)
                os.close(watched.status_fd)
                os.close(watched.stat_fd)

    def _run(self) -> None:
        turn = 0
        while True:
            with self._lock:
                if not self._watched:
                    self._thread = None
                    return
                for watched in self._watched:
                    if not watched.gone and watched.killed_for is None:
                        _guarded_look(watched, thoroughly=turn % FOLDER_EVERY == 0)
            turn += 1
            time.sleep(PERIOD)


def usage(pid: int) -> Usage:
    """What a process uses now.

    Raises:
        OSError: there is no such process.
    """
    status_fd = os.open(f"/proc/{pid}/status", os.O_RDONLY | os.O_CLOEXEC)
    try:
        return _usage(status_fd)
    finally:
        os.close(status_fd)


def folder_bytes(folder: str) -> int:
    """Disk space of all files in a folder, links not followed.

    Raises:
        OverflowError: more than `MOST_FILES` files, folders deeper than `DEEPEST`, or one that cannot be listed.
    """
    try:
        return _below(folder, None, 0, itertools.count(1))
    except OSError:
        raise OverflowError("a folder that cannot be listed") from None


def _below(name: str, parent: int | None, depth: int, files: Iterator[int]) -> int:
    """By descriptors, not by paths: a path may be longer than the system takes, or lead elsewhere by the next look."""
    if depth > DEEPEST:
        raise OverflowError(f"folders nested more than {DEEPEST} deep")
    total = 0
    folder = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=parent)
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if next(files) > MOST_FILES:
                    raise OverflowError(f"more than {MOST_FILES} files")
                with contextlib.suppress(FileNotFoundError, NotADirectoryError):  # removed since it was listed
                    found = entry.stat(follow_symlinks=False)
                    total += found.st_blocks * 512
                    if stat.S_ISDIR(found.st_mode):
                        total += _below(entry.name, folder, depth + 1, files)
    finally:
        os.close(folder)
    return total


def _nameless_bytes(pid: int) -> int:
    """Disk space of files that have no name any more, and are kept by being open or mapped. Only root may look at the
    descriptors and maps of a process that is not dumpable: elsewhere nothing but the limits on files bounds these.

    Memory of no file counts as well, but for what a worker shares with its examiner."""
    sizes: dict[tuple[int, int], int] = {}
    shared = 0
    with contextlib.suppress(PermissionError, FileNotFoundError, ProcessLookupError):
        for kept in (*Path(f"/proc/{pid}/fd").iterdir(), *_deleted_maps(pid)):
            with contextlib.suppress(FileNotFoundError):  # closed since
                found = kept.stat()
                if stat.S_ISREG(found.st_mode) and found.st_nlink == 0:
                    sizes[found.st_dev, found.st_ino] = found.st_blocks * 512
                    if str(kept.readlink()).startswith("/memfd:"):
                        shared = RING_BYTES
    return max(0, sum(sizes.values()) - shared)


def _deleted_maps(pid: int) -> Iterator[Path]:
    """The maps of files that were removed, as links to them.

    Raises:
        OverflowError: more than `MOST_FILES`.
    """
    found = 0
    with Path(f"/proc/{pid}/maps").open("rb") as maps:
        for line in maps:
            if line.endswith(b" (deleted)\n"):
                found += 1
                if found > MOST_FILES:
                    raise OverflowError(f"more than {MOST_FILES} files")
                first, last = (int(address, 16) for address in line.split(b" ", 1)[0].split(b"-"))
                yield Path(f"/proc/{pid}/map_files/{first:x}-{last:x}")


def _guarded_look(watched: Watched, thoroughly: bool) -> None:
    """A worker that cannot be looked at is ended: whatever it did, it must not be the last one that was watched."""
    try:
        _look(watched, thoroughly)
    except Exception as error:
        _kill(watched, (LIMIT, f"what it uses could not be told ({type(error).__name__})"))


def _look(watched: Watched, thoroughly: bool) -> None:
    try:
        seen = _usage(watched.status_fd)
        if thoroughly:
            watched.cpu_seconds = _cpu_seconds(watched.stat_fd)
    except ProcessLookupError:
        watched.gone = True
        return
    watched.peak_kb = max(watched.peak_kb, seen.memory_kb - watched.baseline_kb)
    found = _excess(watched, seen) or (_slow_excess(watched) if thoroughly else None)
    if found is not None:
        _kill(watched, found)


def _kill(watched: Watched, why: tuple[str, str]) -> None:
    watched.killed_for = why
    try:
        signal.pidfd_send_signal(watched.pidfd, signal.SIGKILL)
    except ProcessLookupError:
        watched.gone = True


def _excess(watched: Watched, seen: Usage) -> tuple[str, str] | None:
    limits = watched.limits
    if (seen.memory_kb - watched.baseline_kb) * 1024 > limits.memory_bytes:
        return OUT_OF_MEMORY, f"more than {limits.memory_bytes >> 20} MB of memory was used"
    if seen.threads > limits.threads:
        return LIMIT, f"more than {limits.threads} threads were started"
    return None


def _slow_excess(watched: Watched) -> tuple[str, str] | None:
    if watched.cpu_seconds > watched.limits.cpu_seconds:
        return (
            TIMEOUT,
            f"more than {watched.limits.cpu_seconds:g} s of processor time was used, by all threads together",
        )
    most = watched.limits.folder_bytes
    try:
        used = folder_bytes(watched.folder) + _nameless_bytes(watched.pid)
    except OverflowError as excess:
        return LIMIT, f"the work folder holds {excess}"
    if used > most:
        return LIMIT, f"more than {most >> 20} MB were written to disk"
    return None


def _usage(status_fd: int) -> Usage:
    # The name of the process comes first, is the student's to choose, and is escaped by the kernel: one line.
    lines = os.pread(status_fd, _STATUS_BYTES, 0).decode("ascii", "replace").split("\n")[1:]
    fields = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
    memory_kb = sum(int(fields[name].split()[0]) for name in _MEMORY if name in fields)
    return Usage(memory_kb, int(fields["Threads"]))


def _cpu_seconds(stat_fd: int) -> float:
    # The name is in parentheses and may hold some itself.
    fields = os.pread(stat_fd, _STATUS_BYTES, 0).rpartition(b")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
