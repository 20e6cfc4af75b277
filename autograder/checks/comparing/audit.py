"""How blunt the comparisons of a check are: each one that holds is tried again with altered values.

An alteration that is accepted too is a wrong answer that the comparison would let through. Some cannot be told (zeros
where zeros are expected); what counts is that some other comparison of the same check rejects them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

import torch
from torch import Tensor

from autograder.checks.comparing.tolerance import TABLE

LARGEST = 1_000_000
"""Larger tensors are not tried."""

_ALTERED = frozenset(TABLE) | {torch.int8, torch.int16, torch.int32, torch.int64, torch.uint8}


@dataclass
class Audit:
    """What came of the alterations, by their names."""

    comparisons: int = 0
    """How many comparisons of tensors held."""
    tried: dict[str, int] = field(default_factory=dict)
    accepted: dict[str, int] = field(default_factory=dict)

    @property
    def blunt(self) -> tuple[str, ...]:
        """The alterations that no comparison rejected, though some comparison tried them."""
        return tuple(name for name, count in self.tried.items() if self.accepted.get(name, 0) == count)

    def count(self, name: str, *, accepted: bool) -> None:
        """Note one alteration and what became of it."""
        self.tried[name] = self.tried.get(name, 0) + 1
        self.accepted[name] = self.accepted.get(name, 0) + accepted


_current: ContextVar[Audit | None] = ContextVar("current_audit", default=None)


@contextmanager
def auditing() -> Iterator[Audit]:
    """While this is entered, every comparison of tensors by `close` or `close_to` that holds is tried with alterations.

    What checks find is not changed by it, and takes a few times as long.

    Gives:
        the counts, complete when the block ends.
    """
    audit = Audit()
    token = _current.set(audit)
    try:
        yield audit
    finally:
        _current.reset(token)


def audited(got: Tensor, agrees: Callable[[Tensor], bool]) -> None:
    """Try alterations of `got`, which agrees with what is expected. `agrees` says it of another tensor of its kind."""
    audit = _current.get()
    if audit is None or not 0 < got.numel() <= LARGEST or got.dtype not in _ALTERED:
        return
    token = _current.set(None)
    try:
        audit.comparisons += 1
        for name, altered in alterations(got):
            audit.count(name, accepted=agrees(altered))
    finally:
        _current.reset(token)


def alterations(values: Tensor) -> Iterator[tuple[str, Tensor]]:
    """Wrong answers made of a right one, each with its name; none that leaves the values as they are."""
    for name, altered in _candidates(values):
        if not torch.equal(altered.nan_to_num(), values.nan_to_num()):
            yield name, altered


def _candidates(values: Tensor) -> Iterator[tuple[str, Tensor]]:
    yield "all zeros", torch.zeros_like(values)
    yield "sign flipped", -values
    flat = values.reshape(-1)
    places = {"first": 0, "last": flat.numel() - 1, "largest": int(flat.abs().nan_to_num(posinf=0.0).argmax())}
    if values.is_floating_point() or values.is_complex():
        yield "1.05 times", values * 1.05
        yield "1/1.05 times", values / 1.05
        for name, place in places.items():
            changed = flat.clone()
            changed[place] = changed[place] * 1.05
            yield f"{name} element 1.05 times", changed.reshape(values.shape)
    else:
        for name, place in places.items():
            changed = flat.clone()
            changed[place] = changed[place] + 1
            yield f"{name} element one more", changed.reshape(values.shape)
    for dim, size in enumerate(values.shape):
        if size > 1:
            yield f"rolled along dim {dim}", values.roll(1, dim)
            yield f"flipped along dim {dim}", values.flip(dim)
            yield f"mean along dim {dim}", _mean(values, dim)
    if values.ndim == 2 and values.shape[0] == values.shape[1]:
        yield "transposed", values.T


def _mean(values: Tensor, dim: int) -> Tensor:
    wide = values if values.is_floating_point() or values.is_complex() else values.double()
    return wide.mean(dim, keepdim=True).expand_as(values).to(values.dtype)
