"""Reading a source notebook (percent script or .ipynb) into frozen cells that know their lines in the file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from autograder.course.directives import take_directives
from autograder.course.lines import json_source_lines, script_source_lines
from autograder.errors import AutograderError, Place

MAX_BYTES = 20_000_000
MAX_CELLS = 2_000
MAX_CELL_CHARACTERS = 1_000_000

# jupytext would also uncomment prose such as "# cat the tensors", so only these two are read as magics.
_COMMENTED_MAGIC = re.compile(r"^# (?=%{1,2}[A-Za-z]|![A-Za-z./~])")
_EDITOR_METADATA = ("cell_marker", "lines_to_next_cell", "lines_to_end_of_cell_marker", "execution", "ExecuteTime")


@dataclass(frozen=True)
class SourceCell:
    """One cell as its author wrote it, directives taken off.

    `lines[i]` is the line of the file (from 1) that holds line `i` of `source`; None where it could not be told.
    """

    kind: str
    """code, markdown or raw"""
    source: str
    path: str
    lines: tuple[int | None, ...]
    exercise: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    attachments: Mapping[str, Any] = field(default_factory=dict)

    def place(self, index: int = 0) -> Place:
        """Where line `index` (from 0) of the cell stands in the file."""
        text = self.source.split("\n")
        if index >= len(text) or index >= len(self.lines):
            return Place(self.path, self.lines[-1] if self.lines else None)
        return Place(self.path, self.lines[index], text[index])


@dataclass(frozen=True)
class SourceNotebook:
    """All cells of a source notebook, in order."""

    path: Path
    cells: tuple[SourceCell, ...]

    @property
    def code(self) -> tuple[SourceCell, ...]:
        """The code cells, in order."""
        return tuple(cell for cell in self.cells if cell.kind == "code")


def shown(path: Path) -> str:
    """`path` as people want to read it: from the current folder where it lies below that."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)


def read_source(path: Path) -> SourceNotebook:
    """Read `path` (.py in percent format, or .ipynb of format 4).

    Raises:
        AutograderError: `bad-notebook` for anything that is no sound notebook; `unknown-directive`, `bad-directive`,
            `misplaced-directive` or `two-exercises` for the directives of its cells.
    """
    text = _text(path)
    raw = _read_ipynb(path, text) if path.suffix == ".ipynb" else _read_script(path, text)
    if len(raw) > MAX_CELLS:
        raise _bad(path, f"{len(raw)} cells, and {MAX_CELLS} are the most that are read")
    return SourceNotebook(path, tuple(_cell(path, cell, lines) for cell, lines in raw))


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _bad(path, f"{size} bytes, and {MAX_BYTES} are the most that are read")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise _bad(path, f"it cannot be opened: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise _bad(path, f"it is not UTF-8 text (byte {error.start})") from error
    if "\0" in text:
        raise _bad(path, "it holds NUL characters")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_script(path: Path, text: str) -> list[tuple[dict[str, Any], tuple[int | None, ...]]]:
    import jupytext  # takes a second

    try:
        notebook = jupytext.reads(  # type: ignore[no-untyped-call]
            text, fmt={"extension": ".py", "format_name": "percent", "comment_magics": False}, as_version=4
        )
    except Exception as error:  # jupytext raises whatever its parsers raise
        raise _bad(path, f"jupytext cannot read it: {_first_line(error)}") from error
    cells = [dict(cell) for cell in notebook.cells]
    lines = script_source_lines(text, [cell["source"] for cell in cells])
    for cell in cells:
        if cell["cell_type"] == "code":
            cell["source"] = "\n".join(_COMMENTED_MAGIC.sub("", line) for line in cell["source"].split("\n"))
    return list(zip(cells, lines, strict=True))


def _read_ipynb(path: Path, text: str) -> list[tuple[dict[str, Any], tuple[int | None, ...]]]:
    import nbformat  # takes a second

    try:
        data = json.loads(text)
        if not isinstance(data, dict) or data.get("nbformat") != 4:
            raise ValueError("it is not a notebook of format 4; save it again with a newer Jupyter")
        notebook = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
        nbformat.validate(notebook)
    except Exception as error:  # hostile JSON raises RecursionError, AttributeError, ValidationError and more
        raise _bad(path, f"{type(error).__name__}: {_first_line(error)}") from error
    cells = [dict(cell) for cell in notebook.cells]
    for number, cell in enumerate(cells, 1):
        try:
            cell["source"].encode()
        except (AttributeError, UnicodeEncodeError) as error:
            raise _bad(path, f"the source of cell {number} is no text") from error
    lines = json_source_lines(text, [cell["source"] for cell in cells])
    return list(zip(cells, lines, strict=True))


def _cell(path: Path, raw: dict[str, Any], lines: tuple[int | None, ...]) -> SourceCell:
    source = raw["source"].replace("\r\n", "\n").replace("\r", "\n")
    if len(source) > MAX_CELL_CHARACTERS:
        raise _bad(path, f"a cell of {len(source)} characters, and {MAX_CELL_CHARACTERS} are the most that are read")
    metadata = json.loads(json.dumps(raw.get("metadata", {})))
    for key in _EDITOR_METADATA:
        metadata.pop(key, None)
    own = metadata.pop("autograder", {})
    whole = SourceCell(raw["cell_type"], source, shown(path), lines)
    rest, exercise = take_directives(whole.kind, source, own, whole.place)
    taken = len(source.split("\n")) - len(rest.split("\n"))
    return SourceCell(
        kind=whole.kind,
        source=rest,
        path=whole.path,
        lines=lines[taken:],
        exercise=exercise,
        metadata=MappingProxyType(metadata),
        attachments=MappingProxyType(json.loads(json.dumps(raw.get("attachments", {})))),
    )


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


def _bad(path: Path, what: str) -> AutograderError:
    return AutograderError(
        "bad-notebook",
        f"the source notebook cannot be read: {what}",
        where=Place(shown(path)),
        why="Nothing was built from it.",
        fix="open it in Jupyter or an editor, mend it, and save it as UTF-8",
    )
