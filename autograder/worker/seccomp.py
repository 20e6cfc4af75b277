"""The system calls that student code cannot make: a filter that the kernel runs, built ahead in the zygote.

A list of what is denied, not of what is allowed, because torch and its drivers call something new with every release.
Calls younger than the table are answered with ENOSYS, so that nothing new slips in.
"""

from __future__ import annotations

import ctypes
import errno
import platform
from collections.abc import Iterable
from dataclasses import dataclass

from autograder.worker.syscalls import NEWEST_KNOWN, numbers

REFUSED = """
    ptrace process_vm_readv process_vm_writev kcmp pidfd_getfd pidfd_send_signal process_madvise process_mrelease tkill
    fork vfork execve execveat uselib memfd_create personality modify_ldt iopl ioperm seccomp
    mount umount2 move_mount open_tree fsopen fsconfig fsmount fspick mount_setattr pivot_root chroot statmount
    unshare setns swapon swapoff acct quotactl quotactl_fd listmount sethostname setdomainname vhangup syslog nfsservctl
    bpf perf_event_open lookup_dcookie add_key keyctl request_key lsm_set_self_attr fanotify_init fanotify_mark
    shmget shmat shmctl shmdt semget semop semctl semtimedop msgget msgsnd msgrcv msgctl
    mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr
    setuid setgid setreuid setregid setresuid setresgid setfsuid setfsgid setgroups capset
    chown fchown lchown fchownat mknod mknodat open_by_handle_at name_to_handle_at
    setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr inotify_init inotify_init1 inotify_add_watch
    sched_setaffinity sched_setparam sched_setscheduler sched_setattr setpriority ioprio_set setsid setpgid
    migrate_pages move_pages
    init_module finit_module delete_module kexec_load kexec_file_load reboot
    clock_settime clock_adjtime settimeofday adjtimex
    socket connect bind listen accept accept4 vmsplice
"""
"""Answered with EPERM. vmsplice pins memory that no counter of the process shows; inotify reports the use of files
that Landlock would not let one open; each worker is pinned to the cores of its slot."""

NEEDED_FOR_CUDA = "memfd_create socket bind listen"
"""What the driver cannot do without. It listens on a socket of its own for processes that would share its memory;
connect and accept stay refused, so nobody ever comes through it."""

UNKNOWN = "io_uring_setup io_uring_enter io_uring_register io_setup userfaultfd pidfd_open memfd_secret clone3"
"""Answered with ENOSYS: libraries fall back to an older way, as glibc does from clone3 to clone."""

PRETENDED = "chmod fchmod fchmodat fchmodat2 utime utimes futimesat sync syncfs setsockopt"
"""Answered with success, and nothing done. Landlock does not govern modes and times of files of the same user, so they
are closed here; and shutil.copy goes on working, which gives up when chmod fails. Buffers of sockets are the kernel's
memory, which no counter of the process shows: they stay as small as they are."""

_THREAD = 0x10F00
"""clone flags that every thread library sets: VM, FS, FILES, SIGHAND, THREAD. With a file table of its own each thread
could hold as many files and sockets as the worker may."""
_NOT_A_THREAD = 0x7E02F000
"""clone flags that no thread library sets: new namespaces, PIDFD, PTRACE, VFORK, PARENT."""
_OWN_PID = 0x7FFFFFFF
"""Stands for the worker's own pid until the fork; larger than any pid."""
_AF_UNIX, _SOCK_STREAM, _SOCK_SEQPACKET, _SOCK_TYPE_MASK = 1, 1, 5, 0xF
_PRCTL = (1, 4, 22, 28, 35, 62, 0x59616D61)
"""PDEATHSIG, DUMPABLE, SECCOMP, SECUREBITS, MM, SCHED_CORE, PTRACER."""
_IOCTL = (0x5401, 0x802C542A, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
"""All that is asked of a file here: TCGETS, TCGETS2 (is it a terminal?), TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX,
FIOCLEX. A file opened for reading only takes others, that change the attributes of the host's files."""
_IOCTL_NEVER = (0x5412, 0x541C, 0x8901, 0x8902)
"""TIOCSTI, TIOCLINUX type into a terminal; FIOSETOWN, SIOCSPGRP aim signals at another process. Refused beside a GPU
too, whose driver has commands of its own."""
_IOCTL_TYPE, _FILE_SYSTEMS = 0xFF00, (0x6600, 0x5800, 0x7600)
"""The byte that says whose command it is; f, X and v are the file systems'."""
_FCNTL = (*range(8), 36, 37, 38, 1030, 1032, 1034)
"""DUPFD, flags and locks, DUPFD_CLOEXEC, the size of a pipe, GET_SEALS. Not signals to others (SETOWN, SETSIG), nor
leases, which stop every other process that opens the file, nor news of folders (NOTIFY)."""
_SHARED_ANONYMOUS = 0x21
"""mmap of memory that belongs to no file and is not private: once unmapped from its pages, no counter shows them."""

_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _AND, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
_NUMBER_AT, _ARCH_AT, _ARGUMENTS_AT = 0, 4, 16
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_PR_SET_SECCOMP, _MODE_FILTER = 22, 2

Op = tuple[int, int, int, int]
"""One instruction of classic BPF: code, jump if true, jump if false, constant."""


class _Instruction(ctypes.Structure):
    _fields_ = [("code", ctypes.c_ushort), ("jt", ctypes.c_ubyte), ("jf", ctypes.c_ubyte), ("k", ctypes.c_uint32)]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.POINTER(_Instruction))]


