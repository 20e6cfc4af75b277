"""A notebook's bytes -> its code cells and its answers in words. Hostile bytes give one clear sentence, never another
exception."""

from __future__ import annotations

import json
import re
import warnings
from collections import Counter
from dataclasses import dataclass

from autograder.course.written import MAX_CHARACTERS, answer_in, take_marker
from autograder.grading.paths import Refused, unreadable

MAX_CELLS = 2000
MAX_CODE_CHARACTERS = 2_000_000
MAX_ANSWERS = 100
MAX_CONTAINERS = 3_000_000
MAX_VALUES = 10_000_000
MAX_NAMES = 2_000_000
"""Upper bounds by counting brackets, commas and colons, strings included: a few bytes of JSON become a hundred."""
_AGAIN = "Open it in Jupyter, save it again and hand that file in."
_ONE_CELL = "the `# %%` cells could not be told apart; the file was read as one cell"
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)
_PICTURE = re.compile(r"!\[[^\[\]\n]*\]\((?:data|attachment):[^()\[\]\s]*\)")
"""A picture that was pasted into a cell: JupyterLab attaches it, Colab writes it into the text. No part of it goes past
the next bracket, so it takes linear time."""
_PERCENT = re.compile(r"^# ?%%(?:\s|$|\[)", re.MULTILINE)
_LONG_PERCENT = re.compile(r"^# ?%%[^\n]{1000}", re.MULTILINE)


@dataclass(frozen=True)
class RawCell:
    """A code cell as it was handed in."""

    source: str
    exercise: str | None = None


