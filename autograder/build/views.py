"""Every way in which released bytes can be read as text: JSON strings, base64, archives, HTML, UTF-16, escapes."""

from __future__ import annotations

import base64
import binascii
import bz2
import contextlib
import gzip
import html
import io
import json
import lzma
import re
import tarfile
import urllib.parse
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from autograder.build.normal import normal, normal_bytes, unescaped
from autograder.errors import AutograderError, Place

MAX_DEPTH = 6
MAX_UNPACKED = 256_000_000
MAX_MEMBERS = 2_000

_BASE64_RUN = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_BASE64_LINES = re.compile(r"(?:[A-Za-z0-9+/_-]{20,}[\s\"',\\]+)+[A-Za-z0-9+/_-]+={0,2}")
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]")
_HEX_RUN = re.compile(r"(?:[0-9a-fA-F]{2}){16,}")
_STREAMS: tuple[tuple[bytes, Callable[[io.BytesIO], io.BufferedIOBase]], ...] = (
    (b"\x1f\x8b", lambda file: gzip.GzipFile(fileobj=file)),
    (b"BZh", bz2.BZ2File),
    (b"\xfd7zXZ\x00", lzma.LZMAFile),
)
_COMMENT = re.compile(r"#[^\n]*")
# Statements have brackets or operators; what is this long without any is an image, and is decoded for itself.
_IMAGE = re.compile(r"[A-Za-z0-9+/=]{400,}")
_READ_AS_TEXT_MOST = 1_000_000
_BROKEN = (
    *(zipfile.BadZipFile, tarfile.TarError, lzma.LZMAError, zlib.error),
    *(RuntimeError, NotImplementedError, OSError, EOFError),
)
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class View:
    """One reading of some released bytes. `text` is in normal form; `original` tells lines where it has any."""

    where: str
    text: str
    original: str = ""


@dataclass
class Budget:
    """What unpacking may still cost. A release that costs more cannot be searched, and so is refused."""

    unpacked: int = MAX_UNPACKED
    members: int = MAX_MEMBERS

    def spend(self, size: int, where: str, members: int = 0) -> None:
        """Raises: AutograderError `leak-unsearchable`."""
        self.unpacked -= size
        self.members -= members
        if self.unpacked < 0 or self.members < 0:
            raise unsearchable(where, "it unpacks to more than can be searched")


def unsearchable(where: str, what: str) -> AutograderError:
    """The error for bytes that cannot be looked into."""
    return AutograderError(
        "leak-unsearchable",
        f"a released file cannot be searched for leaks: {what}",
        where=Place(where),
        why="It could hold the solution. Nothing was written.",
        fix="release its content unpacked, or leave it out",
    )


def views(where: str, data: bytes, budget: Budget, depth: int = 0) -> Iterator[View | bytes]:
    """Every reading of `data`, and each unpacked piece of binary content as bytes, for comparison with secret files.

    Raises:
        AutograderError: `leak-unsearchable`.
    """
    budget.spend(len(data), where)
    if depth > MAX_DEPTH:
        raise unsearchable(where, f"it is packed more than {MAX_DEPTH} times over")
    yield data
    text = _decoded(data)
    if text is None:
        yield View(where, normal_bytes(data))
        if len(data) <= _READ_AS_TEXT_MOST:
            plain = data.replace(b"\0", b"")
            yield View(where, normal(plain.decode("latin-1")))
            yield from _readings(where, plain.decode("utf-8", errors="ignore"))
            yield from _encoded(where, plain.decode("latin-1"), budget, depth)
        yield from _unpacked(where, data, budget, depth)
        return
    if data[:1] in b"{[":
        with contextlib.suppress(ValueError, RecursionError):  # no JSON: the readings below cover it
            yield from _json(where, json.loads(text), budget, depth)
    yield from _readings(where, text)
    yield from _encoded(where, text, budget, depth)


