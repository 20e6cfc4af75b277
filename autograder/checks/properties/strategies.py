"""What `holds_for_all` draws from: hypothesis strategies for shapes, tensors and labels, which shrink to small ones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from autograder.checks.properties.layouts import LAYOUTS, laid_out, layout_of

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Shape = Sequence[int | tuple[int, int]]
"""For each dim its size, or the least and the largest that it may have."""

_SHOWN = 6
_DRAWN_EACH = 64
"""Of so many elements each is drawn by itself. Of a larger tensor only a seed is."""


def any_shape(dims: tuple[int, int] = (1, 3), sides: tuple[int, int] = (1, 5)) -> SearchStrategy[tuple[int, ...]]:
    """Shapes with so many dims, each so large; both ends included. They shrink to few and small ones.

    Raises:
        ValueError: a range holds nothing.
    """
    from hypothesis import strategies as st

    _check(dims)
    _check(sides)
    return st.lists(st.integers(*sides), min_size=dims[0], max_size=dims[1]).map(tuple)


def tensors(
    shape: Shape | SearchStrategy[tuple[int, ...]] | None = None,
    *,
    dtype: torch.dtype | Sequence[torch.dtype] = torch.float32,
    layout: str | Sequence[str] = "contiguous",
    elements: SearchStrategy[Any] | None = None,
) -> SearchStrategy[Tensor]:
    """Tensors for `holds_for_all`. They shrink to small shapes, the first dtype and layout, and elements like 0 and 1.

    Args:
        shape: `(4, 3)`; `((0, 5), 3)` for 0 to 5 rows; a strategy such as `any_shape()`, which is the default.
        dtype: one, or those to choose from.
        layout: "contiguous", "transposed", "strided", "offset", "expanded"; those to choose from; or "any".
        elements: a strategy for the elements; by default numbers between -10 and 10 with two digits, some of them
            small integers (of integers: -9 to 9, or 0 to 9 where they have no sign).

    Raises:
        ValueError: no such layout, or a range that holds nothing.
    """
    from hypothesis import strategies as st

    dtypes = [dtype] if isinstance(dtype, torch.dtype) else list(dtype)
    names = list(LAYOUTS) if layout == "any" else [layout] if isinstance(layout, str) else list(layout)
    if unknown := [name for name in names if name not in LAYOUTS]:
        raise ValueError(f"there is no layout {unknown[0]!r}; there are {', '.join(LAYOUTS)}")
    sizes = _sizes(shape)

    @st.composite
    def drawn(draw: Any) -> Tensor:
        size, kind, name = draw(sizes), draw(st.sampled_from(dtypes)), draw(st.sampled_from(names))
        flat = _elements(draw, int(torch.Size(size).numel()), kind, elements)
        return laid_out(flat.reshape(size), name)

    return drawn()


def labels(
    shape: Shape | SearchStrategy[tuple[int, ...]], classes: int, *, dtype: torch.dtype = torch.int64
) -> SearchStrategy[Tensor]:
    """Labels or tokens for `holds_for_all`: integers from 0 to `classes` - 1.

    Raises:
        ValueError: there is no class.
    """
    from hypothesis import strategies as st

    _check((0, classes - 1))
    return tensors(shape, dtype=dtype, elements=st.integers(0, classes - 1))


def shown(value: object) -> str:
    """A drawn value in a message: dtype, shape and layout of a tensor, and its elements where there are few."""
    if isinstance(value, Tensor):
        layout = layout_of(value)
        kind = str(value.dtype).removeprefix("torch.")
        few = f": {_numbers(value.tolist())}" if value.numel() <= _SHOWN else ""
        what = f"{'an' if kind.startswith('int') else 'a'} {kind} tensor of shape {tuple(value.shape)}"
        return f"{what}{'' if layout == 'contiguous' else f', {layout}'}{few}"
    if isinstance(value, tuple | list):
        return ", ".join(map(shown, value))
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]} …"


def _numbers(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_numbers, value))}]"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _sizes(shape: Any) -> Any:
    from hypothesis import strategies as st

    if shape is None:
        return any_shape()
    if not isinstance(shape, tuple | list):
        return shape
    ranges = [(side, side) if isinstance(side, int) else side for side in shape]
    for least_and_most in ranges:
        _check(least_and_most)
    return st.tuples(*(st.integers(*side) for side in ranges))


def _elements(draw: Any, count: int, dtype: torch.dtype, elements: Any) -> Tensor:
    """`count` of them, flat. Where they are many, a few are drawn, and where each stands follows from a seed."""
    from hypothesis import strategies as st

    few = min(count, _DRAWN_EACH)
    if elements is not None:
        drawn = torch.tensor(draw(st.lists(elements, min_size=few, max_size=few)), dtype=dtype)
    else:
        parts = 2 if dtype.is_complex else 1
        chosen = torch.tensor(list(draw(st.binary(min_size=parts * few, max_size=parts * few))), dtype=torch.int64)
        drawn = _values(dtype)[chosen].reshape(few, parts)
        drawn = torch.complex(drawn[:, 0], drawn[:, 1]).to(dtype) if dtype.is_complex else drawn[:, 0]
    if count == few:
        return drawn
    generator = torch.Generator().manual_seed(draw(st.integers(0, 2**16)))
    spread = drawn[torch.randint(few, (count,), generator=generator)]
    if elements is None and dtype.is_floating_point:
        spread = (spread.double() + torch.randn(count, dtype=torch.float64, generator=generator)).to(dtype)
    return spread


@cache
def _values(dtype: torch.dtype) -> Tensor:
    """What each byte stands for, the plainest first: small integers, then numbers with two digits in no order."""
    if dtype == torch.bool:
        return torch.arange(256) % 2 == 1
    if dtype.is_floating_point or dtype.is_complex:
        plain = [0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 3.0]
        mixed = [(787 * n % 1999 - 999) / 100 for n in range(256 - len(plain))]
        return torch.tensor(plain + mixed, dtype=torch.float64 if dtype.is_complex else dtype)
    digits = torch.arange(256) % (19 if dtype.is_signed else 10)
    return (torch.where(digits % 2 == 1, digits + 1, -digits) // 2 if dtype.is_signed else digits).to(dtype)


def _check(least_and_most: tuple[int, int]) -> None:
    if not 0 <= least_and_most[0] <= least_and_most[1]:
        raise ValueError(f"there is nothing from {least_and_most[0]} to {least_and_most[1]}")
