"""Names and sizes that a submission may have. What is refused is told in one sentence, for the student."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath

MAX_NOTEBOOK_BYTES = 64 * 2**20
MAX_FILE_BYTES = 64 * 2**20
MAX_TOTAL_BYTES = 512 * 2**20
MAX_ENTRIES = 2000
MAX_NAME_BYTES = 255
MAX_DEPTH = 32

IGNORED_FOLDERS = frozenset({"__MACOSX", "__pycache__", ".ipynb_checkpoints"})
NOTEBOOK_SUFFIXES = (".ipynb", ".py")

_DRIVE = re.compile(r"[A-Za-z]:")


class Refused(Exception):
    """A submission that cannot be graded. `reason` is a `Reason` value, `message` is for the student."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message


def unsafe(message: str) -> Refused:
    """An archive, link or name that could do harm."""
    return Refused("unsafe_archive", message)


def unreadable(message: str) -> Refused:
    """Bytes that are no notebook, or files among which none is."""
    return Refused("unreadable", message)


def shown(name: str) -> str:
    """A hostile name as one short, printable piece of text."""
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)
    return text if len(text) <= 80 else text[:77] + "..."


def ignored(path: PurePosixPath) -> bool:
    """Caches, hidden files and what macOS adds: never part of a submission."""
    return any(part in IGNORED_FOLDERS or part.startswith(".") for part in path.parts)


def name_fault(name: str) -> str:
    """What is wrong with a relative path from an archive or a folder, or ""."""
    return shape_fault(name) or _length_fault(name)


def shape_fault(name: str) -> str:
    """As name_fault(), whatever the length: of a path that is read from and never written to."""
    parts = name.split("/")
    rules = (
        (not name, "is empty"),
        (any("\ud800" <= c <= "\udfff" for c in name), "is not valid UTF-8"),
        (any(unicodedata.category(c) in ("Cc", "Zl", "Zp") for c in name), "holds control characters"),
        (name.startswith("/"), "is an absolute path"),
        ("\\" in name, "holds a backslash"),
        (bool(_DRIVE.match(name)), "begins with a drive letter"),
        (".." in parts, "leads out of the submission's folder with .."),
        ("" in parts or "." in parts, "holds an empty part"),
        (len(parts) > MAX_DEPTH, f"is nested more than {MAX_DEPTH} folders deep"),
    )
    return next((fault for broken, fault in rules if broken), "")


def _length_fault(name: str) -> str:
    too_long = len(name.encode()) > 4096 or any(len(part.encode()) > MAX_NAME_BYTES for part in name.split("/"))
    return f"is longer than {MAX_NAME_BYTES} bytes" if too_long else ""


def clash(files: Sequence[str], folders: Sequence[str] = ()) -> tuple[str, str] | None:
    """Two names that would fall together on some machine (equal, or equal but for case or the coding of accents; a
    file where another needs a folder), or None. `folders` are named without the last slash."""
    if len(set(folders)) != len(folders):
        twice = next(name for name in folders if folders.count(name) > 1)
        return twice, twice
    seen: dict[str, str] = {}
    needed = {str(parent) for name in files for parent in PurePosixPath(name).parents} | set(folders)
    for name in (*sorted(needed - {"."}), *files):
        key = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
        if key in seen:
            return seen[key], name
        seen[key] = name
    return None
