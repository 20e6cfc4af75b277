"""Foreign notebooks and the files beside them, read with bounds. Nothing of them is executed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from autograder.course.source import MAX_BYTES, MAX_CELL_CHARACTERS, MAX_CELLS, shown
from autograder.errors import AutograderError, Place
from autograder.grading import archive, folder, paths
from autograder.grading.paths import Refused

MAX_CONTAINERS = 1_000_000
"""Brackets and commas of a notebook's JSON, strings included: a few bytes of JSON become a hundred."""
_KINDS = ("code", "markdown", "raw")

_Found = TypeVar("_Found")


@dataclass(frozen=True)
class ForeignCell:
    """A cell as it stands in the notebook, without outputs."""

    number: int
    """From 1."""
    kind: str
    source: str
    metadata: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    attachments: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class ForeignNotebook:
    """A notebook of another tool's."""

    name: str
    """Its file's name, with folders below the place that was read."""
    cells: tuple[ForeignCell, ...]
    metadata: Mapping[str, Any]

    def place(self, cell: ForeignCell) -> Place:
        """Where a cell stands, for errors."""
        return Place(f"{self.name}, cell {cell.number}")


def read_files(path: Path) -> tuple[tuple[str, bytes], ...]:
    """The files at `path`: one file, a folder's or a zip's. POSIX names relative to it; no link is followed.

    Raises:
        AutograderError: `cannot-import`, in words about what is unsafe or too large.
    """
    if path.is_dir() and not path.is_symlink():
        return _refusals(path, lambda: folder.read_folder(path))
    if path.suffix.lower() == ".zip":
        return _refusals(path, lambda: _zip(path))
    return _refusals(path, lambda: ((_name(path), folder.read_file(path, paths.MAX_FILE_BYTES)),))


def _refusals(path: Path, reading: Callable[[], _Found]) -> _Found:
    try:
        return reading()
    except Refused as refused:
        raise _cannot(refused.message, Place(shown(path))) from refused


def _zip(path: Path) -> tuple[tuple[str, bytes], ...]:
    with os.fdopen(folder.open_file(path), "rb") as file:
        if os.fstat(file.fileno()).st_size > paths.MAX_TOTAL_BYTES:
            raise paths.unsafe(f"The zip is larger than {paths.MAX_TOTAL_BYTES >> 20} MB.")
        return archive.read_files(file)


def _name(path: Path) -> str:
    fault = paths.name_fault(path.name)
    if fault:
        raise paths.unsafe(f"The file's name {fault}. Rename it.")
    return path.name


def read_notebook(name: str, content: bytes) -> ForeignNotebook:
    """The cells of an .ipynb of format 4.

    Raises:
        AutograderError: `cannot-import`, in words about what is wrong with it.
    """
    where = Place(paths.shown(name))
    data = _json(content, where)
    if not isinstance(data, dict) or data.get("nbformat") != 4:
        raise _cannot("it is not a notebook of format 4; save it again with a newer Jupyter", where)
    cells = data.get("cells")
    if not isinstance(cells, list) or len(cells) > MAX_CELLS:
        raise _cannot(f"it has no list of at most {MAX_CELLS} cells", where)
    metadata = data.get("metadata")
    return ForeignNotebook(
        paths.shown(name),
        tuple(_cell(cell, number, where) for number, cell in enumerate(cells, 1)),
        MappingProxyType(metadata if isinstance(metadata, dict) else {}),
    )


def _json(content: bytes, where: Place) -> object:
    if len(content) > MAX_BYTES:
        raise _cannot(f"it has {len(content)} bytes, and {MAX_BYTES} are the most that are read", where)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _cannot(f"it is not UTF-8 text (byte {error.start})", where) from error
    if text.count("{") + text.count("[") + text.count(",") > MAX_CONTAINERS:
        raise _cannot("it holds too many values; clear its outputs", where)
    try:
        return json.loads(text)
    except (ValueError, RecursionError, MemoryError) as error:
        raise _cannot(f"it is no JSON: {str(error)[:100] or type(error).__name__}", where) from error


def _cell(cell: object, number: int, where: Place) -> ForeignCell:
    kind = cell.get("cell_type") if isinstance(cell, dict) else None
    if not isinstance(cell, dict) or kind not in _KINDS:
        raise _cannot(f"cell {number} is no cell", where)
    source = cell.get("source")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str) or len(source) > MAX_CELL_CHARACTERS or "\0" in source:
        raise _cannot(f"the source of cell {number} is no text of at most {MAX_CELL_CHARACTERS} characters", where)
    try:
        source.encode()
    except UnicodeEncodeError as error:
        raise _cannot(f"the source of cell {number} holds half a character", where) from error
    metadata = cell.get("metadata")
    plain = source.replace("\r\n", "\n").replace("\r", "\n")
    return ForeignCell(
        number,
        str(kind),
        plain,
        MappingProxyType(metadata if isinstance(metadata, dict) else {}),
        MappingProxyType(_attachments(cell.get("attachments"))),
    )


def _attachments(value: object) -> dict[str, dict[str, str]]:
    """Pictures in a text cell: name, media type, base64. What is built otherwise is left out."""
    if not isinstance(value, dict):
        return {}
    found: dict[str, dict[str, str]] = {}
    for name, bundle in value.items():
        if isinstance(bundle, dict) and not paths.name_fault(name):
            found[name] = {k: v for k, v in bundle.items() if isinstance(v, str) and k.startswith("image/")}
    return found


def _cannot(what: str, where: Place) -> AutograderError:
    return AutograderError(
        "cannot-import",
        f"it cannot be imported: {what}",
        where=where,
        why="Nothing was written.",
        fix="mend it in the original, and import it again",
    )
