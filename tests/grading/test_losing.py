"""Verdicts that the platform had a hand in, made whole."""

from __future__ import annotations

from functools import partial

import msgspec
from fake_grader import CHECKS
from hypothesis import given
from hypothesis import strategies as st

from autograder.course import Finding, Outcome, Submission, Verdict
from autograder.grading.losing import lost_checks, lost_verdict, mended

NAMES = ("a", "b", "c", "d")
EXERCISE = {"a": "x", "b": "x", "c": "y", "d": "y"}


def finding(check: str, outcome: Outcome) -> Finding:
    """Of a failed check the mistake is known."""
    failed = outcome is Outcome.FAILED
    points = float(outcome is Outcome.PASSED)
    said = f"mistake of {check}" if failed else ""
    return Finding(
        check=check, exercise=EXERCISE[check], outcome=outcome, points=points, max_points=1.0, diagnosis=said
    )


def diagnosed_once(findings: list[Finding]) -> tuple[Finding, ...]:
    """As a grader names mistakes: once for each exercise, at its first finding that shows one."""
    told = []
    named: set[str] = set()
    for one in findings:
        told.append(msgspec.structs.replace(one, diagnosis="") if one.exercise in named else one)
        named |= {one.exercise} if one.diagnosis else set()
    return tuple(told)


def verdict(outcomes: dict[str, Outcome]) -> Verdict:
    return Verdict(
        submission="ada",
        digest="0",
        assignment="01-a",
        version="v1",
        seed=1,
        isolation="none",
        seconds=1.0,
        findings=diagnosed_once([finding(check, outcome) for check, outcome in outcomes.items()]),
        notes=("a note",),
    )


def test_a_lost_verdict_names_every_check_that_was_asked_for() -> None:
    lose = partial(
        lost_verdict, Submission("ada", "0", ()), CHECKS, "no disk", assignment="01-a", version="v1", isolation="none"
    )
    every, one = lose(), lose(only=("test_two",), seed=3)
    assert lost_checks(every) == ("test_one", "test_two")
    assert lost_checks(one) == ("test_two",)
    assert (every.points, every.max_points, every.settled) == (0, 3, False)


outcomes = st.sampled_from([Outcome.PASSED, Outcome.FAILED, Outcome.BROKEN])


@given(st.fixed_dictionaries(dict.fromkeys(NAMES, outcomes)), st.lists(st.sets(st.sampled_from(NAMES)), max_size=3))
def test_what_is_lost_and_tried_again_ends_as_if_nothing_had_been_lost(
    truth: dict[str, Outcome], faults: list[set[str]]
) -> None:
    def seen(asked: tuple[str, ...], fault: set[str]) -> Verdict:
        return verdict({check: Outcome.LOST if check in fault else truth[check] for check in asked})

    reached = seen(NAMES, set(faults[0]) if faults else set())
    for fault in [*faults[1:], set()]:
        again = lost_checks(reached)
        if again:
            reached = mended(reached, seen(again, fault))
    undisturbed = verdict({check: truth[check] for check in NAMES})
    assert reached.findings == undisturbed.findings
    assert reached.notes == undisturbed.notes


truths = st.fixed_dictionaries(dict.fromkeys(NAMES, outcomes))


@given(truths, truths)
def test_what_was_decided_is_never_decided_again(first: dict[str, Outcome], second: dict[str, Outcome]) -> None:
    assert mended(verdict(first), verdict(second)).findings == verdict(first).findings
