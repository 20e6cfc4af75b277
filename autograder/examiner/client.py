"""The supervisor's end: a warm examiner for one assignment, which judges submissions with workers of a sandbox."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from autograder.course import Assignment, Part, Submission
from autograder.errors import AutograderError
from autograder.examiner import messages as m
from autograder.examiner.judgement import EXAMINER_DIED, CheckTooSlow, Judgement, lost
from autograder.examiner.process import ExaminerZygote
from autograder.examiner.spans import Spans, now
from autograder.examiner.supervision import Supervision
from autograder.sandbox.renewal import Renewal
from autograder.sandbox.worker import Sandbox, WorkerLimits

_LEAST_MEMORY = 4 << 30


@dataclass(frozen=True)
class Examined:
    """What came of one submission. `judgements` holds one for every check of the manifest, in its order."""

    judgements: tuple[Judgement, ...]
    problems: dict[int, str]
    """Code cell number -> how it stopped."""
    traces: dict[int, str]
    behaviours: dict[str, m.Behaved]
    """How the answer behaved in the checks that were watched, by their names."""


class Examiner:
    """A warm examiner process for one assignment. `examine` may be called from several threads."""

    def __init__(self, assignment: Assignment, *, exact: bool = False) -> None:
        """Start it; the checks are collected when this returns. `exact`: nothing that is measured is rounded.

        Raises:
            AutograderError: `broken-checks`: they cannot be collected; or `examiner-failed`.
        """
        self._assignment = assignment
        self._exact = exact
        self._zygotes = Renewal(partial(ExaminerZygote, assignment))
        self.checks = self._zygotes.now.checks
        self.versions = self._zygotes.now.versions

    def examine(
        self,
        submission: Submission,
        sandbox: Sandbox,
        seed: int,
        only: tuple[str, ...] = (),
        watch: m.Watch | None = None,
        told: Callable[[Judgement], None] | None = None,
        spans: Spans | None = None,
    ) -> Examined:
        """Judge `submission` by all checks, or those named in `only`; then look how it behaves, as `watch` says.

        `told` hears of each judgement as soon as it is there. `spans` gets where the time goes.

        Where an examiner dies during a check, or falls silent, the other checks go on in a fresh one, within the time
        that is left. The check that it died at is tried once more there; then there is doubt about it.
        """
        expected = {check.name: check for check in self.checks if not only or check.name in only}
        found: dict[str, Judgement] = {}
        died: set[str] = set()
        left = self._assignment.manifest.limits.seconds
        while True:
            waiting = tuple(name for name in expected if name not in found)
            seen = self._supervised(
                submission, sandbox, seed, waiting, seconds=left, watch=watch, told=told, spans=spans
            )
            left = max(0.0, left - seen.spent)
            found |= seen.found
            for name, unfit in seen.unfit.items():
                why = self._why(unfit.why) if unfit.again else unfit.why
                found[name] = Judgement(lost(expected[name], why), again=unfit.again)
            culprit = seen.current
            if seen.found:
                self._zygotes.lived()
            if seen.done or not culprit:
                break
            if seen.silent or culprit in died:
                kind = CheckTooSlow.__name__ if seen.silent else EXAMINER_DIED
                found[culprit] = Judgement(lost(expected[culprit], self._why(seen.stopped)), kind, again=False)
            died.add(culprit)
            if found.keys() >= expected.keys():
                break
        rest = {name: Judgement(lost(check, self._why(seen.stopped))) for name, check in expected.items()}
        return Examined(tuple((rest | found)[name] for name in expected), seen.problems, seen.traces, seen.behaviours)

    def run_cells(self, submission: Submission, sandbox: Sandbox) -> dict[int, str]:
        """Run the cells and judge nothing: how each cell stopped that did, by its number.

        Raises:
            AutograderError: `examiner-failed`: they could not be run to the end.
        """
        seconds = self._assignment.manifest.limits.seconds
        seen = self._supervised(submission, sandbox, seed=0, judged=False, seconds=seconds)
        if not seen.done:
            raise AutograderError(
                "examiner-failed",
                f"the cells of {submission.name} could not be run",
                why=self._why(seen.stopped),
                fix="run `autograder doctor`",
            )
        return seen.problems

    def watch(self, submission: Submission, sandbox: Sandbox, watch: m.Watch) -> dict[str, m.Behaved]:
        """How `submission` behaves in the checks of `watch`, by their names. Nothing is judged."""
        seconds = self._assignment.manifest.limits.seconds
        seen = self._supervised(submission, sandbox, watch.seed, judged=False, seconds=seconds, watch=watch)
        return seen.behaviours

    def hint(self, check: str) -> str:
        """The hint of the check of that name."""
        return next(c.hint for c in self.checks if c.name == check)

    def close(self) -> None:
        """End the process. Whoever waits for it in another thread gets an AutograderError."""
        self._zygotes.close()

    def _supervised(
        self,
        submission: Submission,
        sandbox: Sandbox,
        seed: int,
        only: tuple[str, ...] = (),
        judged: bool = True,
        *,
        seconds: float,
        watch: m.Watch | None = None,
        told: Callable[[Judgement], None] | None = None,
        spans: Spans | None = None,
    ) -> Supervision:
        limits = worker_limits(self._assignment)
        ours, theirs = socket.socketpair()
        with ours:
            asked = now()
            with theirs:
                zygote, pidfd = self._zygotes.fork(lambda warm: warm.fork(theirs))
            job = m.Job(
                cells=[m.Cell(c.number, c.source, c.problem, c.exercise or "") for c in submission.cells],
                seed=seed,
                cell_seconds=self._assignment.manifest.limits.cell_seconds,
                seconds=seconds,
                memory=max(2 * limits.memory_bytes, _LEAST_MEMORY),
                only=list(only),
                modules=submission.modules(),
                weights=submission.weights(),
                exact=self._exact,
                judged=judged,
                gpu=sandbox.gpu_slots > 0,
                watch=watch,
                since=None if spans is None else asked,
            )
            times = {check.name: check.seconds for check in self.checks}
            supervision = Supervision(ours, submission, sandbox, limits, seed, times, told, spans)
            try:
                with contextlib.suppress(OSError):  # it has died already, which run() finds out
                    m.send(ours, job)
                supervision.run(seconds)
            finally:
                ending = now()
                supervision.end_worker()
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(pidfd, signal.SIGKILL)
                os.close(pidfd)
                self._zygotes.ended(zygote)
                if spans is not None:
                    spans.add(Part.END, ending, now() - ending)
        return supervision

    def _why(self, why: str) -> str:
        return f"{why}\n{self._zygotes.now.said}".strip()


def worker_limits(assignment: Assignment) -> WorkerLimits:
    """What a worker of one of the assignment's submissions is held to."""
    limits = assignment.manifest.limits
    return WorkerLimits(
        memory_bytes=limits.memory_mb << 20,
        threads=limits.threads,
        disk_bytes=limits.disk_mb << 20,
        cpu_seconds=int(limits.seconds) + 1,
        output_chars=limits.output_kb << 10,
        gpu_bytes=limits.gpu_mb << 20,
    )
