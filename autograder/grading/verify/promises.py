"""What is wrong with a verdict, held against what was promised of the answer. Each gives a sentence for each fault."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from autograder.course import Outcome, Verdict
from autograder.grading.diagnosis import QUICK_SECONDS
from autograder.grading.specimen import Specimen

STUB_SHARE = 0.05
"""The part of all points that the untouched stub may get."""


def unsettled(verdict: Verdict) -> list[str]:
    """Checks that came to no verdict: promises cannot be kept there."""
    return [
        f"{f.check}: {f.outcome}: {f.detail or f.message}"
        for f in verdict.findings
        if f.outcome in (Outcome.BROKEN, Outcome.LOST)
    ]


def full(verdict: Verdict) -> list[str]:
    """Points that are missing."""
    return [
        f"{f.check}: {f.points:g} of {f.max_points:g}: {f.reason}: {f.message} {f.detail}".strip()
        for f in verdict.findings
        if f.outcome is not Outcome.PENDING and (f.points < f.max_points or f.outcome is not Outcome.PASSED)
    ]


def empty(verdict: Verdict) -> list[str]:
    """Points that nobody worked for."""
    if verdict.points <= STUB_SHARE * verdict.max_points:
        return []
    passed = [f.check for f in verdict.findings if f.points > 0]
    return [f"the untouched stub gets {verdict.points:g} of {verdict.max_points:g} points, by {', '.join(passed)}"]


def as_promised(specimen: Specimen, verdict: Verdict) -> list[str]:
    """Exercises that it fails or passes against its promise; a reason or words that do not occur."""
    problems = []
    judged = tuple(f for f in verdict.findings if f.outcome is not Outcome.PENDING)
    verdict = msgspec.structs.replace(verdict, findings=judged)
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
        reasons = sorted({f.reason.value for f in failed})
        problems.append(f"no finding with reason {specimen.reason}; there are {reasons}")
    says = specimen.says.casefold()
    if says and not any(says in f"{f.message}\n{f.hint}\n{f.detail}".casefold() for f in failed):
        problems.append(f"no failed check says {specimen.says!r}; they say {[f.message for f in failed]}")
    return problems


def diagnosed_as(specimen: Specimen, verdict: Verdict, slow: Collection[str]) -> list[str]:
    """A hint of its own that no answer would ever get, since its behaviour leads to another one or to none.

    `slow`: names of the checks that may take too long to be run once more for a hint.
    """
    told = {f.diagnosis for f in verdict.findings if f.diagnosis}
    if not specimen.hint or specimen.hint in told:
        return []
    if told:
        return [f"its `# hint:` is never given: an answer that behaves like it is told {sorted(told)[0]!r}"]
    failed = [f.check for f in verdict.findings if f.outcome is Outcome.FAILED and f.exercise in specimen.fails]
    if failed and all(check in slow for check in failed):
        return [
            f"its `# hint:` is never given: hints are looked for only in checks of at most {QUICK_SECONDS:g} seconds, "
            f"and it fails only {', '.join(failed)} (lower their `seconds`, or tell it by a quicker check)"
        ]
    return [
        "its `# hint:` is never given: either it gives back what the right answer does, or a specimen with another "
        "hint behaves the same (let both say the same)"
    ]
