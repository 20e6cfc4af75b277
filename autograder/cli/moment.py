"""A moment on the command line: a date, a date and a time, or how long ago."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import click

_AGO = re.compile(r"(\d+(?:\.\d+)?)\s*(m|h|d|w)", re.IGNORECASE)
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class Moment(click.ParamType[datetime]):
    """`2026-11-20`, `2026-11-20T14:00` (by this machine's clock, or with a zone as in `+01:00`), `90m`, `36h`, `7d`."""

    name = "moment"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The moment, with a zone."""
        if isinstance(value, datetime):
            return value
        try:
            return moment(str(value))
        except (ValueError, OverflowError):
            self.fail(f"{value!r} is no date such as 2026-11-20 or 2026-11-20T14:00, and no age (36h)", param, ctx)


def moment(text: str) -> datetime:
    """The moment that `text` names.

    Raises:
        ValueError: it names none; OverflowError: none that a calendar has.
    """
    ago = _AGO.fullmatch(text.strip())
    if ago:
        return datetime.now().astimezone() - timedelta(**{_UNITS[ago[2].lower()]: float(ago[1])})
    named = datetime.fromisoformat(text.strip())
    return named if named.tzinfo else named.astimezone()
