"""Untrusted text as cells of a CSV that people open in a spreadsheet."""

from __future__ import annotations

import unicodedata

from autograder.course.text import one_line, plain

BOM = "\ufeff"
"""By which Excel knows that a CSV is UTF-8."""
MOST_IN_LINE = 500
MOST_IN_CELL = 30_000
"""Characters: Excel holds 32,767."""


def line(text: str) -> str:
    """`text` as a cell of one line."""
    shown = _no_formula(one_line(text, limit=MOST_IN_LINE))
    return f"'{shown}" if text[:1] in ("\t", "\r", "\n") and not shown.startswith("'") else shown


def words(text: str) -> str:
    """`text` as a cell that keeps its lines."""
    return _no_formula(plain(text, limit=MOST_IN_CELL, lines=MOST_IN_CELL))


def _no_formula(shown: str) -> str:
    """`shown`, with a quote before it where a spreadsheet would calculate (OWASP, CSV injection)."""
    # Spreadsheets see through leading blanks, and some through full-width signs.
    start = unicodedata.normalize("NFKC", shown.lstrip(" '\"")[:1])
    return f"'{shown}" if start in ("=", "+", "-", "@") else shown
