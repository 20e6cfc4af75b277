"""What can be read from the matrix of checks and wrong answers, and what is left out of it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from autograder.grading.verify.coverage import Cell, Coverage, coverage
from autograder.grading.verify.result import CheckLine, Kind, Proof, Verification

CAUGHT, PASSED, BROKEN = "failed", "passed", "broken"


def line(name: str, exercise: str = "f", public: bool = False) -> CheckLine:
    return CheckLine(name, exercise, 1.0, public)


def mutant(name: str, outcomes: dict[str, str], *, equivalent: bool = False) -> Proof:
    return replace(proof(Kind.MUTANT, name, outcomes), changes=("f",), equivalent=equivalent)


def specimen(name: str, outcomes: dict[str, str], *, fails: tuple[str, ...] = ("f",), seed: int = 0) -> Proof:
    return replace(proof(Kind.SPECIMEN, name, outcomes), fails=fails, seed=seed)


def proof(kind: Kind, name: str, outcomes: dict[str, str]) -> Proof:
    return Proof(
        kind=kind,
        name=name,
        points=0.0 if CAUGHT in outcomes.values() else 1.0,
        max_points=1.0,
        seconds=0.1,
        promise="caught",
        problems=(),
        outcomes=outcomes,
    )


def of(checks: list[CheckLine], *proofs: Proof, exercises: tuple[str, ...] = ()) -> Coverage:
    return coverage(Verification("01-x", "X", "v", 1, 0.03, tuple(checks), proofs, exercises=exercises))


def names(checks: tuple[CheckLine, ...]) -> list[str]:
    return [check.name for check in checks]


def test_a_check_is_credited_with_what_it_catches_and_with_what_it_alone_catches() -> None:
    found = of(
        [line("a"), line("b")],
        mutant("one", {"a": CAUGHT, "b": CAUGHT}),
        mutant("two", {"a": CAUGHT, "b": PASSED}),
        mutant("three", {"a": PASSED}),
    )
    assert [(c.asked, c.catches, c.alone) for c in found.checks] == [(3, 2, 1), (2, 1, 0)]
    assert [a.name for a in found.fragile] == ["two"]
    assert found.answers[2].cell("b") is Cell.NOT_ASKED


def test_right_answers_the_stub_and_equivalent_mutants_are_no_wrong_answers() -> None:
    found = of(
        [line("a")],
        proof(Kind.STUB, "stub", {"a": CAUGHT}),
        proof(Kind.REFERENCE, "reference", {"a": PASSED}),
        specimen("right", {"a": PASSED}, fails=()),
        mutant("same", {"a": PASSED}, equivalent=True),
    )
    assert found.answers == ()
    assert names(found.idle) == ["a"], "failing the stub proves little"
    assert found.untried == ("f",)


def test_all_redundant_checks_can_go_together_and_of_two_equal_ones_only_the_later_does() -> None:
    both = {"a": CAUGHT, "b": CAUGHT}
    found = of([line("a"), line("b")], mutant("one", both), mutant("two", both))
    assert names(found.redundant) == ["b"]


def test_a_public_check_is_neither_redundant_nor_makes_a_hidden_one_so() -> None:
    found = of([line("shown", public=True), line("a")], mutant("one", {"shown": CAUGHT, "a": CAUGHT}))
    assert found.redundant == ()


def test_a_check_that_catches_nothing_is_idle_and_not_redundant() -> None:
    found = of([line("a"), line("b")], mutant("one", {"a": CAUGHT, "b": PASSED}))
    assert found.redundant == ()
    assert names(found.idle) == ["b"]


def test_an_answer_that_was_tried_on_several_seeds_counts_once_and_as_caught_where_every_seed_caught_it() -> None:
    found = of(
        [line("a"), line("b"), line("c")],
        specimen("lucky", {"a": CAUGHT, "b": CAUGHT, "c": BROKEN}, seed=0),
        specimen("lucky", {"a": CAUGHT, "b": PASSED, "c": PASSED}, seed=1),
    )
    (lucky,) = found.answers
    assert lucky.caught_by == ("a",)
    assert [lucky.cell(name) for name in "abc"] == [Cell.CAUGHT, Cell.SOMETIMES, Cell.UNSETTLED]
    assert names(found.idle) == ["c"], "a check that catches something on some seeds is not idle"


def test_an_answer_belongs_to_what_it_changes_or_promises_or_else_to_what_caught_it() -> None:
    checks = [line("a", "f"), line("b", "g"), line("c", "h")]
    found = of(checks, mutant("one", {"a": CAUGHT}), proof(Kind.MUTANT, "unknown", {"b": CAUGHT}))
    assert [a.exercises for a in found.answers] == [("f",), ("g",)]
    assert [a.name for a in found.of("g")] == ["unknown"]
    assert found.untried == ("h",)


def test_an_exercise_without_any_check_is_seen_as_untried() -> None:
    assert of([line("a")], mutant("one", {"a": CAUGHT}), exercises=("f", "essay")).untried == ("essay",)


@given(st.lists(st.sets(st.sampled_from("abcdef")), max_size=12))
def test_without_the_redundant_checks_everything_is_still_caught_and_no_more_can_go(caught: list[set[str]]) -> None:
    checks = [line(name) for name in "abcdef"]
    proofs = [
        mutant(f"m{i}", {name: CAUGHT if name in by else PASSED for name in "abcdef"}) for i, by in enumerate(caught)
    ]
    found = of(checks, *proofs)
    kept = set("abcdef") - set(names(found.redundant))
    needed = [by for by in caught if by]
    assert all(by & kept for by in needed)
    for name in kept - set(names(found.idle)):
        assert any(not by & (kept - {name}) for by in needed), f"{name} could go too"
