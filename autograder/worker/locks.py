"""The locks of one worker, put on in the forked child before the first line of student code. There is no way back.

Level 1 of the walls: needs no rights at all. Every step raises when it fails, and the child must then exit.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
from collections.abc import Callable
from dataclasses import dataclass

from autograder.worker import seccomp
from autograder.worker.landlock import Landlock
from autograder.worker.syscalls import numbers

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_CAPBSET_READ, _PR_CAPBSET_DROP = 1, 4, 23, 24
_PR_SET_SECUREBITS, _PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT, _AMBIENT_CLEAR_ALL = 28, 38, 47, 4
_ROOT_IS_NOBODY_LOCKED = 0b1111
_CAPABILITY_VERSION_3 = 0x20080522
_CAP_SETPCAP = 8
_LAST_DESCRIPTOR = 0xFFFFFFFF
_STACK_BYTES = 8 << 20
_PENDING_SIGNALS = 1024


@dataclass(frozen=True)
class Locks:
    """What one worker may use; everything else is refused.

    Args:
        read: files and folders that it may read, with all that lies below, besides those that all may. They must exist.
        write: folders in which it may also write, make and remove.
        memory_bytes: private memory beyond what the zygote already holds.
        file_bytes: the largest size of one file.
        open_files: the number of open descriptors.
        cpu_seconds: CPU time over all threads; SIGXCPU then, SIGKILL a second later.
        keep_fds: open descriptors to keep besides 0, 1 and 2.
        uid: a user and group id of the worker's own; None to stay who the zygote is.
        threads: threads of that user. Counted by the kernel for a user, so only where it has one of its own.
        devices: nodes of the worker's own GPU; empty: none.
        cores: the processor cores that it runs on; empty: all. It cannot leave them.
    """

    read: tuple[str, ...]
    write: tuple[str, ...]
    memory_bytes: int
    file_bytes: int
    open_files: int
    cpu_seconds: int
    keep_fds: tuple[int, ...]
    uid: int | None = None
    threads: int = 0
    cores: tuple[int, ...] = ()
    devices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Prepared:
    """All that `apply` needs, loaded before the fork. Made by `prepare`."""

    libc: ctypes.CDLL
    landlock: Landlock
    filter: seccomp.Filter
    gpu_filter: seccomp.Filter
    close_range: int
    capset: int
    zygote: int

    def apply(self, locks: Locks) -> None:
        """Lock this process. It must be the freshly forked child of the process that prepared, with one thread.

        The order matters: paths are opened while we may still reach them, descriptors closed before anything of the
        student's could use them, the death signal set after the change of user, which clears it.

        Raises:
            OSError: the kernel refused a step. Exit at once: some locks may be on, some not.
            RuntimeError: this process is not what it must be.
        """
        threads, data_bytes, capabilities = _own_status()
        if threads != 1:
            raise RuntimeError(f"{threads} threads before the locks, which hold only one: refused")
        rules = self.landlock.ruleset(locks.read, locks.write, locks.devices)
        self._close_all_but({0, 1, 2, rules, *locks.keep_fds})
        if locks.cores:
            os.sched_setaffinity(0, locks.cores)
        _limit(locks, data_bytes)
        self._drop_rights(may_lock=_may_lock(capabilities), uid=locks.uid)
        self._die_with_the_zygote()
        self._prctl(_PR_SET_DUMPABLE, 0)
        self._prctl(_PR_SET_NO_NEW_PRIVS, 1)
        self.landlock.restrict(rules)
        os.close(rules)
        (self.gpu_filter if locks.devices else self.filter).install(self.libc, os.getpid())

    def _close_all_but(self, keep: set[int]) -> None:
        first = 0
        for descriptor in [*sorted(keep), _LAST_DESCRIPTOR + 1]:
            if descriptor > first:
                _checked(self.libc.syscall, self.close_range, ctypes.c_uint(first), ctypes.c_uint(descriptor - 1), 0)
            first = descriptor + 1

    def _die_with_the_zygote(self) -> None:
        self._prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != self.zygote:
            raise RuntimeError("the zygote is gone: its worker would never be ended")

    def _drop_rights(self, may_lock: bool, uid: int | None) -> None:
        """Become `uid` and give up every capability, for good. Without one, changes nothing for an ordinary user."""
        if may_lock:
            self._prctl(_PR_SET_SECUREBITS, _ROOT_IS_NOBODY_LOCKED)
        if uid is not None:
            os.setgroups([])
            os.setresgid(uid, uid, uid)
            os.setresuid(uid, uid, uid)
        self._prctl(_PR_CAP_AMBIENT, _AMBIENT_CLEAR_ALL)
        header, none = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0), (ctypes.c_uint32 * 6)()
        _checked(self.libc.syscall, self.capset, ctypes.byref(header), ctypes.byref(none))

    def _prctl(self, option: int, argument: int) -> None:
        _checked(self.libc.prctl, option, *_longs(argument))


def _checked(call: Callable[..., int], *arguments: object) -> None:
    if call(*arguments) < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"a lock was refused: {os.strerror(code)}", str(arguments[0]))


def prepare(read: tuple[str, ...] = ()) -> Prepared:
    """Load and build all that the locks need. Call it in the zygote; its children then `apply`.

    Gives up for good what rights this process could gain by starting a program, which it never does.

    Args:
        read: files and folders that all of its children may read.

    Raises:
        OSError: this kernel's Landlock is missing or too old.
        NotImplementedError: neither x86-64 nor aarch64.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    number = numbers()
    if _may_lock(_own_status()[2]):
        capability = 0
        while libc.prctl(_PR_CAPBSET_READ, *_longs(capability)) >= 0:
            _checked(libc.prctl, _PR_CAPBSET_DROP, *_longs(capability))
            capability += 1
    return Prepared(
        libc=libc,
        landlock=Landlock(libc, read),
        filter=seccomp.build(),
        gpu_filter=seccomp.build(gpu=True),
        close_range=number["close_range"],
        capset=number["capset"],
        zygote=os.getpid(),
    )


