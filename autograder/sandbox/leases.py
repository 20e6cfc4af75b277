"""Numbers that at most one holder on this machine has at a time. A crash gives back what it held."""

from __future__ import annotations

import fcntl
import os
import stat
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from autograder.errors import AutograderError


@dataclass
class Lease:
    """One held number. The kernel drops the lock with the process, however that ends."""

    number: int
    abandoned: bool
    """Whether who held it last ended without giving it back, and may have left something behind."""
    _lock: int = field(repr=False)

    def release(self) -> None:
        """Give the number back. A second call does nothing."""
        if self._lock >= 0:
            os.ftruncate(self._lock, 0)
            os.close(self._lock)
            self._lock = -1


class Leases:
    """The numbers below `count`, shared by all processes of this user through locked files of that name."""

    def __init__(self, name: str, count: int, folder: Path | None = None) -> None:
        """`folder`: where the locks lie, if not in the usual place.

        Raises:
            AutograderError: `unsafe-folder`: the usual place belongs to somebody else.
        """
        self._folder = (folder or _usual_folder()) / name
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._count = count

    def lease(self) -> Lease:
        """The lowest free number.

        Raises:
            AutograderError: `all-leased`.
        """
        for number in range(self._count):
            lock = self._lock(number)
            if lock is not None:
                abandoned = os.fstat(lock).st_size > 0
                os.pwrite(lock, b"held", 0)
                return Lease(number, abandoned, lock)
        raise AutograderError(
            "all-leased",
            f"all {self._count} of {self._folder} are in use",
            fix="wait until other batches on this machine are done",
        )

    def _lock(self, number: int) -> int | None:
        path = self._folder / str(number)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return None
        return descriptor


def _usual_folder() -> Path:
    """A folder that only this user can write to: every program of theirs finds the same one."""
    run = Path("/run")
    if os.geteuid() == 0 and os.access(run, os.W_OK):
        folder = run / "autograder"
    else:
        folder = Path(tempfile.gettempdir()) / f".autograder-leases-{os.geteuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if found.st_uid != os.geteuid() or not stat.S_ISDIR(found.st_mode) or found.st_mode & 0o077:
        raise AutograderError(
            "unsafe-folder",
            f"{folder} is not this user's alone",
            why="Locks in it say which workers run on this machine; somebody else could hold them for ever.",
            fix=f"remove {folder}, or set TMPDIR to a folder of your own",
        )
    return folder
