"""A second seed, sampled retraining, and budgets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import torch

from autograder.checks import Budget, Failure, Measured, Rng, Score, accuracy, below, retrained, second_chance


def rng(key: int = 1) -> Rng:
    return Rng(b"key %d" % key)


def scored(share: float, examples: int = 400) -> Score:
    right = round(share * examples)
    truth = torch.zeros(examples, dtype=torch.int64)
    return accuracy((torch.arange(examples) >= right).long(), truth, full=0.94, half=0.88)


class Attempts:
    """Trainings that end as told, and the seeds that they were given."""

    def __init__(self, *ends: Score | Failure) -> None:
        self._ends = iter(ends)
        self.seeds: list[int] = []

    def __call__(self, seed: int) -> Score:
        self.seeds.append(seed)
        end = next(self._ends)
        if isinstance(end, Failure):
            raise end
        return end


def test_full_credit_and_a_clear_failure_are_decided_by_the_first_seed() -> None:
    for share in (0.97, 0.5):
        attempts = Attempts(scored(share))
        assert second_chance(attempts, rng()) == scored(share)
        assert len(attempts.seeds) == 1


def test_a_borderline_run_is_repeated_with_another_seed_and_the_better_counts() -> None:
    attempts = Attempts(scored(0.93), scored(0.96))
    score = second_chance(attempts, rng())
    assert score.credit == 1
    assert "accuracy 0.96" in score.message
    assert "better of two trainings" in score.message
    assert [(one.value, one.run) for one in score.measured] == [(0.93, 1), (0.96, 2)]
    assert len(set(attempts.seeds)) == 2
    assert second_chance(Attempts(scored(0.93), scored(0.9)), rng()).credit == scored(0.93).credit


def test_the_same_submission_gets_the_same_seeds_when_graded_again() -> None:
    seeds = []
    for _ in range(2):
        attempts = Attempts(scored(0.93), scored(0.93))
        second_chance(attempts, rng())
        seeds.append(attempts.seeds)
    assert seeds[0] == seeds[1]


def test_every_quantity_has_to_be_near_enough() -> None:
    near_and_far = Score.worst(scored(0.93), below(9.0, full=0.2, half=0.4))
    attempts = Attempts(near_and_far)
    assert second_chance(attempts, rng()) == near_and_far


def test_a_value_outside_a_band_is_borderline_where_its_interval_reaches_in() -> None:
    def returned(at: float) -> Score:
        measured = Measured("return", at, at - 5, at + 5, 100, 50, ceiling=(120, 150))
        return Score(1.0 if 100 <= at <= 120 else 0.6, "", (measured,))

    for at, trainings in ((97, 2), (90, 1), (110, 1), (124, 2), (130, 1)):
        attempts = Attempts(returned(at), returned(110))
        second_chance(attempts, rng())
        assert len(attempts.seeds) == trainings, at


def test_the_author_may_give_everyone_a_second_seed() -> None:
    attempts = Attempts(scored(0.1), scored(0.97))
    assert second_chance(attempts, rng(), margin=1).credit == 1
    assert second_chance(Attempts(Score(0.0), Score(1.0)), rng(), margin=1).credit == 1


def test_a_second_run_that_fails_leaves_the_first_score() -> None:
    score = second_chance(Attempts(scored(0.93), Failure("diverged", "not_finite")), rng())
    assert (score.credit, score.measured) == (scored(0.93).credit, scored(0.93).measured)
    with pytest.raises(Failure, match="diverged"):
        second_chance(Attempts(Failure("diverged")), rng())


def test_a_share_of_the_submissions_is_trained_again_and_always_the_same_ones() -> None:
    def drawn(key: int) -> bool:
        attempts = Attempts(scored(0.95))
        assert retrained(scored(0.95), attempts, rng(key), share=0.3) == scored(0.95)
        return bool(attempts.seeds)

    chosen = [drawn(key) for key in range(200)]
    assert chosen == [drawn(key) for key in range(200)]
    assert 0.2 < sum(chosen) / 200 < 0.4


def test_code_that_does_not_reach_its_weights_is_a_finding() -> None:
    attempts = Attempts(scored(0.6), scored(0.7))
    with pytest.raises(Failure, match=r"accuracy 0.97 with the weights, 0.7 after training"):
        retrained(scored(0.97), attempts, rng(), share=1)
    assert len(set(attempts.seeds)) == 2, "one unlucky seed is no proof"


@pytest.mark.parametrize("after", [(0.95,), (0.6, 0.96)])
def test_code_that_comes_near_with_one_of_two_seeds_is_believed(after: tuple[float, ...]) -> None:
    assert retrained(scored(0.97), Attempts(*map(scored, after)), rng(), share=1) == scored(0.97)


def test_a_tolerance_is_borne_where_there_are_no_intervals() -> None:
    weights, training = below(0.2, full=0.3, half=0.6), below(0.25, full=0.3, half=0.6)
    assert retrained(weights, Attempts(training), rng(), share=1, tolerance=0.05) == weights
    with pytest.raises(Failure, match=r"loss 0.2 with the weights, 0.25 after"):
        retrained(weights, Attempts(training, training), rng(), share=1)


def test_retraining_must_measure_what_was_measured_of_the_weights() -> None:
    with pytest.raises(ValueError, match="must measure"):
        retrained(scored(0.9), Attempts(below(0.2, full=0.3, half=0.6)), rng(), share=1)


def test_a_budget_passes_things_on_and_counts() -> None:
    loader, loss = Budget([1, 2, 3], steps=6), Budget(lambda x, power=2: x**power, steps=2)
    assert [*loader, *loader] == [1, 2, 3, 1, 2, 3]
    assert (len(loader), loader.used) == (3, 6)
    assert (loss(3), loss(2, power=3), loss.used) == (9, 8, 2)


def test_a_loop_beyond_its_steps_ends_with_a_finding() -> None:
    def endless() -> Iterator[int]:
        while True:
            yield 1

    with pytest.raises(Failure, match="more than the 10 steps") as caught:
        list(Budget(endless(), steps=10))
    assert caught.value.reason == "limit"


def test_a_loop_beyond_its_seconds_ends_with_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter(range(100))
    monkeypatch.setattr("autograder.checks.trained.budget.time.monotonic", lambda: float(next(ticks)))
    with pytest.raises(Failure, match="longer than the 5 s") as caught:
        list(Budget(range(50), seconds=5))
    assert caught.value.reason == "timeout"


@pytest.mark.parametrize("bounds", [{}, {"steps": 0}, {"seconds": -1.0}])
def test_a_budget_without_a_bound_is_the_authors_mistake(bounds: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="steps or seconds"):
        Budget([], **bounds)
