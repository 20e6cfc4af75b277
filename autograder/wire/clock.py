"""What an end of a connection spends its time on: asking, or performing what it was asked."""

from __future__ import annotations

import time
from enum import IntEnum


class Doing(IntEnum):
    """What an end does."""

    NEITHER = 0
    ASKING = 1
    """Crossing to the other end and back, and waiting for what is performed there."""
    PERFORMING = 2
    """Without crossing: from the request, taken apart, to the result, not yet put together."""


class Clock:
    """Adds up both. Of calls back and forth each moment counts once, as what the innermost of them does."""

    def __init__(self) -> None:
        self._doing = Doing.NEITHER
        self._since = 0.0
        self._seconds = [0.0, 0.0, 0.0]

    def turn(self, doing: Doing) -> Doing:
        """From now on it does this. What it did until now, to turn back to."""
        now = time.perf_counter()
        before = self._doing
        self._seconds[before] += now - self._since
        self._doing, self._since = doing, now
        return before

    def seconds(self, doing: Doing) -> float:
        """Spent on it so far, until the last turn."""
        return self._seconds[doing]
