"""What an attempt spends its time on, noted in whichever process: all of them read the same clock of the machine."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import msgspec

from autograder.course import Part, Profile, Span

now = time.monotonic
"""Seconds on the machine's clock, which no process has for itself."""


class Spans:
    """Spans as they come, by the machine's clock. A profile is made of them at the end."""

    def __init__(self) -> None:
        self.noted: list[Span] = []

    def add(self, part: Part, start: float, seconds: float, name: str = "") -> None:
        """Note a span. Less than no time is none."""
        self.noted.append(Span(part=part, name=name, start=start, seconds=max(0.0, seconds)))

    @contextmanager
    def measured(self, part: Part, name: str = "") -> Iterator[None]:
        """Note what is done within."""
        start = now()
        try:
            yield
        finally:
            self.add(part, start, now() - start, name)

    def extend(self, spans: Iterable[Span]) -> None:
        """Note those of another process."""
        self.noted.extend(spans)

    def profile(self, start: float, end: float) -> Profile:
        """Where the time from `start` to `end` went. What was done ahead, or goes on after, took none of it."""
        clipped = (_clipped(span, start, end) for span in self.noted)
        kept = sorted((span for span in clipped if span is not None), key=lambda span: span.start)
        return Profile(spans=tuple(kept), seconds=end - start)


def _clipped(span: Span, start: float, end: float) -> Span | None:
    first, last = max(span.start, start), min(span.start + span.seconds, end)
    if last < first:
        return None
    return msgspec.structs.replace(span, start=first - start, seconds=last - first)
