"""A handle: an object that stays on the other side. What is done to the handle is done there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol


class Operates(Protocol):
    """What a handle needs of its connection."""

    def operate(self, op: str, *args: Any, **kwargs: Any) -> Any:
        """Do `op` on the other side and return its result."""

    def forget(self, ref: int) -> None:
        """Nobody here holds the reference any more."""


class Handle:
    """The near end of a far object. Calls, attributes, items, iteration and arithmetic go across.

    Equality is identity of the far object, decided here: a far `__eq__` is never asked. A handle has no truth value.
    """

    __slots__ = ("__weakref__", "_callable", "_peer", "_ref", "_type")

    def __init__(self, peer: Operates, ref: int, type_name: str, is_callable: bool) -> None:
        object.__setattr__(self, "_peer", peer)
        object.__setattr__(self, "_ref", ref)
        object.__setattr__(self, "_type", type_name)
        object.__setattr__(self, "_callable", is_callable)

    def __del__(self) -> None:
        self._peer.forget(self._ref)

    def __repr__(self) -> str:
        return f"<{self._type} on the other side>"

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def __bool__(self) -> bool:
        raise TypeError(f"an object of type {self._type} came where a plain value was expected")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it there."""
        return self._peer.operate("call", self, *args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)  # protocols of Python's own (copy, pickle, numpy) are not asked across
        return self._peer.operate("getattr", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._peer.operate("setattr", self, name, value)

    def __delattr__(self, name: str) -> None:
        self._peer.operate("delattr", self, name)

    def __iter__(self) -> Any:
        return self._peer.operate("iter", self)

    def __next__(self) -> Any:
        return self._peer.operate("next", self)

    def __len__(self) -> int:
        length = self._peer.operate("len", self)
        return length if type(length) is int else 0

    def __contains__(self, item: Any) -> bool:
        return self._peer.operate("contains", self, item) is True

    def __getitem__(self, key: Any) -> Any:
        return self._peer.operate("getitem", self, key)

    def __setitem__(self, key: Any, value: Any) -> None:
        self._peer.operate("setitem", self, key, value)

    def __delitem__(self, key: Any) -> None:
        self._peer.operate("delitem", self, key)

    def __enter__(self) -> Any:
        return self._peer.operate("enter", self)

    def __exit__(self, *_: object) -> None:
        self._peer.operate("exit", self)

    def __copy__(self) -> Any:
        return self._peer.operate("copy", self)

    def __deepcopy__(self, memo: object) -> Any:
        return self._peer.operate("deepcopy", self)

    def __str__(self) -> str:
        text = self._peer.operate("str", self)
        return text if type(text) is str else repr(self)

    def __float__(self) -> float:
        number = self._peer.operate("float", self)
        return number if type(number) is float else float("nan")

    def __int__(self) -> int:
        number = self._peer.operate("int", self)
        if type(number) is not int:
            raise TypeError(f"int() of an object of type {self._type} gave no integer")
        return number


BINARY = (
    "add",
    "sub",
    "mul",
    "truediv",
    "floordiv",
    "mod",
    "pow",
    "matmul",
    "and",
    "or",
    "xor",
    "lshift",
    "rshift",
)
ORDER = ("lt", "le", "gt", "ge")
UNARY = ("neg", "pos", "abs", "invert")


def _binary(op: str) -> tuple[Callable[[Handle, Any], Any], Callable[[Handle, Any], Any]]:
    def forward(self: Handle, other: Any) -> Any:
        return self._peer.operate(op, self, other)

    def backward(self: Handle, other: Any) -> Any:
        return self._peer.operate(op, other, self)

    return forward, backward


def _unary(op: str) -> Callable[[Handle], Any]:
    def apply(self: Handle) -> Any:
        return self._peer.operate(op, self)

    return apply


for _op in BINARY:
    _forward, _backward = _binary(_op)
    setattr(Handle, f"__{_op}__", _forward)
    setattr(Handle, f"__r{_op}__", _backward)
for _op in ORDER:
    setattr(Handle, f"__{_op}__", _binary(_op)[0])
for _op in UNARY:
    setattr(Handle, f"__{_op}__", _unary(_op))
