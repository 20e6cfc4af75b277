"""The receipt: which bytes were handed in, when they arrived, and which attempt it was. Kept beside the notebook."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from autograder.errors import AutograderError, Place
from autograder.exchange.landing import PRIVATE, write_new
from autograder.exchange.manifest import HandedIn, Schema, Sha256, Slug, Text, checked_student, moment, quoted

FOLDER = "receipts"
MAX_BYTES = 1 << 20
_MAX_LISTED = 2000

Counted = Literal["exchange", "receipts"]
"""Who counted the attempt: the exchange, or, where that shows students nothing, the receipts kept on this machine."""


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What a student holds against "we never got it": the hash can be compared with the file that lies there."""

    schema: Schema = 1
    slug: Slug
    version: Text
    student: Annotated[str, Meta(min_length=1, max_length=100)]
    sha256: Sha256
    """Of the package, read back from where it was handed in."""
    digest: Sha256
    """Over the work itself, as the gradebook and the feedback name it."""
    received: Text
    """ISO 8601, UTC: when the exchange had it, by its clock where it has one of its own."""
    local: Text
    """The same moment by the student's clock on the wall, with its offset from UTC."""
    attempt: Annotated[int, Meta(ge=1)] | None
    """From 1; None where nobody could count."""
    counted: Counted = "exchange"
    place: Text
    """What the package is called there."""
    exchange: Annotated[str, Meta(max_length=4096)] = ""
    files: Annotated[tuple[HandedIn, ...], Meta(max_length=2000)]

    @property
    def name(self) -> str:
        """The receipt's own file name."""
        when = moment(self.received).strftime("%Y%m%dT%H%M%SZ")
        return f"{self.slug}-{when}-{self.sha256[:8]}.json"


def local_time(received: datetime) -> str:
    """The moment by this machine's zone, to the second, with the offset from UTC."""
    return received.astimezone().isoformat(timespec="seconds")


def utc_time(received: datetime) -> str:
    """The moment in UTC, to the second."""
    return received.astimezone(UTC).isoformat(timespec="seconds")


def save_receipt(receipt: Receipt, folder: Path) -> Path:
    """Write the receipt into `folder`/receipts, never over another.

    Raises:
        OSError: it cannot be written.
    """
    kept = folder / FOLDER
    kept.mkdir(exist_ok=True)
    path = kept / receipt.name
    write_new(path, msgspec.json.format(msgspec.json.encode(receipt), indent=1) + b"\n", PRIVATE)
    return path


def load_receipt(path: Path) -> Receipt:
    """The receipt in this file.

    Raises:
        AutograderError: `bad-receipt`.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise ValueError("it is too large")
        found = msgspec.json.decode(content, type=Receipt)
        moment(found.received)
        moment(found.local)
        checked_student(found.student)
        if not re.fullmatch(r"[A-Za-z0-9._@%+-]+", found.place) or found.place.startswith("."):
            raise ValueError("it names no file of an exchange")
    except OSError as error:
        raise AutograderError("bad-receipt", f"cannot be read: {error.strerror}", where=Place(str(path))) from error
    except (ValueError, RecursionError, AutograderError) as error:
        why = error.what if isinstance(error, AutograderError) else str(error)
        raise AutograderError(
            "bad-receipt",
            "this is no receipt",
            why=why[:300],
            where=Place(str(path)),
            fix=f"name a file of {FOLDER}/, as `autograder submit` wrote it",
        ) from error
    return found


def own_receipts(folder: Path, slug: str, student: str | None = None) -> tuple[Receipt, ...]:
    """As all_receipts(), for this assignment, and this student where one is named."""
    return tuple(r for r in all_receipts(folder) if r.slug == slug and student in (None, r.student))


def all_receipts(folder: Path) -> tuple[Receipt, ...]:
    """The receipts kept in `folder`/receipts, oldest first; files that are none are left out."""
    found = []
    for path in sorted((folder / FOLDER).glob("*.json"))[:_MAX_LISTED]:
        try:
            found.append(load_receipt(path))
        except AutograderError:
            continue  # somebody else's file in this folder
    return tuple(sorted(found, key=lambda r: (moment(r.received), r.sha256)))


def feedback_key(sha256: str, student: str) -> str:
    """The folder of the feedback on one package: found only by who has the package or its receipt."""
    return hashlib.sha256(f"feedback\0{quoted(student)}\0{sha256}".encode()).hexdigest()[:40]
