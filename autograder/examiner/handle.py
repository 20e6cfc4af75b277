"""A check's hold on an object of the student's. The object may do what it likes among its own, and never judges itself:
where a check treats it as a number or a tensor, that is a finding.

`assert (got - want).abs().max() < 1e-6` would otherwise be decided by the student's own `__sub__` and `__lt__`, which
would also be handed what is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import numpy as np
from torch import Tensor

from autograder.checks import Close, Failure, explain
from autograder.checks.cells.names import own_equality
from autograder.wire.handle import BINARY, ORDER, UNARY, Handle

_JUDGING = frozenset(("allclose", "array_equal", "eq", "equal", "ge", "gt", "isclose", "le", "lt", "ne"))
"""Methods by which tensors are compared."""
_MEASURING = frozenset(
    (
        "abs",
        "all",
        "any",
        "double",
        "float",
        "item",
        "max",
        "mean",
        "min",
        "norm",
        "numpy",
        "pow",
        "square",
        "sum",
        "tolist",
    )
)
"""Methods by which the difference of two tensors becomes a number."""


class StudentHandle(Handle):
    """An object of the student's. Using it as a plain value is a finding, not an error of the check's."""

    __slots__ = ("_mixed",)
    __array_ufunc__ = None
    """Makes an ndarray on the left leave the operation to this class."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        object.__setattr__(self, "_mixed", False)

    def __bool__(self) -> bool:
        if own_equality.get() and not self._mixed:
            return self._peer.operate("bool", self) is True
        raise self._no_value()

    def __repr__(self) -> str:
        return f"<the student's {self._type}>"

    def __format__(self, spec: str) -> str:
        text = self._peer.operate("format", self, spec)
        return text if type(text) is str else repr(self)

    def __await__(self) -> Generator[None, None, Any]:
        """A coroutine of theirs runs there until it is done."""
        return self._peer.operate("await", self)
        yield

    def __autograder_repr__(self) -> str:
        """As their own `__repr__` has it: read by autograder.checks.cells."""
        text = self._peer.operate("repr", self)
        return text if type(text) is str else repr(self)

    def __autograder_attribute__(self, name: str) -> Any:
        """Their own `__class__`, `__name__` or the like: read by autograder.checks.cells."""
        return self._peer.operate("getattr", self, name)

    def __autograder_callable__(self) -> bool:
        """Whether it can be called: read by autograder.checks.cells."""
        return bool(self._callable)

    def __autograder_type__(self) -> str:
        """For messages: read by autograder.checks.values."""
        return str(self._type)

    def __eq__(self, other: object) -> bool:
        """Identity, decided here, whatever the student's own `__eq__` says. Where a value was due, it says so."""
        if isinstance(other, Close):
            return NotImplemented  # it explains by itself
        if own_equality.get() and self is not other and isinstance(other, StudentHandle):
            return self._peer.operate("eq", self, other) is True
        if own_equality.get() and self._type == "type" and isinstance(other, type):
            return bool(self._peer.operate("lineage", self)[:1] == [f"{other.__module__}.{other.__qualname__}"])
        if not isinstance(other, Handle):
            explain.say(self._no_value().message, "wrong_type")
        return self is other

    __hash__ = Handle.__hash__

    def __getattr__(self, name: str) -> Any:
        if name in _JUDGING:
            return lambda *args, **kwargs: self._among_students(name, args, kwargs)
        if name in _MEASURING and self._mixed:
            raise self._no_value()
        return super().__getattr__(name)

    def __float__(self) -> float:
        if self._mixed:
            raise self._no_value()
        return super().__float__()

    def __int__(self) -> int:
        if self._mixed:
            raise self._no_value()
        return super().__int__()

    def _no_value(self) -> Failure:
        said = f"an object of type {self._type} came back where a plain value (a tensor, a number, True) is due"
        return Failure(said, "wrong_type")

    def _among_students(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a method that compares, where it compares the student's own with the student's own."""
        if self._mixed or not all(isinstance(arg, StudentHandle) for arg in (*args, *kwargs.values())):
            raise self._no_value()
        return super().__getattr__(name)(*args, **kwargs)

    def _compute(self, op: str, one: Any, other: Any, theirs: Any) -> Any:
        """`one op other`, of which `theirs` is what the check put in. With a number it may give another object (a
        student's own kind of number does), from which no plain value is taken by an operator any more."""
        if isinstance(theirs, Tensor | np.ndarray):
            raise self._no_value()
        result = self._peer.operate(op, one, other)
        mixed = self._mixed or (theirs._mixed if isinstance(theirs, StudentHandle) else _is_number(theirs))
        return self._still_an_object(result) if mixed else result

    def _still_an_object(self, result: Any) -> StudentHandle:
        if not isinstance(result, StudentHandle):
            raise self._no_value()
        object.__setattr__(result, "_mixed", True)
        return result


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | complex | np.generic)


def _binary(op: str) -> tuple[Callable[[StudentHandle, Any], Any], Callable[[StudentHandle, Any], Any]]:
    def forward(self: StudentHandle, other: Any) -> Any:
        return self._compute(op, self, other, other)

    def backward(self: StudentHandle, other: Any) -> Any:
        return self._compute(op, other, self, other)

    return forward, backward


def _order(op: str) -> Callable[[StudentHandle, Any], Any]:
    def compare(self: StudentHandle, other: Any) -> Any:
        if not isinstance(other, StudentHandle) or self._mixed or other._mixed:
            raise self._no_value()
        return self._peer.operate(op, self, other)

    return compare


def _unary(op: str) -> Callable[[StudentHandle], Any]:
    def apply(self: StudentHandle) -> Any:
        result = self._peer.operate(op, self)
        return self._still_an_object(result) if self._mixed else result

    return apply


for _op in BINARY:
    _forward, _backward = _binary(_op)
    setattr(StudentHandle, f"__{_op}__", _forward)
    setattr(StudentHandle, f"__r{_op}__", _backward)
for _op in ORDER:
    setattr(StudentHandle, f"__{_op}__", _order(_op))
for _op in UNARY:
    setattr(StudentHandle, f"__{_op}__", _unary(_op))
