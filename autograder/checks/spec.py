"""The `@check` mark: which exercise a test function judges, and what it is worth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

Gpu = Literal["prefer"] | bool
"""Where a check is judged. False: on the CPU. True: on a GPU, or not at all. "prefer": on a GPU where there is one."""
ATTRIBUTE = "__autograder_check__"
CELL = "__autograder_cell__"
"""Set on a check that is a cell: as in a notebook, what it passes on may be changed in place."""

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
    gpu: Gpu = False
    """Whether the student's code gets a GPU; the fixture `device` tells the check what it got."""
    in_place: bool = False
    """The exercise asks for arguments to be changed in place. Without it, a check ends as failed where one was; a
    check that is a cell needs none."""


def check(
    exercise: str,
    points: float = 1,
    hint: str = "",
    seconds: float = 10.0,
    gpu: Gpu = False,
    in_place: bool = False,
) -> Callable[[_Function], _Function]:
    """Mark a pytest function as a check of `exercise`; it stays an ordinary test otherwise.

    Raises:
        ValueError: the function's name does not begin with test_, or points, seconds or gpu make no sense.
    """
    if not points >= 0:
        raise ValueError(f"a check of {exercise!r} cannot be worth {points!r} points")
    if not seconds > 0:
        raise ValueError(f"a check of {exercise!r} cannot be given {seconds!r} seconds")
    if gpu is not True and gpu is not False and gpu != "prefer":
        raise ValueError(f'gpu of a check of {exercise!r} is True, False or "prefer", not {gpu!r}')
    if type(in_place) is not bool:
        raise ValueError(f"in_place of a check of {exercise!r} is True or False, not {in_place!r}")

    def mark(function: _Function) -> _Function:
        if not function.__name__.startswith("test_"):
            raise ValueError(f"{function.__name__} would never run: a check's name begins with test_")
        changing = in_place or getattr(function, CELL, False)
        spec = CheckSpec(exercise, float(points), hint, float(seconds), gpu, changing)
        setattr(function, ATTRIBUTE, spec)
        return function

    return mark
