"""Exact numbers and moments of the standard library as values: each is a text that its own type reads back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from autograder.wire import values as v
from autograder.wire.frames import Unsendable, WireError

MAX_TEXT = 20_000
MAX_EXPONENT = 10_000
"""Of a Decimal: as an integer it has as many digits."""


def pack_exact(obj: Any) -> v.Exact | None:
    """`obj` as a value; None where it is of none of these types.

    A time zone crosses as its offset.

    Raises:
        Unsendable: it has too many digits.
    """
    for name, (kind, write, _) in _TYPES.items():
        if issubclass(type(obj), kind) and type(obj).__name__ != "NaTType":  # pandas' NaT is a datetime, and none
            text = write(obj)
            if len(text) > MAX_TEXT:
                raise Unsendable(f"a {kind.__name__} of more than {MAX_TEXT:,} digits cannot cross")
            return v.Exact(name, text)
    return None


def unpack_exact(value: v.Exact) -> Any:
    """The object that `value` stands for.

    Raises:
        WireError: its text is none of its type's.
    """
    if len(value.text) > MAX_TEXT:
        raise WireError("a number with too many digits")
    try:
        return _TYPES[value.type][2](value.text)
    except (ValueError, OverflowError, ZeroDivisionError, InvalidOperation) as error:
        raise WireError(f"a {value.type} that is none") from error


def _decimal(text: str) -> Decimal:
    number = Decimal(text)
    if number.is_finite() and abs(number.adjusted()) > MAX_EXPONENT:
        raise ValueError(text[:40])
    return number


def _duration(text: str) -> timedelta:
    days, seconds, microseconds = (int(part) for part in text.split(","))
    return timedelta(days, seconds, microseconds)


def _written_duration(obj: Any) -> str:
    days, seconds, microseconds = timedelta.days, timedelta.seconds, timedelta.microseconds
    return ",".join(str(part.__get__(obj)) for part in (days, seconds, microseconds))


def _written_decimal(obj: Any) -> str:
    if Decimal.is_finite(obj) and abs(Decimal.adjusted(obj)) > MAX_EXPONENT:
        raise Unsendable(f"a Decimal beyond 1e{MAX_EXPONENT} cannot cross")
    return Decimal.__str__(obj)


_TYPES: dict[v.ExactType, tuple[type, Callable[[Any], str], Callable[[str], Any]]] = {
    "decimal": (Decimal, _written_decimal, _decimal),
    "fraction": (Fraction, lambda obj: f"{obj.numerator:d}/{obj.denominator:d}", Fraction),
    "datetime": (datetime, datetime.isoformat, datetime.fromisoformat),  # before date, which it is too
    "date": (date, date.isoformat, date.fromisoformat),
    "time": (time, time.isoformat, time.fromisoformat),
    "timedelta": (timedelta, _written_duration, _duration),
}
EXACT = frozenset(kind for kind, _, _ in _TYPES.values())
"""The types themselves."""
