"""What a submission could leave on the machine: processes, files, shared memory, semaphores, queues."""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

PATIENCE_SECONDS = 20.0
"""How long what is about to go may take to be gone."""
_LONGEST = 3000
"""Characters of a path below which nothing more is looked for: what is left so deep has left its upper part too."""
_SHARED = ("/dev/shm", "/dev/mqueue", "/tmp", "/var/tmp", "/run")
_BUSY = ("/tmp", "/var/tmp", "/run")
"""Folders in which, on the host, everybody writes all the time."""
_ENGINES = ("dockerd", "docker-", "containerd", "runc", "conmon")
_NOT_OURS = "libpod_"
"""What Podman, at work beside the tests, keeps in /dev/shm."""


@dataclass(frozen=True)
class Traces:
    """One look at the machine: each thing with a word that names it."""

    processes: frozenset[str]
    files: frozenset[str]
    shared: frozenset[str]
    used: frozenset[str]
    """Of `shared`, what somebody alive made or is attached to: a browser, say. Who of ours lives is a process."""
    held: frozenset[str]
    """Descriptors and threads of the grader's own processes, leases among them."""

    def beyond(self, before: Traces) -> list[str]:
        """What there is now and was not before."""
        return sorted(
            f"{word}: {thing}"
            for word, now, then in (
                ("process", self.processes, before.processes),
                ("file", self.files, before.files),
                ("shared memory", self.shared - self.used, before.shared),
                ("held", self.held, before.held),
            )
            for thing in now - then
        )

    def missing(self, before: Traces) -> list[str]:
        """Files that were there before, and are not there, or not as they were."""
        return sorted(f"changed: {thing}" for thing in before.files - self.files)


def look(scratch: Path, *others: Path) -> Traces:
    """What there is now of a grader whose files lie below `scratch`, and of `others`, folders of the host."""
    processes = _processes(str(scratch))
    # A zygote may have a file system of its own.
    roots = {"": ""} | {f"/proc/{pid}/root": f"root of {label}: " for pid, label in processes.items()}
    shared = (label + name for root, label in roots.items() for folder in _SHARED for name in _names(root, folder))
    system_v = dict(_system_v())
    return Traces(
        processes=frozenset(_numbered(processes.values())),
        files=frozenset(line for folder in (scratch, *others) for line in _files(folder)),
        shared=frozenset((*shared, *system_v)),
        used=frozenset(name for name, used in system_v.items() if used),
        held=frozenset(_held({os.getpid(): "this one"} | processes)),
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


def _processes(scratch: str) -> dict[int, str]:
    """Processes that descend from this one, or whose environment or mounts lead to `scratch`, and how they are known.

    Children of ours' children go by their parents: a zygote has one that waits for work, each time another.
    """
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
    others = parents.keys() - {os.getpid()}
    found = {pid for pid in others if (pid in own or _leads_to(pid, scratch)) and not _is_engine(pid)}
    return {pid: f"child of {parents[pid]}" if parents[pid] in found else f"{pid} {_name(pid)}" for pid in found}


def _numbered(things: Iterable[str]) -> Iterable[str]:
    """The first, second, ... of each: which one is whose cannot be told, only that there is one more."""
    return (f"{thing}, number {n}" for thing, count in Counter(things).items() for n in range(1, count + 1))


def _is_engine(pid: int) -> bool:
    """Whether a process is part of a container engine that the tests started. Its program cannot be feigned."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/exe").readlink().name.startswith(_ENGINES)
    return False


def _leads_to(pid: int, scratch: str) -> bool:
    """Whether a process knows the scratch folder: a zygote, a container, a worker, or what they left."""
    for part in ("environ", "mountinfo"):
        with contextlib.suppress(OSError):
            if scratch.encode() in Path(f"/proc/{pid}/{part}").read_bytes():
                return True
    return False


def _held(processes: dict[int, str]) -> Iterable[str]:
    """Descriptors and threads, as many as each has."""
    parts: list[str] = []
    for pid, label in processes.items():
        for part in ("fd", "task"):
            with contextlib.suppress(OSError):
                parts += [f"{part} of {label}" for _ in Path(f"/proc/{pid}/{part}").iterdir()]
    return _numbered(parts)


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text(errors="replace").strip()
    except OSError:
        return "?"


def _files(top: Path) -> Iterable[str]:
    """Every file and folder with its mode and content. However deep, so without recursion."""
    pending = [str(top)]
    while pending:
        try:
            with os.scandir(pending.pop()) as entries:
                for entry in entries:
                    with contextlib.suppress(FileNotFoundError):
                        yield f"{entry.path[:300]} {entry.stat(follow_symlinks=False).st_mode:o} {_content(entry)}"
                        if entry.is_dir(follow_symlinks=False) and len(entry.path) < _LONGEST:
                            pending.append(entry.path)
        except FileNotFoundError:
            continue


def _content(entry: os.DirEntry[str]) -> str:
    if not entry.is_file(follow_symlinks=False) or entry.stat().st_size > 1 << 24:
        return ""
    return hashlib.sha256(Path(entry.path).read_bytes()).hexdigest()[:12]


def _names(root: str, folder: str) -> Iterable[str]:
    with contextlib.suppress(OSError):
        inside, host = Path(root + folder), Path(folder)
        if (root and inside.samefile(host)) or (not root and folder in _BUSY):
            return
        yield from (f"{folder}/{path.name}" for path in inside.iterdir() if not path.name.startswith(_NOT_OURS))


def _system_v() -> Iterable[tuple[str, bool]]:
    """Each object, and whether it is shared memory that somebody alive uses.

    All are told: by its maker's number, which is given out anew, an old one would seem to be used once and then left.
    """
    for kind in ("shm", "sem", "msg"):
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/sysvipc/{kind}").read_text().splitlines()[1:]:
                fields = line.split()
                used = kind == "shm" and (Path(f"/proc/{fields[4]}").exists() or fields[6] != "0")
                yield f"System V {kind} {fields[0]} {fields[1]}", used
