"""Recognised wrong answers: from a student's values and the expected ones to the likely mistake, in words.

`TABLE` is tried from top to bottom, the specific before the general, and the first that is sure speaks. A pattern is
sure where it explains every element to within rounding: on unrelated numbers none of them speaks.
"""

from __future__ import annotations

import torch
from torch import Tensor

from autograder.checks.comparing.patterns import elementwise, factors, normalisation, offsets, placement
from autograder.checks.comparing.patterns.pair import Pair, Pattern

TABLE: tuple[tuple[int, Pattern], ...] = (
    (1, elementwise.only_a_part_is_wrong),
    (1, elementwise.zeros),
    (3, elementwise.constant),
    (1, elementwise.sign_flipped),
    (1, factors.recognised_factor),
    (1, elementwise.absolute_value),
    (2, elementwise.signs_differ),
    (1, elementwise.exponential_or_logarithm),
    (1, elementwise.square_or_root),
    (1, elementwise.reciprocal),
    (1, elementwise.complement),
    (1, elementwise.rounded),
    (2, elementwise.negative_part),
    (4, elementwise.clamped),
    (2, placement.transposed),
    (2, placement.flipped),
    (3, placement.shifted),
    (2, normalisation.softmax_twice),
    (2, normalisation.softmax_missing),
    (4, normalisation.sums_to_one_elsewhere),
    (3, placement.repeated),
    (3, offsets.offset_everywhere),
    (3, factors.any_factor),
    (4, offsets.offset_along_a_dim),
    (4, factors.factor_along_a_dim),
    (3, offsets.cumulative),
    (3, placement.elsewhere),
)
"""How many elements it takes to be sure, and the pattern."""

LARGEST = 300_000
"""Beyond so many elements nothing is looked for."""

_NEAR = {torch.float16: 0.01, torch.bfloat16: 0.03}
_NEAR_OTHERS = 1e-4
_NEAR_FEW = 1e-5
_FEW = 3
"""With fewer elements than that, chance would do for a match, unless it is closer."""


def pattern(got: Tensor, want: Tensor, wrong: Tensor | None = None, sizes: tuple[int, ...] = ()) -> str:
    """What `got` looks like beside `want`: words for the student, or "". Never raises; a few milliseconds.

    Args:
        got: the student's real, integer or bool values.
        want: the expected ones, of the same shape.
        wrong: bool, where they differ too much. By default, where they differ by more than rounding.
        sizes: sizes of the inputs, by which a factor may be recognised.
    """
    if not 0 < want.numel() <= LARGEST or got.shape != want.shape or got.is_complex() or want.is_complex():
        return ""
    near = _NEAR.get(want.dtype, _NEAR_OTHERS)
    if want.numel() < _FEW:
        if near > _NEAR_OTHERS:
            return ""
        near = _NEAR_FEW
    precise = want.dtype == torch.float64 and got.dtype == torch.float64
    got, want = got.detach().cpu().double(), want.detach().cpu().double()
    if not bool((got.isfinite() & want.isfinite()).all()):
        return ""
    pair = Pair(got, want, wrong, sizes, near)
    if pair.near(got, want):
        return elementwise.nearly_right(pair, precise) or elementwise.only_a_part_is_wrong(pair)
    for fewest, speaks in TABLE:
        if want.numel() >= fewest:
            words = speaks(pair)
            if words:
                return words
    return ""
