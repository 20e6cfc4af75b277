"""The batch itself: gives the engine as much as it has slots, tries again what was lost, has every verdict recorded."""

from __future__ import annotations

import heapq
import itertools
import queue
import time
import traceback
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import asdict
from functools import partial

import msgspec

from autograder import __version__
from autograder.course import Assignment, Rejected
from autograder.errors import AutograderError
from autograder.gradebook import Gradebook
from autograder.gradebook.journal import Begun as BatchBegun
from autograder.gradebook.journal import How
from autograder.gradebook.rows import storable
from autograder.grading.batch import work as w
from autograder.grading.batch.ahead import Ahead
from autograder.grading.batch.choosing import chosen, suspects_last
from autograder.grading.batch.entries import Entries
from autograder.grading.batch.events import RECORDED, SAME_BYTES, Event, Graded, Known, Planned, Retrying, Started
from autograder.grading.batch.recorder import Recorder
from autograder.grading.batch.wanted import Stop, Wanted
from autograder.grading.batch.work import FIRST_PAUSE, MOST_CRASHES, MOST_TRIES, ToRecord, Work
from autograder.grading.engines import Done, Engine, Task
from autograder.grading.environment import environment_of
from autograder.grading.losing import lost_checks
from autograder.grading.sources import Source
from autograder.grading.unchanged import Unchanged

MOST_WAITING = 100
"""Submissions that wait to be tried again. While there are more, the platform loses all, and no new ones are read."""


def grade_batch(
    engine: Engine,
    book: Gradebook,
    sources: tuple[Source, ...],
    assignment: Assignment,
    *,
    wanted: Wanted | None = None,
    stop: Stop | None = None,
    profiled: bool = False,
    first_pause: float = FIRST_PAUSE,
) -> Generator[Event, None, None]:
    """Grade the chosen ones of `sources` and record each verdict; events in the order in which things happen.

    What the gradebook holds for the same bytes, checks and environment is not graded again, under whatever name it
    stands. What the platform lost is tried again `first_pause` seconds later, and once more after twice as many;
    elsewhere, where there is another place. Memory does not grow with the number of sources. Closing the generator lets
    what is in flight finish, as `stop.finish()` does.

    Raises:
        AutograderError: the gradebook refused, the engine can go on with nothing, `wanted` names what is not there, or
            the assignment is no longer the one that the engine has. What is recorded stays.
    """
    wanted, stop = wanted or Wanted(), stop or Stop()
    unchanged = Unchanged(assignment)
    if unchanged.version != engine.version:
        raise unchanged.error()
    by = (engine.assignment, engine.version, environment_of(engine.versions))
    todo = chosen(sources, wanted, book, engine.assignment)
    recorded = book.names_standing(*by)
    yield Planned(len(sources), len(todo), sum(storable(source.name) in recorded for source in todo))
    del recorded
    crashes = book.journal.crashes(*by) if wanted.resume else {}
    again = wanted.again or not wanted.resume
    number = book.journal.begin(_begun(engine, by, wanted, len(todo)))
    inbox: queue.SimpleQueue[w.Message] = queue.SimpleQueue()
    recorder = Recorder(book, number, by, inbox.put)
    ahead = Ahead(
        suspects_last(todo, crashes), assignment, book.course_key(), recorder.standing, again=again, crashes=crashes
    )
    entries = Entries(engine, number, assignment)
    batch = _Batch(engine, ahead, recorder, unchanged, inbox, stop, entries, profiled, first_pause)
    how = How.GIVEN_UP
    try:
        yield from batch.run()
        how = How.STOPPED if stop.asked else How.DONE
    except GeneratorExit:
        batch.finish()
        how = How.STOPPED
        raise
    finally:
        stop.on_change(None)
        engine.cancel()
        recorder.close()  # what is judged is recorded in any case
        how = How.GIVEN_UP if stop.at_once else how
        # Where it is given up for an error of the gradebook, that error says more than this one would.
        with suppress(*([AutograderError] if how is How.GIVEN_UP else [])):
            book.journal.end(number, how)


