"""One attempt: a submission judged by all checks of an assignment, and the verdict over it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property, partial
from hashlib import blake2b
from types import TracebackType
from typing import Self

import msgspec

from autograder import __version__
from autograder.build import reference_submission
from autograder.course import Assignment, Finding, Outcome, Part, Profile, Reason, Rejected, Submission, Verdict
from autograder.examiner.client import Examined, Examiner, worker_limits
from autograder.examiner.judgement import CheckTooSlow, Judgement, blame_value
from autograder.examiner.messages import Watch
from autograder.examiner.spans import Spans, now
from autograder.grading.answers import with_answers
from autograder.grading.diagnosis import Behaviours, Diagnoses, behaviours_of
from autograder.grading.environment import NO_WALLS
from autograder.grading.imports import imported_modules
from autograder.grading.selftest import probe_walls, require_walls
from autograder.grading.specimen import definitions_only, load_specimens
from autograder.grading.unchanged import Unchanged
from autograder.sandbox.gpu import Wanted
from autograder.sandbox.levels import open_sandbox
from autograder.sandbox.worker import Sandbox

MAX_PROBLEM = 600


def seed_of(course_key: bytes, digest: str, attempt: int = 0) -> int:
    """The seed of an attempt (counted from 0): keyed, so that nobody without the key can foresee it; 63 bits."""
    told = f"{digest}:{attempt}" if attempt else digest
    return int.from_bytes(blake2b(told.encode(), key=course_key[:64], digest_size=8).digest()) >> 1


def open_grader(
    assignment: Assignment,
    *,
    isolation: str | None = None,
    jobs: int = 1,
    exact: bool = False,
    gpus: Wanted = None,
) -> Grader:
    """A grader within the strongest walls of this machine; its two warm processes start side by side.

    Args:
        assignment: whose checks judge.
        isolation: a level of autograder.sandbox.levels, instead of the strongest.
        jobs: how many submissions will be graded at a time.
        exact: nothing that is measured is rounded. Such verdicts are not for students: see autograder.checks.score.
        gpus: so many of the machine's, or those named by UUID or index; None: all; 0: none.

    Raises:
        AutograderError: the checks cannot be collected, the reference cannot be read, the machine does not offer that
            isolation, the sandbox failed, or the assignment was changed meanwhile.
    """
    unchanged = Unchanged(assignment)
    preload = assignment.manifest.environment.preload
    likely = imported_modules(assignment.notebook)
    with ThreadPoolExecutor(2) as pool:
        parts = (
            pool.submit(
                open_sandbox,
                preload,
                likely=likely,
                isolation=isolation,
                jobs=jobs,
                limits=worker_limits(assignment),
                gpus=gpus,
                data=assignment.data,
            ),
            pool.submit(Examiner, assignment, exact=exact),
        )
    started = [part.result() for part in parts if part.exception() is None]
    try:
        sandbox, examiner = parts[0].result(), parts[1].result()
        unchanged.require()
        return Grader(assignment, sandbox, examiner)
    except BaseException:
        for part in started:
            part.close()
        raise


@dataclass(frozen=True)
class Rehearsed:
    """What a check does with the reference."""

    names: frozenset[str]
    """Of the student's, that it looks up."""
    seconds: float
    blunt: tuple[str, ...] = ()
    """Alterations of right values that none of its comparisons rejects."""


@dataclass(frozen=True)
class Attempted:
    """What came of one attempt."""

    verdict: Verdict
    hopeless: frozenset[str] = frozenset()
    """Lost checks that would be lost here again."""
    profile: Profile | None = None
    """Where the time went, where that was asked for."""


