"""Which line of a notebook file holds which line of a cell, so that errors can point there."""

from __future__ import annotations

import json
import re

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]')
_COLON = re.compile(r"\s*:")

Lines = tuple[int | None, ...]


def script_source_lines(text: str, sources: list[str]) -> list[Lines]:
    """The lines (from 1) of each cell of a percent script, found in order."""
    plain = [_bare(line) for line in text.split("\n")]
    at = _after_header(plain)
    found: list[Lines] = []
    for source in sources:
        wanted = [_bare(line) for line in source.split("\n")]
        if not source.strip():
            found.append((None,) * len(wanted))
            continue
        start = next((i for i in range(at, len(plain)) if plain[i : i + len(wanted)] == wanted), None)
        if start is None:
            found.append((None,) * len(wanted))
            continue
        at = start + len(wanted)
        found.append(tuple(range(start + 1, at + 1)))
    return found


def _bare(line: str) -> str:
    """A line as it reads with or without the comment sign that markdown cells and magics carry in a script."""
    return line.strip().lstrip("# \t").strip()


def _after_header(plain: list[str]) -> int:
    if plain and plain[0] == "---" and "---" in plain[1:]:
        return plain.index("---", 1) + 1
    return 0


def json_source_lines(text: str, sources: list[str]) -> list[Lines]:
    """The lines (from 1) of each cell of an .ipynb: one a list item, or all on the line of the one string."""
    items = _source_strings(text)
    found: list[Lines] = []
    for number, source in enumerate(sources):
        count = len(source.split("\n"))
        lines: list[int | None] = []
        for line, value in items[number] if number < len(items) else []:
            pieces = value.count("\n") + (0 if value.endswith("\n") else 1)
            lines += [line] * max(pieces, 1)
        lines += [lines[-1] if lines else None] * (count - len(lines))
        found.append(tuple(lines[:count]))
    return found


def _source_strings(text: str) -> list[list[tuple[int, str]]]:
    """For each cell (depth 3 of the JSON) the strings of its "source", each with its line."""
    cells: list[list[tuple[int, str]]] = []
    depth, line, seen = 0, 1, 0
    collecting = False
    for token in _TOKEN.finditer(text):
        line += text.count("\n", seen, token.start())
        seen = token.start()
        piece = token.group()
        if piece in "{[":
            depth += 1
        elif piece in "}]":
            depth -= 1
            collecting = collecting and depth > 3
        elif depth == 3 and _COLON.match(text, token.end()):
            collecting = piece == '"source"'
            if collecting:
                cells.append([])
        elif collecting:
            cells[-1].append((line, json.loads(piece)))
    return cells
