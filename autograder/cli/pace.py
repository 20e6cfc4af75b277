"""How fast a batch goes, and how long yet: over the last submissions, since the first ones tell little of the rest."""

from __future__ import annotations

from collections import deque

WINDOW = 50
"""Submissions that the rate is taken over."""


class Pace:
    """Submissions a second, moving. Times are seconds on any clock that does not go back."""

    def __init__(self, now: float) -> None:
        self._start = now
        self._ends: deque[float] = deque(maxlen=WINDOW + 1)
        self.graded = 0

    def end(self, now: float) -> None:
        """One more was graded. What was only looked up does not count: it says nothing about the rest."""
        self._ends.append(now)
        self.graded += 1

    def rate(self, now: float) -> float | None:
        """Submissions a second; None before the first. It falls while nothing ends."""
        if not self._ends:
            return None
        whole = len(self._ends) > WINDOW
        since, ends = (self._ends[0], WINDOW) if whole else (self._start, len(self._ends))
        return ends / max(now - since, 1e-6)

    def left(self, now: float, open_ones: int) -> float | None:
        """Seconds for `open_ones` more; None before the first."""
        rate = self.rate(now)
        return None if rate is None else open_ones / rate

    def seconds(self, now: float) -> float:
        """Since the beginning."""
        return now - self._start


def per_second(rate: float) -> str:
    """A rate as people say it: "14/s", "2.3/s", "5.0 s each", "3 min each"."""
    if rate >= 10:
        return f"{rate:.0f}/s"
    if rate >= 1:
        return f"{rate:.1f}/s"
    each = 1 / max(rate, 1e-9)
    return f"{each:.1f} s each" if each < 100 else f"{each / 60:.0f} min each"


def clock(seconds: float) -> str:
    """A time as a clock shows it: "0:34", "12:05", "3:01:20"."""
    whole = round(max(0.0, seconds))
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"
