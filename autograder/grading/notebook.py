"""A notebook's bytes -> its cells as handed in. Hostile bytes give one clear sentence, never another exception."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.course.syntax import MAX_CELL_CHARACTERS
from autograder.grading.decoding import AGAIN, decode
from autograder.grading.paths import Refused, unreadable

MAX_CELLS = 2000
MAX_CODE_CHARACTERS = 2_000_000
MAX_CONTAINERS = 3_000_000
MAX_VALUES = 10_000_000
MAX_NAMES = 2_000_000
"""Upper bounds by counting brackets, commas and colons, strings included: a few bytes of JSON become a hundred."""
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)


@dataclass(frozen=True)
class RawCell:
    """A cell as it was handed in."""

    source: str
    exercise: str | None = None
    """Whose cell it says that it is."""
    kind: str = "code"
    """code, markdown or raw; whatever else a notebook calls a cell is kept as it is."""
    id: str = ""
    """The notebook's own name of the cell, "" where it has none."""
    run: int | None = None
    """When it was last run, counted from 1, where that is known."""


@dataclass(frozen=True)
class RawNotebook:
    """The cells of a notebook in order, and what had to be repaired to read them."""

    cells: tuple[RawCell, ...]
    notes: tuple[str, ...] = ()
    slug: str = ""
    """Of the assignment that it was released for, where it still says so."""

    @property
    def code(self) -> tuple[RawCell, ...]:
        """Its code cells."""
        return tuple(cell for cell in self.cells if cell.kind == "code")


class _TwiceError(ValueError):
    """A JSON object names one key twice."""


def read_notebook(content: bytes) -> RawNotebook:
    """The cells of an .ipynb file's bytes.

    Raises:
        Refused: with reason unreadable: what is wrong, and what the student should do.
    """
    text, notes = decode(content, "notebook")
    if text.endswith("\0"):  # what a file system leaves after a crash
        text = text.rstrip("\0")
        notes = (*notes, "empty bytes after the end of the notebook were left out")
    data, read = _json(text)
    major, cells, old = _parts(data)
    return RawNotebook(cells_of(cells, format_3=major < 4), (*notes, *read, *old), _slug(data))


def _parts(data: object) -> tuple[int, list[object], tuple[str, ...]]:
    """Of a notebook's JSON: its format, its cells, and what was done about an old format."""
    if not isinstance(data, dict):
        raise unreadable(f"This is JSON, but no notebook: it holds a {type(data).__name__}. {AGAIN}")
    major = _major(data)
    if major > 4:
        raise unreadable(f"The notebook is in format {major}, newer than is read here (4). Save it as format 4.")
    notes: tuple[str, ...] = ()
    if major < 4:
        data = _upgraded(data, major)
        notes = (f"the notebook is in the old format {major}; it was read as format 4",)
    cells = data.get("cells")
    if not isinstance(cells, list):
        raise unreadable(f"The notebook has no list of cells. {AGAIN}")
    return major, cells, notes


def _major(data: dict[str, object]) -> int:
    """The format: where it is not told as a number, 4 is clear from the cells."""
    major = data.get("nbformat")
    if isinstance(major, (int, float, str)) and re.fullmatch(r"[1-9]\d?(?:\.\d+)?", str(major)):
        return int(float(major))
    if isinstance(data.get("cells"), list):
        return 4
    raise unreadable(f"This is JSON, but no notebook: nbformat is missing or no number. {AGAIN}")


def _json(text: str) -> tuple[object, tuple[str, ...]]:
    many = text.count("{") + text.count("[") > MAX_CONTAINERS or text.count(",") > MAX_VALUES
    if many or text.count(":") > MAX_NAMES:
        raise unreadable("The notebook holds too many values to be read. Clear its outputs and save it again.")
    try:
        return _loaded(text)
    except _TwiceError as error:
        raise unreadable(f"The notebook names {str(error)[:60]!r} twice in one object. {AGAIN}") from error
    except json.JSONDecodeError as error:
        merged = _merged(text)
        if merged is None:
            raise unreadable(_json_fault(text, error)) from error
        return merged, ("merge-conflict markers were left out: the cells are the same on both sides",)
    except RecursionError as error:
        raise unreadable(f"The notebook is nested too deeply to be read. {AGAIN}") from error
    except (ValueError, MemoryError) as error:
        raise unreadable(f"The notebook holds a number that cannot be read. {AGAIN}") from error


def _loaded(text: str) -> tuple[object, tuple[str, ...]]:
    """The value, and a note where Python's own reader is laxer than JSON. Raises what json.loads() raises."""
    special: list[str] = []

    def no_number(name: str) -> None:
        special.append(name)

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(items)
        if len(found) != len(items):
            raise _TwiceError(Counter(name for name, _ in items).most_common(1)[0][0])
        return found

    data = json.loads(text, parse_constant=no_number, object_pairs_hook=pairs)
    return data, (f"{special[0]} in the notebook's JSON was read as null",) if special else ()


def _merged(text: str) -> object | None:
    """The notebook of a text with merge-conflict markers between its lines, where both sides hold the same cells (git
    conflicts over counters and outputs, too); None where they differ, or are no notebooks: that is for the student."""
    if not _CONFLICT.search(text):
        return None
    ours, theirs = sides(text)
    try:
        (mine, _), (other, _) = _loaded(ours), _loaded(theirs)
        same = [_told(data) for data in (mine, other)]
    except (ValueError, RecursionError, MemoryError, Refused):
        return None
    return mine if same[0] == same[1] else None


