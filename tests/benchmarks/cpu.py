"""CPU time of whole process trees, from the kernel's accounts of control groups.

getrusage() cannot tell: children that nobody waits for, as the examiners are, are left out of it.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import resource
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_V1 = Path("/sys/fs/cgroup/cpuacct")
_V2 = (Path("/sys/fs/cgroup"), Path("/sys/fs/cgroup/unified"))
_numbers = itertools.count()


class NoAccounts(Exception):
    """This user may make no control groups here."""


class Account:
    """A control group of one's own. What processes use that were put into it counts, and all that they start."""

    def __init__(self, within: Account | None = None) -> None:
        """Raises: NoAccounts."""
        parent = within.folder if within else _own_folder()
        self.folder: Path = parent / f"bench-{os.getpid()}-{next(_numbers)}"
        try:
            self.folder.mkdir()
        except OSError as error:
            raise NoAccounts(f"{self.folder} cannot be made: {error.strerror}; run as root") from error

    def take(self, pid: int) -> None:
        """Put the process in, with all its threads."""
        (self.folder / "cgroup.procs").write_text(str(pid), encoding="ascii")

    def seconds(self) -> float:
        """CPU seconds used so far, in user and kernel, of the accounts within too."""
        usage = self.folder / "cpuacct.usage"
        if usage.exists():
            return int(usage.read_text(encoding="ascii")) / 1e9
        return self._told("usage_usec") / 1e6

    def kernel_seconds(self) -> float:
        """Of these, those in the kernel: forks, page faults, ends of processes, calls."""
        usage = self.folder / "cpuacct.usage_sys"
        if usage.exists():
            return int(usage.read_text(encoding="ascii")) / 1e9
        return self._told("system_usec") / 1e6

    def close(self) -> None:
        """Give back what still runs, and remove the group."""
        for pid in (self.folder / "cgroup.procs").read_text(encoding="ascii").split():
            with contextlib.suppress(OSError):  # it has ended since
                (self.folder.parent / "cgroup.procs").write_text(pid, encoding="ascii")
        with contextlib.suppress(OSError):
            self.folder.rmdir()

    def _told(self, name: str) -> int:
        words = (self.folder / "cpu.stat").read_text(encoding="ascii").split()
        return int(words[words.index(name) + 1])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


@dataclass(frozen=True)
class Cpu:
    """CPU seconds by process, and of these the kernel's. `whole`: of all, zygotes that were started anew too."""

    supervisor: float
    worker: float
    worker_kernel: float
    examiner: float
    examiner_kernel: float
    whole: float

    def since(self, before: Cpu) -> Cpu:
        """What was used after `before`."""
        return Cpu(*(getattr(self, name) - getattr(before, name) for name in Cpu.__dataclass_fields__))


class Accounts:
    """What this process, its worker zygote and its examiner zygote use, with all their children."""

    def __init__(self, stack: ExitStack) -> None:
        """Begin with an account of the whole, until `stack` is left. Raises: NoAccounts."""
        self._whole = stack.enter_context(Account())
        self._stack = stack.enter_context(ExitStack())  # left when what was entered after this has ended
        self._whole.take(os.getpid())
        self._parts: dict[str, Account] = {}

    def split(self) -> None:
        """Give an account to each kind of zygote that runs now."""
        for pid, command in children():
            name = "examiner" if "examiner" in command else "worker"
            account = self._parts.get(name) or self._stack.enter_context(Account(self._whole))
            account.take(pid)
            self._parts[name] = account

    def now(self) -> Cpu:
        """Since the beginning; of zygotes, since the split."""
        own = resource.getrusage(resource.RUSAGE_SELF)
        parts = {name: (account.seconds(), account.kernel_seconds()) for name, account in self._parts.items()}
        worker, examiner = parts.get("worker", (0.0, 0.0)), parts.get("examiner", (0.0, 0.0))
        return Cpu(own.ru_utime + own.ru_stime, *worker, *examiner, self._whole.seconds())


def children() -> Iterator[tuple[int, str]]:
    """The processes that this one has started, and their command lines."""
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(FileNotFoundError):  # the thread, or the child, has ended since
            for pid in (task / "children").read_text(encoding="ascii").split():
                yield int(pid), Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def _own_folder() -> Path:
    """The group that this process is in, where accounts are kept."""
    own = {
        controllers: path.lstrip("/")
        for _, controllers, path in (
            line.split(":", 2) for line in Path("/proc/self/cgroup").read_text(encoding="ascii").splitlines()
        )
    }
    for controllers, path in own.items():
        if "cpuacct" in controllers.split(",") and (_V1 / path).is_dir():
            return _V1 / path
    for mount in _V2:
        folder = mount / own.get("", "")
        if (folder / "cgroup.procs").exists():
            return folder
    raise NoAccounts("no control groups are mounted in /sys/fs/cgroup")