@dataclass(frozen=True)
class RawNotebook:
    """The code cells of a notebook in order, its answers in words, and what had to be repaired to read them."""

    cells: tuple[RawCell, ...]
    notes: tuple[str, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    """Exercise and words, in the order of the cells; each exercise once."""


class _TwiceError(ValueError):
    """A JSON object names one key twice."""


def read_notebook(content: bytes) -> RawNotebook:
    """The code cells of an .ipynb file's bytes.

    Raises:
        Refused: with reason unreadable: what is wrong, and what the student should do.
    """
    text = decode(content, "notebook")
    data, notes = _json(text)
    if not isinstance(data, dict):
        raise unreadable(f"This is JSON, but no notebook: it holds a {type(data).__name__}. {_AGAIN}")
    major = data.get("nbformat")
    if not isinstance(major, int) or isinstance(major, bool) or major < 1:
        raise unreadable(f"This is JSON, but no notebook: nbformat is missing or no number. {_AGAIN}")
    if major > 4:
        raise unreadable(f"The notebook is in format {major}, newer than is read here (4). Save it as format 4.")
    if major < 4:
        data = _upgraded(data, major)
        notes = (*notes, f"the notebook is in the old format {major}; it was read as format 4")
    cells = data.get("cells")
    if not isinstance(cells, list):
        raise unreadable(f"The notebook has no list of cells. {_AGAIN}")
    return _notebook(cells, notes)


def read_script(content: bytes) -> RawNotebook:
    """The cells of a .py file's bytes: percent format where it has `# %%` lines, else the file as one cell.

    Raises:
        Refused: with reason unreadable.
    """
    text = decode(content, "file")
    if len(text) > MAX_CODE_CHARACTERS:
        raise unreadable(f"The file has {len(text):,} characters of code; at most {MAX_CODE_CHARACTERS:,} are read.")
    marks = sum(1 for _ in _PERCENT.finditer(text))
    if marks > MAX_CELLS:
        raise unreadable(f"The file has {marks:,} cells; at most {MAX_CELLS:,} are read.")
    if marks == 0:
        return RawNotebook((RawCell(text),))
    if _LONG_PERCENT.search(text):  # jupytext takes quadratic time for such a line, or a gigabyte
        return RawNotebook((RawCell(text),), (_ONE_CELL,))
    import jupytext  # takes a second; most submissions are plain .ipynb

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            cells = jupytext.reads(text, fmt="py:percent").cells  # type: ignore[no-untyped-call]
        return _notebook([dict(cell) for cell in cells], ())
    except Refused:
        raise
    except Exception:  # jupytext and YAML raise many things on hostile headers; the text itself is good enough
        return RawNotebook((RawCell(text),), (_ONE_CELL,))


def decode(content: bytes, noun: str) -> str:
    """The text of the bytes.

    Raises:
        Refused: empty, or another kind of file, or not UTF-8.
    """
    start = content.lstrip()[:200].lower()
    if not start:
        raise unreadable(
            f"The {noun} is empty. Hand in the file again; if it is empty on your side too, save it first."
        )
    if content[:4] == b"PK\x03\x04":
        raise unreadable(f"The {noun} is a zip archive under another name. Rename it so that it ends in .zip.")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise unreadable(f"The {noun} is saved as UTF-16. Save it as UTF-8.")
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")):
        raise unreadable(
            f"The {noun} is a web page, not a notebook. "
            "Download the notebook itself (File, Download, .ipynb) and hand that in."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise unreadable(f"The {noun} is not UTF-8 text (at byte {error.start}). {_AGAIN}") from error


def _json(text: str) -> tuple[object, tuple[str, ...]]:
    special: list[str] = []

    def no_number(name: str) -> None:
        special.append(name)

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(items)
        if len(found) != len(items):
            raise _TwiceError(Counter(name for name, _ in items).most_common(1)[0][0])
        return found

    many = text.count("{") + text.count("[") > MAX_CONTAINERS or text.count(",") > MAX_VALUES
    if many or text.count(":") > MAX_NAMES:
        raise unreadable("The notebook holds too many values to be read. Clear its outputs and save it again.")
    try:
        data = json.loads(text, parse_constant=no_number, object_pairs_hook=pairs)
    except _TwiceError as error:
        raise unreadable(f"The notebook names {str(error)[:60]!r} twice in one object. {_AGAIN}") from error
    except json.JSONDecodeError as error:
        raise unreadable(_json_fault(text, error)) from error
    except RecursionError as error:
        raise unreadable(f"The notebook is nested too deeply to be read. {_AGAIN}") from error
    except (ValueError, MemoryError) as error:
        raise unreadable(f"The notebook holds a number that cannot be read. {_AGAIN}") from error
    if special:
        return data, (f"{special[0]} in the notebook's JSON was read as null",)
    return data, ()


def _json_fault(text: str, error: json.JSONDecodeError) -> str:
    conflict = _CONFLICT.search(text)
    if conflict is not None:
        line = text.count("\n", 0, conflict.start()) + 1
        return f"The notebook holds merge-conflict markers (line {line}). Keep one side and delete the markers."
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
        return f"The notebook is cut off: it ends in the middle (line {error.lineno}). {_AGAIN}"
    return f"The notebook is not JSON: {error.msg} (line {error.lineno}). {_AGAIN}"


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
    return unreadable(f"The notebook is in an old format and cannot be upgraded. {_AGAIN}")


def _notebook(cells: list[object], notes: tuple[str, ...]) -> RawNotebook:
    found: list[RawCell] = []
    answers: dict[str, str] = {}
    pictured: dict[str, None] = {}
    for number, cell in enumerate(cells, 1):
        kind = cell.get("cell_type") if isinstance(cell, dict) else None
        if not isinstance(cell, dict) or not isinstance(kind, str):
            raise unreadable(f"Cell {number} of the notebook is no cell. {_AGAIN}")
        source = _source(cell.get("source"), number)
        if kind == "code":
            found.append(RawCell(source, _exercise(cell.get("metadata"))))
        elif kind == "markdown":
            marked, words = take_marker(source)
            exercise = marked or _exercise(cell.get("metadata"))
            so_far = answers.get(exercise, "") if exercise else ""
            if exercise and len(so_far) <= MAX_CHARACTERS and (exercise in answers or len(answers) < MAX_ANSWERS):
                # Who splits the cell answers in both.
                words, pictures = _PICTURE.subn("[a picture]", words)
                answers[exercise] = f"{so_far}\n\n{answer_in(words)}".strip()
                if pictures:
                    pictured[exercise] = None
    too_long = [exercise for exercise, words in answers.items() if len(words) > MAX_CHARACTERS]
    notes += tuple(f"the answer to {name} is cut after {MAX_CHARACTERS:,} characters" for name in too_long)
    notes += tuple(
        f"the answer to {name} holds a picture, which a person will not see: only its words are kept"
        for name in pictured
    )
    kept = tuple((exercise, words[:MAX_CHARACTERS]) for exercise, words in answers.items() if words)
    return RawNotebook(_bounded(found), notes, kept)


def _source(source: object, number: int) -> str:
    if isinstance(source, str):
        return source
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        return "".join(source)
    raise unreadable(f"The source of cell {number} is no text but {type(source).__name__}. {_AGAIN}")


def _exercise(metadata: object) -> str | None:
    ours = metadata.get("autograder") if isinstance(metadata, dict) else None
    exercise = ours.get("exercise") if isinstance(ours, dict) else None
    return exercise if isinstance(exercise, str) and len(exercise) <= 100 and exercise.isidentifier() else None


def _bounded(cells: list[RawCell]) -> tuple[RawCell, ...]:
    if len(cells) > MAX_CELLS:
        raise unreadable(f"The notebook has {len(cells):,} code cells; at most {MAX_CELLS:,} are read.")
    total = sum(len(cell.source) for cell in cells)
    if total > MAX_CODE_CHARACTERS:
        raise unreadable(f"The notebook has {total:,} characters of code; at most {MAX_CODE_CHARACTERS:,} are read.")
    return tuple(cells)
