"""Curves that a check wants drawn in the feedback, such as the training loss."""

from __future__ import annotations

from collections.abc import Iterable

MOST_POINTS = 500


class Record:
    """Named series of numbers. The examiner hands one to a check and puts its curves into the finding."""

    def __init__(self) -> None:
        self.curves: dict[str, list[float]] = {}

    def series(self, name: str, values: Iterable[float]) -> None:
        """Keep the curve `name`. A long one is thinned evenly to at most 500 points, first and last kept."""
        points = [float(value) for value in values]
        if len(points) > MOST_POINTS:
            last = len(points) - 1
            points = [points[round(i * last / (MOST_POINTS - 1))] for i in range(MOST_POINTS)]
        self.curves[name] = points
