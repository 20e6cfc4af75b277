"""Moments as the platforms write them. One without a zone is by this machine's clock."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAMED = re.compile(r"(?P<month>[A-Za-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4}),?(?: (?P<time>.+))?")
_NAMED_LATER = re.compile(r"(?P<day>\d{1,2}) (?P<month>[A-Za-z]{3,9})\.? (?P<year>\d{4}),?(?: (?P<time>.+))?")
_TIME = re.compile(r"(?P<hour>\d{1,2}):?(?P<minute>\d\d)(?::(?P<second>\d\d))? ?(?P<half>[AaPp]\.?[Mm]\.?)?")
_WEEKDAY = re.compile(r"\A[A-Za-z]{3,9}, ")


def moment_in(value: object) -> datetime | None:
    """The moment that is meant, with a zone; None where there is none to be read."""
    try:
        if isinstance(value, datetime):
            return _zoned(value)
        if isinstance(value, date):
            return _zoned(datetime(value.year, value.month, value.day))
        text = value.strip() if isinstance(value, str) else ""
        if not text or len(text) > 100:
            return None
        if text.upper().endswith((" UTC", " GMT")):
            return _iso(text[:-4].strip(), utc=True)
        return _iso(text, utc=False) or _spelled(_WEEKDAY.sub("", text))
    except (ValueError, OverflowError, OSError):
        return None


def _zoned(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.astimezone()


def _iso(text: str, *, utc: bool) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if utc and not found.tzinfo else _zoned(found)


def _spelled(text: str) -> datetime | None:
    """`Sep 24, 2024 926 PM`, `24 September 2024, 9:26 PM`: English alone, for other languages write them otherwise."""
    found = _NAMED.fullmatch(text) or _NAMED_LATER.fullmatch(text)
    if found is None or found["month"][:3].lower() not in _MONTHS:
        return None
    hour = minute = second = 0
    if found["time"]:
        time = _TIME.fullmatch(found["time"].strip())
        if time is None:
            return None
        hour, minute, second = int(time["hour"]), int(time["minute"]), int(time["second"] or 0)
        if time["half"]:
            hour = hour % 12 + (12 if time["half"][0] in "pP" else 0)
    month = _MONTHS.index(found["month"][:3].lower()) + 1
    return datetime(int(found["year"]), month, int(found["day"]), hour, minute, second).astimezone()
