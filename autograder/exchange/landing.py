"""Putting a file where others look for it: whole or not at all, over nothing, without locks. Safe on NFS.

A temporary name in the same folder, fsync, rename. Locks are not used, for on network file systems they may be absent
or hang; names are unique by time and 128 random bits instead.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

PRIVATE = 0o600
"""For what a student keeps: machines are shared, and a receipt is the key to its feedback."""
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def write_new(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write `content` as the new file `path`; a reader meets all of it or no file. Works where the folder may be
    written to and not read.

    Args:
        mode: permissions where the system has them, whatever the umask says.

    Raises:
        FileExistsError: `path` is there already.
        OSError: it cannot be written; nothing is left behind.
    """
    if os.path.lexists(path):
        raise FileExistsError(17, "it is there already", str(path))
    beside = path.with_name(f".{secrets.token_hex(16)}.part")
    descriptor = os.open(beside, _NEW, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(mode)
        _rename(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def write_over(path: Path, content: bytes, mode: int = 0o644) -> None:
    """As write_new(), but in place of what is there: a reader meets the old file or the new one.

    Raises:
        OSError: it cannot be written; what was there stays.
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        write_new(beside, content, mode)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _rename(beside: Path, path: Path) -> None:
    try:
        beside.rename(path)
    except OSError:
        # An NFS server that answered too late is asked twice and says the second time that there is nothing to rename.
        if os.path.lexists(beside) or not os.path.lexists(path):
            raise


def _settle(folder: Path) -> None:
    """The rename itself on the disk, where the folder may be opened: not in a drop box, and not on Windows."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def make_folder(path: Path, mode: int) -> None:
    """Make the folder with these permissions. One that is there keeps its own: somebody may have chosen them.

    Raises:
        OSError: it cannot be made, or is no folder.
    """
    try:
        path.mkdir()
    except FileExistsError:
        if not path.is_dir():
            raise
        return
    path.chmod(mode)
