"""Tables that people export and save again: a CSV in UTF-8 or UTF-16, with commas, semicolons, tabs or bars."""

from __future__ import annotations

import codecs
import csv
import io
import itertools

MAX_ROWS = 100_000
_SEPARATORS = (",", ";", "\t", "|")
_MARKED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def table_text(content: bytes) -> str:
    """The text of a table. Other codings than Unicode's are not guessed: a wrong guess gives students wrong names.

    Raises:
        ValueError: it is in none; the message says where.
    """
    coding = next((coding for mark, coding in _MARKED if content.startswith(mark)), "utf-8")
    try:
        return content.decode(coding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line} holds letters that are not {coding[:6].upper().rstrip('-')}") from error


def table_rows(text: str) -> list[list[str]]:
    """The rows of a table, told apart by the separator that its first line holds most of.

    Raises:
        ValueError: it is no table, or has more than MAX_ROWS rows.
    """
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = plain.partition("\n")
    if first.lower().startswith("sep=") and len(first) == 5:  # as Excel writes it
        separator, plain = first[4], rest
    else:
        separator = max(_SEPARATORS, key=_outside_quotes(first).count)
    try:
        rows = list(itertools.islice(csv.reader(io.StringIO(plain), delimiter=separator), MAX_ROWS + 2))
    except csv.Error as error:
        raise ValueError(str(error)) from error
    if len(rows) > MAX_ROWS + 1:
        raise ValueError(f"it has more than {MAX_ROWS:,} rows")
    return rows


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])
