"""Lines of a terminal that fit: cut, padded, with two ends, packed side by side, and a bar in parts."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

from rich.text import Text

_Part = TypeVar("_Part", bound=Hashable)


def cut(text: Text, width: int) -> Text:
    """`text` in one line of at most `width` cells."""
    short = Text(no_wrap=True).append_text(text)  # so that its style does not reach what is appended to it
    short.truncate(max(0, width), overflow="ellipsis")
    return short


def padded(text: Text, width: int) -> Text:
    """`text` in exactly `width` cells."""
    short = cut(text, width)
    short.pad_right(max(0, width - short.cell_len))
    return short


def ends(left: Text, right: Text, width: int) -> Text:
    """`left` at the left and `right` at the right of a line; the left one gives way."""
    room = width - right.cell_len - 2
    return cut(padded(left, room).append("  ").append_text(right), width) if room > 0 else cut(left, width)


def packed(entries: Sequence[Text], width: int, between: int = 3) -> Iterator[Text]:
    """Entries side by side, in as many lines as they need."""
    line = Text(no_wrap=True)
    for entry in entries:
        if line and line.cell_len + between + entry.cell_len > width:
            yield line
            line = Text(no_wrap=True)
        if line:
            line.append(" " * between)
        line.append_text(cut(entry, width))
    if line:
        yield line


def shares(counts: Mapping[_Part, int], whole: int, cells: int) -> dict[_Part, int]:
    """`cells` of a bar for counts out of `whole`: one for whatever is there at all, the rest in proportion.

    There are at least as many cells as parts.
    """
    there = {part: count for part, count in counts.items() if count}
    if not there:
        return {}
    sum_of_all = sum(there.values())
    rest = max(len(there), cells * sum_of_all // whole) - len(there)
    given = {part: 1 + rest * count // sum_of_all for part, count in there.items()}
    largest = max(there, key=lambda part: there[part])
    given[largest] += len(there) + rest - sum(given.values())
    return given
