"""The manifest: what a submission says of itself, as JSON in its zip. A claim by the student's machine, no proof."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from autograder.errors import AutograderError

MANIFEST = ".autograder/manifest.json"
"""Its name in the zip. Intake leaves hidden files out, so it is no part of what is graded."""
MAX_MANIFEST_BYTES = 1 << 20
MAX_STUDENT = 100

Text = Annotated[str, Meta(max_length=300)]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Slug = Annotated[str, Meta(pattern="^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]
Schema = Annotated[int, Meta(ge=1, le=1)]


class HandedIn(msgspec.Struct, frozen=True):
    """One file of a submission."""

    name: Annotated[str, Meta(max_length=4096)]
    """POSIX, relative to the notebook's folder."""
    size: Annotated[int, Meta(ge=0)]
    """In bytes."""
    sha256: Sha256


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What was handed in, by whom, when, and with which versions."""

    schema: Schema = 1
    slug: Slug
    version: Text
    """Of the assignment, as the release says."""
    student: Annotated[str, Meta(min_length=1, max_length=MAX_STUDENT)]
    created: Text
    """ISO 8601, UTC, by the clock of the student's machine."""
    digest: Sha256
    """Over names and bytes, as the gradebook counts: equal work has equal digests."""
    files: Annotated[tuple[HandedIn, ...], Meta(max_length=2000)]
    autograder: Text
    python: Text
    torch: Text = ""
    """"" where it is not installed."""

    def as_bytes(self) -> bytes:
        """JSON, the same for the same manifest."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1)


def manifest_from(content: bytes) -> Manifest:
    """The manifest that these bytes are.

    Raises:
        ValueError: they are none; the message is one line and may quote them.
    """
    if len(content) > MAX_MANIFEST_BYTES:
        raise ValueError("the manifest is too large")
    try:
        found = msgspec.json.decode(content, type=Manifest)
        moment(found.created)
        checked_student(found.student)
    except (msgspec.DecodeError, ValueError, RecursionError, AutograderError) as error:
        why = error.what if isinstance(error, AutograderError) else error
        raise ValueError(f"the manifest cannot be used: {why}") from error
    return found


def moment(text: str) -> datetime:
    """The time that `text` names, in UTC.

    Raises:
        ValueError: it is none, or has no time zone.
    """
    if not text.isprintable():  # any character may stand between date and time
        raise ValueError("a time that cannot be printed")
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("a time without its zone")
    try:
        return found.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("a time that no clock shows") from error


def checked_student(name: str) -> str:
    """The student's name as it goes into manifests and file names: NFC, printable, no path in it.

    Raises:
        AutograderError: `bad-student`.
    """
    name = unicodedata.normalize("NFC", name)
    faults = (
        (not name.strip(), "it is empty"),
        (len(name) > MAX_STUDENT or len(quoted(name)) > _MAX_QUOTED, f"it is longer than {MAX_STUDENT} characters"),
        (not name.isprintable(), "it holds characters that cannot be printed"),
        ("/" in name or "\\" in name, "it holds a slash"),
        (name != name.strip(), "it begins or ends with a space"),
        (not name.strip("."), "it consists of dots"),
    )
    fault = next((words for found, words in faults if found), "")
    if fault:
        raise AutograderError(
            "bad-student", f"this name cannot be used for a student: {fault}", fix="give yours with --student NAME"
        )
    return name


_MAX_QUOTED = 160
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-@")


def quoted(name: str) -> str:
    """`name` as part of a file name on every system: letters, digits, _, -, @, inner dots; other bytes as %XX."""
    parts = [
        chr(byte) if chr(byte) in _PLAIN or (byte == 0x2E and 0 < at < len(name) - 1) else f"%{byte:02X}"
        for at, byte in enumerate(name.encode("utf-8", "surrogatepass"))
    ]
    return "".join(parts)
