"""Named tuples as values: the name of the class, and each field with its content."""

from __future__ import annotations

import unicodedata
from collections import namedtuple
from functools import lru_cache
from keyword import iskeyword
from typing import Any
from weakref import WeakValueDictionary

from autograder.wire.frames import WireError

MAX_FIELDS = 64
MAX_NAME = 64
_MAX_CLASSES = 256

_own: WeakValueDictionary[tuple[str, tuple[str, ...]], type] = WeakValueDictionary()
"""Classes of this process whose tuples were sent: one that comes back is of the same class."""


def fields_of(kind: type) -> tuple[str, ...] | None:
    """The fields of a named tuple's class, torch's among them; None of another class, or where they cannot cross."""
    torchs = kind.__module__ == "torch.return_types"
    told = getattr(kind, "__match_args__" if torchs else "_fields", None)
    if type(told) is not tuple or not _sound(kind.__name__, told):
        return None
    if not torchs:  # tuple cannot make torch's
        _own[kind.__name__, told] = kind
    return told


def named_tuple(name: str, fields: tuple[str, ...], items: list[Any]) -> Any:
    """A tuple of `items` with these fields.

    Raises:
        WireError: no class can have such fields.
    """
    kind = _own.get((name, fields))
    if kind is None:
        if not _sound(name, fields):
            raise WireError("a named tuple that none can be")
        kind = _made(name, fields)
    return tuple.__new__(kind, items)


@lru_cache(_MAX_CLASSES)
def _made(name: str, fields: tuple[str, ...]) -> type:
    return namedtuple(name, fields)


def _sound(name: str, fields: tuple[Any, ...]) -> bool:
    return (
        len(fields) <= MAX_FIELDS
        and len(set(fields)) == len(fields)
        and all(type(one) is str and _is_name(one) for one in (name, *fields))
        and not any(one.startswith("_") for one in fields)
    )


def _is_name(text: str) -> bool:
    """Whether Python reads it as a name, and as this one."""
    known = len(text) <= MAX_NAME and text.isidentifier() and not iskeyword(text)
    return known and unicodedata.normalize("NFKC", text) == text
