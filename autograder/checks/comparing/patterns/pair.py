"""A student's values beside the expected ones, with cheap comparisons: a sample first, everything only if it agrees."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

SAMPLED = 61
"""A prime, and random places: no stride of a tensor hides a difference."""


class Pair:
    """Two finite float64 tensors of one shape, on the CPU, with at least one element.

    Args:
        got: the student's values.
        want: the expected values.
        wrong: bool, where they differ too much, if known.
        sizes: sizes of the inputs.
        tolerance: relative error within which two values count as the same.
    """

    def __init__(self, got: Tensor, want: Tensor, wrong: Tensor | None, sizes: tuple[int, ...], tolerance: float):
        self.got = got
        self.want = want
        self.sizes = sizes
        self.tolerance = tolerance
        self.few = want.numel() < 3
        self.shape = tuple(want.shape)
        self._places = torch.rand(SAMPLED, dtype=torch.float64, generator=torch.Generator().manual_seed(1))
        self.sample = self._sample(self.shape)
        self._scale = max(_largest(got), _largest(want))
        self.wrong = (got - want).abs() > self._slack(want, _largest(want)) if wrong is None else wrong.detach().cpu()

    def near(self, one: Tensor, other: Tensor) -> bool:
        """Whether two tensors of one shape are the same up to rounding."""
        if one.shape != other.shape:
            return False
        if one.numel() > 2 * SAMPLED:
            places = self.sample if tuple(one.shape) == self.shape else self._sample(tuple(one.shape))
            few, others = one[places], other[places]
            if not bool(((few - others).abs() <= self._slack(others, self._scale)).all()):
                return False
        return bool(((one - other).abs() <= self._slack(other, _largest(other))).all())

    def maps(self, change: Callable[[Tensor], Tensor], one: Tensor, other: Tensor) -> bool:
        """Whether `change`, applied to each element of `one`, gives `other`. Both have the pair's shape."""
        if one.numel() > 2 * SAMPLED:
            few, others = change(one[self.sample]), other[self.sample]
            if not bool(((few - others).abs() <= self._slack(others, self._scale)).all()):
                return False
        return bool(((change(one) - other).abs() <= self._slack(other, _largest(other))).all())

    def _slack(self, values: Tensor, scale: float) -> Tensor:
        """The rounding allowed at `values`, where the largest of them all has the size `scale`."""
        return values.abs().mul_(self.tolerance).add_(0.01 * self.tolerance * scale)

    def _sample(self, shape: tuple[int, ...]) -> tuple[Tensor, ...]:
        return tuple((self._places.roll(dim) * size).long() for dim, size in enumerate(shape))


def _largest(values: Tensor) -> float:
    return max(-float(values.min()), float(values.max())) if values.numel() else 0.0


Pattern = Callable[[Pair], str]
"""The words for a mistake, or "" where it is not sure."""
