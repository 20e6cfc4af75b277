"""Where the submissions of a batch lie: one per student, told apart by name. Nothing is read but names."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from autograder.errors import AutograderError, Place
from autograder.grading import archive, folder, paths
from autograder.grading.paths import Refused

MAX_LOOKED_AT = 20_000


@dataclass(frozen=True)
class Source:
    """One submission's place: a file or a folder, or `member` (a folder, ending in "/", or a file) of a zip."""

    name: str
    path: Path
    member: str = ""

    @property
    def file_name(self) -> str:
        """The last part of the path, as the student's machine wrote it."""
        return PurePosixPath(self.member).name if self.member else self.path.name


def find_submissions(path: Path, assignment_slug: str) -> tuple[Source, ...]:
    """The submissions at `path`, sorted by name: a notebook, a .py, a zip, a folder, or a folder or zip of those.

    A folder is one submission if it holds a notebook with the release's name, or a single .ipynb and neither zips nor
    folders with notebooks. Otherwise each thing in it is one. A link is one submission, which read_submission refuses.

    Raises:
        AutograderError: `no-such-path`, `unreadable-path` or `no-submissions`.
    """
    if not os.path.lexists(path):
        raise AutograderError(
            "no-such-path", "there is nothing to grade here", where=Place(str(path)), fix="check the path"
        )
    if path.is_symlink():
        return (_source(path),)
    try:
        if path.is_dir():
            return _in_folder(path, assignment_slug)
        if path.suffix.lower() == ".zip":
            return _in_zip(path, assignment_slug)
    except OSError as error:
        raise AutograderError(
            "unreadable-path", f"cannot be read: {error.strerror}", where=Place(str(path)), fix="check its permissions"
        ) from error
    return (_source(path),)


def with_unique_names(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """The same sources; those with equal names go by the whole file name, and then by number."""
    count = Counter(source.name for source in sources)
    taken: set[str] = set()
    renamed: list[Source] = []
    for source in sources:
        if count[source.name] > 1:
            source = replace(source, name=paths.shown(source.file_name))
        name, number = source.name, 1
        while name in taken:
            number += 1
            name = f"{source.name}-{number}"
        taken.add(name)
        renamed.append(replace(source, name=name))
    return tuple(renamed)


def _source(path: Path, member: str = "") -> Source:
    pure = PurePosixPath(member) if member else PurePosixPath(path.name)
    known = pure.suffix.lower() in (*paths.NOTEBOOK_SUFFIXES, ".zip") and not member.endswith("/")
    whole_folder = not member and path.is_dir()
    name = pure.stem if known and not whole_folder else pure.name
    return Source(_named(name or str(path.absolute().name)), path, member)


def _named(text: str) -> str:
    """`text` as it can be shown; where that is not what it is, with digits of its hash, so that the name hangs on no
    other file of the folder."""
    shown = paths.shown(text)
    if shown == text:
        return text
    digits = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{shown[:66].removesuffix('...')}...{digits}"


def _in_folder(root: Path, slug: str) -> tuple[Source, ...]:
    children = sorted(c for c in root.iterdir() if not paths.ignored(PurePosixPath(c.name)))
    listing = _Listing(
        files=tuple(c.name for c in children if c.is_symlink() or not c.is_dir()),
        folders=tuple(c.name for c in children if c.is_dir() and not c.is_symlink()),
        full=frozenset(c.name for c in children if c.is_dir() and not c.is_symlink() and _holds_notebook(c)),
    )
    if listing.is_one(slug):
        return (_source(root.resolve()),)
    links = [name for name in listing.files if (root / name).is_symlink()]
    found = [_source(root / name) for name in sorted({*listing.members(), *links})]
    if not found:
        raise AutograderError(
            "no-submissions",
            "the folder holds no submission",
            where=Place(str(root)),
            fix="put notebooks, .py files, zips or folders into it, one per student",
        )
    return with_unique_names(tuple(sorted(found, key=lambda s: (s.name, s.file_name))))


def _in_zip(path: Path, slug: str) -> tuple[Source, ...]:
    one = (_source(path),)
    try:
        with os.fdopen(folder.open_file(path), "rb") as file:
            names = [entry.name for entry in archive.list_entries(file)]
    except Refused:
        return one  # read_submission says why
    if any(paths.name_fault(name.removesuffix("/")) for name in names):
        return one
    names = [name for name in names if not paths.ignored(PurePosixPath(name))]
    prefix = ""
    listing = _zip_listing(names, prefix)
    while len(listing.folders) == 1 and not listing.files:
        prefix += f"{listing.folders[0]}/"
        listing = _zip_listing(names, prefix)
    members = [
        *(f"{name}/" for name in listing.full),
        *(n for n in listing.files if n.lower().endswith((".ipynb", ".zip"))),
    ]
    if listing.is_one(slug) or len(members) < 2:
        return one
    found = (_source(path, prefix + member) for member in members)
    return with_unique_names(tuple(sorted(found, key=lambda s: (s.name, s.member))))


@dataclass(frozen=True)
class _Listing:
    """The names at one level. `full`: the folders that hold a notebook somewhere."""

    files: tuple[str, ...]
    folders: tuple[str, ...]
    full: frozenset[str]

    def is_one(self, slug: str) -> bool:
        if f"{slug}.ipynb" in self.files or f"{slug}.py" in self.files:
            return True
        notebooks = [name for name in self.files if name.lower().endswith(".ipynb")]
        zips = any(name.lower().endswith(".zip") for name in self.files)
        return len(notebooks) == 1 and not zips and not self.full

    def members(self) -> tuple[str, ...]:
        known = (*paths.NOTEBOOK_SUFFIXES, ".zip", ".ipynb.txt", ".ipynb.json")
        return (*(n for n in self.files if n.lower().endswith(known)), *self.folders)


def _zip_listing(names: list[str], prefix: str) -> _Listing:
    below = [name[len(prefix) :] for name in names if name.startswith(prefix) and name != prefix]
    folders = sorted({name.split("/")[0] for name in below if "/" in name})
    full = frozenset(name.split("/")[0] for name in below if "/" in name and name.lower().endswith(".ipynb"))
    return _Listing(tuple(sorted(name for name in below if "/" not in name)), tuple(folders), full)


def _holds_notebook(root: Path) -> bool:
    looked_at = 0
    for _, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not paths.ignored(PurePosixPath(name))]
        looked_at += len(files) + len(folders)
        if any(name.lower().endswith(".ipynb") for name in files):
            return True
        if looked_at > MAX_LOOKED_AT:
            return False
    return False
