"""Where the time of one attempt went: spans on one clock, which begins when the grading of the submission does."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Part(StrEnum):
    """What a span was spent on."""

    FORK = "fork"
    """Getting an examiner and workers, which are forked ahead: what is waited for."""
    WALLS = "walls"
    """The worker's locks."""
    CELLS = "cells"
    """The student's cells."""
    CHECK = "check"
    """One check: its own code, the student's code that it calls, and the wire between."""
    WIRE = "wire"
    """Of a check: crossing between the two processes, without what the student's code took. Overlaps the check."""
    STUDENT = "student"
    """Of a check: the student's code, as the worker says, within what its calls took. Overlaps the check."""
    DIAGNOSIS = "diagnosis"
    END = "end"
    """Of the processes."""
    RECORD = "record"
    """In the gradebook."""


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """`start` and `seconds` on the wall clock; `start` counts from the beginning of the attempt."""

    part: Part
    name: str = ""
    """The check's, where there are several of that part."""
    start: float
    seconds: float


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """The spans of one attempt, in the order of their beginnings. Those of WIRE and STUDENT are sums, which lie within
    others."""

    spans: tuple[Span, ...]
    seconds: float
    """Of the whole attempt."""

    def total(self, part: Part) -> float:
        """Seconds spent on `part`."""
        return sum(span.seconds for span in self.spans if span.part is part)

    def then(self, later: Profile) -> Profile:
        """This one and, right after it, `later`: what was tried again, or recorded. Time between the two is no part."""
        moved = (msgspec.structs.replace(span, start=self.seconds + span.start) for span in later.spans)
        return Profile(spans=(*self.spans, *moved), seconds=self.seconds + later.seconds)

    def recorded(self, seconds: float) -> Profile:
        """This one, with the time that it took to record the verdict."""
        span = Span(part=Part.RECORD, start=0.0, seconds=seconds)
        return self.then(Profile(spans=(span,), seconds=seconds))
