"""Scores of trained models: what earns how much, what is refused, and that nothing but rounded values comes out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import special

from autograder.checks import (
    Failure,
    Measured,
    Score,
    accuracy,
    below,
    between,
    episode_return,
    nll,
    perplexity,
    rmse,
)
from autograder.checks.score import Scale, exact
from autograder.checks.trained.intervals import binomial, bootstrap

TRUTH = torch.arange(200) % 4
numbers = st.floats(-1e9, 1e9).map(lambda x: x + 0.0)
LOGITS = torch.nn.functional.one_hot(TRUTH, 4).double() * 3


def _guess(right: int, of: int) -> tuple[torch.Tensor, torch.Tensor]:
    truth = torch.zeros(of, dtype=torch.int64)
    guess = torch.ones(of, dtype=torch.int64)
    guess[:right] = 0
    return guess, truth


@pytest.fixture
def unrounded() -> Iterator[None]:
    token = exact.set(True)
    yield
    exact.reset(token)


@given(numbers, numbers, numbers, st.booleans())
def test_credit_is_a_part_and_never_falls_as_the_value_gets_better(
    a: float, b: float, gap: float, larger: bool
) -> None:
    assume(gap > 1e-6)
    scale = Scale(0.0, -gap if larger else gap, larger_is_better=larger)
    worse, better = sorted((a, b), reverse=not larger)
    credits = [scale.score("it", value).credit for value in (worse, better)]
    assert 0 <= credits[0] <= credits[1] <= 1


@given(numbers, numbers, st.floats(1e-6, 1e6))
def test_whoever_reaches_a_threshold_gets_what_it_promises(full: float, beyond: float, gap: float) -> None:
    assume(gap > 1e-6 * abs(full))
    for scale, sign in ((Scale(full, full - gap), 1), (Scale(full, full + gap, larger_is_better=False), -1)):
        assert scale.score("it", full + sign * abs(beyond)).credit == 1
        assert scale.score("it", scale.half).credit == pytest.approx(0.5, abs=1e-6)
        far = full - sign * 3 * gap
        assert scale.score("it", far).credit == 0


@given(numbers, numbers)
def test_rounding_keeps_the_order_and_says_at_most_two_digits_far_away(a: float, b: float) -> None:
    scale = Scale(0.25, 0.6, larger_is_better=False)
    low, high = sorted((a, b))
    assert scale.rounded(low) <= scale.rounded(high)
    assert scale.rounded(scale.rounded(a)) == scale.rounded(a)
    if abs(a) > 10:
        assert scale.rounded(a) == pytest.approx(float(f"{a:.1e}"), rel=1e-9)


@given(st.integers(0, 450), st.integers(0, 450))
def test_the_rounded_accuracy_decides_all_that_is_told(one: int, other: int) -> None:
    scores = [accuracy(*_guess(right, 450), full=0.94, half=0.88) for right in (one, other)]
    assert (scores[0] == scores[1]) == (scores[0].measured[0].value == scores[1].measured[0].value)


@given(st.lists(st.floats(-4, 4), min_size=40, max_size=40), st.lists(st.floats(-4, 4), min_size=40, max_size=40))
def test_the_rounded_value_decides_the_credit_and_with_its_rounded_interval_the_words(
    one: list[float], other: list[float]
) -> None:
    truth = torch.zeros(40)
    scores = [rmse(torch.tensor(values), truth, full=0.5, half=1.5) for values in (one, other)]
    told = [(s.measured[0].value, s.measured[0].low, s.measured[0].high) for s in scores]
    assert told[0] != told[1] or scores[0] == scores[1]
    assert told[0][0] != told[1][0] or scores[0].credit == scores[1].credit
    for numbers_told in told:
        assert all(n == pytest.approx(round(n, 2), abs=1e-9) for n in numbers_told), "thresholds 1 apart: steps of 0.01"


def test_neighbouring_answers_look_the_same_until_they_round_differently() -> None:
    messages = {accuracy(*_guess(right, 10_000), full=0.94, half=0.88).message for right in range(9_351, 9_450, 7)}
    assert len(messages) == 1


def test_nothing_is_rounded_while_thresholds_are_calibrated(unrounded: None) -> None:
    del unrounded
    assert accuracy(*_guess(1, 3), full=0.9, half=0.8).measured[0].value == 1 / 3
    assert below(math.pi, full=4, half=5).measured[0].value == math.pi


@pytest.mark.parametrize("examples", [1, 3, 450, 20_000])
@pytest.mark.parametrize("share", [0, 0.004, 0.3, 0.5, 0.94, 1])
def test_the_binomial_interval_is_that_of_clopper_and_pearson(share: float, examples: int) -> None:
    right = share * examples
    low, high = binomial(share, examples)
    assert low == pytest.approx(special.betaincinv(right, examples - right + 1, 0.025) if share else 0, abs=1e-9)
    assert high == pytest.approx(special.betaincinv(right + 1, examples - right, 0.975) if share < 1 else 1, abs=1e-9)


@pytest.mark.parametrize("examples", [40, 450, 5_000])
def test_the_bootstrap_interval_of_many_examples_is_that_of_the_normal_law(examples: int) -> None:
    values = np.random.default_rng(5).normal(3, 2, examples)
    low, high = bootstrap(values)
    assert (low, high) == bootstrap(values), "the draws are the same each time"
    assert high - low == pytest.approx(2 * 1.96 * values.std() / math.sqrt(examples), rel=0.15)
    assert low < values.mean() < high


def test_a_message_shows_value_interval_examples_and_thresholds() -> None:
    assert accuracy(*_guess(419, 450), full=0.94, half=0.88).message == (
        "accuracy 0.93 (95 % interval 0.9 to 0.96) on 450 held-out examples; full credit from 0.94, half at 0.88"
    )
    assert below(0.254, full=0.25, half=0.6).message == "loss 0.25; full credit up to 0.25, half at 0.6"


@pytest.mark.parametrize("dtype", [torch.uint8, torch.int8, torch.int16, torch.int32, torch.uint16, torch.uint64])
def test_labels_of_any_integer_dtype_are_judged(dtype: torch.dtype) -> None:
    assert accuracy(TRUTH.to(dtype), TRUTH, full=0.9, half=0.8).credit == 1


def test_the_loss_of_logits_and_of_log_probabilities_is_cross_entropy() -> None:
    want = float(torch.nn.functional.cross_entropy(LOGITS, TRUTH))
    for score in (
        nll(LOGITS, TRUTH, full=0.1, half=0.2),
        nll(LOGITS.log_softmax(-1), TRUTH, full=0.1, half=0.2, log_probabilities=True),
        nll(LOGITS.float().requires_grad_() + 100, TRUTH, full=0.1, half=0.2),
        nll(LOGITS.reshape(50, 4, 4), TRUTH.reshape(50, 4), full=0.1, half=0.2),
    ):
        assert score.measured[0].value == pytest.approx(want, abs=0.005)
    assert perplexity(LOGITS, TRUTH, full=1.1, half=1.2).measured[0].value == pytest.approx(math.exp(want), abs=0.005)


def test_a_masked_class_is_no_fault_unless_it_occurs() -> None:
    masked = torch.cat((LOGITS, torch.full((200, 1), -math.inf)), 1)
    assert nll(masked, TRUTH, full=0.2, half=0.3).credit == 1
    with pytest.raises(Failure, match="probability zero") as caught:
        nll(masked[:, [0, 1, 2, 4]], TRUTH, full=0.2, half=0.3)
    assert caught.value.reason == "not_finite"


@pytest.mark.parametrize("scores", [torch.zeros(200, 4), LOGITS, torch.full((200, 4), 5.0)])
def test_log_probabilities_that_sum_to_more_than_one_earn_nothing(scores: torch.Tensor) -> None:
    with pytest.raises(Failure, match="do not sum to one"):
        nll(scores, TRUTH, full=1, half=2, log_probabilities=True)


WRONG: tuple[tuple[Any, str], ...] = (
    (None, "wrong_type"),
    ([0.0] * 200, "wrong_type"),
    (torch.zeros(200, 4, dtype=torch.complex64), "wrong_type"),
    (torch.zeros(200, 4, dtype=torch.bool), "wrong_type"),
    (torch.zeros(200, 4).to_sparse(), "wrong_type"),
    (torch.zeros(200, 4, device="meta"), "wrong_type"),
    (torch.quantize_per_tensor(torch.zeros(200, 4), 0.1, 0, torch.qint8), "wrong_type"),
    (torch.zeros(200), "wrong_answer"),
    (torch.zeros(()), "wrong_answer"),
    (torch.zeros(4, 200), "wrong_answer"),
    (torch.zeros(200, 3), "wrong_answer"),
    (torch.zeros(200, 0), "wrong_answer"),
    (torch.full((200, 4), math.nan), "not_finite"),
    (torch.full((200, 4), math.inf), "not_finite"),
    (torch.full((200, 4), -math.inf), "not_finite"),
)


@pytest.mark.parametrize("judge", [nll, perplexity])
@pytest.mark.parametrize(("scores", "reason"), WRONG)
def test_scores_that_are_no_row_of_numbers_for_each_label_are_a_finding(
    judge: Callable[..., Score], scores: Any, reason: str
) -> None:
    with pytest.raises(Failure) as caught:
        judge(scores, TRUTH, full=1, half=2)
    assert caught.value.reason == reason


def test_a_perplexity_beyond_all_numbers_is_a_finding() -> None:
    with pytest.raises(Failure, match="beyond all measure"):
        perplexity(torch.nn.functional.one_hot(1 - TRUTH.clamp(max=1), 4) * 1e5, TRUTH, full=5, half=9)


def test_predictions_are_measured_by_the_root_of_the_mean_square() -> None:
    truth = torch.linspace(-1, 1, 90).reshape(30, 3)
    assert rmse(truth + 0.5, truth, full=0.5, half=1).credit == 1
    assert rmse(truth - 0.75, truth, full=0.5, half=1).credit == 0.75
    for wrong, reason in (
        (truth[:, :1], "wrong_answer"),
        (truth.flatten(), "wrong_answer"),
        (truth * math.nan, "not_finite"),
        (truth.double() * 1e200, "not_finite"),
        (truth.numpy(), "wrong_type"),
        (0.5, "wrong_type"),
    ):
        with pytest.raises(Failure) as caught:
            rmse(wrong, truth, full=0.5, half=1)
        assert caught.value.reason == reason


def test_the_mean_return_of_episodes_is_judged_between_thresholds_that_need_three_digits() -> None:
    score = episode_return([200.0] * 19 + [100.0], full=196, half=150)
    assert score.measured[0].value == 195
    assert 0.98 < score.credit < 1
    assert "on 20 episodes; full credit from 196, half at 150" in score.message
    with pytest.raises(Failure):
        episode_return([math.nan], full=196, half=150)
    with pytest.raises(ValueError, match="no episode"):
        episode_return([], full=196, half=150)


def test_between_punishes_too_little_and_too_much() -> None:
    credits = [
        between(v, 0.2, 0.3, half_low=0.1, half_high=0.5).credit for v in (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6)
    ]
    assert credits == pytest.approx([0, 0.5, 0.75, 1, 1, 0.75, 0.5, 0])
    assert "too low" in between(0.05, 0.2, 0.3, half_low=0.1, half_high=0.5).message
    assert "too high" in between(0.6, 0.2, 0.3, half_low=0.1, half_high=0.5).message
    with pytest.raises(ValueError, match="easier"):
        between(0.25, 0.2, 0.3, half_low=0.21, half_high=0.5)


@pytest.mark.parametrize("value", [10**400, -(10**400), math.inf, "0.1", None, True, torch.zeros(2), 1j])
def test_a_value_that_is_no_finite_number_is_a_finding(value: object) -> None:
    with pytest.raises(Failure):
        below(value, full=1, half=2)


@pytest.mark.parametrize(
    "thresholds",
    [(0.5, 0.9), (math.nan, 0.5), (0.912, 0.911)],
)
def test_thresholds_that_make_no_sense_are_the_authors_mistake(thresholds: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match=r"easier|finite|resolution="):
        accuracy(TRUTH, TRUTH, *thresholds)
    with pytest.raises(ValueError, match="no example"):
        accuracy(TRUTH[:0], TRUTH[:0], full=0.9, half=0.8)


def test_the_worst_of_several_scores_keeps_what_all_of_them_measured() -> None:
    right, loss = accuracy(TRUTH, TRUTH, full=0.9, half=0.8), below(0.4, full=0.2, half=0.6)
    worst = Score.worst(right, loss)
    assert (worst.credit, worst.message) == (loss.credit, loss.message)
    assert [one.name for one in worst.measured] == ["accuracy", "loss"]


def test_what_was_measured_is_finite() -> None:
    with pytest.raises(ValueError, match="not finite"):
        Measured("loss", math.nan, 0, 1, 1, 2)
