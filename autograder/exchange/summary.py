"""What comes back beside a feedback page, for a terminal: points, and of which exercise."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from autograder.course.text import number, one_line
from autograder.exchange.manifest import Schema, Text

Points = Annotated[float, Meta(ge=0, le=1e6)]


class ExercisePoints(msgspec.Struct, frozen=True, kw_only=True):
    """One exercise."""

    name: Text
    title: Text = ""
    points: Points
    max_points: Points


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """How one package was graded."""

    schema: Schema = 1
    slug: Text
    title: Text
    points: Points
    max_points: Points
    pending_points: Points = 0.0
    """A person has yet to decide on these."""
    settled: bool = True
    """False while a check is owed that could not be judged."""
    exercises: Annotated[tuple[ExercisePoints, ...], Meta(max_length=1000)]

    def as_bytes(self) -> bytes:
        """JSON."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1)


def summary_from(content: bytes) -> Summary | None:
    """The summary that these bytes are, or None: it came over a shared folder, and the page says the same."""
    try:
        return msgspec.json.decode(content, type=Summary)
    except (msgspec.DecodeError, RecursionError):
        return None


def summary_lines(summary: Summary) -> list[str]:
    """The summary as lines of text, safe to show."""
    head = f"{number(summary.points)} of {number(summary.max_points)} points"
    if summary.pending_points:
        head += f", {number(summary.pending_points)} to be graded by a person"
    if not summary.settled:
        head += "; a check could not be judged yet"
    width = max((len(_shown(e)) for e in summary.exercises), default=0)
    rows = [f"  {_shown(e):<{width}}  {number(e.points):>5} of {number(e.max_points)}" for e in summary.exercises]
    return [head, *rows]


def _shown(exercise: ExercisePoints) -> str:
    return one_line(exercise.title or exercise.name, limit=50)
