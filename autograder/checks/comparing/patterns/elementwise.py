"""Mistakes that can be seen in each element by itself: a lost sign, a log too many, values clamped or rounded."""

from __future__ import annotations

import torch

from autograder.checks.comparing.patterns.pair import Pair

_SINGLE = 1e-6
"""About what is left of a float64 that went through float32."""
_DOUBLE = 1e-11
"""More than what right answers differ by."""


def nearly_right(pair: Pair, precise: bool) -> str:
    """Right but for the last digits, where more of them were due."""
    spread = (pair.got - pair.want).abs() / pair.want.abs().clamp(min=1e-300)
    if precise and float(spread.median()) < _SINGLE:
        exact = pair.got.float().double() == pair.got
        if bool(exact.all()) and bool((pair.want.float().double() != pair.want).any()):
            return "these values are float32 underneath: keep to float64 all the way (x.dtype)"
        if _DOUBLE < float(spread.max()) < _SINGLE and not only_a_part_is_wrong(pair):
            return "only the last digits are wrong: is float32, or a small constant such as 1e-8, on the way?"
    return ""


def only_a_part_is_wrong(pair: Pair) -> str:
    """Everything is right but for one slice, such as the last row."""
    wrong = pair.wrong
    if int(wrong.sum()) < 2 and wrong.ndim != 1:
        return ""
    for dim, size in enumerate(pair.shape):
        if size < 3:
            continue
        others = [d for d in range(wrong.ndim) if d != dim]
        there = (wrong.any(dim=others) if others else wrong).nonzero().flatten().tolist()
        if len(there) == 1:
            place = {0: "first", size - 1: "last"}.get(there[0], "")
            cause = ": is something off by one there?" if place else ""
            kind = (
                "element" if wrong.ndim == 1 else ("row", "column")[dim] if wrong.ndim == 2 else f"index of dim {dim}"
            )
            named = f"the {place} {kind}" if place else f"one {kind}"
            return f"only {named} ({there[0]}) is wrong{cause}"
    return ""


def zeros(pair: Pair) -> str:
    """Nothing was computed, or nothing was kept."""
    return "" if bool(pair.got.any()) else ("it is zero" if pair.got.numel() == 1 else "every element is zero")


def constant(pair: Pair) -> str:
    """One number everywhere."""
    if pair.got.min() != pair.got.max() or pair.want.min() == pair.want.max():
        return ""
    return "every element is the same"


def sign_flipped(pair: Pair) -> str:
    """The negative of what is due."""
    return "the sign is flipped" if pair.maps(torch.neg, pair.want, pair.got) else ""


def absolute_value(pair: Pair) -> str:
    """Signs are lost."""
    if pair.maps(torch.abs, pair.want, pair.got) and bool((pair.want < 0).any()):
        return "negative values have lost their sign: is an abs, or the root of a square, too many?"
    return ""


def signs_differ(pair: Pair) -> str:
    """Right up to the sign of some elements."""
    if pair.maps(torch.square, pair.want, pair.got.square()):
        return "it is right up to sign: some of the signs are flipped"
    return ""


def exponential_or_logarithm(pair: Pair) -> str:
    """One exp or log too many or too few."""
    if pair.maps(torch.log, pair.want, pair.got):
        return "these are logs: a log is too many, or an exp is missing"
    if pair.maps(torch.exp, pair.want, pair.got):
        return "these are exponentials: an exp is too many, or a log is missing"
    return ""


def square_or_root(pair: Pair) -> str:
    """One square or square root too many or too few."""
    if pair.maps(torch.square, pair.want, pair.got):
        return "these are squares: a square root is missing, or a square is too many"
    if pair.maps(torch.square, pair.got, pair.want) and bool((pair.got >= 0).all()):
        return "these are square roots: a square is missing, or a square root is too many"
    return ""


def reciprocal(pair: Pair) -> str:
    """Upside down."""
    if pair.maps(torch.reciprocal, pair.want, pair.got):
        return "it is upside down: 1 / x where x is due"
    return ""


def complement(pair: Pair) -> str:
    """One minus what is due."""
    if pair.maps(lambda value: 1 - value, pair.want, pair.got):
        return "it is the complement: 1 - x where x is due"
    return ""


def rounded(pair: Pair) -> str:
    """Whole numbers where fractions are due."""
    for change, name in ((torch.round, "rounded"), (torch.floor, "cut to whole numbers"), (torch.trunc, "cut")):
        if pair.maps(change, pair.want, pair.got) and bool((pair.got == pair.got.round()).all()):
            return f"the values are {name}: is an integer dtype or // on the way?"
    return ""


def negative_part(pair: Pair) -> str:
    """A ReLU too many or too few."""
    if pair.maps(torch.relu, pair.want, pair.got):
        return "negative values were set to zero: is a ReLU or clamp too many?"
    if pair.maps(torch.relu, pair.got, pair.want) and bool((pair.got < 0).any()):
        return "values are negative where zero is due: is a ReLU or clamp(min=0) missing?"
    return ""


def clamped(pair: Pair) -> str:
    """Right between two limits, and cut off beyond."""
    low, high = float(pair.got.min()), float(pair.got.max())
    cut = int(pair.wrong.sum())
    if low < high and 2 <= cut < pair.got.numel() and pair.maps(lambda x: x.clamp(low, high), pair.want, pair.got):
        return "large or small values are cut off: a clamp, or an epsilon?"
    return ""
