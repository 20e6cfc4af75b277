"""The engine of this machine: threads that share one warm grader."""

from __future__ import annotations

import queue
import threading
import traceback
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from autograder.course import Finding
from autograder.examiner.messages import Check
from autograder.grading.attempt import Attempted, Grader
from autograder.grading.engines.engine import Capacity, Done, Task
from autograder.grading.losing import lost_verdict

PLACE = "this machine"


class LocalEngine:
    """Grades `jobs` tasks at a time with one warm grader; see Engine. `close` ends the grader too."""

    def __init__(self, grader: Grader, jobs: int) -> None:
        """`grader` was opened for as many jobs, and is this engine's to close."""
        self._grader = grader
        self._jobs = jobs
        self.assignment = grader.assignment.slug
        self.version = grader.version
        self.isolation = grader.isolation
        self.versions: Mapping[str, str] = grader.versions
        self.checks: tuple[Check, ...] = tuple(grader.checks)
        self._pool = ThreadPoolExecutor(jobs, thread_name_prefix="grade")
        self._slots: queue.SimpleQueue[str] = queue.SimpleQueue()
        for number in range(1, jobs + 1):
            self._slots.put(f"slot {number}")
        self._waiting: set[Future[Done]] = set()
        self._lock = threading.Lock()

    def submit(
        self,
        task: Task,
        found: Callable[[Finding], None] | None = None,
        started: Callable[[str], None] | None = None,
    ) -> Future[Done]:
        """Have `task` graded when a slot is free; see Engine. `started` is told the slot when it begins."""
        future = self._pool.submit(self._graded, task, found, started)
        with self._lock:
            self._waiting.add(future)
        future.add_done_callback(self._forget)
        return future

    def cancel(self) -> None:
        """Forget the tasks that have not begun."""
        with self._lock:
            waiting = tuple(self._waiting)
        for future in waiting:
            future.cancel()

    def capacity(self) -> Capacity:
        """As many slots as jobs, all in one place."""
        return Capacity(slots=self._jobs, places=(PLACE,), gpus=self._grader.gpus)

    def close(self) -> None:
        """End the grader; what is in flight comes to nothing."""
        self.cancel()
        self._grader.close()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _forget(self, future: Future[Done]) -> None:
        with self._lock:
            self._waiting.discard(future)

    def _graded(
        self, task: Task, found: Callable[[Finding], None] | None, started: Callable[[str], None] | None
    ) -> Done:
        slot = self._slots.get()
        try:
            if started is not None:
                started(slot)
            told: dict[str, Finding] = {}

            def tell(finding: Finding) -> None:
                if found is not None and told.get(finding.check) != finding:
                    told[finding.check] = finding
                    found(finding)

            attempted = self._attempted(task, tell)
            for finding in attempted.verdict.findings:
                tell(finding)
            return Done(attempted.verdict, slot, self.versions, attempted.profile, hopeless=attempted.hopeless)
        finally:
            self._slots.put(slot)

    def _attempted(self, task: Task, found: Callable[[Finding], None]) -> Attempted:
        try:
            return self._grader.attempt(
                task.submission, task.seed, task.only, diagnosed=True, profiled=task.profiled, found=found
            )
        except Exception:  # the platform's own fault, whatever it is: nobody gets a zero for it
            why = traceback.format_exc(limit=-3)
        verdict = lost_verdict(
            task.submission,
            self.checks,
            why,
            assignment=self.assignment,
            version=self.version,
            isolation=self.isolation,
            seed=task.seed,
            only=task.only,
        )
        return Attempted(verdict)
