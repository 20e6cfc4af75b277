"""Softmax: over the wrong dim, over everything, once too often, or not at all."""

from __future__ import annotations

from torch import Tensor

from autograder.checks.comparing.patterns.pair import Pair

_SATURATED = 0.999
"""A softmax that is one-hot tells nothing about the scores."""


def softmax_twice(pair: Pair) -> str:
    """Probabilities, or their logs, that went through softmax again."""
    for got, want in _as_probabilities(pair):
        for dim in _normalised(want, pair):
            if pair.near(want.softmax(dim), got):
                return f"softmax was taken twice along dim {dim}"
    return ""


def softmax_missing(pair: Pair) -> str:
    """Scores where probabilities are due."""
    for dim in _normalised(pair.want, pair):
        sure = float(pair.want.amax(dim).min()) < _SATURATED
        if sure and pair.near(pair.got.softmax(dim), pair.want):
            return f"the softmax along dim {dim} is missing"
    return ""


def sums_to_one_elsewhere(pair: Pair) -> str:
    """Probabilities that sum to one along another dim than they should."""
    for got, want in _as_probabilities(pair):
        due, found = _normalised(want, pair), _normalised(got, pair)
        if not due or set(due) & set(found):
            continue
        if found:
            return f"it sums to one along dim {found[0]} where dim {due[0]} is due: softmax over the wrong dim?"
        if want.ndim > 1 and abs(float(got.sum()) - 1) <= pair.tolerance and bool((got >= 0).all()):
            return (
                f"all elements together sum to one, where each slice along dim {due[0]} should: which dim has softmax?"
            )
    return ""


def _as_probabilities(pair: Pair) -> list[tuple[Tensor, Tensor]]:
    """The values as they are, and their exponentials where they may be log-probabilities."""
    if bool((pair.want >= 0).all()):
        return [(pair.got, pair.want)]
    if float(pair.want.max()) <= pair.tolerance and float(pair.got.max()) <= pair.tolerance:
        return [(pair.got.exp(), pair.want.exp())]
    return []


def _normalised(values: Tensor, pair: Pair) -> list[int]:
    """The dims along which the values, none of them negative, sum to one."""
    if bool((values < 0).any()):
        return []
    return [
        dim
        for dim, size in enumerate(values.shape)
        if size > 1 and bool(((values.sum(dim) - 1).abs() <= pair.tolerance).all())
    ]