def _decoded(data: bytes) -> str | None:
    """Text in UTF-8 or UTF-16, None for binary data."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    if data.startswith((_PNG, b"PK\x03\x04", *(magic for magic, _ in _STREAMS))) or b"\0" in data:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _readings(where: str, text: str) -> Iterator[View]:
    """The text itself, without comments, unescaped, and out of HTML and of a URL."""
    seen: set[str] = set()
    text = _IMAGE.sub(" ", text)
    for read in (text, _COMMENT.sub("", text), unescaped(text), html.unescape(text), urllib.parse.unquote(text)):
        if read not in seen:
            seen.add(read)
            yield View(where, normal(read), read)


def _json(where: str, value: object, budget: Budget, depth: int) -> Iterator[View | bytes]:
    strings = list(_strings(value, ""))
    for path, text in strings:
        place = f"{where}, {path}" if path else where
        yield from _readings(place, text)
        if len(text) >= 16:
            yield from _encoded(place, text, budget, depth)
    # A solution that is spread over several cells.
    yield View(where, normal("\n".join(text for path, text in strings if path.endswith("source"))))


def _strings(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Every string, keys too; a list of nothing but strings (a cell's source) as one."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        if value and all(isinstance(item, str) for item in value):
            yield path, "".join(value)
            return
        for number, item in enumerate(value, 1):
            name = f"cell {number}" if path == "cells" else f"{path} {number}".strip()
            yield from _strings(item, name)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield path, str(key)
            yield from _strings(item, f"{path} {key}".strip())


def _encoded(where: str, text: str, budget: Budget, depth: int) -> Iterator[View | bytes]:
    """What base64 and hexadecimal runs stand for."""
    for pattern in (_BASE64_RUN, _BASE64_LINES):
        for match in pattern.finditer(text):
            yield from _pieces(f"{where} (base64)", _base64(match.group()), budget, depth)
    for match in _HEX_RUN.finditer(text):
        yield from _pieces(f"{where} (hexadecimal)", bytes.fromhex(match.group()), budget, depth)


def _base64(text: str) -> bytes:
    plain = _NOT_BASE64.sub("", text.replace("-", "+").replace("_", "/"))
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4))
    except binascii.Error:  # one letter too many: no base64 to its end
        return base64.b64decode(plain[: len(plain) // 4 * 4])


def _pieces(where: str, data: bytes, budget: Budget, depth: int) -> Iterator[View | bytes]:
    if len(data) < 12:
        return
    if depth >= MAX_DEPTH:
        return  # words that happen to be letters of base64; real archives are counted in views()
    yield from views(where, data, budget, depth + 1)


def _unpacked(where: str, data: bytes, budget: Budget, depth: int) -> Iterator[View | bytes]:
    for name, content in _members(where, data, budget):
        yield View(f"{where}, the name of a member", normal(name), name)
        yield from views(f"{where}!{name}" if name else where, content, budget, depth + 1)


def _members(where: str, data: bytes, budget: Budget) -> Iterator[tuple[str, bytes]]:
    try:
        if zipfile.is_zipfile(io.BytesIO(data)):
            yield from _zip(where, data, budget)
        elif data[257:262] == b"ustar":
            yield from _tar(where, data, budget)
        elif data.startswith(_PNG):
            yield from _png(data, budget)
        elif data[:1] == b"\x78" and len(data) > 2 and (data[0] << 8 | data[1]) % 31 == 0:
            with contextlib.suppress(zlib.error):  # bytes that only begin like a zlib stream
                yield "", _bounded(zlib.decompressobj().decompress(data, budget.unpacked + 1), where, budget)
        for magic, opened in _STREAMS:
            if data.startswith(magic):
                with opened(io.BytesIO(data)) as stream:
                    yield "", _bounded(stream.read(budget.unpacked + 1), where, budget)
    except _BROKEN as error:
        raise unsearchable(where, f"{type(error).__name__}: {error}") from error


def _bounded(data: bytes, where: str, budget: Budget) -> bytes:
    if len(data) > budget.unpacked:
        budget.spend(len(data), where)
    return data


def _zip(where: str, data: bytes, budget: Budget) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        budget.spend(0, where, len(archive.infolist()))
        yield "comment", archive.comment
        for member in archive.infolist():
            with archive.open(member) as stream:
                yield member.filename, _bounded(stream.read(budget.unpacked + 1), where, budget)


def _tar(where: str, data: bytes, budget: Budget) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
        for member in archive:
            budget.spend(0, where, 1)
            stream = archive.extractfile(member) if member.isreg() else None
            yield member.name, _bounded(stream.read(budget.unpacked + 1), where, budget) if stream else b""


def _png(data: bytes, budget: Budget) -> Iterator[tuple[str, bytes]]:
    """The compressed texts of a PNG (the plain ones are seen as they are)."""
    at = len(_PNG)
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        chunk = data[at + 8 : at + 8 + size]
        at += size + 12
        start = chunk.find(b"\x78")
        if kind in (b"zTXt", b"iTXt", b"iCCP") and start >= 0:
            try:
                yield "", zlib.decompressobj().decompress(chunk[start:], budget.unpacked + 1)
            except zlib.error:
                continue  # an uncompressed iTXt
