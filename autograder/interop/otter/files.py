"""The source notebook at a path, and the files beside it that its configuration names. No link is followed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from autograder.course.source import shown
from autograder.errors import AutograderError, Place
from autograder.grading import folder, paths
from autograder.grading.paths import Refused
from autograder.interop.foreign import read_files
from autograder.interop.otter.kinds import not_python

_NOT_PYTHON = (".rmd", ".qmd", ".r")


@dataclass(frozen=True)
class Beside:
    """Where the notebook lies: files that were read with it, or the folder that holds it."""

    files: dict[str, bytes]
    folder: Path | None = None

    def read(self, name: str) -> bytes | None:
        """The content of one file; None where it is not there, or its name leads elsewhere."""
        plain = PurePosixPath(name).as_posix()
        if paths.name_fault(plain) or plain.startswith("../"):
            return None
        if self.folder is None:
            return self.files.get(plain)
        inside = self.folder.joinpath(*PurePosixPath(plain).parts)
        if any(parent.is_symlink() for parent in (inside, *inside.parents) if parent.is_relative_to(self.folder)):
            return None
        try:
            return folder.read_file(inside, paths.MAX_FILE_BYTES) if inside.is_file() else None
        except Refused as refused:
            raise _cannot(refused.message, Place(shown(inside))) from refused

    def named(self, names: Iterable[str]) -> list[tuple[str, bytes]]:
        """The files of these names that are there; of a folder, all its files."""
        found: dict[str, bytes] = {}
        for name in names:
            content = self.read(name)
            if content is not None:
                found[PurePosixPath(name).as_posix()] = content
            else:
                found |= self._below(name)
        return sorted(found.items())

    def missing(self, names: Iterable[str]) -> list[str]:
        """Those that are not there."""
        return [name for name in names if not self.named([name])]

    def _below(self, name: str) -> dict[str, bytes]:
        base = PurePosixPath(name).as_posix().rstrip("/") + "/"
        if paths.name_fault(base.rstrip("/")):
            return {}
        if self.folder is None:
            return {known: content for known, content in self.files.items() if known.startswith(base)}
        inside = self.folder / base
        if inside.is_symlink() or not inside.is_dir():
            return {}
        try:
            return {base + known: content for known, content in folder.read_folder(inside)}
        except Refused as refused:
            raise _cannot(refused.message, Place(shown(inside))) from refused


def read_source_files(path: Path) -> tuple[str, bytes, Beside]:
    """The notebook's name and bytes, and what lies beside it.

    Raises:
        AutograderError: `not-python`, `nothing-to-import`, `which-notebook`, or as read_files().
    """
    if path.suffix.lower() in _NOT_PYTHON:
        raise not_python("R or Quarto text", Place(shown(path)))
    files = dict(read_files(path))
    if path.suffix.lower() == ".ipynb":
        ((name, content),) = files.items()
        return name, content, Beside({}, path.parent.resolve())
    found = sorted(name for name in files if name.lower().endswith(".ipynb"))
    nearest = [name for name in found if name.count("/") == min(other.count("/") for other in found)]
    if len(nearest) != 1:
        raise AutograderError(
            "which-notebook" if nearest else "nothing-to-import",
            f"there are {len(nearest)} notebooks here" if nearest else "there is no notebook here",
            where=Place(shown(path)),
            fix="name the source notebook itself: the one with # BEGIN QUESTION cells",
        )
    base = nearest[0][: -len(PurePosixPath(nearest[0]).name)]
    beside = {name[len(base) :]: content for name, content in files.items() if name.startswith(base)}
    return nearest[0], files[nearest[0]], Beside(beside)


def _cannot(what: str, where: Place) -> AutograderError:
    return AutograderError(
        "cannot-import",
        f"a file beside the notebook cannot be imported: {what}",
        where=where,
        why="Nothing was written.",
        fix="mend it, or take it out of the configuration",
    )
