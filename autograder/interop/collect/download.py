"""What was downloaded from a learning platform: the names in a folder or a zip. Strangers chose them; nothing is
unpacked to disk, and no link is followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from autograder.errors import AutograderError, Place
from autograder.grading import archive, folder, paths
from autograder.grading.paths import Refused, shown

MAX_FILES = 100_000
MAX_DEPTH = 40


@dataclass(frozen=True)
class Item:
    """One file of a download."""

    path: str
    """With slashes, from the top of the download, as the platform and the student named it."""
    read: Callable[[int], bytes]
    """Its content, at most so many bytes. Raises Refused."""
    fault: str = ""
    """Why it is not to be touched: an unsafe name, a link."""

    @property
    def parts(self) -> tuple[str, ...]:
        """The folders, and the file's name."""
        return tuple(self.path.split("/"))


@dataclass(frozen=True)
class Download:
    """All files of a download, by path."""

    items: tuple[Item, ...]

    def below(self, prefix: str) -> Download:
        """The files below a folder, by their paths from there."""
        cut = len(prefix) + 1
        return Download(tuple(replace(i, path=i.path[cut:]) for i in self.items if i.path.startswith(f"{prefix}/")))

    @property
    def tops(self) -> tuple[str, ...]:
        """The names at the top, each once, in order."""
        return tuple(dict.fromkeys(item.parts[0] for item in self.items))


def open_download(path: Path) -> Download:
    """The files of the folder or zip at `path`.

    Raises:
        AutograderError: `no-such-path`, `unreadable-download`.
    """
    if not os.path.lexists(path):
        raise AutograderError("no-such-path", "there is nothing to collect", where=Place(str(path)))
    try:
        found = _in_folder(path) if path.is_dir() and not path.is_symlink() else _in_zip(path)
    except Refused as refused:
        raise _unreadable(path, refused.message) from refused
    except OSError as error:
        raise _unreadable(path, f"it cannot be read: {error.strerror}") from error
    return Download(tuple(sorted(found, key=lambda item: item.path)))


def _unreadable(path: Path, why: str) -> AutograderError:
    return AutograderError(
        "unreadable-download",
        "the download cannot be read",
        where=Place(str(path)),
        why=why,
        fix="download it again; or unpack it with your system's own tool, and name the folder",
    )


def _in_folder(root: Path) -> list[Item]:
    found: list[Item] = []
    waiting = [(root, "")]
    while waiting:
        place, prefix = waiting.pop()
        try:
            names = sorted(entry.name for entry in os.scandir(place))
        except OSError as error:
            if place == root:
                raise
            # A folder that may not be opened costs its student alone.
            found.append(Item(f"{prefix}…", _refusing(f"the folder cannot be opened: {error.strerror}")))
            continue
        for name in names:
            item = _file(place / name, f"{prefix}{name}")
            if item is None:
                waiting.append((place / name, f"{prefix}{name}/"))
            else:
                found.append(item)
        if len(found) + len(waiting) > MAX_FILES:
            raise paths.unreadable(f"It holds more than {MAX_FILES:,} files.")
    return found


def _file(path: Path, name: str) -> Item | None:
    """What lies at `path`; None for a folder."""
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        return Item(name, _refusing(f"it cannot be looked at: {error.strerror}"))
    if stat.S_ISDIR(mode) and name.count("/") < MAX_DEPTH:
        return None
    fault = paths.shape_fault(name)
    if not stat.S_ISREG(mode):
        fault = "is a link" if stat.S_ISLNK(mode) else "is no plain file"
    return Item(name, _reader(path), fault)


def _refusing(why: str) -> Callable[[int], bytes]:
    def read(_limit: int) -> bytes:
        raise paths.unreadable(why)

    return read


def _reader(path: Path) -> Callable[[int], bytes]:
    return lambda limit: folder.read_file(path, limit)


def _in_zip(path: Path) -> list[Item]:
    with os.fdopen(folder.open_file(path), "rb") as file:
        entries = archive.list_entries(file, at_most=MAX_FILES)
    names: dict[str, int] = {}
    for entry in entries:
        names[entry.name] = names.get(entry.name, 0) + 1
    found = []
    for entry in entries:
        if entry.is_folder:
            continue
        fault = paths.shape_fault(entry.name) or ("is there twice" if names[entry.name] > 1 else "")
        if stat.S_IFMT(entry.mode) == stat.S_IFLNK:
            fault = "is a link"
        found.append(Item(entry.name, _unpacker(path, entry), fault))
    return found


def _unpacker(path: Path, entry: archive.Entry) -> Callable[[int], bytes]:
    def read(limit: int) -> bytes:
        if entry.size > limit:
            raise paths.unreadable(f"{shown(PurePosixPath(entry.name).name)} is larger than {limit >> 20} MB.")
        with os.fdopen(folder.open_file(path), "rb") as file:
            return archive.read_checked(file, entry, limit)

    return read
