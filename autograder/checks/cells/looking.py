"""Builtins that look at an object, for a cell in which it may be one of the student's that lives elsewhere."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

_NOTHING = object()


def attribute(obj: Any, name: str) -> Any:
    """`obj.name`, of a name such as `__class__` or `__doc__`, which what stands for the object has, too."""
    far = getattr(builtins.type(obj), "__autograder_attribute__", None)
    return builtins.getattr(obj, name) if far is None else far(obj, name)


def is_special(name: object) -> bool:
    """Whether Python itself gives a meaning to an attribute of that name."""
    return isinstance(name, str) and name.startswith("__") and name.endswith("__")


def _type(obj: Any, *more: Any) -> Any:
    return builtins.type(obj, *more) if more else attribute(obj, "__class__")


def _callable(obj: Any, /) -> bool:
    far = builtins.getattr(builtins.type(obj), "__autograder_callable__", None)
    return builtins.callable(obj) if far is None else far(obj) is True


def _getattr(obj: Any, name: str, /, default: Any = _NOTHING) -> Any:
    try:
        return attribute(obj, name) if is_special(name) else builtins.getattr(obj, name)
    except AttributeError:
        if default is _NOTHING:
            raise
        return default


def _hasattr(obj: Any, name: str, /) -> bool:
    try:
        _getattr(obj, name)
    except AttributeError:
        return False
    return True


KIND = _type
"""What a cell knows as `type`."""
LOOKING: Mapping[str, Any] = MappingProxyType(
    {"callable": _callable, "getattr": _getattr, "hasattr": _hasattr, "type": _type}
)
"""What stands in for builtins, by their names."""


class Listed(list[str]):
    """What `dir()` lists: the cell's own names. It also holds those that are the student's."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        super().__init__(sorted(names))
        self._names = names

    def __contains__(self, name: object) -> bool:
        return name in self._names


def scope(names: Mapping[str, Any]) -> Mapping[str, Any]:
    """`dir` and `vars`, which without an argument mean the names of the cell."""

    def _dir(*objs: Any) -> Any:
        return sorted(attribute(objs[0], "__dir__")()) if objs else Listed(names)

    def _vars(*objs: Any) -> Any:
        return attribute(objs[0], "__dict__") if objs else names

    return {"dir": _dir, "vars": _vars}
