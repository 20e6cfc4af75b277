"""The levels of isolation: which of them this machine offers, and a sandbox of the strongest or the one asked for."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.errors import AutograderError
from autograder.sandbox.gpu import CONTEXT_HOST_BYTES, Gpus, Wanted, open_gpus
from autograder.sandbox.machine import Missing, look, requirements_for_grading
from autograder.sandbox.place import OwnMachine, Place
from autograder.sandbox.slots import FIRST_UID, MOST_SLOTS
from autograder.sandbox.walled import SPARE_THREADS, WalledSandbox
from autograder.sandbox.worker import Sandbox, WorkerLimits

if TYPE_CHECKING:
    from autograder.sandbox.engine.find import Engine
    from autograder.sandbox.engine.image import Image

LEVELS = ("none", "process", "uid", "container")
"""Weakest first. "none" is never chosen: it has to be asked for."""
DEFAULT = "process"
_USERS = {"CAP_CHOWN": 0, "CAP_DAC_OVERRIDE": 1, "CAP_KILL": 5, "CAP_SETGID": 6, "CAP_SETUID": 7}
_ENCLOSING = {"CAP_SYS_ADMIN": 21}
_ZYGOTE_BYTES = 4 << 30
"""Memory of a container for what is loaded before the first fork, and for what the kernel keeps of files."""
_SPARE_BYTES = 512 << 20
"""What a worker can hold beyond its limit: pages of the zygote's that it has written to, some 200 MB, and memory of the
kernel's for pipes and sockets, some 120 MB. Where a container meets its limit, any of its workers is ended."""
_ZYGOTE_PROCESSES = 32
_REACHABLE = "import os, sys; sys.exit(not all(os.access(p, os.X_OK) for p in sys.argv[1:]))"


@dataclass(frozen=True)
class Offer:
    """A level, and what is missing for it; None where it can be had."""

    level: str
    missing: Missing | None = None


def offers() -> tuple[Offer, ...]:
    """What this machine offers, weakest first, without "none"."""
    basics = requirements_for_grading(look())
    if basics:
        return tuple(Offer(level, basics[0]) for level in LEVELS[1:])
    return (Offer("process"), Offer("uid", _missing_for_uids()), Offer("container", _missing_for_containers()))


def open_sandbox(
    preload: tuple[str, ...] = (),
    *,
    likely: tuple[str, ...] = (),
    isolation: str | None = None,
    jobs: int = 1,
    limits: WorkerLimits = WorkerLimits(),  # noqa: B008 (frozen)
    gpus: Wanted = None,
    data: Path | None = None,
) -> Sandbox:
    """A sandbox of the level named, or of the strongest that this machine offers.

    Args:
        preload: modules that are imported once, ahead of every submission.
        likely: the same, where they can be imported.
        isolation: one of LEVELS. "none" runs student code with the rights of this process.
        jobs: how many workers will run at a time.
        limits: what each will be held to; a container as a whole gets so much for each job.
        gpus: so many of the machine's, or those named by UUID or index; None: all; 0: none.
        data: a folder of public data, which every worker may read and nobody can change.

    Raises:
        AutograderError: `no-such-isolation`: the level cannot be had here; `sandbox-failed`.
    """
    level = isolation or ""
    if level != "none":
        offered = offers()
        level = level or best(offered) or DEFAULT
        missing = next(offer.missing for offer in offered if offer.level == level)
        if missing is not None:
            raise AutograderError(
                "no-such-isolation",
                f"this machine does not offer isolation by {level}",
                why=missing.cause,
                fix=missing.fix,
            )
    slots = _gpus(level, gpus)
    place = _place(level, jobs, limits, slots)
    return WalledSandbox(place, preload=preload, likely=likely, jobs=jobs, walls=level != "none", gpus=slots, data=data)


def strongest() -> str:
    """The strongest level that can be had here; "process" where none can, so that opening it says why."""
    return best(offers()) or DEFAULT


