"""What a release says of itself, in assignment.json: for `check` and `submit` on a student's machine. No pydantic."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

FILE = "assignment.json"
MAX_BYTES = 4 << 20
_MAX_EXERCISES = 1000


@dataclass(frozen=True)
class ReleasedExercise:
    """One exercise, as students know it."""

    name: str
    title: str
    points: float
    defines: tuple[str, ...]
    """Functions and classes that an answer defines."""
    written: bool
    """Answered in words; a person grades it."""


@dataclass(frozen=True)
class Released:
    """The content of assignment.json. A student may have changed it, so nothing that counts rests on it."""

    slug: str
    title: str
    version: str
    exercises: tuple[ReleasedExercise, ...]
    seconds: float | None = None
    """For the whole notebook; None where nothing is said."""
    cell_seconds: float | None = None
    due: datetime | None = None
    """With its time zone."""
    exchange: str = ""
    """Where to hand in: a folder, as this machine calls it; "" where the course names none."""

    @property
    def written(self) -> dict[str, float]:
        """The exercises that are answered in words, with their points."""
        return {e.name: e.points for e in self.exercises if e.written}

    def named(self, name: str) -> ReleasedExercise | None:
        """The exercise called `name`."""
        return next((e for e in self.exercises if e.name == name), None)


def read_released(folder: Path) -> Released | None:
    """The release in `folder`, or None where its assignment.json is missing or damaged."""
    try:
        with (folder / FILE).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            return None
        told: dict[str, Any] = json.loads(content)
        exercises = tuple(_exercise(e) for e in told["exercises"][:_MAX_EXERCISES])
        limits = told.get("limits") or {}
        return Released(
            slug=str(told["slug"]),
            title=str(told["title"]),
            version=str(told["version"]),
            exercises=exercises,
            seconds=_seconds(limits.get("seconds")),
            cell_seconds=_seconds(limits.get("cell_seconds")),
            due=_moment(told.get("due")),
            exchange=str(told.get("exchange") or ""),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None  # a student may have changed it, or moved the notebook; what can be done still is


def _exercise(told: dict[str, Any]) -> ReleasedExercise:
    return ReleasedExercise(
        name=str(told["name"]),
        title=str(told.get("title", "")),
        points=float(told["points"]),
        defines=tuple(str(name) for name in told.get("defines", ())),
        written=bool(told.get("written")),
    )


def _seconds(value: object) -> float | None:
    good = isinstance(value, int | float) and math.isfinite(value) and value > 0
    return float(value) if good else None  # type: ignore[arg-type]


def _moment(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo is not None else None
