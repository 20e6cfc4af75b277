"""Which files a worker may open: Landlock, the kernel's own sandbox for processes without rights."""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Callable, Iterable

from autograder.worker.syscalls import numbers

OLDEST_ABI = 3
"""Linux 6.2. Before it a file outside could be truncated."""

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _REMOVE_DIR, _REMOVE_FILE = (1 << bit for bit in range(6))
_MAKE_DIR, _MAKE_REG = 1 << 7, 1 << 8
_REFER, _TRUNCATE, _IOCTL_DEVICE = 1 << 13, 1 << 14, 1 << 15
_ON_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEVICE

READ = _READ_FILE | _READ_DIR
"""Not _EXECUTE: a library is loaded by reading it, and nothing is ever executed here."""
WRITE = READ | _WRITE_FILE | _TRUNCATE | _MAKE_DIR | _MAKE_REG | _REMOVE_DIR | _REMOVE_FILE | _REFER
"""Files and folders only. No symbolic links, pipes or sockets: whoever reads the folder afterwards would follow a link
or wait for a pipe."""
DEVICES = {
    "/dev/null": _READ_FILE | _WRITE_FILE | _TRUNCATE,
    "/dev/urandom": _READ_FILE,
    "/dev/random": _READ_FILE,
}
GPU_DEVICE = _READ_FILE | _WRITE_FILE | _IOCTL_DEVICE
OWN_LIBRARIES = {"/proc/self/maps": _READ_FILE}
"""scikit-learn looks there for the libraries whose threads it counts."""
OWN_THREADS = {"/proc/self/task": _READ_FILE | _WRITE_FILE}
"""With a GPU only: its driver names its threads through /proc/self/task/*/comm. What else lies there is the worker's
own too, and tells or changes nothing that it could not see or do anyway."""

_VERSION_FLAG, _RULE_PATH_BENEATH, _QUIET = 1, 1, 1
_NO_TCP, _NO_SIGNALS_NOR_ABSTRACT_SOCKETS = 0b11, 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = [("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


class Landlock:
    """This kernel's Landlock. Made once in the zygote; `ruleset` and `restrict` are for the forked child."""

    def __init__(self, libc: ctypes.CDLL, read: Iterable[str] = ()) -> None:
        """`read`: files and folders that every ruleset lets read. They are opened here, once for all of them.

        Raises:
            OSError: this kernel's Landlock is too old, or a path does not exist.
        """
        number = numbers()
        self._call: Callable[..., int] = libc.syscall
        self._create = number["landlock_create_ruleset"]
        self._add = number["landlock_add_rule"]
        self._restrict = number["landlock_restrict_self"]
        self.abi = self._call(self._create, None, ctypes.c_size_t(0), _VERSION_FLAG)
        if self.abi < OLDEST_ABI:
            raise OSError(f"Landlock ABI {self.abi} is too old or switched off: {OLDEST_ABI} is needed (Linux 6.2)")
        common = {**dict.fromkeys(read, READ), **DEVICES}
        self._common = [_opened(path, rights & self.handled) for path, rights in common.items()]

    @property
    def handled(self) -> int:
        """Every right over files that this kernel can withhold."""
        bits = 16 if self.abi >= 5 else 15
        return (1 << bits) - 1

    def ruleset(self, read: Iterable[str], write: Iterable[str], devices: Iterable[str] = ()) -> int:
        """A file descriptor holding the rules: read these paths and the common ones, write these folders, nothing else.

        `devices`: nodes of the worker's own GPU, which it may also command (ioctl).

        Raises:
            OSError: a path does not exist, or the kernel refused a rule.
        """
        attributes = _Ruleset(
            self.handled,
            _NO_TCP if self.abi >= 4 else 0,
            _NO_SIGNALS_NOR_ABSTRACT_SOCKETS if self.abi >= 6 else 0,
        )
        rules = self._checked("create", self._create, ctypes.byref(attributes), ctypes.c_size_t(24), 0)
        for rule in self._common:
            self._add_rule(rules, rule)
        nodes = dict.fromkeys(devices, GPU_DEVICE)
        own = {**OWN_LIBRARIES, **nodes, **(OWN_THREADS if nodes else {})}
        for path, rights in {**dict.fromkeys(read, READ), **dict.fromkeys(write, WRITE), **own}.items():
            rule = _opened(path, rights & self.handled)
            self._add_rule(rules, rule)
            os.close(rule.parent)
        return rules

    def restrict(self, rules: int) -> None:
        """Hold this thread, and all that it starts, to the rules. Needs no_new_privs."""
        # From ABI 7 on, refusals are audited: student code in a loop would flood the host's log.
        self._checked("apply", self._restrict, rules, _QUIET if self.abi >= 7 else 0)

    def _add_rule(self, rules: int, rule: _PathBeneath) -> None:
        self._checked("rule", self._add, rules, _RULE_PATH_BENEATH, ctypes.byref(rule), 0)

    def _checked(self, what: str, *arguments: object) -> int:
        result = self._call(*arguments)
        if result < 0:
            code = ctypes.get_errno()
            raise OSError(code, f"Landlock: {os.strerror(code)}", what)
        return result


def _opened(path: str, rights: int) -> _PathBeneath:
    """A rule for what lies at `path`, which it holds open."""
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
        rights &= _ON_A_FILE
    return _PathBeneath(rights, descriptor)
