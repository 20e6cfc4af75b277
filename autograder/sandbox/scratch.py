"""Temporary folders that leave nothing behind: those of a process that was killed are removed by the next one."""

from __future__ import annotations

import contextlib
import fcntl
import itertools
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

_PREFIX = "autograder-"
_LOCK = ".lock"
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class Scratch:
    """A private folder, held by a lock for as long as this process lives."""

    def __init__(self) -> None:
        _sweep(Path(tempfile.gettempdir()))
        while True:
            self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
            self._lock = os.open(self.path / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_EX)
            if os.fstat(self._lock).st_nlink:
                return
            os.close(self._lock)  # another process swept it before the lock was ours

    def remove(self) -> None:
        """Remove the folder and all that students left in it."""
        remove(self.path)
        os.close(self._lock)


def remove(folder: Path) -> None:
    """Remove a folder that hostile code has filled, as far as the system lets us.

    However deep its folders lie, and however long their paths are: every folder found is moved up to the top, emptied
    of its files, and removed. Nothing may be running in it any more.
    """
    try:
        top = os.open(folder, _FOLDER)
    except FileNotFoundError:
        return
    lifted = itertools.count()
    try:
        found = _listed(top)
        while found:
            for name, is_folder in found:
                with contextlib.suppress(OSError):
                    if is_folder:
                        _empty(top, name, lifted)
                    else:
                        os.unlink(name, dir_fd=top)
            before, found = found, _listed(top)
            if found == before:
                return  # what is left cannot be removed
    finally:
        os.close(top)
    folder.rmdir()


def _empty(top: int, name: str, lifted: Iterator[int]) -> None:
    """Remove one folder; the folders in it go to `top` under new names."""
    os.chmod(name, 0o700, dir_fd=top)  # its owner may have closed it
    inside = os.open(name, _FOLDER, dir_fd=top)
    try:
        for entry, is_folder in _listed(inside):
            if is_folder:
                os.chmod(entry, 0o700, dir_fd=inside)
                os.rename(entry, f".lifted-{os.getpid()}-{next(lifted)}", src_dir_fd=inside, dst_dir_fd=top)
            else:
                os.unlink(entry, dir_fd=inside)
    finally:
        os.close(inside)
    os.rmdir(name, dir_fd=top)


def _listed(folder: int) -> list[tuple[str, bool]]:
    with os.scandir(folder) as entries:
        return [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]


def _sweep(parent: Path) -> None:
    """Remove the folders whose process is gone: nobody holds their lock."""
    for folder in parent.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if folder.is_symlink() or folder.stat().st_uid != os.getuid():
                continue
            lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                remove(folder)
            finally:
                os.close(lock)
