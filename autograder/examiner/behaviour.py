"""How an answer behaved in one check: what came back, step by step, in samples small enough to keep and to compare.

Two answers that make the same mistake behave alike on the same inputs, in whatever words they are written.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

MAX_STEPS = 400
MAX_LEAVES = 40
MAX_SAMPLES = 48
MAX_TEXT = 300
MAX_NUMBERS = 20_000
"""Samples of one check: a stranger decides how much comes back. Beyond, values are told by their kind alone."""
RELATIVE = 1e-3
OF_SCALE = 1e-5
"""How far two samples of the same behaviour may be apart: another order of summation, not another formula."""

_FEWEST_WORDS = 12
"""A message as short as that says nothing about the mistake."""
_TELLING = ("raised with words: ", "argument changed: ")
_UNSEEN = frozenset(("hello", "load", "find_torch", "len", "iter", "trace", "printed", "restore"))
"""Operations whose result says nothing about what was computed."""


class Leaf(msgspec.Struct, frozen=True, array_like=True):
    """One value that came back: what it is, and some of its numbers."""

    kind: str
    """Such as "torch.float32 (3, 4)", "int", "NoneType", or "raised ValueError"."""
    samples: tuple[float, ...] = ()

    def near(self, other: Leaf) -> bool:
        """Whether the two are the same value, up to rounding."""
        if self.kind != other.kind or len(self.samples) != len(other.samples):
            return False
        scale = max((abs(x) for x in (*self.samples, *other.samples) if math.isfinite(x)), default=0.0)
        return all(_near(x, y, scale) for x, y in zip(self.samples, other.samples, strict=True))


class Step(msgspec.Struct, frozen=True, array_like=True):
    """One thing that the check asked of the student's code, and what came of it."""

    op: str
    name: str = ""
    """Of a name of the student's that was looked up."""
    leaves: tuple[Leaf, ...] = ()

    def near(self, other: Step) -> bool:
        """Whether the same was asked, and the same came of it."""
        return (self.op, self.name) == (other.op, other.name) and _alike(self.leaves, other.leaves)

    @property
    def informative(self) -> bool:
        """Whether it holds numbers, or words: that None came back, or something was raised, says little."""
        return any(leaf.samples or leaf.kind.startswith(_TELLING) for leaf in self.leaves)


class Behaviour(msgspec.Struct, frozen=True, array_like=True):
    """What a check saw of an answer, in order."""

    steps: tuple[Step, ...]
    """Until the check had seen enough."""
    beyond: tuple[Step, ...] = ()
    """The same, and what the check would have seen had it overlooked the mistake."""

    @property
    def names(self) -> frozenset[str]:
        """The names of the student's that the check looked up."""
        return frozenset(step.name for step in self.steps if step.name)

    def like(self, other: Behaviour) -> bool:
        """Whether the two are the same behaviour."""
        return _alike(self.steps, other.steps)

    def like_beyond(self, other: Behaviour) -> bool:
        """Whether the two are the same behaviour beyond the first mistake, too."""
        return _alike(self.beyond, other.beyond)

    def parts_from(self, other: Behaviour) -> Step | None:
        """The first step at which it behaves otherwise; None where it never does."""
        for mine, theirs in zip(self.steps, other.steps, strict=False):
            if not mine.near(theirs):
                return mine
        return self.steps[len(other.steps)] if len(self.steps) > len(other.steps) else None


_Part = TypeVar("_Part", Leaf, Step)


def _alike(one: tuple[_Part, ...], other: tuple[_Part, ...]) -> bool:
    return len(one) == len(other) and all(mine.near(theirs) for mine, theirs in zip(one, other, strict=True))


