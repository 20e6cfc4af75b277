"""What a value from a student is, in words and exactly: nothing is trusted but the exact types of torch and numpy."""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from typing import Any, TypeGuard

import numpy as np
import torch
from torch import Tensor

_NAMES = {"NoneType": "None: is a `return` missing?", "list": "a list", "tuple": "a tuple", "dict": "a dict"}

_CONTENT = ("__iter__", "__len__", "__getitem__", "__getattribute__")


def is_plain_tensor(value: object) -> TypeGuard[Tensor]:
    """Exactly a Tensor or Parameter, with one shape; a subclass could answer comparisons as it likes."""
    return (type(value) is Tensor or type(value) is torch.nn.Parameter) and not value.is_nested


def is_plain_array(value: object) -> TypeGuard[np.ndarray[Any, Any]]:
    """Exactly an ndarray of numbers or bools."""
    return type(value) is np.ndarray and value.dtype.kind in "biufc"


def is_sequence(value: object) -> TypeGuard[tuple[object, ...] | list[object]]:
    """Exactly a tuple or list, or a named tuple (torch's or the student's) that leaves it to tuple what is in it."""
    if type(value) in (tuple, list) or type(value).__module__ == "torch.return_types":
        return True
    return isinstance(value, tuple) and all(getattr(type(value), name) is getattr(tuple, name) for name in _CONTENT)


def is_dict(value: object) -> TypeGuard[dict[Any, Any]]:
    """Exactly a dict, Counter, OrderedDict or defaultdict."""
    return type(value) in (dict, Counter, OrderedDict, defaultdict)


def describe(value: object) -> str:
    """The kind of `value` for a message; never its content."""
    if is_plain_tensor(value):
        return f"a tensor of shape {tuple(value.shape)} and dtype {value.dtype}"
    if is_plain_array(value):
        return f"a numpy array of shape {value.shape} and dtype {value.dtype}"
    if type(value) is Tensor:
        return "a nested tensor"
    told = getattr(type(value), "__autograder_type__", None)  # of an object that is in the student's process
    name = type(value).__name__ if told is None else str(told(value))
    if name in _NAMES:
        return _NAMES[name]
    if type(value) in (bool, int, float, complex, str, bytes):
        return f"a Python {name}"
    return f"an object of type {name}"