def _begun(engine: Engine, by: tuple[str, str, str], wanted: Wanted, count: int) -> BatchBegun:
    asked = asdict(wanted) | {
        "only": sorted(storable(name) for name in wanted.only),
        "since": wanted.since and wanted.since.isoformat(),
        "submissions": count,
        "isolation": engine.isolation,
    }
    return BatchBegun(by[0], by[1], __version__, by[2], dict(engine.versions), asked)


class _Batch:
    """One batch under way. All of it happens in the thread that iterates; other threads only send messages."""

    def __init__(
        self,
        engine: Engine,
        ahead: Ahead,
        recorder: Recorder,
        unchanged: Unchanged,
        inbox: queue.SimpleQueue[w.Message],
        stop: Stop,
        entries: Entries,
        profiled: bool,
        first_pause: float,
    ) -> None:
        self._engine = engine
        self._ahead = ahead
        self._recorder = recorder
        self._unchanged = unchanged
        self._inbox = inbox
        self._stop = stop
        self._profiled = profiled
        self._entries = entries
        self._first_pause = first_pause
        self._ready: deque[Work] = deque()
        self._waiting: list[tuple[float, int, Work]] = []
        self._order = itertools.count()
        self._in_flight: set[Work] = set()
        self._unwritten = 0
        self._dropping = False
        stop.on_change(partial(inbox.put, None))

    def run(self) -> Generator[Event, None, None]:
        more = True
        while not self._stop.at_once:
            if self._stop.asked:
                self._drop()
            else:
                self._wake_up()
                more = yield from self._read()
                self._start()
            if self._in_flight or self._waiting or self._unwritten:
                for message in self._messages():
                    yield from self._handled(message)
            elif not more or self._stop.asked:
                return

    def finish(self) -> None:
        """Let what is in flight come to its end, when nobody listens any more."""
        self._drop()
        while (self._in_flight or self._unwritten) and not self._stop.at_once:
            for message in self._messages():
                for _ in self._handled(message):
                    pass

    def _drop(self) -> None:
        """Start nothing more. What waits to be tried again is recorded as it is: lost checks do not stand."""
        self._dropping = True
        self._engine.cancel()
        self._ready.clear()
        for _, _, work in self._waiting:
            self._record(work)
        self._waiting.clear()

    def _messages(self) -> Iterator[w.Message]:
        """Wait for one, or until something is to be tried again; then what else is there."""
        pause = max(0.0, self._waiting[0][0] - time.monotonic()) if self._waiting else None
        with suppress(queue.Empty):
            yield self._inbox.get(timeout=pause)
            while True:
                yield self._inbox.get_nowait()

    # what is begun --------------------------------------------------------------------------------------------------

    def _room(self) -> int:
        """How many may be in flight: the engine's slots, and a few that wait for one."""
        slots = self._engine.capacity().slots
        return max(2, slots + max(2, slots // 2))

    def _read(self) -> Generator[Event, None, bool]:
        """Read a few, if few are left. False where there is nothing more to read, for now."""
        room = self._room()
        if len(self._ready) > room // 2 or len(self._waiting) > MOST_WAITING:
            return True
        looked = self._ahead.look(room)
        if looked is None:
            return bool(self._ready)
        for work in looked.todo:
            if work.crashes > MOST_CRASHES:
                self._give_up(work)
            else:
                self._ready.append(work)
        for name, why in looked.unread:
            self._lose(Rejected(name, "", "unreadable", ""), why)
        # What a person said of one student's words is not said of another's.
        alike = self._recorder.as_recorded([number for _, number in looked.same_bytes])
        for (name, _), verdict in zip(looked.same_bytes, alike, strict=True):
            self._ask(ToRecord(self._entries.of(msgspec.structs.replace(verdict, submission=name)), place=SAME_BYTES))
        numbers = [number for _, number in looked.recorded]
        for number, verdict in zip(numbers, self._recorder.verdicts(numbers), strict=True):
            yield Graded(verdict, fresh=False, place=RECORDED, tries=0, attempt=number)
        return True

    def _start(self) -> None:
        room = self._room()
        while self._ready and len(self._in_flight) < room:
            if self._in_flight and (self._ready[0].alone or any(work.alone for work in self._in_flight)):
                return
            work = self._ready.popleft()
            self._in_flight.add(work)
            if work.tries:
                self._submit(work)
            else:
                self._recorder.begin(work)

    def _submit(self, work: Work) -> None:
        if self._dropping:
            self._in_flight.discard(work)
            return
        task = Task(
            work.submission, work.seed, work.open_checks, tries=work.tries, avoid=work.avoid, profiled=self._profiled
        )
        tell = self._inbox.put
        future = self._engine.submit(task, lambda f: tell(w.Found(work, f)), lambda p: tell(w.Running(work, p)))
        future.add_done_callback(lambda ended: tell(w.Ended(work, ended)))

    def _wake_up(self) -> None:
        """What has waited long enough is next."""
        while self._waiting and self._waiting[0][0] <= time.monotonic():
            self._ready.appendleft(heapq.heappop(self._waiting)[2])

    # what is told ---------------------------------------------------------------------------------------------------

    def _handled(self, message: w.Message) -> Iterator[Event]:
        match message:
            case w.Begun(work):
                self._submit(work)
            case w.Running(work, place):
                yield Started(work.submission.name, place)
            case w.Found(work, finding):
                yield Known(work.submission.name, finding)
            case w.Ended(work, _):
                yield from self._ended(message)
            case w.Written():
                yield self._written(message)
            case w.Refused(error):
                raise error

    def _ended(self, message: w.Ended) -> Iterator[Event]:
        work, future = message.work, message.future
        self._in_flight.discard(work)
        if future.cancelled() and self._dropping:
            return
        done = self._done(message)
        self._unchanged.require()  # else an examiner that was renewed meanwhile may have judged by other checks
        work.add(done)
        assert work.verdict is not None
        lost = lost_checks(work.verdict)
        elsewhere = len(places := self._engine.capacity().places) > 1 and not work.avoid.issuperset(places)
        work.open_checks = tuple(check for check in lost if elsewhere or check not in done.hopeless)
        if not work.open_checks or work.tries >= MOST_TRIES or self._dropping:
            self._record(work)
            return
        pause = work.pause(self._first_pause)
        heapq.heappush(self._waiting, (time.monotonic() + pause, next(self._order), work))
        why = next(f.detail for f in work.verdict.findings if f.check == work.open_checks[0])
        yield Retrying(work.submission.name, why, work.tries, pause)

    def _done(self, message: w.Ended) -> Done:
        """What came of a try. One that raised lost everything.

        Raises:
            AutograderError: the engine can go on with nothing.
        """
        work = message.work
        try:
            return message.future.result()
        except AutograderError:
            raise
        except Exception as error:  # an engine's own fault: this submission is tried again, the others go on
            why = "".join(traceback.format_exception(error, limit=-3))
        verdict = self._entries.lost(work.submission, why, work.seed, work.open_checks)
        return Done(verdict, work.place, self._engine.versions)

    def _written(self, message: w.Written) -> Graded:
        self._unwritten -= 1
        asked, work = message.asked, message.asked.work
        if work is not None:
            self._ahead.release(work)
        tries = work.tries if work is not None else 0
        number = message.recorded.attempt
        if not message.recorded.new:  # another batch was quicker, or the same was lost before
            (stands,) = self._recorder.verdicts([number])
            return Graded(stands, fresh=False, place=RECORDED, tries=tries, attempt=number)
        fresh = asked.place != SAME_BYTES
        verdict = message.recorded.verdict or asked.entry.verdict
        return Graded(verdict, fresh, asked.place, tries, message.profile, number)

    # what is recorded -----------------------------------------------------------------------------------------------

    def _record(self, work: Work) -> None:
        self._ask(ToRecord(self._entries.judged(work), work, work.place))

    def _give_up(self, work: Work) -> None:
        why = (
            f"{work.crashes} batches crashed while this submission was in flight, the last ones while it was alone, so "
            "it is not run again. `--no-resume` runs it again; `--isolation` may put stronger walls around it."
        )
        work.verdict = self._entries.lost(work.submission, why, work.seed)
        self._record(work)

    def _lose(self, submission: Rejected, why: str) -> None:
        self._ask(ToRecord(self._entries.of(self._entries.lost(submission, why))))

    def _ask(self, asked: ToRecord) -> None:
        self._unwritten += 1
        self._recorder.record(asked)