class Witness:
    """Notes the steps of one check. What a worker sends is bounded here again: it is a stranger's."""

    def __init__(self, is_tensor: Callable[[Any], bool]) -> None:
        self._is_tensor = is_tensor
        self._steps: list[Step] = []
        self._numbers = 0

    @property
    def steps(self) -> tuple[Step, ...]:
        """What was noted so far."""
        return tuple(self._steps)

    @property
    def _has_room(self) -> bool:
        return len(self._steps) < MAX_STEPS

    def came(self, op: str, name: str, result: Any) -> None:
        """`op` gave `result`."""
        if op not in _UNSEEN and self._has_room:
            leaves: list[Leaf] = []
            self._take(result, leaves)
            self._steps.append(Step(op, name, tuple(leaves)))

    def raised(self, op: str, name: str, error: BaseException) -> None:
        """`op` ended in an exception of the student's, or in the end of their process."""
        if self._has_room:
            theirs = getattr(error, "type_name", "")
            said = str(getattr(error, "message", ""))
            words = bool(theirs) and len(said) >= _FEWEST_WORDS
            kind = (
                f"raised with words: {theirs}: {said}" if words else f"raised {theirs or getattr(error, 'reason', '')}"
            )
            self._steps.append(Step(op, name, (Leaf(kind[:MAX_TEXT]),)))

    def changed(self, argument: int | str) -> None:
        """An argument came back changed."""
        if self._has_room:
            self._steps.append(Step("changed", "", (Leaf(f"argument changed: {argument}"[:MAX_TEXT]),)))

    def _take(self, value: Any, leaves: list[Leaf]) -> None:
        if len(leaves) >= MAX_LEAVES:
            return
        if isinstance(value, list | tuple):
            leaves.append(Leaf(f"{type(value).__name__} of {len(value)}"))
            for part in value[:MAX_LEAVES]:
                self._take(part, leaves)
        elif isinstance(value, dict):
            leaves.append(Leaf(f"dict of {len(value)}"))
            for part in list(value.values())[:MAX_LEAVES]:
                self._take(part, leaves)
        else:
            leaf = self._leaf(value)
            self._numbers += len(leaf.samples)
            leaves.append(leaf if self._numbers <= MAX_NUMBERS else Leaf(leaf.kind))

    def _leaf(self, value: Any) -> Leaf:
        if self._is_tensor(value):
            return _of_tensor(value)
        if isinstance(value, bool | int | float):
            return Leaf(type(value).__name__, (_number(value),))
        if isinstance(value, str | bytes):
            return Leaf(f"{type(value).__name__} {value[:60]!r}")
        if type(value).__module__ == "numpy":
            return Leaf(f"numpy {getattr(value, 'dtype', '')} {getattr(value, 'shape', '')}", _of_array(value))
        return Leaf(type(value).__name__)


def _of_tensor(tensor: Any) -> Leaf:
    graph = " of a graph" if tensor.requires_grad else ""
    kind = f"{tensor.dtype} {tuple(tensor.shape)} {tensor.layout}{graph}"
    if tensor.is_complex() or tensor.is_quantized or "strided" not in str(tensor.layout) or tensor.numel() == 0:
        return Leaf(kind)
    flat = tensor.detach().cpu().reshape(-1)
    return Leaf(kind, tuple(_number(x) for x in flat[:: _stride(flat.numel())].tolist()))


def _of_array(array: Any) -> tuple[float, ...]:
    if getattr(array, "dtype", None) is None or array.dtype.kind not in "biuf":
        return ()
    flat = array.reshape(-1)
    return tuple(_number(x) for x in flat[:: _stride(flat.size)].tolist())


def _stride(count: int) -> int:
    """Evenly, to the end; odd where it can be, so as not to stay in one column of an even number of them."""
    stride = max(1, -(-count // MAX_SAMPLES))
    return stride + 1 if stride > 1 and stride % 2 == 0 else stride


def _number(value: float) -> float:
    """As a float; integers beyond its range are infinite."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _near(one: float, other: float, scale: float) -> bool:
    if math.isfinite(one) and math.isfinite(other):
        return abs(one - other) <= RELATIVE * max(abs(one), abs(other)) + OF_SCALE * scale
    return one == other or (math.isnan(one) and math.isnan(other))
