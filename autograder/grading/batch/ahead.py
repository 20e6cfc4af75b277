"""Reading ahead: a few submissions at a time, with what the gradebook holds for their bytes."""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from autograder.course import Assignment, Rejected, Submission
from autograder.gradebook.reading import Standing
from autograder.gradebook.rows import storable
from autograder.grading.attempt import seed_of
from autograder.grading.batch.work import Work, size_of
from autograder.grading.intake import read_submission
from autograder.grading.sources import Source

MOST_BYTES = 256 << 20
"""Of submissions that were read and not yet judged; one that is larger is graded all the same."""
MOST_AT_ONCE = 64


@dataclass
class Looked:
    """What some sources are. Each of them is in one of the lists."""

    todo: list[Work] = field(default_factory=list)
    recorded: list[tuple[str, int]] = field(default_factory=list)
    """Names, and the attempts that stand for them."""
    same_bytes: list[tuple[str, int]] = field(default_factory=list)
    """Names, and the attempts that stand for the same bytes under another."""
    waiting: list[str] = field(default_factory=list)
    """Names of those that wait for another with the same bytes to be judged."""
    unread: list[tuple[str, str]] = field(default_factory=list)
    """Names, and how the platform failed to read them."""


class Ahead:
    """The sources of a batch, read in their order. Holds no more than a bounded number of them in memory."""

    def __init__(
        self,
        sources: Iterable[Source],
        assignment: Assignment,
        key: bytes,
        standing: Callable[[Sequence[tuple[str, str]]], tuple[Standing, ...]],
        *,
        again: bool = False,
        crashes: Mapping[tuple[str, str], int] | None = None,
    ) -> None:
        """`key`: the course's. `standing`: says what stands for (submission, digest) pairs. `again`: nothing does."""
        self._sources: Iterator[Source] = iter(sources)
        self._assignment = assignment
        self._standing = standing
        self._again = again
        self._crashes: dict[str, int] = {}  # by digest: it is the bytes that are suspected, not the student
        for (_, digest), count in (crashes or {}).items():
            self._crashes[digest] = max(count, self._crashes.get(digest, 0))
        self._key = key
        self._put_back: deque[Source] = deque()
        self._alike: dict[str, list[Source]] = {}
        """Digest of what is being graded -> others with the same bytes, which wait for its verdict."""
        self._held = 0
        self._at_once = 1

    def look(self, room: int) -> Looked | None:
        """Read up to `room` sources, more where the last ones all stood recorded. None at the end, for now: what waits
        for the same bytes comes back by `release`."""
        looked = Looked()
        chunk: list[tuple[Source, Submission | Rejected]] = []
        while len(chunk) < max(room, self._at_once) and (self._held < MOST_BYTES or not self._held):
            source = self._put_back.popleft() if self._put_back else next(self._sources, None)
            if source is None:
                break
            try:
                submission = read_submission(source, self._assignment)
            except Exception:  # the platform's own fault, whatever it is: the batch goes on, and nobody gets a zero
                looked.unread.append((source.name, traceback.format_exc(limit=-3)))
                continue
            self._held += size_of(submission)
            chunk.append((source, submission))
        if not chunk:
            return looked if looked.unread else None
        asked = [(submission.name, submission.digest) for _, submission in chunk]
        for (source, submission), standing in zip(chunk, self._standing(asked), strict=True):
            self._sort(source, submission, standing, looked)
        self._at_once = 1 if looked.todo else min(2 * len(chunk), MOST_AT_ONCE)
        return looked

    def release(self, work: Work) -> None:
        """`work` is judged and recorded: others with the same bytes are looked at again."""
        self.forget(work)
        if not self._again:
            self._put_back.extend(self._alike.pop(work.submission.digest, ()))

    def forget(self, work: Work) -> None:
        """The bytes of `work` are held no more."""
        self._held -= work.size

    def _sort(self, source: Source, submission: Submission | Rejected, standing: Standing, looked: Looked) -> None:
        digest = submission.digest
        seed = seed_of(self._key, digest, len(standing.own))
        alike = next((one.attempt for one in standing.same_bytes if one.seed == seed), None)
        # What is said of a refused file may name it, and is found anew at once.
        shared = isinstance(submission, Submission) and not self._again
        if standing.own and not self._again:
            looked.recorded.append((submission.name, standing.own[-1].attempt))
        elif shared and alike is not None:
            looked.same_bytes.append((submission.name, alike))
        elif shared and digest in self._alike:
            self._alike[digest].append(source)
            looked.waiting.append(submission.name)
        else:
            crashes = self._crashes.get(storable(digest), 0)
            size = size_of(submission)
            looked.todo.append(Work(submission, seed, size=size, crashes=crashes))
            if shared:
                self._alike[digest] = []
            return
        self._held -= size_of(submission)
