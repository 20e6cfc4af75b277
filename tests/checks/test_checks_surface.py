"""What `autograder.checks` offers is pinned, and each small piece does what it says."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
import torch

import autograder.checks as checks
from autograder.checks import CheckSpec, Failure, Record, Score, accuracy, below, check, current_builder, remote


def test_the_public_surface_is_pinned() -> None:
    assert checks.__all__ == [
        "Budget",
        "Change",
        "CheckSpec",
        "Close",
        "Failure",
        "Measured",
        "Record",
        "Rng",
        "Score",
        "StudentError",
        "Trace",
        "TrainingLog",
        "accuracy",
        "affine",
        "any_batch_size",
        "any_layout",
        "any_shape",
        "batch_independent",
        "below",
        "between",
        "causal",
        "cell",
        "check",
        "close",
        "close_to",
        "current_builder",
        "episode_return",
        "equivariant",
        "examples",
        "explain",
        "finite_like",
        "follows_input",
        "forbid",
        "gradcheck",
        "gradgradcheck",
        "gradients_reach",
        "holds_for_all",
        "invariant",
        "labels",
        "layers",
        "load_weights",
        "modes",
        "nll",
        "no_global_randomness",
        "not_affine",
        "on",
        "parameter_count",
        "parameter_gradients",
        "permute",
        "perplexity",
        "remote",
        "require",
        "retrained",
        "rmse",
        "same_gradients",
        "same_mode",
        "scale",
        "second_chance",
        "seeded",
        "shift",
        "source_of",
        "stable",
        "student_error",
        "tensors",
        "trace",
        "unchanged",
        "vectorised",
        "weights",
        "within",
    ]


def test_check_leaves_a_frozen_spec_on_an_ordinary_function() -> None:
    @check("softmax", points=2, hint="Subtract the maximum.", seconds=3)
    def test_something(x: int) -> int:
        return x + 1

    spec = test_something.__autograder_check__  # type: ignore[attr-defined]
    assert spec == CheckSpec("softmax", 2.0, "Subtract the maximum.", 3.0)
    assert spec.gpu is False
    assert test_something(1) == 2
    with pytest.raises(dataclasses.FrozenInstanceError):
        spec.points = 9


@pytest.mark.parametrize("bad", [{"points": -1}, {"points": float("nan")}, {"seconds": 0}])
def test_check_refuses_points_and_seconds_that_make_no_sense(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="softmax"):
        check("softmax", **bad)  # type: ignore[arg-type]


@pytest.mark.parametrize("gpu", [True, False, "prefer"])
def test_a_check_says_whether_it_needs_a_gpu(gpu: Any) -> None:
    @check("train", gpu=gpu)
    def test_something() -> None: ...

    assert test_something.__autograder_check__.gpu == gpu  # type: ignore[attr-defined]


@pytest.mark.parametrize("gpu", ["cuda", 1, 0, None, "Prefer"])
def test_check_refuses_a_device_policy_that_there_is_not(gpu: Any) -> None:
    with pytest.raises(ValueError, match='True, False or "prefer"'):
        check("train", gpu=gpu)


def test_check_refuses_a_function_that_pytest_would_not_collect() -> None:
    with pytest.raises(ValueError, match="never run"):

        @check("softmax")
        def softmax_is_right() -> None: ...


def test_accuracy_is_linear_between_half_and_full() -> None:
    truth = torch.zeros(100, dtype=torch.int64)

    def credit(right: int) -> float:
        guess = torch.ones(100, dtype=torch.int64)
        guess[:right] = 0
        return accuracy(guess, truth, full=0.9, half=0.8).credit

    assert [credit(n) for n in (100, 90, 85, 80, 79, 0)] == pytest.approx([1, 1, 0.75, 0.5, 0, 0])


@pytest.mark.parametrize(
    ("guess", "reason"),
    [
        ([0] * 4, "wrong_type"),
        (torch.zeros(4, 1, dtype=torch.int64), "wrong_answer"),
        (torch.zeros(4), "wrong_type"),
        (torch.zeros(4, dtype=torch.bool), "wrong_type"),
        (torch.zeros(0, dtype=torch.int64), "wrong_answer"),
    ],
)
def test_accuracy_judges_nothing_but_integer_labels_one_for_each_example(guess: object, reason: str) -> None:
    with pytest.raises(Failure) as caught:
        accuracy(guess, torch.zeros(4, dtype=torch.int64), full=0.9, half=0.8)
    assert caught.value.reason == reason


def test_below_gives_credit_for_small_values_and_refuses_nan() -> None:
    assert [below(v, full=1.0, half=2.0).credit for v in (0.5, 1.0, 1.5, 2.0, 2.1)] == [1, 1, 0.75, 0.5, 0]
    assert below(torch.tensor(0.5), full=1, half=2).credit == 1
    with pytest.raises(Failure) as caught:
        below(float("nan"), full=1, half=2)
    assert caught.value.reason == "not_finite"
    with pytest.raises(Failure) as caught:
        below("0.1", full=1, half=2)
    assert caught.value.reason == "wrong_type"


def test_a_score_is_a_part_and_the_worst_of_several_keeps_its_words() -> None:
    assert Score.worst(Score(0.9, "accuracy"), Score(0.2, "loss")) == Score(0.2, "loss")
    for credit in (-0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match="from 0 to 1"):
            Score(credit)


def test_thresholds_the_wrong_way_round_are_the_authors_mistake() -> None:
    with pytest.raises(ValueError, match="easier"):
        accuracy(torch.zeros(1, dtype=torch.int64), torch.zeros(1, dtype=torch.int64), full=0.5, half=0.9)


def test_remote_is_the_thing_itself_unless_the_examiner_says_otherwise() -> None:
    assert remote(torch.optim.SGD) is torch.optim.SGD
    asked: list[object] = []
    token = current_builder.set(lambda target: asked.append(target))
    try:
        assert remote(torch.optim.SGD) is None
    finally:
        current_builder.reset(token)
    assert asked == [torch.optim.SGD]


def test_remote_refuses_what_the_other_process_could_not_import() -> None:
    with pytest.raises(ValueError, match="importable"):
        remote(lambda: None)


def test_a_long_curve_is_thinned_and_keeps_both_ends() -> None:
    record = Record()
    record.series("loss", [1.0, 0.5])
    record.series("long", range(100_001))
    assert record.curves["loss"] == [1.0, 0.5]
    long = record.curves["long"]
    assert (len(long), long[0], long[-1]) == (500, 0.0, 100_000.0)
    assert long == sorted(long)
