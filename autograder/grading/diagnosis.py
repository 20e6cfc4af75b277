"""Which known mistake an answer makes, told by how it behaves: the hint of the specimen that behaves the same.

A specimen behaves the same where all that it gives back, on the same fresh inputs, is the same up to rounding: values,
gradients, and what it raises. A hint is given only where that is clear.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from hashlib import blake2b

from autograder.course import Finding, Outcome, Submission
from autograder.examiner.behaviour import Behaviour
from autograder.examiner.client import Examiner
from autograder.examiner.messages import Behaved, Watch
from autograder.grading.specimen import Specimen, submission_of
from autograder.sandbox.worker import Sandbox

QUICK_SECONDS = 10.0
"""Checks that say they may take longer are left out: what is diagnosed must not depend on the clock."""

Behaviours = Mapping[str, Behaviour]
"""How an answer behaved, by the checks' names."""


def behaviours_of(seen: Mapping[str, Behaved]) -> Behaviours:
    """What the examiner said of the checks that were watched."""
    return {check: behaved.behaviour for check, behaved in seen.items()}


@dataclass(frozen=True)
class Known:
    """A mistake that has a hint, and how it behaves."""

    hint: str
    behaviours: Behaviours


def diagnose(answer: Behaviours, known: Iterable[Known], reference: Behaviours) -> str:
    """The hint of the known mistake that `answer` makes; "" unless the match is clear.

    It is clear where the same mistake shows in every check that tells the answer from the reference by the numbers
    that it gives back, and no mistake with another hint does as well. Where several do, because checks end at the first
    mistake, what lies beyond it decides.

    Args:
        answer: of the checks that failed.
        known: mistakes in the same exercise.
        reference: of the right answer, in all checks.
    """
    telling = {
        check: behaviour
        for check, behaviour in answer.items()
        if check in reference
        and (parting := behaviour.parts_from(reference[check])) is not None
        and parting.informative
    }
    if not telling:
        return ""
    made = [k for k in known if all(c in k.behaviours and b.like(k.behaviours[c]) for c, b in telling.items())]
    hints = {mistake.hint for mistake in made}
    if len(hints) > 1:
        hints = {k.hint for k in made if all(b.like_beyond(k.behaviours[c]) for c, b in telling.items())}
    return hints.pop() if len(hints) == 1 else ""


class Diagnoses:
    """Knows how the specimens of an assignment behave. Each exercise's are run when its first answer fails."""

    def __init__(
        self,
        assignment: str,
        specimens: tuple[Specimen, ...],
        base: Callable[[], Submission],
        examiner: Examiner,
    ) -> None:
        """`assignment`: its slug, which the seed follows from: what `verify` proved of a hint stays true where another
        check changes. `base`: the right answer that specimens are put into. `examiner` is somebody else's to close.
        """
        self._specimens = tuple(specimen for specimen in specimens if specimen.hint)
        self._base = base
        self._examiner = examiner
        self._seed = int.from_bytes(blake2b(assignment.encode(), digest_size=8).digest()) >> 1
        quick = [check for check in examiner.checks if check.seconds <= QUICK_SECONDS]
        self._checks = {
            exercise: tuple(check.name for check in quick if check.exercise == exercise)
            for exercise in {name for specimen in self._specimens for name in specimen.fails}
        }
        self._lock = threading.Lock()
        self._runs: dict[tuple[str, str], Future[Behaviours]] = {}
        """By exercise, and the specimen's name; "" for the right answer."""

    @property
    def watch(self) -> Watch | None:
        """What is to be recorded of an answer, where there is anything to compare it with."""
        checks = tuple(name for names in self._checks.values() for name in names)
        return Watch(checks, self._seed) if checks else None

    def hints(self, findings: Iterable[Finding], answer: Behaviours, sandbox: Sandbox) -> dict[str, str]:
        """By exercise, the hint of the mistake that the answer clearly makes."""
        found = {}
        failed = {f.check: f.exercise for f in findings if f.outcome is Outcome.FAILED and f.check in answer}
        for exercise in dict.fromkeys(failed.values()):
            known, reference = self._behaving(exercise, sandbox)
            own = {check: answer[check] for check, of in failed.items() if of == exercise}
            hint = diagnose(own, known, reference)
            if hint:
                found[exercise] = hint
        return found

    def _behaving(self, exercise: str, sandbox: Sandbox) -> tuple[tuple[Known, ...], Behaviours]:
        """The mistakes in an exercise, and the right answer. Threads that want the same run its specimens together."""
        mistakes = [specimen for specimen in self._specimens if exercise in specimen.fails]
        claimed = [self._watched(specimen, exercise, sandbox) for specimen in (None, *mistakes)]
        reference, *behaviours = (future.result() for future in claimed)
        known = zip(mistakes, behaviours, strict=True)
        return tuple(Known(specimen.hint, behaviour) for specimen, behaviour in known), reference

    def _watched(self, specimen: Specimen | None, exercise: str, sandbox: Sandbox) -> Future[Behaviours]:
        """How `specimen`, or else the right answer, behaves: known already, in another thread's hands, or found out
        now. A failure of the platform is not kept: the next answer tries again."""
        key = (exercise, specimen.name if specimen is not None else "")
        future: Future[Behaviours] = Future()
        with self._lock:
            claimed = self._runs.setdefault(key, future)
        if claimed is future:
            try:
                base = self._base()
                answer = base if specimen is None else submission_of(specimen, base.cells)
                watch = Watch(self._checks[exercise], self._seed)
                future.set_result(behaviours_of(self._examiner.watch(answer, sandbox, watch)))
            except BaseException as error:
                with self._lock:
                    del self._runs[key]
                future.set_exception(error)
                raise
        return claimed
