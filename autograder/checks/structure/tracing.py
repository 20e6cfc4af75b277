"""`trace`: which operations torch really ran for the student's code. Recorded in the student's process, which could
tamper with it: what it shows is evidence, and what it does not show proves nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from autograder.checks.failure import Failure
from autograder.checks.structure.relatives import operations_of

TRACE = "__autograder_trace__"
"""On a student: begins to record, where it is called with True, or ends it and gives what was found."""

_tracing: ContextVar[bool] = ContextVar("_tracing", default=False)
_NAME = re.compile(r"[a-zA-Z0-9_.:]{1,100}")
_NUMBERS = ("elements", "bytes", "peak_bytes", "flops", "lines")
_MOST_NAMES = 2_000
_MOST = 1 << 62


class Trace:
    """What ran inside a `with trace(student)`. Filled when the block is left.

    Attributes:
        operations: names such as "aten.mm" -> how often each ran.
        elements: elements that operations wrote, views not counted.
        bytes: the same in bytes.
        peak_bytes: most bytes, at one time, of tensors that were made inside the block and still alive.
        flops: of matrix products, convolutions and attention: 2 for each multiplication with its addition.
        lines: lines of Python that the student's code ran; 0 unless `lines=True` was asked for.
    """

    def __init__(self) -> None:
        self.operations: Counter[str] = Counter()
        self.elements = self.bytes = self.peak_bytes = self.flops = self.lines = 0
        self.complete = False

    @property
    def calls(self) -> int:
        """How many operations ran, all together."""
        return self.operations.total()

    def used(self, api: str) -> str:
        """The operation that ran and gives the use of `api` away, such as "aten.addmm" for "F.linear"; or "".

        `api` is a name of the table in relatives.py, or else an operation's own name ("aten.sort", "sort").
        """
        wanted = operations_of(api) or frozenset({api.removeprefix("aten.")})
        return next((name for name in sorted(self.operations) if name.removeprefix("aten.") in wanted), "")

    def _fill(self, found: Any) -> None:
        """Take over what a student's process said, if it is what it should be."""
        operations = found.get("operations") if type(found) is dict else None
        if type(operations) is not dict or len(operations) > _MOST_NAMES:
            raise _nonsense()
        names_right = all(type(name) is str and _NAME.fullmatch(name) for name in operations)
        numbers = [found.get(name) for name in _NUMBERS]
        if not names_right or not all(map(_is_count, (*operations.values(), *numbers))):
            raise _nonsense()
        self.operations = Counter(operations)
        self.elements, self.bytes, self.peak_bytes, self.flops, self.lines = numbers
        self.complete = True


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value < _MOST


def _nonsense() -> Failure:
    return Failure("your code's process gave a record of its operations that is none", "protocol")


@contextmanager
def trace(student: object, lines: bool = False) -> Iterator[Trace]:
    """Record the operations that torch runs inside the block: put calls of the student's code there, and nothing else.

    With a student in another process only what runs over there is recorded; in a notebook everything in the block is.

        with trace(student) as seen:
            student.linear(x, w, b)
        assert seen.calls < 10

    Args:
        student: what the check was given.
        lines: count the lines of Python that run too; several times slower.

    Raises:
        LookupError: the student carries no recorder, which is the platform's mistake.
        ValueError: the block stands in another one.
    """
    record: Callable[..., Any] | None = getattr(student, TRACE, None)
    if record is None:
        raise LookupError(f"the student object carries no {TRACE}: nothing can be recorded")
    if _tracing.get():
        raise ValueError("a trace stands inside another: give each its own block")
    seen, token = Trace(), _tracing.set(True)
    try:
        record(True, lines)
        try:
            yield seen
        except BaseException:
            _quietly_end(record)
            raise
        seen._fill(record(False))
    finally:
        _tracing.reset(token)


def _quietly_end(record: Callable[..., Any]) -> None:
    """End a recording whose block was left by an exception, which is what has to be said."""
    try:
        record(False)
    except Exception:
        return
