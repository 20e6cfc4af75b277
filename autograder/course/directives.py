"""The short notation at the head of a cell: `#| exercise: softmax`, or `<!-- exercise: datasheet -->` in prose."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable

from autograder.course.written import take_marker
from autograder.errors import AutograderError, Place

KNOWN = ("exercise",)
_DIRECTIVE = re.compile(r"^#\| ?([A-Za-z_-]+) *: *(.*?) *$")
_LOOKS_LIKE_ONE = re.compile(r"^\s*#\s*\|\s*[A-Za-z_-]+\s*[:=]|^\s*#\||<!--[\s#|]*exercise\b")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ELSEWHERE = {"points": "points", "hint": "hints", "hints": "hints", "title": "title", "defines": "defines"}


def take_directives(kind: str, source: str, metadata: object, place: Callable[[int], Place]) -> tuple[str, str | None]:
    """Split a cell into its source without directives and the exercise that they name.

    Args:
        kind: code, markdown or raw. Code cells take directives; a markdown cell may begin with the marker of an answer.
        source: the cell's text.
        metadata: the cell's own `autograder` metadata, which may name the exercise instead.
        place: gives the place of the cell's line i, from 0.

    Raises:
        AutograderError: `unknown-directive`, `bad-directive`, `misplaced-directive`, `two-exercises`.
    """
    named: list[str] = []
    whole = source.split("\n")
    if kind == "markdown":
        answers, source = take_marker(source)
        named += [answers] if answers else []
    lines = source.split("\n")
    head, above = 0, len(whole) - len(lines)
    while kind == "code" and head < len(lines) and _LOOKS_LIKE_ONE.match(lines[head]):
        named.append(_exercise(lines[head], place(head)))
        head += 1
    for index in range(head, len(lines)):
        if _LOOKS_LIKE_ONE.match(lines[index]):
            raise AutograderError(
                "misplaced-directive",
                "a directive that is not at the head of its cell",
                where=place(above + index),
                why="It would stay in the release as a comment and have no effect.",
                fix="move it to the first line of its cell: `#| exercise: NAME` of a code cell, "
                "`<!-- exercise: NAME -->` of a text cell that is answered in words",
            )
    named += _from_metadata(kind, metadata, place(0))
    if len(set(named)) > 1:
        raise AutograderError(
            "two-exercises",
            f"one cell names two exercises: {', '.join(sorted(set(named)))}",
            where=place(0),
            fix="give each exercise its own cell",
        )
    if head:
        while head < len(lines) - 1 and not lines[head].strip():
            head += 1
    return "\n".join(lines[head:]), named[0] if named else None


def _exercise(line: str, where: Place) -> str:
    match = _DIRECTIVE.match(line)
    if match is None:
        raise AutograderError(
            "bad-directive",
            "not a directive, though it looks like one",
            where=where,
            fix="write it as `#| exercise: NAME`, at the margin",
        )
    key, value = match.groups()
    if key not in KNOWN:
        close = difflib.get_close_matches(key.lower(), KNOWN, n=1, cutoff=0.0)[0]
        fix = f"write `#| {close}: NAME`"
        if key.lower() in _ELSEWHERE:
            fix = f"write `{_ELSEWHERE[key.lower()]} = ...` in the [[exercise]] table of assignment.toml"
        raise AutograderError("unknown-directive", f"no directive is called {key!r}", where=where, fix=fix)
    if not _NAME.fullmatch(value):
        raise AutograderError(
            "bad-directive",
            f"{value!r} cannot name an exercise",
            where=where,
            fix="use a name such as `#| exercise: softmax`",
        )
    return value


def _from_metadata(kind: str, metadata: object, where: Place) -> list[str]:
    if metadata in ({}, None):
        return []
    name = metadata.get("exercise") if isinstance(metadata, dict) else None
    unknown = sorted(set(metadata) - {"exercise"}) if isinstance(metadata, dict) else []
    if kind not in ("code", "markdown") or unknown or not isinstance(name, str) or not _NAME.fullmatch(name):
        raise AutograderError(
            "bad-directive",
            "the cell's autograder metadata is not understood",
            where=where,
            fix='write {"autograder": {"exercise": "NAME"}} in the metadata of a code cell, or of a text cell that is '
            "answered in words",
        )
    return [name]
