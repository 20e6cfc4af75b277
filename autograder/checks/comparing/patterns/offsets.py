"""Constants that were added or forgotten, and running sums."""

from __future__ import annotations

from autograder.checks.comparing.patterns.pair import Pair


def offset_everywhere(pair: Pair) -> str:
    """Everything is off by the same amount."""
    offset = pair.got - pair.want
    amount = float(offset[pair.sample].median())
    if not amount or not pair.maps(lambda value: value + amount, pair.want, pair.got):
        return ""
    by_one = " (1)" if abs(amount) == 1 and bool((pair.want == pair.want.round()).all()) else ""
    return f"everything is off by the same amount{by_one}: is a constant missing, or one too many?"


def offset_along_a_dim(pair: Pair) -> str:
    """Each row, or each column, is off by an amount of its own."""
    for dim in reversed(range(pair.want.ndim)):
        size = pair.want.shape[dim]
        if pair.want.ndim < 2 or size < 2 or pair.want.numel() - pair.want.numel() // size < 3:
            continue
        offset = (pair.got - pair.want).mean(dim, keepdim=True)
        if pair.near(pair.got, pair.want + offset):
            return f"it is off by a constant along dim {dim}: is a bias, mean or maximum missing, or over another dim?"
    return ""


def cumulative(pair: Pair) -> str:
    """A running sum for the values, or the values for a running sum."""
    for dim, size in enumerate(pair.shape):
        if size < 3:
            continue
        for one, other, words in (
            (pair.want, pair.got, "it is the cumulative sum of what is due"),
            (pair.got, pair.want, "the cumulative sum is missing"),
        ):
            begins = pair.near(one.narrow(dim, 0, 3).cumsum(dim), other.narrow(dim, 0, 3))
            if begins and pair.near(one.cumsum(dim), other):
                return f"{words}, along dim {dim}"
    return ""
