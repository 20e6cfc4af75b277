"""The bound on a check's flakes is the exact one, and what the platform lost does not count."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.grading.verify.flakes import CONFIDENCE, Flakes, flakes, flakes_of_all, upper_bound
from autograder.grading.verify.result import CheckLine, Kind, Proof, Verification


def reference(seed: int, outcome: str, kept: bool) -> Proof:
    problems = () if kept else ("a: lost a point",)
    return Proof(Kind.REFERENCE, "reference", 1, 1, 0.1, "full", problems, seed, outcomes={"a": outcome})


def verified(*outcomes: str) -> Verification:
    proofs = tuple(reference(seed, outcome, outcome == "passed") for seed, outcome in enumerate(outcomes))
    return Verification("01-x", "X", "v", len(proofs), 0.03, (CheckLine("a", "f", 1, False),), proofs)


@given(st.integers(1, 200), st.data())
@settings(deadline=None)  # the first call imports scipy
def test_at_the_bound_as_few_failures_are_seen_with_five_percent(runs: int, data: st.DataObject) -> None:
    failures = data.draw(st.integers(0, runs - 1))
    p = upper_bound(failures, runs)
    as_few = sum(comb(runs, k) * p**k * (1 - p) ** (runs - k) for k in range(failures + 1))
    assert as_few == pytest.approx(1 - CONFIDENCE, rel=1e-6)


def test_the_known_values_come_out() -> None:
    assert upper_bound(0, 20) == pytest.approx(0.1391, abs=1e-4)
    assert upper_bound(0, 1) == pytest.approx(0.95)
    assert upper_bound(0, 0) == 1.0
    assert upper_bound(3, 3) == 1.0


@pytest.mark.parametrize(("failures", "runs"), [(-1, 3), (4, 3)])
def test_more_failures_than_runs_are_refused(failures: int, runs: int) -> None:
    with pytest.raises(ValueError, match="failures"):
        upper_bound(failures, runs)


def test_a_lost_run_says_nothing_and_a_broken_one_is_a_flake() -> None:
    document = verified("passed", "failed", "broken", "lost")
    assert [found.flakes for found in flakes(document)] == [Flakes(runs=3, failures=2)]
    assert flakes_of_all(document) == Flakes(runs=3, failures=2)
    assert Flakes(3, 2).rate == pytest.approx(2 / 3)


def test_where_nothing_ran_nothing_is_known() -> None:
    assert [found.flakes.bound for found in flakes(verified())] == [1.0]
