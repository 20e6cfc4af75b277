"""Partial credit: a check may return a Score instead of passing or failing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from autograder.checks.failure import Failure
from autograder.checks.values import describe, is_plain_tensor


@dataclass(frozen=True)
class Score:
    """Part of a check's points, from 0 to 1, and the words that go with it.

    Raises:
        ValueError: `credit` is outside [0, 1] or NaN.
    """

    credit: float
    message: str = ""

    def __post_init__(self) -> None:
        if not 0.0 <= self.credit <= 1.0:
            raise ValueError(f"credit is a part from 0 to 1, not {self.credit!r}")

    @staticmethod
    def worst(*scores: Score) -> Score:
        """The lowest of several scores, with its own message."""
        return min(scores, key=lambda score: score.credit)


def accuracy(guess: Any, truth: Tensor, full: float, half: float) -> Score:
    """Linear credit for the share of labels that are right: 1 from `full` on, 0.5 at `half`, 0 below `half`.

    Args:
        guess: the student's labels, an integer tensor of shape (N,).
        truth: the true labels, integers of shape (N,).
        full: accuracy from which the credit is whole.
        half: accuracy below which there is none.

    Raises:
        Failure: `guess` is no such tensor.
    """
    if not is_plain_tensor(guess):
        raise Failure(f"expected a tensor of class labels, got {describe(guess)}", "wrong_type")
    if guess.shape != truth.shape:
        said = "one label for each example: did argmax go over the classes?"
        raise Failure(f"labels have shape {tuple(guess.shape)} where {tuple(truth.shape)} was expected, {said}")
    if guess.is_floating_point() or guess.is_complex() or guess.dtype == torch.bool:
        raise Failure(f"labels must be integers (argmax gives int64), not {guess.dtype}", "wrong_type")
    right = float((guess.detach().cpu() == truth.cpu()).double().mean())
    message = f"accuracy {right:.3f} on {truth.numel()} held-out examples; full credit from {full:g}, half at {half:g}"
    return Score(_line(right, full, half), message)


def below(value: Any, full: float, half: float, what: str = "loss") -> Score:
    """Linear credit where smaller is better: 1 up to `full`, 0.5 at `half`, 0 above `half`.

    Args:
        value: a number or a 0-dim tensor, computed by the check rather than reported by the student.
        full: value up to which the credit is whole.
        half: value above which there is none.
        what: the name of the quantity, for the message.

    Raises:
        Failure: `value` is no number, or not finite.
    """
    number = value.item() if is_plain_tensor(value) and value.numel() == 1 else value
    if type(number) not in (int, float):
        raise Failure(f"the {what} should be one number, got {describe(value)}", "wrong_type")
    if not math.isfinite(number):
        raise Failure(f"the {what} is {number}: training diverged, or a log or division met zero", "not_finite")
    message = f"{what} {number:.4g}; full credit up to {full:g}, half at {half:g}"
    return Score(_line(-number, -full, -half), message)


def _line(value: float, full: float, half: float) -> float:
    if full < half:
        raise ValueError("half credit must be easier to reach than full credit")
    if value >= full:
        return 1.0
    if value < half:
        return 0.0
    return 0.5 + 0.5 * (value - half) / (full - half)