def best(offered: tuple[Offer, ...]) -> str | None:
    """The strongest level among `offered` that can be had; None where none can."""
    return next((offer.level for offer in reversed(offered) if offer.missing is None), None)


def _place(level: str, jobs: int, limits: WorkerLimits, gpus: Gpus | None) -> Callable[[Path], Place]:
    if level != "container":
        return partial(_own_machine, level)
    from autograder.sandbox.engine.place import ContainerPlace

    engine, image = _container()
    return partial(
        ContainerPlace,
        engine=engine,
        image=image,
        memory_bytes=jobs * (limits.memory_bytes + _SPARE_BYTES)
        + (gpus.count if gpus else 0) * CONTEXT_HOST_BYTES
        + _ZYGOTE_BYTES,
        processes=jobs * (limits.threads + SPARE_THREADS) + _ZYGOTE_PROCESSES,
        gpus=tuple(device.uuid for device in gpus.devices) if gpus else (),
    )


def _gpus(level: str, wanted: Wanted) -> Gpus | None:
    """The machine's GPUs; None also where containers get none, so that checks on the CPU are graded all the same."""
    gpus = open_gpus(wanted=wanted)
    if gpus is not None and level == "container":
        engine, _ = _container()
        if not engine.cdi and not engine.nvidia_runtime:
            gpus.close()
            return None
    return gpus


def _container() -> tuple[Engine, Image]:
    """The engine that answers and the image to grade in.

    Raises:
        AutograderError: there is none of either.
    """
    from autograder.sandbox.engine.find import find_engine
    from autograder.sandbox.engine.image import find_image

    engine = find_engine()
    if engine is None:
        raise AutograderError(
            "no-engine",
            "no container engine answers on this machine",
            fix="install Docker or Podman, then: autograder image build",
        )
    return engine, find_image(engine)


def _missing_for_containers() -> Missing | None:
    try:
        _container()
    except AutograderError as error:
        return Missing("container", ": ".join(filter(None, (error.what, error.why))), error.fix)
    return None


def _own_machine(level: str, scratch: Path) -> Place:
    if level != "uid":
        return OwnMachine(scratch, level)
    return OwnMachine(scratch, level, own_uids=True, enclosed=_can(_ENCLOSING))


def _missing_for_uids() -> Missing | None:
    name = "user ids"
    if os.geteuid() != 0 or not _can(_USERS):
        return Missing(
            name,
            "a user id for each worker needs root, or its rights to change user: " + ", ".join(_USERS),
            "run as root (sudo autograder grade ...), or use a container: autograder image build",
        )
    if not _maps_uids():
        return Missing(
            name,
            f"this user namespace has no ids from {FIRST_UID} to {FIRST_UID + MOST_SLOTS - 1}",
            "give the container a full range of ids, or grade outside of it",
        )
    unreadable = "" if _can(_ENCLOSING) else _unreadable()
    if unreadable:
        return Missing(
            name,
            f"other users cannot read this Python: {unreadable}",
            "install autograder where everybody may read, such as /opt/autograder",
        )
    return None


def _can(rights: dict[str, int]) -> bool:
    text = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    effective = int(text.partition("\nCapEff:\t")[2].split("\n")[0], 16)
    return all(effective >> bit & 1 for bit in rights.values())


def _maps_uids() -> bool:
    lines = (line.split() for line in Path("/proc/self/uid_map").read_text(encoding="ascii").splitlines())
    return any(
        int(first) <= FIRST_UID and int(first) + int(count) >= FIRST_UID + MOST_SLOTS for first, _, count in lines
    )


def _unreadable() -> str:
    """Where a user without rights fails at our interpreter or its packages; empty when nowhere."""
    paths = sysconfig.get_paths()
    named = sorted({paths[key] for key in ("stdlib", "platstdlib", "purelib", "platlib")} | {tempfile.gettempdir()})
    try:
        tried = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _REACHABLE, *named],
            user=FIRST_UID,
            group=FIRST_UID,
            extra_groups=[],
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{sys.executable} ({error})"
    return "" if tried.returncode == 0 else ", ".join(named)
