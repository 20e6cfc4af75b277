"""Reading what lies on the grader's disk under a student's control: no link is followed, no pipe is waited for.

Every step goes by an open folder's descriptor, so that swapping a folder for a link while it is read changes nothing.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePosixPath

from autograder.grading import paths
from autograder.grading.paths import Refused, shown, unreadable, unsafe

_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_READ |= getattr(os, "O_BINARY", 0)
_LIST = _READ | getattr(os, "O_DIRECTORY", 0)


def open_file(path: str | Path, *, at: int | None = None) -> int:
    """A descriptor of the plain file, to be closed by the caller.

    Raises:
        Refused: it is a link, a folder, a pipe or a device, or cannot be opened.
    """
    name = shown(Path(path).name)
    try:
        # Looking first keeps a device from being opened at all; looking again afterwards keeps the answer true.
        _refuse_kind(os.stat(path, dir_fd=at, follow_symlinks=False).st_mode, name)
        descriptor = os.open(path, _READ, dir_fd=at)
    except (OSError, ValueError) as error:
        raise unreadable(f"{name} cannot be opened: {_reason(error)}.") from error
    try:
        _refuse_kind(os.fstat(descriptor).st_mode, name)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def read_file(path: str | Path, limit: int, *, at: int | None = None) -> bytes:
    """The plain file's bytes, at most `limit`.

    Raises:
        Refused: as open_file(), or it is larger than `limit`.
    """
    with os.fdopen(open_file(path, at=at), "rb") as file:
        try:
            content = file.read(limit + 1)
        except OSError as error:
            raise unreadable(f"{shown(Path(path).name)} cannot be read: {_reason(error)}.") from error
    if len(content) > limit:
        name = Path(path).name
        advice = "Clear its outputs" if name.lower().endswith(".ipynb") else "Leave out what the task does not need"
        raise unreadable(f"{shown(name)} is larger than {limit >> 20} MB, which is the most that is read. {advice}.")
    return content


def read_folder(root: Path) -> tuple[tuple[str, bytes], ...]:
    """Names (POSIX, relative to `root`) and contents of the folder's files, sorted; hidden ones and caches left out.

    Raises:
        Refused: something in it is a link or no plain file, or it is too large.
    """
    try:
        if stat.S_ISLNK(root.lstat().st_mode):
            raise _link(root.name)
        descriptor = os.open(root, _LIST)
    except OSError as error:
        raise unreadable(f"The folder {shown(root.name)} cannot be opened: {_reason(error)}.") from error
    reader = _Reader()
    try:
        reader.walk(descriptor, PurePosixPath())
    finally:
        os.close(descriptor)
    twice = paths.clash([name for name, _ in reader.files])
    if twice is not None:
        raise unsafe(f"The folder holds two files for one name: {shown(twice[0])} and {shown(twice[1])}. Keep one.")
    return tuple(sorted(reader.files))


class _Reader:
    """One walk through a folder, with what is left of its bounds."""

    def __init__(self) -> None:
        self.files: list[tuple[str, bytes]] = []
        self.entries = 0
        self.bytes = 0

    def walk(self, descriptor: int, below: PurePosixPath) -> None:
        try:
            for name in sorted(self._names(descriptor, below)):
                self._take(descriptor, below / name)
        except OSError as error:
            raise unreadable(f"The folder {shown(str(below))} cannot be read: {_reason(error)}.") from error

    def _names(self, descriptor: int, below: PurePosixPath) -> list[str]:
        names: list[str] = []
        with os.scandir(descriptor) as listing:
            for entry in listing:
                if paths.ignored(PurePosixPath(entry.name)):
                    continue
                self.entries += 1
                if self.entries > paths.MAX_ENTRIES:
                    raise unreadable(
                        f"The folder holds more than {paths.MAX_ENTRIES} files. Leave out what is not needed."
                    )
                fault = paths.name_fault(str(below / entry.name))
                if fault:
                    raise unsafe(f"The folder holds an unsafe name: {shown(entry.name)} {fault}. Rename it.")
                names.append(entry.name)
        return names

    def _take(self, descriptor: int, path: PurePosixPath) -> None:
        mode = os.stat(path.name, dir_fd=descriptor, follow_symlinks=False).st_mode
        if stat.S_ISDIR(mode):
            child = os.open(path.name, _LIST, dir_fd=descriptor)
            try:
                self.walk(child, path)
            finally:
                os.close(child)
            return
        content = read_file(path.name, paths.MAX_FILE_BYTES, at=descriptor)
        self.bytes += len(content)
        if self.bytes > paths.MAX_TOTAL_BYTES:
            raise unreadable(f"The folder holds more than {paths.MAX_TOTAL_BYTES >> 20} MB. Leave data and models out.")
        self.files.append((str(path), content))


def _refuse_kind(mode: int, name: str) -> None:
    if stat.S_ISLNK(mode):
        raise _link(name)
    if not stat.S_ISREG(mode):
        raise unsafe(f"{name} is no plain file (a folder, a pipe or a device). Hand in plain files only.")


def _link(name: str) -> Refused:
    return unsafe(f"{shown(name)} is a link, and links are not followed. Put the file itself in its place.")


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
