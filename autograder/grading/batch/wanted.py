"""What a batch is asked for, and how it is asked to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Wanted:
    """Which of the sources are graded, and what is taken from the gradebook. The conditions hold together."""

    again: bool = False
    """What the gradebook holds already for a submission is graded anew, as a further attempt with another seed."""
    only: frozenset[str] = frozenset()
    """Names of sources, exactly; empty: all."""
    failed_only: bool = False
    """Only those whose newest verdict, whatever it was reached by, is short of full marks or has broken or lost
    checks; one that was never graded is left out. What stands for the same bytes, checks and environment still
    stands, unless `again`: this is for checks that were changed."""
    since: datetime | None = None
    """Only what was handed in at this moment or later, by the modification time of the file, of the newest file in the
    folder, or of the member of the zip. Has a zone."""
    resume: bool = True
    """False: nothing is taken from earlier batches. As with `again`, all is graded anew; and what was in flight when
    earlier batches were killed is neither put last nor given up."""


class Stop:
    """A request to stop, in two steps. Every method may be called from a signal handler, and from any thread."""

    def __init__(self) -> None:
        self._steps = 0
        self._wake: Callable[[], object] | None = None

    @property
    def asked(self) -> bool:
        """Nothing more is started; what is in flight is finished."""
        return self._steps > 0

    @property
    def at_once(self) -> bool:
        """What is in flight is given up, and not recorded; the next batch grades it."""
        return self._steps > 1

    def finish(self) -> None:
        """Ask to finish what is in flight."""
        self._step(1)

    def now(self) -> None:
        """Ask to stop at once."""
        self._step(2)

    def further(self) -> None:
        """The next step: what a signal asks for."""
        self._step(self._steps + 1)

    def on_change(self, wake: Callable[[], object] | None) -> None:
        """`wake` is called at each step from now on, so that nobody need look all the time. It must be reentrant."""
        self._wake = wake

    def _step(self, at_least: int) -> None:
        self._steps = max(self._steps, at_least)
        if self._wake is not None:
            self._wake()