@dataclass(frozen=True)
class Filter:
    """A built program. `own_pid_at`: the instructions whose constant is the worker's own pid."""

    instructions: ctypes.Array[_Instruction]
    own_pid_at: tuple[int, ...]

    def install(self, libc: ctypes.CDLL, pid: int) -> None:
        """Filter this thread, and all that it starts, from now on. Needs no_new_privs.

        Raises:
            OSError: the kernel refused the filter.
        """
        for at in self.own_pid_at:
            self.instructions[at].k = pid
        program = _Program(len(self.instructions), self.instructions)
        if libc.prctl(_PR_SET_SECCOMP, ctypes.c_ulong(_MODE_FILTER), ctypes.byref(program)) != 0:
            code = ctypes.get_errno()
            raise OSError(code, "the kernel refused the seccomp filter")


def build(machine: str | None = None, *, gpu: bool = False) -> Filter:
    """The filter for this machine's architecture, ready to install after the fork. `gpu`: CUDA works behind it."""
    ops = program(machine or platform.machine(), gpu=gpu)
    array = (_Instruction * len(ops))(*(_Instruction(*op) for op in ops))
    return Filter(array, tuple(i for i, op in enumerate(ops) if op[3] == _OWN_PID))


def program(machine: str, *, gpu: bool = False) -> list[Op]:
    """The instructions for one architecture. The low 32 bits of an argument decide wherever the kernel itself
    takes an int, so that garbage in the high bits cannot slip past."""
    number = numbers(machine)
    ops: list[Op] = [(_LOAD, 0, 0, _ARCH_AT), (_EQUAL, 1, 0, _AUDIT_ARCH[machine]), (_RETURN, 0, 0, _KILL)]
    # Also rejects the x32 calls of x86-64, whose numbers have bit 30 set.
    ops += [(_LOAD, 0, 0, _NUMBER_AT), (_AT_LEAST, 0, 1, NEWEST_KNOWN + 1), _answer(errno.ENOSYS)]
    needed = NEEDED_FOR_CUDA.split() if gpu else []
    for names, code in ((REFUSED, errno.EPERM), (UNKNOWN, errno.ENOSYS), (PRETENDED, 0)):
        for name in names.split():
            if name in number and name not in needed:
                ops += [(_EQUAL, 0, 1, number[name]), _answer(code)]
    for name, body in _conditions(gpu).items():
        ops += [(_EQUAL, 0, len(body), number[name]), *body]
    return [*ops, (_RETURN, 0, 0, _ALLOW)]


def _conditions(gpu: bool) -> dict[str, list[Op]]:
    """Calls that depend on their arguments. Every body ends in an answer: none falls through to the next."""
    rules = {
        "clone": _only_threads(),
        "socketpair": _only_local(_SOCK_STREAM),
        "prctl": _none_of(0, _PRCTL),
        "fcntl": _only(1, _FCNTL),
        "utimensat": _times(),
    }
    for name in ("kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"):
        rules[name] = _only(0, (_OWN_PID,))
    rules["prlimit64"] = _only(0, (0, _OWN_PID))
    if gpu:
        rules["socket"] = _only_local(_SOCK_SEQPACKET)
        rules["ioctl"] = _no_file_systems()
    else:
        rules["ioctl"] = _only(1, _IOCTL)
        rules["mmap"] = _not_all_of(3, _SHARED_ANONYMOUS)
    return rules


def _answer(code: int) -> Op:
    return (_RETURN, 0, 0, _ERRNO | code)


def _argument(index: int) -> Op:
    """Load the low half of an argument (both architectures are little-endian)."""
    return (_LOAD, 0, 0, _ARGUMENTS_AT + 8 * index)


def _times() -> list[Op]:
    """Times that are given are pretended to be set, for shutil.copy2. For the present time there is an error:
    Path.touch() would take success for a file that is there, and make none."""
    return [_argument(2), (_EQUAL, 0, 1, 0), _answer(errno.EPERM), _answer(0)]


def _none_of(index: int, values: Iterable[int]) -> list[Op]:
    ops = [_argument(index)]
    for value in values:
        ops += [(_EQUAL, 0, 1, value), _answer(errno.EPERM)]
    return [*ops, (_RETURN, 0, 0, _ALLOW)]


def _only(index: int, values: Iterable[int]) -> list[Op]:
    ops = [_argument(index)]
    for value in values:
        ops += [(_EQUAL, 0, 1, value), (_RETURN, 0, 0, _ALLOW)]
    return [*ops, _answer(errno.EPERM)]


def _only_threads() -> list[Op]:
    return [
        _argument(0),
        (_AND, 0, 0, _THREAD),
        (_EQUAL, 0, 3, _THREAD),
        _argument(0),
        (_ANY_BIT, 1, 0, _NOT_A_THREAD),
        (_RETURN, 0, 0, _ALLOW),
        _answer(errno.EPERM),
    ]


def _not_all_of(index: int, bits: int) -> list[Op]:
    return [
        _argument(index),
        (_AND, 0, 0, bits),
        (_EQUAL, 0, 1, bits),
        _answer(errno.EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]


def _no_file_systems() -> list[Op]:
    ops = [_argument(1), (_AND, 0, 0, _IOCTL_TYPE)]
    for kind in _FILE_SYSTEMS:
        ops += [(_EQUAL, 0, 1, kind), _answer(errno.EPERM)]
    return [*ops, *_none_of(1, _IOCTL_NEVER)]


def _only_local(kind: int) -> list[Op]:
    """Sockets of this machine's, of one connected kind: a datagram could be aimed at any other socket's path."""
    return [
        _argument(0),
        (_EQUAL, 0, 4, _AF_UNIX),
        _argument(1),
        (_AND, 0, 0, _SOCK_TYPE_MASK),
        (_EQUAL, 0, 1, kind),
        (_RETURN, 0, 0, _ALLOW),
        _answer(errno.EPERM),
    ]