def hide() -> None:
    """Close this process's memory, environment and descriptors to others of the same user. For the zygote, whose
    environment and parent are nobody's business."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_DUMPABLE, *_longs(0)) != 0:
        raise OSError(ctypes.get_errno(), "could not make this process undumpable")


def _longs(argument: int) -> tuple[ctypes.c_ulong, ...]:
    """The four arguments of prctl. It is variadic: a bare int would leave the high half undefined."""
    return (ctypes.c_ulong(argument), ctypes.c_ulong(0), ctypes.c_ulong(0), ctypes.c_ulong(0))


def _own_status() -> tuple[int, int, int]:
    """Threads, bytes of private writable memory, effective capabilities. Bytes only: a codec's first use after a fork
    copies more pages than all the rest."""
    descriptor = os.open("/proc/self/status", os.O_RDONLY)
    text = os.read(descriptor, 8192)
    os.close(descriptor)
    threads, data_kb, capabilities = (
        text.partition(name)[2].split(None, 1)[0] for name in (b"\nThreads:", b"\nVmData:", b"\nCapEff:")
    )
    return int(threads), int(data_kb) * 1024, int(capabilities, 16)


def _may_lock(capabilities: int) -> bool:
    return bool(capabilities >> _CAP_SETPCAP & 1)


def _limit(locks: Locks, data_bytes: int) -> None:
    """Soft and hard limits alike, so that they cannot be raised again."""
    # Counts private writable memory whether it is touched or not: a huge allocation fails at once, as an exception.
    _lower(resource.RLIMIT_DATA, data_bytes + locks.memory_bytes)
    _lower(resource.RLIMIT_FSIZE, locks.file_bytes)
    _lower(resource.RLIMIT_NOFILE, locks.open_files)
    _lower(resource.RLIMIT_STACK, _STACK_BYTES)
    _lower(resource.RLIMIT_CPU, locks.cpu_seconds, grace=1)
    if locks.uid is not None and locks.threads:
        _lower(resource.RLIMIT_NPROC, locks.threads)
    _lower(resource.RLIMIT_SIGPENDING, _PENDING_SIGNALS)
    for unneeded in (
        resource.RLIMIT_CORE,
        resource.RLIMIT_MEMLOCK,
        resource.RLIMIT_MSGQUEUE,
        resource.RLIMIT_NICE,
        resource.RLIMIT_RTPRIO,
    ):
        _lower(unneeded, 0)


def _lower(limit: int, value: int, grace: int = 0) -> None:
    hard = resource.getrlimit(limit)[1]
    if hard != resource.RLIM_INFINITY:
        value, grace = min(value, hard), min(grace, max(0, hard - value))
    resource.setrlimit(limit, (value, value + grace))
