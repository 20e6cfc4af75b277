"""Objects of Python's and numpy's libraries that a check hands to the student's code as tools: generators of random
numbers, texts to read as files, and stand-ins."""

from __future__ import annotations

import contextlib
import io
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import NonCallableMock

import numpy as np

from autograder.wire.frames import TooMuch

resource: Any = None
with contextlib.suppress(ImportError):  # on Windows: a student's own machine
    import resource

MAX_MEMORY = 256 << 20
"""Bytes that one call of a tool may take: how many numbers it draws, or where it writes, the student's code says."""
KINDS = (io.StringIO, io.BytesIO, np.random.Generator, np.random.RandomState, random.Random)


def shows(obj: Any, name: str) -> bool:
    """Whether `obj` is a tool, or a stand-in, that shows its attribute of that name.

    Of a stand-in no more is shown than the check made of it: by `configure_mock` alone, whoever has one could change
    the attributes of its class, of its functions, and so on through all of the process.
    """
    if isinstance(obj, NonCallableMock):
        return not hasattr(NonCallableMock, name)
    return isinstance(obj, KINDS)


def is_method(function: Any) -> bool:
    """Whether it is what a tool can do."""
    return isinstance(getattr(function, "__self__", None), KINDS)


def called(method: Any, /, *args: Any, **kwargs: Any) -> Any:
    """What a tool's method gives.

    Raises:
        TooMuch: it asked for more than MAX_MEMORY.
    """
    with _little_memory():
        try:
            return method(*args, **kwargs)
        except MemoryError:
            raise TooMuch(f"asked an object of the check's for more than {MAX_MEMORY >> 20} MB at once") from None


@contextlib.contextmanager
def _little_memory() -> Iterator[None]:
    if resource is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = _mapped() + MAX_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit if soft == resource.RLIM_INFINITY else min(limit, soft), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _mapped() -> int:
    """Bytes of this process's address space; as much as a limit may say where that is not told."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * int(resource.getpagesize())
    except OSError:
        return 1 << 62