class Grader:
    """All that is warm for one assignment: its examiner and its sandbox. Safe to use from several threads."""

    def __init__(self, assignment: Assignment, sandbox: Sandbox, examiner: Examiner) -> None:
        """`sandbox` and `examiner` are this grader's to close.

        Raises:
            AutograderError: the reference cannot be read.
        """
        self.assignment = assignment
        self.version = assignment.version()
        self.isolation = sandbox.level
        self.gpus = sandbox.gpu_slots
        self._sandbox = sandbox
        self.reference = reference_submission(assignment)
        self._examiner = examiner
        self._base: Submission | None = None
        self._base_lock = threading.Lock()
        self._diagnoses = Diagnoses(assignment.slug, load_specimens(assignment), self.base, examiner)
        self.checks = self._examiner.checks
        self.versions = {
            "autograder": __version__,
            **{f"worker {k}": v for k, v in sandbox.versions.items()},
            **self._examiner.versions,
            **({"walls": NO_WALLS} if self.isolation == NO_WALLS else {}),
        }
        self._controls: dict[str, bool] = {}
        self._controls_lock = threading.Lock()

    def grade(
        self, submission: Submission | Rejected, seed: int, only: tuple[str, ...] = (), *, diagnosed: bool = False
    ) -> Verdict:
        """The verdict on one submission, by all checks or those named. What the platform lost is tried once more.
        Never raises for what a student did. Answers in words are in it where all is asked for.

        `diagnosed`: what failed is compared with the specimens, and a known mistake is named in the findings.
        """
        verdict = self.attempt(submission, seed, only, diagnosed=diagnosed, again=True).verdict
        return verdict if only else with_answers(verdict, submission, self.assignment)

    def attempt(
        self,
        submission: Submission | Rejected,
        seed: int,
        only: tuple[str, ...] = (),
        *,
        diagnosed: bool = False,
        again: bool = False,
        profiled: bool = False,
        found: Callable[[Finding], None] | None = None,
    ) -> Attempted:
        """As `grade`, by checks alone; what is lost is tried again here only where `again` says so. Else that, and
        answers in words, are the caller's to do.

        `profiled`: where the time goes is told too. `found` hears of each finding as soon as it is sure, in this
        thread; it may yet get a diagnosis.
        """
        start = now()
        spans = Spans() if profiled else None
        hopeless: frozenset[str] = frozenset()
        if isinstance(submission, Rejected):
            findings, notes = self._rejected(submission), submission.notes
        else:
            watch = self._diagnoses.watch if diagnosed else None
            told = None if found is None else partial(_tell, found)
            examined = self._examiner.examine(submission, self._sandbox, seed, only, watch, told, spans)
            if again:
                examined = self._again(examined, submission, seed, spans)
            findings = tuple(self._settled(j, seed) for j in examined.judgements)
            hopeless = frozenset(j.finding.check for j in examined.judgements if not j.again)
            if examined.behaviours:
                named = now()
                findings = self._diagnosed(findings, behaviours_of(examined.behaviours))
                if spans is not None:
                    spans.add(Part.DIAGNOSIS, named, now() - named)
            notes = (*submission.notes, *_problems(examined))
        verdict = Verdict(
            submission=submission.name,
            digest=submission.digest,
            assignment=self.assignment.slug,
            version=self.version,
            seed=seed,
            isolation=self.isolation,
            seconds=round(now() - start, 4),
            findings=findings,
            notes=notes,
        )
        hopeless &= {f.check for f in findings if f.outcome is Outcome.LOST}
        return Attempted(verdict, hopeless, None if spans is None else spans.profile(start, now()))

    def base(self) -> Submission:
        """The reference that specimens are put into: its definitions where they alone earn full marks, else all of it.

        Demonstrations and figures cost most of a notebook's time.
        """
        with self._base_lock:
            if self._base is None:
                short = replace(self.reference, cells=definitions_only(self.reference.cells))
                verdict = self.grade(short, 0)
                all_passed = verdict.points + verdict.pending_points == verdict.max_points
                self._base = short if all_passed else self.reference
            return self._base

    @cached_property
    def rehearsed(self) -> dict[str, Rehearsed]:
        """What each check does with the reference, by its name."""
        checks = tuple(check.name for check in self.checks)
        seen = self._examiner.watch(self.base(), self._sandbox, Watch(checks, 0, audited=True))
        known = {check: Rehearsed(s.behaviour.names, s.seconds, s.blunt) for check, s in seen.items()}
        return dict.fromkeys(checks, Rehearsed(frozenset(), 0.0)) | known

    def require_walls(self) -> None:
        """Try the walls with real attacks, unless they were waived.

        Raises:
            AutograderError: `walls-broken`, naming what went through.
        """
        if self.isolation != "none":
            require_walls(probe_walls(self._examiner, self._sandbox), self.isolation)

    def close(self) -> None:
        """End the examiner and the sandbox."""
        self._examiner.close()
        self._sandbox.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _again(self, examined: Examined, submission: Submission, seed: int, spans: Spans | None) -> Examined:
        """Try once more what the platform lost."""
        lost = tuple(j.finding.check for j in examined.judgements if j.finding.outcome == Outcome.LOST and j.again)
        if not lost:
            return examined
        retried = self._examiner.examine(submission, self._sandbox, seed, lost, spans=spans)
        found = {j.finding.check: j for j in retried.judgements}
        return replace(
            examined,
            judgements=tuple(found.get(j.finding.check, j) for j in examined.judgements),
            problems=examined.problems or retried.problems,
            traces=examined.traces or retried.traces,
        )

    def _diagnosed(self, findings: tuple[Finding, ...], behaviours: Behaviours) -> tuple[Finding, ...]:
        """The first failed finding of each exercise names the mistake, where it is a known one."""
        hints = self._diagnoses.hints(findings, behaviours, self._sandbox)
        told = []
        for finding in findings:
            failed = finding.outcome is Outcome.FAILED and finding.check in behaviours
            hint = hints.pop(finding.exercise, "") if failed else ""
            told.append(msgspec.structs.replace(finding, diagnosis=hint) if hint else finding)
        return tuple(told)

    def _settled(self, judgement: Judgement, seed: int) -> Finding:
        """Where the check's own code stumbled, the reference decides whether over the student's value."""
        if not judgement.doubt or not self._reference_passes(judgement.finding.check, seed):
            return judgement.finding
        return blame_value(judgement, self._examiner.hint(judgement.finding.check))

    def _reference_passes(self, check: str, seed: int) -> bool:
        with self._controls_lock:
            if check not in self._controls:
                control = self._examiner.examine(self.reference, self._sandbox, seed, (check,))
                judgement = control.judgements[0]
                if not _is_definite(judgement):
                    return False
                self._controls[check] = judgement.finding.outcome == Outcome.PASSED
            return self._controls[check]

    def _rejected(self, rejected: Rejected) -> tuple[Finding, ...]:
        return tuple(
            Finding(
                check=check.name,
                exercise=check.exercise,
                outcome=Outcome.FAILED,
                reason=Reason(rejected.reason),
                max_points=check.points,
                message=rejected.message,
                public=check.public,
            )
            for check in self.checks
        )


def _tell(found: Callable[[Finding], None], judgement: Judgement) -> None:
    if not judgement.doubt and judgement.finding.outcome is not Outcome.LOST:
        found(judgement.finding)


def _is_definite(control: Judgement) -> bool:
    """Whether a check of the reference would end so at any time: neither lost nor slow, as on a busy machine."""
    slow = control.finding.reason is Reason.TIMEOUT or control.doubt == CheckTooSlow.__name__
    return control.finding.outcome is not Outcome.LOST and not slow


def _problems(examined: Examined) -> list[str]:
    """How cells stopped, with the student's own line."""
    notes = []
    for number, problem in sorted(examined.problems.items()):
        trace = examined.traces.get(number, "")
        last = trace.strip().rsplit("\n", 2)[-2:] if trace else []
        where = f" ({' '.join(part.strip() for part in last)})" if last else ""
        notes.append(f"code cell {number} stopped with {problem[:MAX_PROBLEM]}{where[:MAX_PROBLEM]}")
    return notes
