"""Moments as the platforms write them. One without a zone is by this machine's clock."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime

_MONTHS = (
    ("jan", "ene", "gen"),
    ("feb", "fév", "fev"),
    ("mar", "mär", "mrt", "maa"),
    ("apr", "avr", "abr"),
    ("may", "mai", "mei", "maj", "mag"),
    ("jun", "juin", "giu"),
    ("jul", "juil", "lug"),
    ("aug", "aoû", "ago"),
    ("sep", "set"),
    ("oct", "okt", "ott", "out"),
    ("nov",),
    ("dec", "déc", "dez", "dic"),
)
"""How months begin in English, German, French, Spanish, Italian, Portuguese, Dutch and the North's languages."""
_NAMED = re.compile(r"(?P<month>[^\W\d]{3,10})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})(?:,? (?P<time>.+))?")
_NAMED_LATER = re.compile(
    r"(?P<day>\d{1,2})\.? (?:de )?(?P<month>[^\W\d]{3,10})\.? (?:de )?(?P<year>\d{4})(?:,? (?P<time>.+))?"
)
_TIME = re.compile(
    r"(?:(?:at|à|às|um|kl\.?|a las) )?(?P<hour>\d{1,2}) ?[:.h]? ?(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r" ?(?P<half>[AaPp]\. ?[Mm]\.|[AaPp][Mm])?(?: Uhr)?"
)
_WEEKDAY = re.compile(r"\A[^\W\d][^\W\d-]{1,12}(?:-[^\W\d]{2,8})?\.?,? (?=\w)")


def moment_in(value: object) -> datetime | None:
    """The moment that is meant, with a zone; None where there is none to be read."""
    try:
        if isinstance(value, datetime):
            return _zoned(value)
        if isinstance(value, date):
            return _zoned(datetime(value.year, value.month, value.day))
        text = value.strip() if isinstance(value, str) else ""
        if not text or len(text) > 100 or text.isdigit():  # eight digits are somebody's number
            return None
        if text.upper().endswith((" UTC", " GMT")):
            return _iso(text[:-4].strip(), utc=True)
        return _iso(text, utc=False) or _spelled(text)
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
    """`Sep 24, 2024 926 PM`, `24 September 2024, 9:26 PM`, `20. Oktober 2026, 14:00`."""
    # Newer systems put narrow spaces before AM and PM; macOS takes accents apart.
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    found = next((m for one in (text, _WEEKDAY.sub("", text)) for m in (_named(one),) if m is not None), None)
    month = _month(found["month"]) if found is not None else 0
    if found is None or not month:
        return None
    hour = minute = second = 0
    if found["time"]:
        time = _TIME.fullmatch(found["time"].strip())
        if time is None:
            return None
        hour, minute, second = int(time["hour"]), int(time["minute"]), int(time["second"] or 0)
        if time["half"]:
            hour = hour % 12 + (12 if time["half"][0] in "pP" else 0)
    return datetime(int(found["year"]), month, int(found["day"]), hour, minute, second).astimezone()


def _named(text: str) -> re.Match[str] | None:
    return _NAMED.fullmatch(text) or _NAMED_LATER.fullmatch(text)


def _month(word: str) -> int:
    """From 1; 0 where the word is none."""
    return next((at for at, begins in enumerate(_MONTHS, start=1) if word.casefold().startswith(begins)), 0)