def _told(data: object) -> list[tuple[str, str, str | None]]:
    major, cells, _ = _parts(data)
    return [(cell.kind, cell.source, cell.exercise) for cell in cells_of(cells, format_3=major < 4)]


def sides(text: str) -> tuple[str, str]:
    """A text with merge-conflict markers, as it was on the one side and on the other."""
    kept: tuple[list[str], list[str]] = ([], [])
    into: tuple[int, ...] = (0, 1)
    for line in text.split("\n"):
        if line.startswith("<<<<<<<"):
            into = (0,)
        elif line.startswith("|||||||") and into == (0,):
            into = ()
        elif line.startswith("=======") and into in ((0,), ()):
            into = (1,)
        elif line.startswith(">>>>>>>"):
            into = (0, 1)
        else:
            for side in into:
                kept[side].append(line)
    return "\n".join(kept[0]), "\n".join(kept[1])


def _json_fault(text: str, error: json.JSONDecodeError) -> str:
    conflict = _CONFLICT.search(text)
    if conflict is not None:
        line = text.count("\n", 0, conflict.start()) + 1
        return f"The notebook holds merge-conflict markers (line {line}). Keep one side and delete the markers."
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
        return f"The notebook is cut off: it ends in the middle (line {error.lineno}). {AGAIN}"
    return f"The notebook is not JSON: {error.msg} (line {error.lineno}). {AGAIN}"


def _upgraded(data: dict[str, object], major: int) -> dict[str, object]:
    """A notebook of format 1, 2 or 3 with its cells as in format 4. Outputs are left out: upgrading them, as nbformat
    does, took 12 s for a megabyte.

    Raises:
        Refused: it is built otherwise.
    """
    sheets = [data] if major == 1 else data.get("worksheets")
    if not isinstance(sheets, list) or not all(isinstance(sheet, dict) for sheet in sheets):
        raise _not_upgraded()
    cells: list[object] = []
    for sheet in sheets:
        found = sheet.get("cells")
        if not isinstance(found, list) or not all(isinstance(cell, dict) for cell in found):
            raise _not_upgraded()
        cells += ({**cell, "source": _first(cell, "source", "input", "code", "text")} for cell in found)
    return {"cells": cells}


def _first(cell: dict[str, object], *names: str) -> object:
    """What a cell calls its source; the formats differ. One without any is empty, as nbformat has it."""
    return next((cell[name] for name in names if name in cell), "")


def _not_upgraded() -> Refused:
    return unreadable(f"The notebook is in an old format and cannot be upgraded. {AGAIN}")


def cells_of(cells: list[object], *, format_3: bool = False) -> tuple[RawCell, ...]:
    """The cells of a notebook's JSON, bounded.

    Raises:
        Refused: one of them is no cell, or there are too many, or too much code.
    """
    return _bounded(list(_read_cells(cells, format_3)))


def _lines(source: object, number: int) -> str:
    """A cell's text, which may be a list of lines; one without any is empty."""
    if isinstance(source, str):
        return source
    if source is None:
        return ""
    if not isinstance(source, list) or not all(isinstance(line, str) for line in source):
        raise unreadable(f"The source of cell {number} is no text but {type(source).__name__}. {AGAIN}")
    broken = len(source) > 1 and not any("\n" in line for line in source)
    return ("\n" if broken else "").join(source)  # some programs write the lines without their ends


def _read_cells(cells: list[object], format_3: bool) -> Iterator[RawCell]:
    for number, cell in enumerate(cells, 1):
        kind = cell.get("cell_type") if isinstance(cell, dict) else None
        if not isinstance(cell, dict) or not isinstance(kind, str):
            raise unreadable(f"Cell {number} of the notebook is no cell. {AGAIN}")
        source = _lines(cell.get("source"), number)
        count = cell.get("prompt_number" if format_3 else "execution_count")
        run = count if isinstance(count, int) and not isinstance(count, bool) and 0 < count < 10**9 else None
        metadata = cell.get("metadata")
        yield RawCell(source, _exercise(metadata), kind, _id(cell.get("id"), metadata), run)


def _id(own: object, metadata: object) -> str:
    """Colab and old formats keep a cell's id in its metadata."""
    found = own or (metadata.get("id") if isinstance(metadata, dict) else None)
    return found if isinstance(found, str) and len(found) <= 64 else ""


def _slug(data: object) -> str:
    metadata = data.get("metadata") if isinstance(data, dict) else None
    ours = metadata.get("autograder") if isinstance(metadata, dict) else None
    slug = ours.get("slug") if isinstance(ours, dict) else None
    return slug if isinstance(slug, str) and len(slug) <= 100 and slug.isprintable() else ""


def _exercise(metadata: object) -> str | None:
    ours = metadata.get("autograder") if isinstance(metadata, dict) else None
    exercise = ours.get("exercise") if isinstance(ours, dict) else None
    return exercise if isinstance(exercise, str) and len(exercise) <= 100 and exercise.isidentifier() else None


def _bounded(cells: list[RawCell]) -> tuple[RawCell, ...]:
    code = [cell for cell in cells if cell.kind == "code"]
    if len(code) > MAX_CELLS:
        raise unreadable(f"The notebook has {len(code):,} code cells; at most {MAX_CELLS:,} are read.")
    total = sum(len(cell.source) for cell in code if len(cell.source) <= MAX_CELL_CHARACTERS)  # longer ones do not run
    if total > MAX_CODE_CHARACTERS:
        raise unreadable(f"The notebook has {total:,} characters of code; at most {MAX_CODE_CHARACTERS:,} are read.")
    return tuple(cells)
