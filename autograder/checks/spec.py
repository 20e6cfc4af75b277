"""The `@check` mark: which exercise a test function judges, and what it is worth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

ATTRIBUTE = "__autograder_check__"

_Function = TypeVar("_Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class CheckSpec:
    """What `@check` declares about a test function."""

    exercise: str
    points: float = 1.0
    hint: str = ""
    """Shown to a student who fails the check: the likely cause and the next step."""
    seconds: float = 10.0
    """Wall clock for one run of the function, kept by the examiner."""


def check(exercise: str, points: float = 1, hint: str = "", seconds: float = 10.0) -> Callable[[_Function], _Function]:
    """Mark a pytest function as a check of `exercise`; it stays an ordinary test otherwise.

    Raises:
        ValueError: the function's name does not begin with test_, or points or seconds make no sense.
    """
    if not points >= 0:
        raise ValueError(f"a check of {exercise!r} cannot be worth {points!r} points")
    if not seconds > 0:
        raise ValueError(f"a check of {exercise!r} cannot be given {seconds!r} seconds")

    def mark(function: _Function) -> _Function:
        if not function.__name__.startswith("test_"):
            raise ValueError(f"{function.__name__} would never run: a check's name begins with test_")
        spec = CheckSpec(exercise=exercise, points=float(points), hint=hint, seconds=float(seconds))
        setattr(function, ATTRIBUTE, spec)
        return function

    return mark
