"""One line of the table of `make bench`: what was measured, what it must reach, and what it reached."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Row:
    """`how` says what was done. `ok` is None where nothing could be measured, and `how` says why; or where `must` is
    empty, since there is nothing to reach."""

    what: str
    must: str
    got: str
    ok: bool | None
    how: str
    figures: dict[str, float] = field(default_factory=dict)
    """What the row is made of, in seconds, bytes or ratios as their names say."""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Bound:
    """What a figure must reach: `limit`, from below or from above."""

    limit: float
    unit: str
    most: bool = True

    def __str__(self) -> str:
        return f"{'≤' if self.most else '≥'} {self.limit:g}{self.unit}"

    def row(self, what: str, value: float, how: str, figures: dict[str, float] | None = None) -> Row:
        """The row of a figure."""
        ok = value <= self.limit if self.most else value >= self.limit
        return Row(what, str(self), f"{_told(value)}{self.unit}", ok, how, figures or {})

    def unmeasured(self, what: str, why: str) -> Row:
        """The row of a figure that could not be had."""
        return Row(what, str(self), "not measured", None, why)


def _told(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
