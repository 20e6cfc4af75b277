"""The classes of Python's own that cross by name: those of plain values, and what is raised."""

from __future__ import annotations

import builtins
from collections import Counter, OrderedDict, defaultdict
from types import MappingProxyType
from typing import Any, Literal

_PLAIN = (
    *(bool, bytearray, bytes, complex, dict, float, frozenset, int, list, object, range, set, slice, str, tuple, type),
    *(enumerate, filter, map, reversed, zip, type(None)),
)
_RAISED = (one for one in vars(builtins).values() if isinstance(one, type) and issubclass(one, BaseException))

CLASSES = MappingProxyType({one.__name__: one for one in (*_PLAIN, *_RAISED)})
"""By name. None of them reaches anything of the process that it is in."""


def class_name(obj: object) -> str:
    """The name under which `obj` crosses; "" where it is none of these classes."""
    return obj.__name__ if isinstance(obj, type) and CLASSES.get(obj.__name__) is obj else ""


MAPPINGS: MappingProxyType[Literal["counter", "ordered", "default", "dict"], type[dict[Any, Any]]] = MappingProxyType(
    {"counter": Counter, "ordered": OrderedDict, "default": defaultdict, "dict": dict}
)
"""The kinds of dict that cross as what they are, dict itself last."""
