"""Whatever the platform loses, and however often: what is put together in the end is what an undisturbed run says."""

from __future__ import annotations

from collections import Counter
from functools import reduce

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from autograder.course import Finding, Outcome, Reason, Verdict
from autograder.grading.losing import lost_checks, mended

CHECKS = tuple((f"test_{number}", f"exercise {number // 3}") for number in range(7))


def _verdict(findings: tuple[Finding, ...], notes: tuple[str, ...] = (), seconds: float = 1.0) -> Verdict:
    return Verdict(
        submission="ada",
        digest="ab" * 32,
        assignment="04",
        version="1",
        seed=7,
        isolation="process",
        seconds=seconds,
        findings=findings,
        notes=notes,
    )


def _lost(finding: Finding, why: str = "the node died") -> Finding:
    return Finding(
        check=finding.check,
        exercise=finding.exercise,
        outcome=Outcome.LOST,
        reason=Reason.PLATFORM,
        max_points=finding.max_points,
        detail=why,
    )


@st.composite
def judged(draw: st.DrawFn) -> Verdict:
    """A verdict in which nothing was lost."""
    findings = []
    for check, exercise in CHECKS:
        outcome = draw(st.sampled_from((Outcome.PASSED, Outcome.FAILED, Outcome.BROKEN)))
        points = {Outcome.PASSED: 2.0, Outcome.FAILED: draw(st.sampled_from((0.0, 0.5))), Outcome.BROKEN: 0.0}[outcome]
        findings.append(
            Finding(check=check, exercise=exercise, outcome=outcome, points=points, max_points=2.0, message=check)
        )
    return _verdict(tuple(findings))


losses = st.lists(st.frozensets(st.sampled_from([check for check, _ in CHECKS])), max_size=4)
"""Of each try, what is lost."""


def _tried(whole: Verdict, lost_in_try: frozenset[str], only: tuple[str, ...] = ()) -> Verdict:
    """What an engine says of the checks in `only`, or of all."""
    findings = tuple(
        _lost(finding) if finding.check in lost_in_try else finding
        for finding in whole.findings
        if not only or finding.check in only
    )
    return msgspec.structs.replace(whole, findings=findings)


def _after(whole: Verdict, tries: list[frozenset[str]]) -> Verdict:
    """What stands after these tries, of which each but the first asks for what is still lost."""
    verdict = _tried(whole, tries[0])
    for lost_in_try in tries[1:]:
        owed = lost_checks(verdict)
        if not owed:
            break
        verdict = mended(verdict, _tried(whole, lost_in_try, owed))
    return verdict


@given(judged(), losses)
def test_what_is_put_together_of_several_tries_is_what_one_undisturbed_run_says(
    whole: Verdict, tries: list[frozenset[str]]
) -> None:
    together = _after(whole, [*tries, frozenset()])
    assert together.findings == whole.findings
    assert (together.points, together.max_points, together.settled) == (whole.points, whole.max_points, whole.settled)


@given(judged(), losses.filter(len))
def test_what_is_lost_each_time_stays_lost_and_nothing_else_does(whole: Verdict, tries: list[frozenset[str]]) -> None:
    together = _after(whole, tries)
    assert set(lost_checks(together)) == frozenset.intersection(*tries)
    assert together.max_points == whole.max_points
    assert [f.check for f in together.findings] == [f.check for f in whole.findings]


@given(judged(), judged(), st.frozensets(st.sampled_from([check for check, _ in CHECKS])))
def test_no_finding_is_decided_twice(first: Verdict, second: Verdict, lost_first: frozenset[str]) -> None:
    together = mended(_tried(first, lost_first), second)
    for before, other, now in zip(first.findings, second.findings, together.findings, strict=True):
        assert now == (other if before.check in lost_first else before)


@given(judged(), st.frozensets(st.sampled_from([check for check, _ in CHECKS])))
def test_a_try_that_tells_of_what_nobody_asked_for_adds_nothing(whole: Verdict, asked: frozenset[str]) -> None:
    first = msgspec.structs.replace(whole, findings=tuple(_lost(f) for f in whole.findings if f.check in asked))
    assert {finding.check for finding in mended(first, whole).findings} == asked


@given(judged(), losses.filter(len))
def test_the_order_in_which_later_tries_are_put_together_does_not_matter(
    whole: Verdict, tries: list[frozenset[str]]
) -> None:
    parts = [_tried(whole, lost_in_try) for lost_in_try in tries]
    one_by_one = reduce(mended, parts)
    from_behind = reduce(lambda later, earlier: mended(earlier, later), reversed(parts))
    assert one_by_one.findings == from_behind.findings


names = st.sampled_from(["", "shifted", "transposed"])


@given(judged(), judged(), st.lists(names, min_size=7, max_size=7), st.lists(names, min_size=7, max_size=7), losses)
def test_no_exercise_is_diagnosed_twice(
    first: Verdict, second: Verdict, ours: list[str], theirs: list[str], tries: list[frozenset[str]]
) -> None:
    def diagnosed(verdict: Verdict, names: list[str]) -> Verdict:
        seen: set[str] = set()
        findings = []
        for finding, name in zip(verdict.findings, names, strict=True):
            fresh = name if finding.exercise not in seen else ""
            seen |= {finding.exercise} if fresh else set()
            findings.append(msgspec.structs.replace(finding, diagnosis=fresh))
        return msgspec.structs.replace(verdict, findings=tuple(findings))

    lost_first = tries[0] if tries else frozenset()
    together = mended(_tried(diagnosed(first, ours), lost_first), diagnosed(second, theirs))
    named = Counter(finding.exercise for finding in together.findings if finding.diagnosis)
    assert max(named.values(), default=0) <= 1


@given(judged(), st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_every_note_is_kept_once_and_the_time_of_both_tries_counts(
    whole: Verdict, ours: list[str], theirs: list[str]
) -> None:
    first, second = (msgspec.structs.replace(whole, notes=tuple(dict.fromkeys(notes))) for notes in (ours, theirs))
    together = mended(first, second)
    assert sorted(together.notes) == sorted({*ours, *theirs})
    assert together.seconds == first.seconds + second.seconds
