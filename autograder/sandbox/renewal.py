"""The warm process that is forked from now: a new one where it has died, and after so many forks."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from autograder.errors import AutograderError

FORKS = 20_000
"""After so many, a zygote is replaced: whatever of its memory has been split or leaked by then is gone with it."""
_MOST_IN_A_ROW = 3
_REST_SECONDS = 60.0
"""After so long it is tried again: a machine that was short of memory must not cost the rest of a batch."""


class Warm(Protocol):
    """A process that can be forked."""

    @property
    def alive(self) -> bool:
        """It runs."""

    def close(self) -> None:
        """End it."""


W = TypeVar("W", bound=Warm)
T = TypeVar("T")


class Renewal(Generic[W]):
    """Holds the warm process of the moment. Safe to use from several threads."""

    def __init__(self, make: Callable[[], W], *, forks: int = FORKS) -> None:
        """Make the first one.

        Raises:
            what `make` does.
        """
        self._make = make
        self._forks = forks
        self._forking = threading.Lock()
        self._counting = threading.Lock()
        """Never held while a process is waited for."""
        self._now = make()
        self._forked = 0
        self._children: Counter[int] = Counter()
        """By the identity of the process that they were forked from."""
        self._retired: dict[int, W] = {}
        self._successor: threading.Thread | None = None
        self._deaths = 0
        """In a row: without a child in between that did its work."""
        self._died_at = 0.0
        self._closed = False

    @property
    def now(self) -> W:
        """The process of the moment."""
        return self._now

    def fork(self, fork: Callable[[W], T]) -> tuple[W, T]:
        """What `fork` makes of the process of the moment, and that process, for `ended`.

        Raises:
            AutograderError: as `fork` does, once new processes are of no use either, or after `close`.
        """
        with self._forking:
            while True:
                if not self._now.alive and self._may_renew():
                    self._deaths += 1
                    self._died_at = time.monotonic()
                    self._now.close()
                    self._replace(self._make())
                try:
                    made = fork(self._now)
                except AutograderError:
                    if not self._may_renew():
                        raise
                    continue
                with self._counting:
                    self._children[id(self._now)] += 1
                self._forked += 1
                if self._forked >= self._forks and self._successor is None and not self._closed:
                    self._successor = threading.Thread(target=self._succeed, name="renewal", daemon=True)
                    self._successor.start()
                return self._now, made

    def ended(self, parent: W) -> None:
        """A child of `parent` is gone."""
        with self._counting:
            self._children[id(parent)] -= 1
            if self._children[id(parent)] > 0:
                return
            del self._children[id(parent)]
            retired = self._retired.pop(id(parent), None)
        if retired is not None:
            retired.close()

    def lived(self) -> None:
        """A child has done its work."""
        self._deaths = 0

    def close(self) -> None:
        """End all of them. Whoever forks in another thread gets an AutograderError."""
        self._closed = True
        self._now.close()
        for retired in self._retired.values():
            retired.close()

    def _may_renew(self) -> bool:
        rested = time.monotonic() - self._died_at > _REST_SECONDS
        return (self._deaths < _MOST_IN_A_ROW or rested) and not self._closed

    def _succeed(self) -> None:
        """Make the next one while the present one still serves."""
        try:
            successor = self._make()
        except AutograderError:  # the present one goes on
            successor = None
        with self._forking, self._counting:
            self._successor = None
            self._forked = 0
            if successor is None:
                return
            if self._closed or not self._now.alive:
                unwanted = successor
            else:
                unwanted = self._now
                self._replace(successor)
                if self._children[id(unwanted)] > 0:
                    self._retired[id(unwanted)] = unwanted
                    return
        unwanted.close()

    def _replace(self, successor: W) -> None:
        self._now = successor
        self._forked = 0
