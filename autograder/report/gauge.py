"""What was measured of a trained model, as a small picture: the value and its interval against half and full credit.

Drawn as inline SVG in the page's own variables. The words beside it say all that the picture shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from autograder.course import Measured
from autograder.course.text import one_line

_EDGE = 2.0
"""Percent of the width: how near to an end a mark may lie."""


@dataclass(frozen=True)
class Gauge:
    """One measured quantity."""

    name: str
    value: str
    interval: str
    """Empty where there is none."""
    facts: tuple[str, ...]
    """Thresholds, and over how many it was measured."""
    svg: Markup


def gauge(measured: Measured, several_runs: bool = False) -> Gauge:
    """The gauge of one quantity; `several_runs`: it says of which training it is."""
    sure = measured.low == measured.high
    run = ("first training" if measured.run == 1 else "second training",) if several_runs else ()
    examples = (f"measured on {measured.examples}",) if measured.examples else ()
    return Gauge(
        name=one_line(measured.name, limit=60),
        value=_written(measured.value),
        interval="" if sure else f"{_written(measured.low)} to {_written(measured.high)}",
        facts=(*run, *_thresholds(measured), *examples),
        svg=_drawn(measured),
    )


def _written(value: float) -> str:
    return f"{value:.6g}"


def _thresholds(measured: Measured) -> tuple[str, str]:
    full, half = _written(measured.full), _written(measured.half)
    if measured.ceiling is not None:
        most, end = (_written(bound) for bound in measured.ceiling)
        return f"full credit from {full} to {most}", f"half at {half} and {end}"
    return f"full credit {'from' if measured.larger_is_better else 'up to'} {full}", f"half at {half}"


def _drawn(measured: Measured) -> Markup:
    at = _scale(measured)
    zones = "".join(_zone(at(start), at(end), role) for start, end, role in _zones(measured))
    low, high, value = at(measured.low), at(measured.high), at(measured.value)
    return Markup(  # noqa: S704 - numbers only
        '<svg class="gauge" aria-hidden="true" focusable="false" height="20">'
        '<rect class="track" x="0" y="6" width="100%" height="8" rx="4"/>'
        f"{zones}"
        f'<line class="sure" x1="{low:.2f}%" x2="{high:.2f}%" y1="10" y2="10"/>'
        f'<circle class="value" cx="{value:.2f}%" cy="10" r="5"/></svg>'
    )


def _zone(start: float, end: float, role: str) -> str:
    start, end = (0.0 if start <= _EDGE else start), (100.0 if end >= 100 - _EDGE else end)
    return f'<rect class="{role}" x="{start:.2f}%" y="6" width="{max(0.0, end - start):.2f}%" height="8" rx="1"/>'


def _zones(measured: Measured) -> list[tuple[float, float, str]]:
    """From where to where there is half credit or more, and full credit."""
    endless = float("inf")
    if measured.ceiling is not None:
        most, end = measured.ceiling
        return [(measured.half, end, "half"), (measured.full, most, "full")]
    if measured.larger_is_better:
        return [(measured.half, endless, "half"), (measured.full, endless, "full")]
    return [(-endless, measured.half, "half"), (-endless, measured.full, "full")]


def _scale(measured: Measured) -> Callable[[float], float]:
    """Where a number lies, in percent of the width. The thresholds take the middle; what is far off lies at an end."""
    bounds: list[float] = [measured.full, measured.half, *(measured.ceiling or ())]
    apart = max(bounds) - min(bounds)
    margin = (apart if measured.ceiling is None else 0.3 * apart) or abs(measured.full) or 1.0
    low, high = min(bounds) - margin, max(bounds) + margin

    def at(value: float) -> float:
        return min(100 - _EDGE, max(_EDGE, 100 * (value - low) / (high - low)))

    return at
