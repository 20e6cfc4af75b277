"""What runs on each machine of a cluster: one warm grader, asked for verdicts from afar. Knows nothing of Ray.

It starts walls and examiners and never runs a student's code itself. It holds no gradebook and no password: what it
finds out goes back to who asked.
"""

from __future__ import annotations

import os
import queue
import threading
import time
import traceback
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial

from autograder import __version__
from autograder.course import Finding
from autograder.errors import AutograderError
from autograder.examiner.messages import Check
from autograder.grading.attempt import open_grader
from autograder.grading.engines.bundle import unpack
from autograder.grading.engines.engine import Done, Task
from autograder.grading.engines.local import LocalEngine
from autograder.sandbox.scratch import Scratch

FAILED = "node-failed"
"""The code of a refusal that is no AutograderError's: nobody foresaw it."""
SILENT_SECONDS = 120.0
"""Nobody has asked for news for so long: the batch has given this node up, or its driver is no more."""
_LOOK_SECONDS = 0.5
_END_SECONDS = 10.0


@dataclass(frozen=True)
class Assigned:
    """What a node is to grade, and with what. `version` is the assignment's, `isolation` None for the strongest."""

    slug: str
    version: str
    isolation: str | None
    slots: int
    """How many submissions at a time."""
    gpus: bool = False
    """Whether GPUs were leased for it: those that CUDA_VISIBLE_DEVICES names there. Else it touches none."""
    autograder: str = __version__


@dataclass(frozen=True)
class Ready:
    """A node that has warmed up."""

    isolation: str
    versions: Mapping[str, str]
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class Refused:
    """A node that cannot grade: the AutograderError in plain values, since exceptions of ours do not travel."""

    code: str
    what: str
    why: str = ""
    fix: str = ""


@dataclass(frozen=True)
class Begun:
    """The task of that number is being graded, at `place` within the node."""

    number: int
    place: str


@dataclass(frozen=True)
class Known:
    """A finding of the task of that number."""

    number: int
    finding: Finding


@dataclass(frozen=True)
class Finished:
    """The task of that number has come to its end."""

    number: int
    done: Done


@dataclass(frozen=True)
class Returned:
    """The task of that number has not begun and never will here. `why`: the node's trouble; "": it was told to."""

    number: int
    why: str = ""


News = Begun | Known | Finished | Returned


class Node:
    """One machine's grader. Its methods are called from afar, several at a time."""

    def __init__(self) -> None:
        self._news: queue.SimpleQueue[News] = queue.SimpleQueue()
        self._engine: LocalEngine | None = None
        self._scratch: Scratch | None = None
        self._closing = threading.Lock()
        self._asked = time.monotonic()
        self._orphaned = False
        threading.Thread(target=self._end_when_orphaned, args=(os.getppid(),), name="orphaned", daemon=True).start()

    def open(self, assigned: Assigned, packed: bytes) -> Ready | Refused:
        """Lay out the assignment, warm up, try the walls."""
        if assigned.autograder != __version__:
            return Refused(
                "unlike-nodes",
                f"it has autograder {__version__}, the batch has {assigned.autograder}",
                fix="install the same version on all machines",
            )
        try:
            self._scratch = Scratch()
            assignment = unpack(packed, self._scratch.path, assigned.slug, assigned.version)
            gpus = _leased_gpus() if assigned.gpus else ()
            grader = open_grader(assignment, isolation=assigned.isolation, jobs=assigned.slots, gpus=gpus)
            self._engine = LocalEngine(grader, assigned.slots)
            grader.require_walls()
        except AutograderError as error:
            self.close()
            return Refused(error.code, error.what, error.why, error.fix)
        except Exception as error:  # of the platform; in words, for its type may be unknown there
            self.close()
            return Refused(FAILED, f"{type(error).__name__}: {error}", traceback.format_exc(limit=-3))
        self._asked = time.monotonic()
        return Ready(grader.isolation, grader.versions, grader.checks)

    def submit(self, tasks: tuple[tuple[int, Task], ...]) -> None:
        """Have the numbered tasks graded."""
        if self._engine is None:
            return  # closed in the meantime: nobody waits for them
        for number, task in tasks:
            future = self._engine.submit(task, partial(self._found, number), partial(self._begun, number))
            future.add_done_callback(partial(self._finished, number))

    def news(self, patience: float) -> tuple[News, ...]:
        """What has happened since the last call; waits up to `patience` seconds for something to."""
        self._asked = time.monotonic()
        try:
            gathered = [self._news.get(timeout=patience)]
        except queue.Empty:
            return ()
        while not self._news.empty():
            gathered.append(self._news.get())
        return tuple(gathered)

    def cancel(self) -> None:
        """Return the tasks that have not begun."""
        if self._engine is not None:
            self._engine.cancel()

    def close(self) -> None:
        """End everything that was started, and leave no file."""
        with self._closing:
            if self._engine is not None:
                self._engine.close()
                self._engine = None
            if self._scratch is not None:
                self._scratch.remove()
                self._scratch = None

    def _end_when_orphaned(self, parent: int) -> None:
        """End this process when who started it has ended, or when nobody listens: it would grade into the void, on
        cores and GPUs that are another's by now."""
        while os.getppid() == parent and (self._engine is None or time.monotonic() - self._asked < SILENT_SECONDS):
            time.sleep(_LOOK_SECONDS)
        self._orphaned = True  # what is cut short from here on is no news to anybody
        ending = threading.Thread(target=self.close, daemon=True)
        ending.start()
        ending.join(_END_SECONDS)
        os._exit(1)

    def _tell(self, news: News) -> None:
        if not self._orphaned:
            self._news.put(news)

    def _begun(self, number: int, place: str) -> None:
        self._tell(Begun(number, place))

    def _found(self, number: int, finding: Finding) -> None:
        self._tell(Known(number, finding))

    def _finished(self, number: int, future: Future[Done]) -> None:
        if future.cancelled():
            self._tell(Returned(number))
        elif error := future.exception():
            self._tell(Returned(number, f"{type(error).__name__}: {error}"))
        else:
            self._tell(Finished(number, future.result()))


def _leased_gpus() -> tuple[str, ...]:
    """Indices or UUIDs, as whoever started this process wrote them down."""
    return tuple(filter(None, os.environ.get("CUDA_VISIBLE_DEVICES", "").split(",")))
