"""An end for a student's loop: so many steps, so many seconds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from autograder.checks.failure import Failure


class Budget:
    """Passes on a loader or a function, and ends a loop that takes more steps or seconds than it may.

        student.train(model, Budget(batches, steps=1000))
        student.minimise(Budget(loss, steps=200, seconds=20), start)

    A step is an item of the loader, or a call of the function. Each is counted in the check's process.

    Args:
        of: what is iterated over or called.
        steps: how many there may be; None: any number.
        seconds: how long, from the first step on; None: as long as the check has. Be generous: machines differ.

    Raises:
        Failure: from the step that is one too many.
        ValueError: neither bound is given, or one is not positive.
    """

    def __init__(self, of: Any, *, steps: int | None = None, seconds: float | None = None) -> None:
        bounds = [bound for bound in (steps, seconds) if bound is not None]
        if not bounds or min(bounds) <= 0:
            raise ValueError("give steps or seconds, and more than 0")
        self._of = of
        self._steps = steps
        self._seconds = seconds
        self._started: float | None = None
        self._used = 0

    @property
    def used(self) -> int:
        """Steps taken so far."""
        return self._used

    def __len__(self) -> int:
        return len(self._of)

    def __iter__(self) -> Iterator[Any]:
        for item in self._of:
            self._step()
            yield item

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function."""
        self._step()
        return self._of(*args, **kwargs)

    def _step(self) -> None:
        now = time.monotonic()
        self._started = now if self._started is None else self._started
        self._used += 1
        if self._steps is not None and self._used > self._steps:
            raise Failure(f"your loop takes more than the {self._steps} steps that it may: does it end?", "limit")
        if self._seconds is not None and now - self._started > self._seconds:
            said = "fewer epochs, larger batches, no work in Python that torch can do at once"
            raise Failure(f"your loop takes longer than the {self._seconds:g} s that it may: {said}", "timeout")
