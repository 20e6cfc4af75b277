"""The right numbers in the wrong places: transposed, flipped, shifted, repeated."""

from __future__ import annotations

from itertools import permutations

from autograder.checks.comparing.patterns.pair import Pair

_MOST_DIMS = 4


def transposed(pair: Pair) -> str:
    """The axes in another order, where their sizes do not show it."""
    dims = pair.want.ndim
    if not 2 <= dims <= _MOST_DIMS:
        return ""
    for order in permutations(range(dims)):
        if order == tuple(range(dims)) or tuple(pair.shape[dim] for dim in order) != pair.shape:
            continue
        if pair.near(pair.want.permute(order), pair.got):
            moved = [dim for dim, other in enumerate(order) if dim != other]
            if dims == 2:
                return "it looks transposed"
            if len(moved) == 2:
                return f"it looks transposed: dims {moved[0]} and {moved[1]} are swapped"
            return "the dims are in another order: is a permute upside down?"
    return ""


def flipped(pair: Pair) -> str:
    """Back to front along a dim."""
    for dim, size in enumerate(pair.shape):
        if size > 1 and pair.near(pair.want.flip(dim), pair.got):
            return f"it is back to front along dim {dim}"
    return ""


def shifted(pair: Pair) -> str:
    """One place too far along a dim, with what falls out at the end coming in at the beginning, or not."""
    for dim, size in enumerate(pair.shape):
        if size < 3:
            continue
        for one, other, words in ((pair.got, pair.want, "too far"), (pair.want, pair.got, "too early")):
            if pair.near(one.narrow(dim, 1, size - 1), other.narrow(dim, 0, size - 1)):
                return f"it is shifted: one place {words} along dim {dim}. Is an index off by one?"
    return ""


def repeated(pair: Pair) -> str:
    """One slice stands for all of them."""
    if pair.want.ndim < 2:
        return ""
    for dim, size in enumerate(pair.shape):
        if size < 2:
            continue
        first, due = pair.got.narrow(dim, 0, 1), pair.want.narrow(dim, 0, 1)
        if pair.near(first.expand_as(pair.got), pair.got) and not pair.near(due.expand_as(pair.want), pair.want):
            return f"all slices along dim {dim} are the same: a broadcast, or one index for all of them?"
    return ""


def elsewhere(pair: Pair) -> str:
    """The same numbers in another order."""
    got, want = pair.got, pair.want
    slack = 10 * pair.tolerance * float(want.abs().max()) * max(1.0, want.numel() ** 0.5)
    if abs(float(got.sum()) - float(want.sum())) > slack or want.min() == want.max():
        return ""
    if not pair.near(got.aminmax().max.reshape(1), want.aminmax().max.reshape(1)):
        return ""
    if pair.near(got.flatten().sort().values, want.flatten().sort().values):
        return "the right numbers stand in the wrong places (a reshape where axes should be permuted, or a shift?)"
    return ""
