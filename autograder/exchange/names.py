"""Where things lie in a folder exchange, and what a submission is called there."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote_to_bytes

from autograder.errors import AutograderError
from autograder.exchange.manifest import checked_student, quoted

DROP_BOX = 0o1733
"""inbound/: anybody may put a file in, nobody but its owner lists it, and nobody removes a file of another's."""
UNLISTED = 0o711
"""feedback/: what is in it is found by who knows its name."""
OPEN = 0o755

_TIME = "%Y%m%dT%H%M%S%fZ"
_NAME = re.compile(r"([A-Za-z0-9_@%.-]{1,200})\+(\d{8}T\d{12}Z)\+([0-9a-f]{32})\.zip")
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True)
class Rooms:
    """The folders of one assignment in an exchange."""

    root: Path
    """The assignment's own."""

    @property
    def inbound(self) -> Path:
        """What students hand in."""
        return self.root / "inbound"

    @property
    def outbound(self) -> Path:
        """What students are given."""
        return self.root / "outbound"

    @property
    def feedback(self) -> Path:
        """What comes back to them."""
        return self.root / "feedback"


def rooms(exchange: Path, slug: str) -> Rooms:
    """The folders of the assignment `slug`.

    Raises:
        AutograderError: `bad-slug`: it would lead out of the exchange.
    """
    if not _SLUG.fullmatch(slug):
        raise AutograderError(
            "bad-slug", "this is no name of an assignment", fix="take the release as it was given out"
        )
    return Rooms(exchange / slug)


@dataclass(frozen=True)
class Claim:
    """What the name of a handed-in file says. Anybody can name a file so."""

    student: str
    time: datetime
    """UTC, to the microsecond."""


def file_name(student: str, now: datetime) -> str:
    """A name for what `student` hands in at `now`: `{student}+{time}+{random}.zip`.

    128 random bits make it new, and keep others from guessing it where the folder cannot be listed.
    """
    return f"{prefix(student)}{now.astimezone(UTC).strftime(_TIME)}+{secrets.token_hex(16)}.zip"


def prefix(student: str) -> str:
    """How the names of all that `student` hands in begin."""
    return f"{quoted(student)}+"


def claim(name: str) -> Claim | None:
    """What the file's name says, or None where it is no name of a submission."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        student = checked_student(unquote_to_bytes(found[1]).decode("utf-8"))
        time = datetime.strptime(found[2], _TIME).replace(tzinfo=UTC)
    except (ValueError, AutograderError):
        return None
    return Claim(student, time) if quoted(student) == found[1] else None
