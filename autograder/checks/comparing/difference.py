"""How a wrong value differs from the expected one, in words: how many, how much, where, and the student's own values.

An expected value is told only where `explain.shown` says so. Error sizes are given to one digit: beside the student's
own value, more of them would be the answer.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from autograder.checks import explain

MOST_VALUES = 6
"""So many of the student's values are shown around the worst place."""


def difference_words(got: Tensor, want: Tensor, wrong: Tensor, pattern: str) -> str:
    """The sentence, then an excerpt on a line of its own.

    Args:
        got: the student's tensor, of the shape of `want` and any dtype.
        want: the expected values.
        wrong: bool, where the two differ too much; somewhere they do.
        pattern: words of a recognised mistake, or "".
    """
    seen = f"; {pattern}" if pattern else ""
    if want.numel() == 1:
        return _single(got.reshape(()), want.reshape(()), seen)
    exact = not (got.is_floating_point() or got.is_complex() or want.is_floating_point() or want.is_complex())
    count = f"{int(wrong.sum())} of {wrong.numel()} elements differ"
    if exact:
        index = index_of(wrong.double())
        return f"{count}, the first at index {show(index)}{seen}{_excerpt(got, want, index)}"
    wide = torch.complex128 if got.is_complex() or want.is_complex() else torch.float64
    error = (got.to(wide) - want.to(wide)).abs()
    index = index_of(torch.where(wrong, error, -torch.ones_like(error)))
    size, due = float(error[index]), float(want[index].abs())
    share = f" ({_percent(size / due)})" if due > 0 else ""
    largest = f"the largest error is {_brief(size)}{share}, at index {show(index)}"
    return f"{count}; {largest}{seen}{_excerpt(got, want, index)}"


def _single(got: Tensor, want: Tensor, seen: str) -> str:
    """One number: with its size and sign to many digits, the message would be the answer."""
    mine, theirs = _value(got), _value(want)
    if explain.shown.get():
        return f"expected {theirs}, got {mine}{seen}"
    if got.is_complex() or want.is_complex() or got.dtype == torch.bool or not want.is_floating_point():
        return f"your value, {mine}, is wrong{seen}"
    one, other = float(got), float(want)
    if other == 0 or one * other <= 0:
        return f"your value, {mine}, is wrong{seen}"
    direction = "large" if abs(one) > abs(other) else "small"
    share = abs(one - other) / abs(other)
    how = f"far too {direction}" if share >= 1 or share < 0 else f"too {direction}, by about {_percent(share)}"
    return f"your value, {mine}, is {how}{seen}"


def _excerpt(got: Tensor, want: Tensor, index: tuple[int, ...]) -> str:
    """A few values along the last dim, around the worst place."""
    last, size = index[-1], got.shape[-1]
    begin = max(0, min(last - MOST_VALUES // 2, size - MOST_VALUES))
    end = min(size, begin + MOST_VALUES)
    place = ", ".join([*map(str, index[:-1]), ":" if (begin, end) == (0, size) else f"{begin}:{end}"])
    mine = _list(got[index[:-1]][begin:end])
    if explain.shown.get():
        return f"\nAt [{place}] expected {_list(want[index[:-1]][begin:end])}, got {mine}"
    return f"\nYours at [{place}]: {mine}"


def _list(values: Tensor) -> str:
    return f"[{', '.join(_value(value) for value in values)}]"


def _value(value: Tensor) -> str:
    plain = value.item()
    return f"{plain:.4g}" if isinstance(plain, float | complex) else str(plain)


def _brief(size: float) -> str:
    """One significant digit, or two where the values may be seen anyway."""
    digits = 2 if explain.shown.get() else 1
    return f"{float(f'{size:.{digits}g}'):g}"


def _percent(share: float) -> str:
    return "more than ten times the expected size" if share > 10 else f"{_brief(100 * share)} %"


def index_of(values: Tensor) -> tuple[int, ...]:
    """Where `values` is largest, the first such place."""
    return tuple(int(i) for i in np.unravel_index(int(values.reshape(-1).argmax()), tuple(values.shape)))


def show(index: tuple[int, ...]) -> str:
    """An index as people write it."""
    return str(index[0]) if len(index) == 1 else str(index)
