"""Scores of trained models. Each is computed here from the student's outputs, never taken from the student.

Held-out labels stay in the check's process. What a student learns of them is the rounded value and, for all but
accuracy (whose interval follows from the rounded value), the two rounded ends of its interval.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from autograder.checks.failure import Failure
from autograder.checks.score import Scale, Score
from autograder.checks.trained.intervals import Floats, binomial, bootstrap
from autograder.checks.values import describe, is_plain_tensor

_MOST = 1e100
_SUMS_TO_ONE = 1e-2
"""How far log-probabilities may sum from one: those of half precision are not exact."""


def accuracy(
    guess: Any, truth: Tensor, full: float, half: float, *, resolution: float = 0.01, what: str = "accuracy"
) -> Score:
    """Linear credit for the share of labels that are right: 1 from `full` on, 0.5 at `half`, 0 below `half`.

    Args:
        guess: the student's labels, an integer tensor of the shape of `truth`.
        truth: the true labels, integers of shape (N,) or any other.
        full: accuracy from which the credit is whole.
        half: accuracy below which there is none.
        resolution: the share is rounded to its multiples before it is judged or shown.
        what: the name of the quantity, for the message.

    Raises:
        Failure: `guess` is no such tensor.
        ValueError: `truth` is empty, or the thresholds make no sense.
    """
    scale = Scale(full, half, resolution=resolution)
    _count(truth)
    if not is_plain_tensor(guess):
        raise Failure(f"expected a tensor of class labels, got {describe(guess)}", "wrong_type")
    if guess.shape != truth.shape:
        said = "one label for each example: did argmax go over the classes?"
        raise Failure(f"labels have shape {tuple(guess.shape)} where {tuple(truth.shape)} was expected, {said}")
    if guess.is_floating_point() or guess.is_complex() or guess.dtype == torch.bool:
        raise Failure(f"labels must be integers (argmax gives int64), not {guess.dtype}", "wrong_type")
    right = float((_dense(guess, "labels").long() == truth.cpu()).double().mean())
    interval = binomial(scale.rounded(right), truth.numel())
    return scale.score(what, right, interval, truth.numel(), "held-out examples")


def nll(
    scores: Any,
    truth: Tensor,
    full: float,
    half: float,
    *,
    log_probabilities: bool = False,
    resolution: float | None = None,
    what: str = "held-out loss",
) -> Score:
    """Linear credit for a small mean negative log-likelihood, in nats.

    Args:
        scores: the student's logits, of shape (*truth.shape, classes).
        truth: the true classes, integers of shape (N,) or (N, ...).
        full: value up to which the credit is whole.
        half: value above which there is none.
        log_probabilities: `scores` are log-probabilities already: each row must sum to one.
        resolution: the value is rounded to its multiples; None: as Scale says.
        what: the name of the quantity, for the message.

    Raises:
        Failure: `scores` are no such tensor, or give a true class no probability at all.
        ValueError: `truth` is empty, or the thresholds make no sense.
    """
    scale = Scale(full, half, larger_is_better=False, resolution=resolution)
    each = _losses(scores, truth, log_probabilities, what)
    return scale.score(what, float(each.mean()), bootstrap(each), len(each), "held-out examples")


def perplexity(
    scores: Any,
    truth: Tensor,
    full: float,
    half: float,
    *,
    log_probabilities: bool = False,
    resolution: float | None = None,
    what: str = "perplexity",
) -> Score:
    """Linear credit for a small perplexity, the exponential of the mean negative log-likelihood; otherwise as nll()."""
    scale = Scale(full, half, larger_is_better=False, resolution=resolution)
    each = _losses(scores, truth, log_probabilities, what)
    value = float(_exponential(each.mean()))
    if value >= _MOST:
        raise Failure(f"the {what} is beyond all measure: does a class that occurs get hardly any probability?")
    return scale.score(what, value, bootstrap(each, _exponential), len(each), "held-out examples")


def rmse(
    guess: Any,
    truth: Tensor,
    full: float,
    half: float,
    *,
    resolution: float | None = None,
    what: str = "root mean squared error",
) -> Score:
    """Linear credit for a small root of the mean squared error.

    Args:
        guess: the student's predictions, real numbers of the shape of `truth`.
        truth: the true values, real, of shape (N,) or (N, ...): the first dimension counts examples.
        full: value up to which the credit is whole.
        half: value above which there is none.
        resolution: the value is rounded to its multiples; None: as Scale says.
        what: the name of the quantity, for the message.

    Raises:
        Failure: `guess` is no such tensor, or not finite.
        ValueError: `truth` is empty, or the thresholds make no sense.
    """
    scale = Scale(full, half, larger_is_better=False, resolution=resolution)
    _count(truth)
    predictions = _real(guess, "predictions")
    if predictions.shape != truth.shape:
        said = "a missing squeeze or unsqueeze?"
        raise Failure(f"predictions have shape {tuple(predictions.shape)}; {tuple(truth.shape)} was expected: {said}")
    _finite(float(predictions.sum()), "sum of the predictions")
    squares = (predictions - truth.detach().cpu().double()).square()
    each = squares.reshape(len(truth) if truth.ndim else 1, -1).mean(1).numpy()
    value = _finite(math.sqrt(each.mean()), what)
    return scale.score(what, value, bootstrap(each, np.sqrt), len(each), "held-out examples")


def episode_return(
    returns: Sequence[float] | Tensor,
    full: float,
    half: float,
    *,
    resolution: float | None = None,
    what: str = "mean return",
) -> Score:
    """Linear credit for a large mean return: 1 from `full` on, 0.5 at `half`, 0 below `half`.

    Args:
        returns: the sum of rewards of each episode, as the check's own environment added them up; shape (N,).
        full: mean from which the credit is whole.
        half: mean below which there is none.
        resolution: the value is rounded to its multiples; None: as Scale says.
        what: the name of the quantity, for the message.

    Raises:
        Failure: a return is not finite.
        ValueError: there is no episode, or the thresholds make no sense.
    """
    scale = Scale(full, half, resolution=resolution)
    each = torch.as_tensor(returns, dtype=torch.float64).detach().cpu().reshape(-1).numpy()
    if not len(each):
        raise ValueError("there is no episode to judge")
    value = _finite(float(each.mean()), what)
    return scale.score(what, value, bootstrap(each), len(each), "episodes")


def below(value: Any, full: float, half: float, what: str = "loss", *, resolution: float | None = None) -> Score:
    """Linear credit where smaller is better: 1 up to `full`, 0.5 at `half`, 0 above `half`.

    Args:
        value: a number or a tensor of one element, computed by the check rather than reported by the student.
        full: value up to which the credit is whole.
        half: value above which there is none.
        what: the name of the quantity, for the message.
        resolution: the value is rounded to its multiples; None: as Scale says.

    Raises:
        Failure: `value` is no number, or not finite.
    """
    return Scale(full, half, larger_is_better=False, resolution=resolution).score(what, _number(value, what))


def between(
    value: Any,
    low: float,
    high: float,
    *,
    half_low: float,
    half_high: float,
    what: str = "loss",
    resolution: float | None = None,
) -> Score:
    """Linear credit where too much is wrong as well, as where a reward can be hacked or a model overfits.

    The credit is 1 from `low` to `high`, 0.5 at `half_low` and `half_high`, and 0 outside of those.

    Args:
        value: a number or a tensor of one element, computed by the check rather than reported by the student.
        low: lower end of full credit.
        high: upper end of full credit.
        half_low: at most `low`.
        half_high: at least `high`.
        what: the name of the quantity, for the message.
        resolution: the value is rounded to its multiples; None: as Scale says.

    Raises:
        Failure: `value` is no number, or not finite.
        ValueError: the bounds are not in order.
    """
    scale = Scale(low, half_low, ceiling=(high, half_high), resolution=resolution)
    return scale.score(what, _number(value, what))


def _losses(scores: Any, truth: Tensor, log_probabilities: bool, what: str) -> Floats:
    """The mean negative log-likelihood of each example, float64 of shape (N,). Minus infinity may mask a class."""
    examples = _count(truth)
    rows = _real(scores, "scores")
    if rows.shape[:-1] != truth.shape or rows.ndim == 0:
        said = f"one row of scores over the classes for each label, so ({', '.join(map(str, truth.shape))}, classes)"
        raise Failure(f"scores have shape {tuple(rows.shape)}; expected {said}")
    labels = truth.cpu().long()
    if rows.shape[-1] <= int(labels.max()):
        raise Failure(f"there are {rows.shape[-1]} scores in a row, and more classes than that")
    if bool(rows.isnan().any()) or bool((rows == math.inf).any()):
        raise Failure("the scores hold NaN or infinity: did training diverge, or exp overflow?", "not_finite")
    total = rows.logsumexp(-1)
    if log_probabilities and not bool((total.abs() < _SUMS_TO_ONE).all()):
        raise Failure("the log-probabilities of a row do not sum to one in probability: log_softmax over the classes?")
    chosen = (total - rows.gather(-1, labels.unsqueeze(-1)).squeeze(-1)).reshape(examples, -1).mean(1)
    if not bool(chosen.isfinite().all()):
        raise Failure(f"the {what} is infinite: a class that occurs gets probability zero", "not_finite")
    return chosen.numpy()


def _exponential(x: Floats) -> Floats:
    return np.minimum(np.exp(np.minimum(x, 500)), _MOST)


def _real(value: Any, name: str) -> Tensor:
    """The student's tensor of real numbers as float64, here and without gradient."""
    if not is_plain_tensor(value):
        raise Failure(f"expected a tensor of {name}, got {describe(value)}", "wrong_type")
    if value.is_complex() or value.dtype == torch.bool:
        raise Failure(f"{name} must be real numbers, not {value.dtype}", "wrong_type")
    return _dense(value, name).double()


def _dense(value: Tensor, name: str) -> Tensor:
    if value.layout != torch.strided or value.is_quantized or value.device.type == "meta":
        raise Failure(f"expected {name} in an ordinary dense tensor, got {describe(value)}", "wrong_type")
    return value.detach().cpu()


def _count(truth: Tensor) -> int:
    if not truth.numel():
        raise ValueError("there is no example to judge by")
    return len(truth) if truth.ndim else 1


def _number(value: Any, what: str) -> float:
    number = value.item() if is_plain_tensor(value) and value.numel() == 1 else value
    if type(number) not in (int, float):
        raise Failure(f"the {what} should be one number, got {describe(value)}", "wrong_type")
    return _finite(number, what)


def _finite(number: float, what: str) -> float:
    try:
        found = float(number)
    except OverflowError:
        found = math.inf
    if not math.isfinite(found):
        raise Failure(f"the {what} is {found}: training diverged, or a log or division met zero", "not_finite")
    return found
