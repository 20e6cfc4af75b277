"""The classes of Python's own that cross by name: those of plain values, and what is raised."""

from __future__ import annotations

import builtins
from types import MappingProxyType

_PLAIN = (
    *(bool, bytearray, bytes, complex, dict, float, frozenset, int, list, object, range, set, slice, str, tuple, type),
    *(enumerate, filter, map, reversed, zip, type(None)),
)
_RAISED = (one for one in vars(builtins).values() if isinstance(one, type) and issubclass(one, BaseException))

CLASSES = MappingProxyType({one.__name__: one for one in (*_PLAIN, *_RAISED)})
"""By name. None of them reaches anything of the process that it is in."""
