"""The table of `make attacks`: level, attack, promise, verdict, seconds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from attack import Attack
from ring import Bout


@dataclass(frozen=True)
class Row:
    """One bout."""

    level: str
    attack: str
    promise: str
    verdict: str
    seconds: float
    kept: bool


ROWS: list[Row] = []


def row(level: str, attack: Attack, bout: Bout, kept: bool) -> Row:
    """The row of a bout; checks that are alike are counted."""
    checks = [finding.check for finding in bout.verdict.findings]
    promised = Counter(attack.promise(check).text for check in checks)
    found = Counter(f"{finding.outcome} {finding.reason}".strip() for finding in bout.verdict.findings)
    return Row(level, attack.id, _counted(promised), _counted(found), bout.seconds, kept)


def table() -> Iterator[str]:
    """The rows by level and attack, as lines."""
    rows = sorted(ROWS, key=lambda row: (row.level, row.attack))
    widths = [max(len(text) for text in column) for column in zip(*map(_cells, rows), strict=True)]
    for one in (None, *rows):
        cells = ("level", "attack", "promise", "verdict", "seconds", "") if one is None else _cells(one)
        yield "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
    for level in sorted({row.level for row in rows}):
        of_level = [row for row in rows if row.level == level]
        kept = sum(row.kept for row in of_level)
        seconds = sum(row.seconds for row in of_level)
        yield f"{level}: {kept} of {len(of_level)} as promised, {seconds:.1f} s of grading"


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.level,
        row.attack,
        _short(row.promise),
        _short(row.verdict),
        f"{row.seconds:7.2f}",
        "" if row.kept else "NOT KEPT",
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def _counted(texts: Iterable[str] | Counter[str]) -> str:
    counted = Counter(texts)
    parts = sorted(((text, count) for text, count in counted.items()), key=lambda pair: pair[0] == "passed")
    return ", ".join(f"{count} {text}" for text, count in parts)
