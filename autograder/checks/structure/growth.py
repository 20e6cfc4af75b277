"""`vectorised`: whether a student's function works on whole tensors, by how its work grows with its input."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from autograder.checks.failure import Failure
from autograder.checks.structure.tracing import trace

_REPEATS = 3
_ENOUGH = 0.5
"""Seconds after which nothing is repeated: what takes that long is no matter of a busy moment."""
_TIMES_SLOWER = 10.0
"""So many times the reference's own growth, at the least, is slow beyond doubt."""
_SECONDS = 3e-4
"""And at the least so much longer for the large input than for the small one."""


def vectorised(
    student: object,
    function: str | Callable[..., Any],
    make: Callable[[int], tuple[Any, ...]],
    reference: Callable[..., Any],
    sizes: tuple[int, int] = (32, 512),
) -> None:
    """Fail if a student's function goes through its input piece by piece, in Python.

    Two things must both hold for that. The lines of Python that it runs, or the operations that it dispatches, grow by
    at least one for every second unit of size: they are counted in the student's process, and do not depend on the
    machine's load. And by the examiner's clock it grows at least ten times as fast as the reference, in two
    measurements. A slow answer without a loop passes, as do a few large pieces. A forged count passes too: forbid
    "loop" beside it, which reads the source.

    Args:
        student: what the check was given.
        function: the name of the student's function, or a function of yours that calls it with the arguments.
        make: size -> the arguments; only as much work as `size` asks for may be in them.
        reference: does the same vectorised; called with the same arguments.
        sizes: a small and a large size; the second at least eight times the first.

    Raises:
        Failure: with reason forbidden_api.
        ValueError: the sizes are too close to tell anything.
    """
    small, large = sizes
    if not 0 < small * 8 <= large:
        raise ValueError(f"sizes {sizes} are too close: the second should be eight times the first, or more")
    called = getattr(student, function) if isinstance(function, str) else function
    few, many = make(small), make(large)
    counts = [_counted(student, called, arguments) for arguments in (few, many)]
    grown = [after - before for before, after in zip(*counts, strict=True)]
    if max(grown) < (large - small) / 2:
        return
    if not all(_is_slow(called, reference, few, many) for _ in range(2)):  # again, for a machine that was busy
        return
    what, which = ("lines of Python", 0) if grown[0] >= grown[1] else ("tensor operations", 1)
    name = f"`{function}`" if isinstance(function, str) else "the function"
    raise Failure(
        f"{name} goes through its input piece by piece: with an input of size {large} instead of {small} it runs "
        f"{counts[1][which]:,} {what} instead of {counts[0][which]:,}, and takes far longer than it should. Replace "
        "the loop by operations on whole tensors: broadcasting, sums along a dim, indexing with a tensor.",
        "forbidden_api",
    )


def _counted(student: object, function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[int, int]:
    """Lines of Python and operations of one call."""
    with trace(student, lines=True) as seen:
        function(*arguments)
    return seen.lines, seen.calls


def _is_slow(
    function: Callable[..., Any], reference: Callable[..., Any], few: tuple[Any, ...], many: tuple[Any, ...]
) -> bool:
    """Whether the time that the large input takes longer than the small one is far more than the reference's."""
    runs = [(called, arguments) for called in (function, reference) for arguments in (few, many)]
    best = [float("inf")] * len(runs)
    began = time.perf_counter()
    for turn in range(_REPEATS):
        if turn and time.perf_counter() - began > _ENOUGH:
            break
        for number, (called, arguments) in enumerate(runs):  # in turn, so that a busy moment meets all of them
            start = time.perf_counter()
            called(*arguments)
            best[number] = min(best[number], time.perf_counter() - start)
    theirs, ours = best[1] - best[0], best[3] - best[2]
    return theirs >= max(_SECONDS, _TIMES_SLOWER * ours)
