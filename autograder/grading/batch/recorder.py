"""The thread that speaks with the gradebook: what waits is committed together, so that no slot waits for a disk."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import TypeVar

import msgspec

from autograder.course import Finding, Outcome, Reason, Verdict
from autograder.errors import AutograderError
from autograder.gradebook import Gradebook
from autograder.gradebook.reading import Standing
from autograder.gradebook.recording import Recorded
from autograder.gradebook.rows import storable_verdict
from autograder.gradebook.writer import Writer
from autograder.grading.batch.work import Begun, Message, Refused, ToRecord, Work, Written

MOST_TOGETHER = 200


@dataclass(frozen=True)
class Question:
    """Something to be read, and who waits for it."""

    ask: Callable[[Writer], object]
    answer: Future[object]


Asked = ToRecord | Work | Question | None
Value = TypeVar("Value")


class Recorder:
    """Records for one batch, in the order in which it is asked. What it has done it tells the batch."""

    def __init__(self, book: Gradebook, batch: int, by: tuple[str, str, str], tell: Callable[[Message], None]) -> None:
        """`by`: the assignment, version and environment of what is asked about."""
        self._by = by
        self._book = book
        self._batch = batch
        self._tell = tell
        self._asked: queue.SimpleQueue[Asked] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="record", daemon=True)
        self._thread.start()

    def begin(self, work: Work) -> None:
        """Enter it into the journal; told as Begun."""
        self._asked.put(work)

    def record(self, asked: ToRecord) -> None:
        """Record a verdict; told as Written when it is committed."""
        self._asked.put(asked)

    def standing(self, asked: Sequence[tuple[str, str]]) -> tuple[Standing, ...]:
        """What stands for each (submission, digest), all that was asked for before included."""
        return self._answer(lambda writer: writer.standing(self._by, asked))

    def verdicts(self, attempts: Sequence[int]) -> tuple[Verdict, ...]:
        """The verdicts of these attempts, in the order given, with what people said of their written answers."""
        return self._answer(lambda writer: writer.verdicts(attempts)) if attempts else ()

    def as_recorded(self, attempts: Sequence[int]) -> tuple[Verdict, ...]:
        """The verdicts of these attempts, in the order given, as checks alone reached them."""
        return self._answer(lambda writer: writer.as_recorded(attempts)) if attempts else ()

    def close(self) -> None:
        """Write what was asked for so far, and end."""
        self._asked.put(None)
        self._thread.join()

    def _answer(self, ask: Callable[[Writer], Value]) -> Value:
        answer: Future[Value] = Future()
        self._asked.put(Question(ask, answer))  # type: ignore[arg-type]
        return answer.result()

    def _run(self) -> None:
        try:
            with self._book.writer() as writer:
                while self._do(writer, together := self._waiting()):
                    pass
        except BaseException as error:  # also what only a fault of ours can raise: the batch must not wait for ever
            self._tell(Refused(error))
            while None not in together:
                for question in (one for one in together if isinstance(one, Question)):
                    if not question.answer.done():
                        question.answer.set_exception(error)
                together = [self._asked.get()]

    def _do(self, writer: Writer, together: Sequence[Asked]) -> bool:
        """False where that was all."""
        begun = [one for one in together if isinstance(one, Work)]
        verdicts = [one for one in together if isinstance(one, ToRecord)]
        if begun or verdicts:
            names = [(work.submission.name, work.submission.digest) for work in begun]
            start = time.perf_counter()
            try:
                recorded = writer.write(self._batch, [one.entry for one in verdicts], names)
            except AutograderError as error:
                if error.code != "bad-verdict":
                    raise
                verdicts = [
                    replace(one, entry=replace(one.entry, verdict=finite(one.entry.verdict))) for one in verdicts
                ]
                recorded = writer.write(self._batch, [one.entry for one in verdicts], names)
            self._say(begun, verdicts, recorded, time.perf_counter() - start)
        for one in together:
            if isinstance(one, Question):
                one.answer.set_result(one.ask(writer))
        return None not in together

    def _waiting(self) -> list[Asked]:
        together = [self._asked.get()]
        while len(together) < MOST_TOGETHER and together[-1] is not None:
            try:
                together.append(self._asked.get_nowait())
            except queue.Empty:
                break
        return together

    def _say(
        self, begun: Iterable[Work], verdicts: Sequence[ToRecord], recorded: Sequence[Recorded], seconds: float
    ) -> None:
        for work in begun:
            self._tell(Begun(work))
        each = seconds / max(1, len(verdicts))
        profiles = {
            done.attempt: asked.work.profile.recorded(each)
            for asked, done in zip(verdicts, recorded, strict=True)
            if asked.work is not None and asked.work.profile is not None and done.new
        }
        if profiles:
            self._book.profiles.record(profiles)
        for asked, done in zip(verdicts, recorded, strict=True):
            self._tell(Written(asked, done, profiles.get(done.attempt)))


def finite(verdict: Verdict) -> Verdict:
    """The verdict as a gradebook takes it: a check that computed points that are no number is broken."""
    findings = []
    for finding in verdict.findings:
        try:
            storable_verdict(msgspec.structs.replace(verdict, seconds=0.0, findings=(finding,)))
            findings.append(finding)
        except AutograderError as error:
            findings.append(_broken(finding, error.what))
    return msgspec.structs.replace(verdict, findings=tuple(findings), seconds=verdict.seconds if _is(verdict) else 0.0)


def _is(verdict: Verdict) -> bool:
    return abs(verdict.seconds) < float("inf")


def _broken(finding: Finding, why: str) -> Finding:
    return Finding(
        check=finding.check,
        exercise=finding.exercise,
        outcome=Outcome.BROKEN,
        reason=Reason.CHECK_ERROR,
        max_points=finding.max_points if abs(finding.max_points) < float("inf") else 0.0,
        message="This check could not judge your answer, by no fault of yours.",
        detail=why,
        public=finding.public,
    )
