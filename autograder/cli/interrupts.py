"""Ctrl-C and the signal of a scheduler, in steps: first what is in flight is finished, then everything is let go."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.grading.batch import Stop

STOPPING = "stopping: what is in flight is finished first; Ctrl-C again stops at once"
AT_ONCE = "stopping at once: the next batch grades what is in flight"


class Interrupts:
    """What Ctrl-C and SIGTERM do: the first asks `stop` to finish, the second to stop at once, a third ends all.

    While nothing is in flight the second ends the process already.
    """

    def __init__(self, stop: Stop) -> None:
        self.in_flight = False
        self.said = True
        """It is said on stderr. Not so where a display says it."""
        self.stop = stop

    def __call__(self, number: int, _: FrameType | None) -> None:
        """The handler of the signals."""
        self.stop.further()
        if self.stop.at_once:
            signal.signal(number, signal.SIG_DFL)
            if not self.in_flight:
                signal.raise_signal(number)
        if self.said:
            # Not through a stream of Python's: the signal may have come in the middle of a write to it.
            with contextlib.suppress(OSError):
                os.write(2, f"\n{AT_ONCE if self.stop.at_once else STOPPING}\n".encode())


@contextlib.contextmanager
def handled(interrupts: Interrupts) -> Iterator[Interrupts]:
    """Within, the two signals are `interrupts`."""
    before = {number: signal.signal(number, interrupts) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield interrupts
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
