"""Memory of torch's own for the large pieces of a frame. It is touched only as bytes arrive."""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import Any

HUGE_FROM = 32 << 20
"""Bytes from which malloc maps fresh memory each time: its first use costs three times the copy, less in huge pages.
Smaller blocks it gives again, which are there already."""
_HUGE = 2 << 20
_MADV_HUGEPAGE = 14


def tensor_room(torch: Any, size: int) -> tuple[Any, memoryview]:
    """A tensor of `size` bytes, and the view through which it is filled."""
    memory = torch.empty(size, dtype=torch.uint8)
    view = memoryview(memory.numpy())
    if size >= HUGE_FROM and sys.platform == "linux":
        first = -(-memory.data_ptr() // _HUGE) * _HUGE
        last = (memory.data_ptr() + size) // _HUGE * _HUGE
        _madvise()(first, last - first, _MADV_HUGEPAGE)  # where it fails, nothing changes but the speed
    return memory, view


@cache
def _madvise() -> Any:
    madvise = ctypes.CDLL(None).madvise
    madvise.argtypes = [ctypes.c_size_t, ctypes.c_size_t, ctypes.c_int]
    return madvise
