"""Partial credit: a check may return a Score instead of passing or failing. What it measured goes along, rounded."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass

exact: ContextVar[bool] = ContextVar("exact", default=False)
"""True: nothing is rounded. Only for calibrating thresholds, whose verdicts no student sees: from exact values hidden
labels could be found out, one submission after the other."""


@dataclass(frozen=True)
class Measured:
    """A quantity of a trained model, and what earns credit.

    Raises:
        ValueError: a number is not finite.
    """

    name: str
    value: float
    low: float
    high: float
    """Ends of the 95 % interval of `value`; the value itself where there is none."""
    full: float
    half: float
    larger_is_better: bool = True
    ceiling: tuple[float, float] | None = None
    """Where too much is wrong as well: the upper ends of full and of half credit."""
    examples: int = 0
    run: int = 1
    """2: of the second training, which a borderline first one earns."""

    def __post_init__(self) -> None:
        numbers = (self.value, self.low, self.high, self.full, self.half, *(self.ceiling or ()))
        if not all(math.isfinite(number) for number in numbers):
            raise ValueError(f"what was measured as {self.name!r} is not finite: {numbers}")

    @property
    def reaches_full(self) -> bool:
        """Whether full credit lies within the interval, or is reached."""
        if self.larger_is_better:
            return self.high >= self.full and (self.ceiling is None or self.low <= self.ceiling[0])
        return self.low <= self.full


@dataclass(frozen=True)
class Score:
    """Part of a check's points, from 0 to 1, the words that go with it, and what it was measured by.

    Raises:
        ValueError: `credit` is outside [0, 1] or NaN.
    """

    credit: float
    message: str = ""
    measured: tuple[Measured, ...] = ()

    def __post_init__(self) -> None:
        if not 0.0 <= self.credit <= 1.0:
            raise ValueError(f"credit is a part from 0 to 1, not {self.credit!r}")

    @staticmethod
    def worst(*scores: Score) -> Score:
        """The lowest of several scores, with its own message, and with what all of them measured."""
        lowest = min(scores, key=lambda score: score.credit)
        return Score(lowest.credit, lowest.message, tuple(m for score in scores for m in score.measured))


@dataclass(frozen=True)
class Scale:
    """Linear credit: 1 from `full` on, 0.5 at `half`, 0 beyond `half`.

    Every value is rounded before it is judged or shown, so that neither points nor words say more than the rounded
    value does; far from the thresholds, to two significant digits. The thresholds are rounded in the same way, and
    rounding keeps the order of numbers: whoever reaches a threshold reaches it rounded too.

    Args:
        full: from here on the credit is whole.
        half: half credit; beyond it there is none.
        larger_is_better: False: `full` is below `half`.
        ceiling: upper ends of full and half credit, where too much is wrong as well.
        resolution: values are rounded to its multiples. None: to two significant digits of the distance between
            full and half credit, as to 0.01 between 0.25 and 0.6.

    Raises:
        ValueError: half credit is harder to reach than full credit, or the two are the same when rounded.
    """

    full: float
    half: float
    larger_is_better: bool = True
    ceiling: tuple[float, float] | None = None
    resolution: float | None = None

    def __post_init__(self) -> None:
        bounds = [self.half, self.full, *(self.ceiling or ())]
        if not all(math.isfinite(bound) for bound in bounds):
            raise ValueError(f"thresholds must be finite: {bounds}")
        if self.resolution is not None and not 0 < self.resolution < math.inf:
            raise ValueError(f"resolution must be positive, not {self.resolution!r}")
        if sorted(bounds, reverse=not self.larger_is_better) != bounds:
            raise ValueError("half credit must be easier to reach than full credit")
        if self.full != self.half and self.rounded(self.full) == self.rounded(self.half):
            raise ValueError(f"full {self.full:g} and half {self.half:g} are the same when rounded: give resolution=")

    def rounded(self, value: float) -> float:
        """`value` as it is judged and shown."""
        if exact.get():
            return value
        low, high = self._near
        rounded = _to_multiple(value, self._step_at(value), round)
        if value < low:
            return min(rounded, _to_multiple(low, self._step, round))
        if value > high:
            return max(rounded, _to_multiple(high, self._step, round))
        return rounded

    def rounded_outwards(self, low: float, high: float) -> tuple[float, float]:
        """The interval as it is shown: never narrower than it is."""
        if exact.get():
            return low, high
        return (
            _to_multiple(low, self._step_at(low), lambda times: math.floor(times + 1e-9)),
            _to_multiple(high, self._step_at(high), lambda times: math.ceil(times - 1e-9)),
        )

    def score(
        self, name: str, value: float, interval: tuple[float, float] | None = None, examples: int = 0, of: str = ""
    ) -> Score:
        """The score of `value`.

        Args:
            name: of the quantity, for people.
            value: what was measured, finite.
            interval: its 95 % interval.
            examples: over how many it was measured.
            of: what these are, in the plural.
        """
        value = self.rounded(value)
        low, high = (value, value) if interval is None else self.rounded_outwards(*interval)
        low, high = min(low, value), max(high, value)
        ceiling = self.ceiling and (self.rounded(self.ceiling[0]), self.rounded(self.ceiling[1]))
        full, half = self.rounded(self.full), self.rounded(self.half)
        measured = Measured(name, value, low, high, full, half, self.larger_is_better, ceiling, examples)
        shown = "" if interval is None else f" (95 % interval {low:.6g} to {high:.6g})"
        shown += f" on {examples} {of}" if of else ""
        return Score(_credit(measured), f"{name} {value:.6g}{shown}; {_thresholds(measured)}", (measured,))

    @property
    def _step(self) -> float:
        """The distance of neighbouring rounded values near the thresholds."""
        if self.resolution is not None:
            return self.resolution
        ends = [abs(self.full - self.half), abs(self.ceiling[1] - self.ceiling[0]) if self.ceiling else 0.0]
        return _second_digit(min(filter(None, ends), default=abs(self.full) or 1.0))

    @property
    def _near(self) -> tuple[float, float]:
        """What counts as near the thresholds: as far again as they are apart."""
        bounds = (self.full, self.half, *(self.ceiling or ()))
        apart = max(bounds) - min(bounds) or abs(self.full)
        return min(bounds) - apart, max(bounds) + apart

    def _step_at(self, value: float) -> float:
        low, high = self._near
        return self._step if low <= value <= high or value == 0 else max(self._step, _second_digit(abs(value)))


def _second_digit(value: float) -> float:
    """What one in the second significant digit of `value` is worth."""
    return float(10.0 ** (math.floor(math.log10(value)) - 1))


def _to_multiple(value: float, step: float, whole: Callable[[float], int]) -> float:
    """`value` as a multiple of `step`, and as the decimal number that people would write."""
    return float(f"{whole(value / step) * step:.12g}") if step > 0 else value


def _credit(measured: Measured) -> float:
    if not measured.larger_is_better:
        return _line(-measured.value, -measured.full, -measured.half)
    credit = _line(measured.value, measured.full, measured.half)
    if measured.ceiling is None:
        return credit
    return min(credit, _line(-measured.value, -measured.ceiling[0], -measured.ceiling[1]))


def _line(value: float, full: float, half: float) -> float:
    if value >= full:
        return 1.0
    if value < half:
        return 0.0
    return 0.5 + 0.5 * (value - half) / (full - half)


def _thresholds(measured: Measured) -> str:
    full, half = measured.full, measured.half
    if measured.ceiling is None:
        return f"full credit {'from' if measured.larger_is_better else 'up to'} {full:.6g}, half at {half:.6g}"
    most, end = measured.ceiling
    side = "too low: " if measured.value < full else "too high: " if measured.value > most else ""
    return f"{side}full credit from {full:.6g} to {most:.6g}, half at {half:.6g} and {end:.6g}"
