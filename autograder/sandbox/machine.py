"""What this machine offers to grading, and what it lacks. Looks only: starts nothing and imports no torch."""

from __future__ import annotations

import ctypes
import errno
import importlib.util
import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

OLDEST_LANDLOCK = 3
WALLS = ("architecture", "Landlock", "seccomp")
"""What is missing only where submissions are not trusted."""
ARCHITECTURES = ("x86_64", "aarch64")
_LANDLOCK_CREATE_RULESET, _VERSION_FLAG = 444, 1
_PR_SET_SECCOMP, _MODE_FILTER = 22, 2


@dataclass(frozen=True)
class Machine:
    """The facts. `landlock_abi` is 0 where Landlock is missing or switched off."""

    system: str
    architecture: str
    kernel: str
    landlock_abi: int
    seccomp: bool
    cores: int
    memory_bytes: int
    torch: bool
    gpu: bool


@dataclass(frozen=True)
class Missing:
    """One thing that grading needs and this machine has not."""

    name: str
    cause: str
    fix: str


def look() -> Machine:
    """The machine that this runs on."""
    linux = sys.platform == "linux"
    return Machine(
        system=platform.system(),
        architecture=platform.machine(),
        kernel=platform.release(),
        landlock_abi=_landlock_abi() if linux else 0,
        seccomp=_has_seccomp() if linux else False,
        cores=_cores(),
        memory_bytes=_memory_bytes(),
        torch=importlib.util.find_spec("torch") is not None,
        gpu=Path("/dev/nvidia0").exists(),
    )


def requirements_for_grading(machine: Machine) -> list[Missing]:
    """What is missing before untrusted submissions can be graded here; empty when nothing is."""
    if machine.system != "Linux":
        return [
            Missing(
                "Linux",
                f"grading needs Linux, whose kernel walls in the submissions; this is {machine.system}",
                "grade on a Linux machine, in WSL 2 or in a Linux virtual machine; "
                "`autograder check`, which students use, works here",
            )
        ]
    missing = []
    if machine.architecture not in ARCHITECTURES:
        known = " and ".join(ARCHITECTURES)
        missing.append(
            Missing("architecture", f"the walls know {known}; this is {machine.architecture}", f"grade on {known}")
        )
    if machine.landlock_abi < OLDEST_LANDLOCK:
        missing.append(_missing_landlock(machine))
    if not machine.seccomp:
        missing.append(
            Missing(
                "seccomp",
                "this kernel cannot filter system calls (it was built without CONFIG_SECCOMP_FILTER)",
                "use a distribution's own kernel",
            )
        )
    if not machine.torch:
        missing.append(Missing("torch", "PyTorch is not installed in this Python", 'pip install "autograder[grader]"'))
    return missing


def _missing_landlock(machine: Machine) -> Missing:
    if machine.landlock_abi == 0:
        return Missing(
            "Landlock",
            f"Landlock, which keeps submissions away from files, is missing or switched off (kernel {machine.kernel})",
            "use Linux 6.2 or newer and add `landlock` to the kernel's lsm= parameter; "
            "inside a container, allow the landlock system calls in its seccomp profile",
        )
    return Missing(
        "Landlock",
        f"Landlock is too old: version {machine.landlock_abi}, {OLDEST_LANDLOCK} is needed (kernel {machine.kernel})",
        "use Linux 6.2 or newer",
    )


def _landlock_abi() -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    return max(0, int(libc.syscall(_LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION_FLAG)))


def _has_seccomp() -> bool:
    """Whether filters can be installed, asked by offering none: EFAULT means yes, EINVAL no."""
    libc = ctypes.CDLL(None, use_errno=True)
    return (
        int(libc.prctl(_PR_SET_SECCOMP, ctypes.c_ulong(_MODE_FILTER), None)) == -1
        and ctypes.get_errno() == errno.EFAULT
    )


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _memory_bytes() -> int:
    """Memory of the machine; 0 where it cannot be asked for."""
    if "SC_PHYS_PAGES" not in getattr(os, "sysconf_names", {}):
        return 0
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
