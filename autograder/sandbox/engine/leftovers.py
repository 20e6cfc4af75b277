"""Containers of supervisors that were killed. A label tells whose each is; those of the living are never touched."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from autograder.sandbox.engine.find import Engine

OWNER_LABEL = "autograder.supervisor"
_START_TIME = 19  # the field of /proc/PID/stat behind the program's name that says when the process started


def owner() -> str:
    """This process, told apart from every other that has had or will have its number: namespace, boot, pid, start."""
    pid = os.getpid()
    return f"{_here()} {pid} {_started(pid)}"


def remove_leftovers(engine: Engine) -> int:
    """Remove the containers whose supervisor is gone, and say how many there were."""
    from docker.errors import APIError

    removed = 0
    for container in engine.client.containers.list(all=True, filters={"label": OWNER_LABEL}, ignore_removed=True):
        if _is_gone(str(container.labels.get(OWNER_LABEL, ""))):
            with contextlib.suppress(APIError):  # another supervisor removes it at this moment
                container.remove(force=True)
                removed += 1
    return removed


def _is_gone(label: str) -> bool:
    """Whether that supervisor is known to have ended. Of another namespace's processes nothing is known from here."""
    namespace, boot, pid, started = (label.split() + [""] * 4)[:4]
    if boot != _boot():
        return bool(boot)
    return f"{namespace} {boot}" == _here() and started != _started(int(pid))


def _here() -> str:
    return f"{os.readlink('/proc/self/ns/pid')} {_boot()}"  # noqa: PTH115 (names no path)


def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()


def _started(pid: int) -> str:
    """When that process started, in ticks since the boot; "" where there is none."""
    try:
        return (
            Path(f"/proc/{pid}/stat")
            .read_text(encoding="utf-8", errors="replace")
            .rpartition(")")[2]
            .split()[_START_TIME]
        )
    except OSError:
        return ""
