"""How a dense tensor may lie in memory: the same values, in another order or with room between them."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor


def _transposed(x: Tensor) -> Tensor:
    return x.mT.contiguous().mT if x.ndim > 1 else x


def _strided(x: Tensor) -> Tensor:
    wide = x.new_zeros((*x.shape, 2))
    wide[..., 0] = x
    return wide[..., 0]


def _offset(x: Tensor) -> Tensor:
    longer = x.new_zeros(x.numel() + 3)
    longer[3:] = x.reshape(-1)
    return longer[3:].view(x.shape)


def _expanded(x: Tensor) -> Tensor:
    return x[:1].expand(x.shape) if x.ndim and x.shape[0] else x


LAYOUTS: dict[str, Callable[[Tensor], Tensor]] = {
    "contiguous": torch.Tensor.contiguous,
    "transposed": _transposed,
    "strided": _strided,
    "offset": _offset,
    "expanded": _expanded,
}
"""By name, what lays a tensor out. "expanded" repeats the first along dim 0, the others keep all values."""

SAID = {
    "contiguous": "contiguous",
    "transposed": "transposed in memory",
    "strided": "every other element of a larger tensor",
    "offset": "at an offset in a larger tensor",
    "expanded": "expanded along dim 0",
}


def laid_out(x: Tensor, layout: str) -> Tensor:
    """`x` in that layout; contiguous where it has too few elements for it.

    Raises:
        KeyError: there is no such layout.
    """
    found = LAYOUTS[layout](x)
    return x.contiguous() if found.is_contiguous() and not found.storage_offset() else found


def layout_of(x: Tensor) -> str:
    """In words, how `x` lies in memory."""
    if any(stride == 0 and size > 1 for stride, size in zip(x.stride(), x.shape, strict=True)):
        return "expanded"
    if x.is_contiguous():
        return "contiguous" if x.storage_offset() == 0 else SAID["offset"]
    if x.ndim > 1 and x.mT.is_contiguous():
        return SAID["transposed"]
    return "not contiguous"
