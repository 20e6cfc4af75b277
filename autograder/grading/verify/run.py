"""Gives every answer of a plan to the checks that can see what is special about it, several at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from functools import partial

import msgspec

from autograder.course import Outcome, Submission, Verdict
from autograder.grading.attempt import Grader
from autograder.grading.diagnosis import QUICK_SECONDS
from autograder.grading.mutants import Mutant, as_mark, mutants_of
from autograder.grading.specimen import Specimen, submission_of
from autograder.grading.verify.plan import Plan
from autograder.grading.verify.promises import as_promised, diagnosed_as, empty, full, unsettled
from autograder.grading.verify.result import CheckLine, Kind, Proof, Verification
from autograder.grading.verify.scope import changed_names, checks_that_see

SLOW_SECONDS = 0.5
"""A check for which the reference takes longer is asked about a mutant only where no quick one caught it."""


def verify(plan: Plan, grader: Grader, *, jobs: int = 1) -> Iterator[Proof]:
    """Try all that the plan holds, and yield each proof when it is there: those of the reference first."""
    with ThreadPoolExecutor(jobs, thread_name_prefix="verify") as pool:

        def side_by_side(tried: Iterable[Callable[[], Proof]]) -> Iterator[Proof]:
            futures = [pool.submit(trial) for trial in tried]
            for future in as_completed(futures):
                yield future.result()

        whole, base = pool.submit(_reference, grader, 0, grader.reference), pool.submit(grader.base)
        yield whole.result()
        definitions = base.result()
        rehearsing = pool.submit(lambda: grader.rehearsed)
        yield from side_by_side(
            [lambda: _stub(grader, plan), *(partial(_reference, grader, s, definitions) for s in range(1, plan.seeds))]
        )
        rehearsing.result()
        trials = _Trials(plan, grader)
        yield from side_by_side(
            trials.specimen(specimen, plan.seed_of(specimen, repeat))
            for specimen in plan.specimens
            for repeat in range(plan.repeats)
        )
        yield from side_by_side(trials.mutant(mutant) for mutant in plan.mutants)


def conclude(plan: Plan, grader: Grader, proofs: Iterable[Proof], seconds: float) -> Verification:
    """Everything that was found out, in a steady order."""
    order = list(Kind)
    manifest = plan.assignment.manifest
    exercises = plan.exercises or tuple(exercise.name for exercise in manifest.exercises if not exercise.rubric)
    unused = plan.marks.unused(mutants_of(plan.assignment, None))
    return Verification(
        assignment=plan.assignment.slug,
        title=manifest.title,
        version=grader.version,
        seeds=plan.seeds,
        most_survivors=plan.most_survivors,
        checks=tuple(
            CheckLine(c.name, c.exercise, c.points, c.public, c.seconds, grader.rehearsed[c.name].blunt)
            for c in grader.checks
            if c.exercise in exercises
        ),
        proofs=tuple(sorted(proofs, key=lambda p: (order.index(p.kind), p.name, p.seed))),
        notes=tuple(f"mutants.toml: no mutant is `{mark.before}` -> `{mark.after}` any more" for mark in unused),
        seconds=seconds,
        limit=manifest.limits.seconds,
        exercises=exercises,
        partial=bool(plan.exercises),
    )


class _Trials:
    """What all trials of one plan have in common: who asks for what, how long the reference takes, what to change."""

    def __init__(self, plan: Plan, grader: Grader) -> None:
        self._plan = plan
        self._grader = grader
        self._base = grader.base()
        defines = {exercise.name: frozenset(exercise.names) for exercise in plan.assignment.manifest.exercises}
        rehearsed = grader.rehearsed
        self._asked = {c.name: rehearsed[c.name].names | defines[c.exercise] for c in grader.checks}
        self._exercise = {check.name: check.exercise for check in grader.checks}
        self._defines = defines
        self._undiagnosed = {check.name for check in grader.checks if check.seconds > QUICK_SECONDS}
        self._slow = {check for check, seen in rehearsed.items() if seen.seconds > SLOW_SECONDS}

    def specimen(self, specimen: Specimen, seed: int) -> Callable[[], Proof]:
        """A specimen, by the checks that can see it."""

        def run() -> Proof:
            submission = replace(submission_of(specimen, self._base.cells), answers=self._base.answers)
            changed = changed_names(specimen.source, self._base.cells)
            seen = checks_that_see(changed, submission.cells, self._asked)
            wanted = tuple(c for c in self._asked if c in seen or self._exercise[c] in specimen.fails)
            verdict = self._grader.grade(submission, seed, wanted, diagnosed=bool(specimen.hint))
            problems = [
                *unsettled(verdict),
                *as_promised(specimen, verdict),
                *diagnosed_as(specimen, verdict, self._undiagnosed),
            ]
            promise = f"fails {', '.join(specimen.fails)}" if specimen.fails else "full marks"
            proof = _proof(Kind.SPECIMEN, specimen.name, verdict, promise, problems)
            told = next((f.diagnosis for f in verdict.findings if f.diagnosis), "")
            return replace(
                proof,
                changes=self._changed(changed),
                diagnosis=told,
                fails=specimen.fails,
                path=str(specimen.path),
            )

        return run

    def mutant(self, mutant: Mutant) -> Callable[[], Proof]:
        """A mutant: first by the quick checks of its own exercise, and by the others where these let it pass."""

        def run() -> Proof:
            submission = mutant.submission(self._base.cells)
            changed = frozenset((mutant.definition,)) if mutant.definition else None
            seen = checks_that_see(changed, submission.cells, self._asked)
            own = tuple(c for c in seen if self._exercise[c] == mutant.exercise and c not in self._slow)
            verdict = self._grader.grade(submission, 0, own) if own else None
            rest = tuple(c for c in seen if c not in own)
            if rest and (verdict is None or verdict.points == verdict.max_points):
                verdict = _both(verdict, self._grader.grade(submission, 0, rest))
            assert verdict is not None
            mark = self._plan.marks.of(mutant)
            problems = unsettled(verdict)
            if mark is not None and mark.equivalent and verdict.points < verdict.max_points:
                problems.append("mutants.toml calls it equivalent, and a check tells it from the reference")
            proof = _proof(Kind.MUTANT, mutant.name, verdict, "caught", problems)
            return replace(
                proof,
                changes=(mutant.exercise,),
                diff=mutant.diff,
                mark=mark.why if mark else "",
                equivalent=mark is not None and mark.equivalent,
                suggestion="" if mark else as_mark(mutant),
            )

        return run

    def _changed(self, names: frozenset[str] | None) -> tuple[str, ...]:
        """The exercises that ask for one of `names`."""
        if names is None:
            return ()
        return tuple(exercise for exercise, defined in self._defines.items() if defined & names)


def _reference(grader: Grader, seed: int, submission: Submission) -> Proof:
    verdict = grader.grade(submission, seed)
    return _proof(Kind.REFERENCE, "reference", verdict, "full marks", [*unsettled(verdict), *full(verdict)])


def _stub(grader: Grader, plan: Plan) -> Proof:
    verdict = grader.grade(plan.stub, 0)
    return _proof(Kind.STUB, "stub", verdict, "almost nothing", [*unsettled(verdict), *empty(verdict)])


def _both(one: Verdict | None, other: Verdict) -> Verdict:
    if one is None:
        return other
    return msgspec.structs.replace(
        other, findings=(*one.findings, *other.findings), seconds=one.seconds + other.seconds
    )


def _proof(kind: Kind, name: str, verdict: Verdict, promise: str, problems: list[str]) -> Proof:
    return Proof(
        kind=kind,
        name=name,
        points=verdict.points,
        max_points=verdict.max_points,
        seconds=verdict.seconds,
        promise=promise,
        problems=tuple(problems),
        seed=verdict.seed,
        outcomes={f.check: f.outcome.value for f in verdict.findings},
        times={f.check: f.seconds for f in verdict.findings},
        reasons={f.check: f.reason.value for f in verdict.findings if f.outcome is not Outcome.PASSED},
    )
