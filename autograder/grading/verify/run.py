"""The proof of an assignment's checks: the reference is full, the stub (almost) nothing, every specimen as promised."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from autograder.build import prepare, reference_cells, stub_cells
from autograder.course import CodeCell, Outcome, Submission, Verdict
from autograder.grading.attempt import Grader
from autograder.grading.specimen import Specimen, definitions_only, load_specimens, submission_of

STUB_SHARE = 0.05
"""The part of all points that the untouched stub may get."""


@dataclass(frozen=True)
class Proof:
    """One thing that was tried, and what was wrong with it."""

    kind: str
    """reference, stub, or specimen."""
    name: str
    points: float
    max_points: float
    seconds: float
    promise: str
    problems: tuple[str, ...]

    @property
    def kept(self) -> bool:
        """The promise was kept."""
        return not self.problems

    def as_dict(self) -> dict[str, object]:
        """For `--json`."""
        return {
            "kind": self.kind,
            "name": self.name,
            "points": self.points,
            "max_points": self.max_points,
            "seconds": round(self.seconds, 3),
            "promise": self.promise,
            "kept": self.kept,
            "problems": list(self.problems),
        }


@dataclass(frozen=True)
class _Trial:
    kind: str
    submission: Submission
    seed: int
    promise: str
    judge: Callable[[Verdict], list[str]]


def verify(grader: Grader, *, seeds: int = 3, jobs: int = 1, specimens: Path | None = None) -> Iterator[Proof]:
    """Try the reference on `seeds` seeds, the stub, and every specimen (those of `specimens` too); yield as they come.

    Raises:
        AutograderError: the assignment or a specimen cannot be read, or points do not add up.
    """
    assignment = grader.assignment
    prepare(assignment)
    found = load_specimens(assignment)
    if specimens is not None:
        found += load_specimens(assignment, specimens)
    whole = reference_cells(assignment)
    reference = [
        _Trial("reference", Submission("reference", "", whole), seed, f"full marks, seed {seed}", _full)
        for seed in range(seeds)
    ]
    stub = _Trial("stub", Submission("stub", "", stub_cells(assignment)), 0, "almost nothing", _empty)
    yield from _run(grader, [*reference, stub], jobs)
    base = _base(grader, whole)
    trials = [_specimen_trial(specimen, base) for specimen in found]
    yield from _run(grader, trials, jobs)


def _base(grader: Grader, whole: tuple[CodeCell, ...]) -> tuple[CodeCell, ...]:
    """What specimens are put into: the reference's definitions where they alone earn full marks, else all of it."""
    short = definitions_only(whole)
    return short if not _full(grader.grade(Submission("reference", "", short), 0)) else whole


def _specimen_trial(specimen: Specimen, base: tuple[CodeCell, ...]) -> _Trial:
    def judge(verdict: Verdict) -> list[str]:
        return _as_promised(specimen, verdict)

    promise = f"fails {', '.join(specimen.fails)}" if specimen.fails else "full marks"
    return _Trial("specimen", submission_of(specimen, base), 0, promise, judge)


def _run(grader: Grader, trials: list[_Trial], jobs: int) -> Iterator[Proof]:
    def one(trial: _Trial) -> Proof:
        verdict = grader.grade(trial.submission, trial.seed)
        problems = [*_unsettled(verdict), *trial.judge(verdict)]
        return Proof(
            kind=trial.kind,
            name=trial.submission.name,
            points=verdict.points,
            max_points=verdict.max_points,
            seconds=verdict.seconds,
            promise=trial.promise,
            problems=tuple(problems),
        )

    with ThreadPoolExecutor(jobs, thread_name_prefix="verify") as pool:
        for future in as_completed([pool.submit(one, trial) for trial in trials]):
            yield future.result()


def _unsettled(verdict: Verdict) -> list[str]:
    return [
        f"{f.check}: {f.outcome}: {f.detail or f.message}"
        for f in verdict.findings
        if f.outcome not in (Outcome.PASSED, Outcome.FAILED)
    ]


def _full(verdict: Verdict) -> list[str]:
    return [
        f"{f.check}: {f.points:g} of {f.max_points:g}: {f.reason}: {f.message} {f.detail}".strip()
        for f in verdict.findings
        if f.points < f.max_points or f.outcome != Outcome.PASSED
    ]


def _empty(verdict: Verdict) -> list[str]:
    if verdict.points <= STUB_SHARE * verdict.max_points:
        return []
    passed = [f.check for f in verdict.findings if f.points > 0]
    return [f"the untouched stub gets {verdict.points:g} of {verdict.max_points:g} points, by {', '.join(passed)}"]


def _as_promised(specimen: Specimen, verdict: Verdict) -> list[str]:
    problems = []
    for exercise, (earned, possible) in verdict.exercise_points().items():
        if exercise in specimen.fails and earned >= possible:
            problems.append(f"{exercise}: promised to lose points, and got all {possible:g}")
        if exercise not in specimen.fails and earned < possible:
            lost = [
                f"{f.check} ({f.message})"
                for f in verdict.findings
                if f.exercise == exercise and f.points < f.max_points
            ]
            problems.append(f"{exercise}: promised full marks, and lost {possible - earned:g} at {'; '.join(lost)}")
    failed = [f for f in verdict.findings if f.outcome == Outcome.FAILED]
    if specimen.reason and specimen.reason not in {f.reason.value for f in failed}:
        problems.append(
            f"no finding with reason {specimen.reason}; there are {sorted({f.reason.value for f in failed})}"
        )
    says = specimen.says.casefold()
    if says and not any(says in f"{f.message}\n{f.hint}\n{f.detail}".casefold() for f in failed):
        problems.append(f"no failed check says {specimen.says!r}; they say {[f.message for f in failed]}")
    return problems
