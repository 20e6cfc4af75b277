"""The form in which the leak scan compares texts: what is left when layout, quoting and commenting are taken away."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache

_DROPPED = "#'\"`\\>"
_PLAIN_KEPT = {chr(c) for c in range(33, 127)} - set(_DROPPED)
_ASCII_TABLE = {c: None for c in range(128) if chr(c) not in _PLAIN_KEPT}
_BINARY_DROPPED = bytes(c for c in range(256) if c > 126 or chr(c) not in _PLAIN_KEPT)
_ESCAPED = re.compile(r"\\(?:[nrtfv]|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_RUN = re.compile(rb"[\x09-\x0d\x20-\x7e]{6,}")


def normal(text: str) -> str:
    """NFKC, case folded, without white space of any kind, zero-width characters, `#`, quotes, backslashes and `>`."""
    if text.isascii():
        return text.lower().translate(_ASCII_TABLE)
    return unicodedata.normalize("NFKC", text).casefold().translate(_table())


@cache
def _table() -> dict[int, None]:
    """Made when it is needed: a walk over all of Unicode takes a tenth of a second, and most commands never scan."""
    others = (c for c in range(128, sys.maxunicode + 1) if unicodedata.category(chr(c))[0] in "ZC")
    return _ASCII_TABLE | dict.fromkeys(others)


def normal_bytes(data: bytes) -> str:
    """The readable runs of binary data in normal form, ASCII only. NUL bytes go first: UTF-16 and UTF-32 are read."""
    runs = b"".join(_RUN.findall(data.replace(b"\0", b"")))
    return runs.translate(None, _BINARY_DROPPED).decode("ascii").lower()


def unescaped(text: str) -> str:
    r"""The text with \n, \t, \xNN and \uNNNN read as what they stand for."""

    def read(match: re.Match[str]) -> str:
        code = match.group(1) or match.group(2)
        return chr(int(code, 16)) if code else " "

    return _ESCAPED.sub(read, text)
