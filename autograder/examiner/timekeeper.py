"""Where an examiner's time goes: workers, cells and checks; and of a check, the student's code and the wire."""

from __future__ import annotations

import math

from autograder.course import Part
from autograder.examiner.spans import Spans, now
from autograder.wire.clock import Clock, Doing


class Timekeeper:
    """Notes the spans of one submission, as its session goes on."""

    def __init__(self, since: float) -> None:
        """`since`: when this examiner was asked for, on the machine's clock."""
        self.spans = Spans()
        self.spans.add(Part.FORK, since, now() - since)
        self._begun: float | None = None
        self._asked = 0.0
        self._performed = 0.0

    def started(self, asked: float, told: object) -> None:
        """A worker that was asked for at `asked` is there. `told`: its times, as it says before student code runs."""
        seconds = now() - asked
        _, begun, walls = _times(told) or (0.0, 0.0, 0.0)
        walls = max(0.0, min(begun + walls, asked + seconds) - max(begun, asked))
        self.spans.add(Part.FORK, asked, seconds - walls)
        self.spans.add(Part.WALLS, max(begun, asked), walls)
        self._performed = 0.0

    def begin(self, clock: Clock) -> None:
        """A check begins; `clock`: of this end of the connection."""
        self._begun = now()
        self._asked = clock.seconds(Doing.ASKING)

    def end(self, check: str, clock: Clock, told: object) -> None:
        """The check of that name is over. `told`: as the worker says now, or None where it can say nothing any more."""
        if self._begun is None:
            return
        begun, self._begun = self._begun, None
        asked = clock.seconds(Doing.ASKING) - self._asked
        times = _times(told)
        # What a worker never came back from is the student's code. And it may say what it likes: the calls bound it.
        student = asked if times is None else min(asked, max(0.0, times[0] - self._performed))
        self._performed = self._performed if times is None else times[0]
        self.spans.add(Part.CHECK, begun, now() - begun, check)
        self.spans.add(Part.STUDENT, begun, student, check)
        self.spans.add(Part.WIRE, begun, asked - student, check)


def _times(told: object) -> tuple[float, float, float] | None:
    """Seconds that the worker has performed, when its walls began to be built (on the machine's clock), and for how
    long; None where that is not what it says."""
    if not isinstance(told, list) or len(told) != 3:
        return None
    if not all(isinstance(number, float) and math.isfinite(number) for number in told):
        return None
    return told[0], told[1], told[2]
