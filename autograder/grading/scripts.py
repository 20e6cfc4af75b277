"""A .py file's bytes -> its cells: percent scripts, what Databricks and nbconvert export, or the file as one cell."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import replace

from autograder.course.written import take_marker
from autograder.grading.decoding import decode
from autograder.grading.notebook import MAX_CELLS, MAX_CODE_CHARACTERS, RawCell, RawNotebook, cells_of
from autograder.grading.paths import Refused, unreadable

_ONE_CELL = "the `# %%` cells could not be told apart; the file was read as one cell"
_PERCENT = re.compile(r"^# ?%%(?:\s|$|\[)", re.MULTILINE)
_LONG_PERCENT = re.compile(r"^# ?%%[^\n]{1000}", re.MULTILINE)
_HEADER = re.compile(r"\A\s*(?:#[^\n]*coding[^\n]*\n)?# ---\n(?:#[^\n]*\n)*?# ---\n")
"""What jupytext says of the notebook; to read the cells, nothing of it is needed."""
_EXPORTED = re.compile(r"^# In\[[ \d]*\]:[ \t]*$", re.MULTILINE)
"""Above each code cell that `jupyter nbconvert --to script` writes."""
_DATABRICKS = "# Databricks notebook source"
_COMMAND = re.compile(r"^# COMMAND -{10}[ \t]*$", re.MULTILINE)
_TITLE = re.compile(r"^# DBTITLE [^\n]*\n?", re.MULTILINE)
_MAGIC = re.compile(r"^# MAGIC ?", re.MULTILINE)
_OTHER_LANGUAGE = re.compile(r"\A%(?:sql|sh|fs|scala|r|run)\b")
_COMMENTS = re.compile(r"(?:^#[^\n]*\n?)+", re.MULTILINE)
_COMMENTED_MARKER = re.compile(r"^# ?<!--", re.MULTILINE)


def read_script(content: bytes) -> RawNotebook:
    """The cells of a .py file's bytes.

    Raises:
        Refused: with reason unreadable.
    """
    text, notes = decode(content, "file")
    if len(text) > MAX_CODE_CHARACTERS:
        raise unreadable(f"The file has {len(text):,} characters of code; at most {MAX_CODE_CHARACTERS:,} are read.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    raw = _cells_of(text)
    return replace(raw, notes=(*notes, *raw.notes))


def _cells_of(text: str) -> RawNotebook:
    if text.lstrip().startswith(_DATABRICKS):
        return RawNotebook(_few(_databricks(text)), ("the file is an export of Databricks; its cells were told apart",))
    if _PERCENT.search(text):
        return _percent(text)
    return RawNotebook(_few(_exported(text)))


def _few(cells: Iterator[RawCell]) -> tuple[RawCell, ...]:
    found: list[RawCell] = []
    for cell in cells:
        if len(found) >= MAX_CELLS:
            raise _too_many(MAX_CELLS + 1)
        found.append(cell)
    return tuple(found)


def _too_many(count: int) -> Refused:
    return unreadable(f"The file has {count:,} cells; at most {MAX_CELLS:,} are read.")


def _percent(text: str) -> RawNotebook:
    marks = sum(1 for _ in _PERCENT.finditer(text))
    if marks > MAX_CELLS:
        raise _too_many(marks)
    if _LONG_PERCENT.search(text):  # jupytext takes quadratic time for such a line, or a gigabyte
        return RawNotebook((RawCell(text),), (_ONE_CELL,))
    import jupytext  # takes a second; most submissions are plain .ipynb

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            cells = jupytext.reads(_HEADER.sub("", text, 1), fmt="py:percent").cells  # type: ignore[no-untyped-call]
        return RawNotebook(cells_of([dict(cell) for cell in cells]))
    except Refused:
        raise
    except Exception:  # jupytext and YAML raise many things on hostile headers; the text itself is good enough
        return RawNotebook((RawCell(text),), (_ONE_CELL,))


def _databricks(text: str) -> Iterator[RawCell]:
    """Cells of the "source file" export: divided by COMMAND lines, every line of a magic cell commented by MAGIC."""
    for piece in _COMMAND.split(text.replace(_DATABRICKS, "", 1)):
        source = _MAGIC.sub("", _TITLE.sub("", piece)).strip("\n")
        if not source.strip():
            continue
        first, _, rest = source.partition("\n")
        word = first.split()[0] if first.split() else ""
        if word in ("%md", "%md-sandbox"):
            yield RawCell(first.removeprefix(word).lstrip() + ("\n" + rest if rest else ""), kind="markdown")
        elif word == "%python":
            yield RawCell(first.removeprefix(word).lstrip() + "\n" + rest)
        else:
            yield RawCell("%" + source if _OTHER_LANGUAGE.match(source) else source)


def _exported(text: str) -> Iterator[RawCell]:
    """The file as one cell, or its cells as nbconvert wrote them; and answers in words, which stand in comments."""
    for piece in _EXPORTED.split(text):
        for block in _COMMENTS.finditer(piece) if _COMMENTED_MARKER.search(piece) else ():
            for words in _marked(block.group()):
                yield RawCell(words, kind="markdown")
        if piece.strip() or piece == text:
            yield RawCell(piece)


def _marked(comments: str) -> Iterator[str]:
    """The cells of answers among lines of comments, without the comment signs."""
    lines = [line.removeprefix("#").removeprefix(" ") for line in comments.rstrip("\n").split("\n")]
    starts = [number for number, line in enumerate(lines) if take_marker(line)[0]]
    for start, end in zip(starts, [*starts, len(lines)][1:], strict=True):
        yield "\n".join(lines[start:end])
