"""The public functions and classes of torch's that cross by their name, and those that tell where the generators are
that all code of a process shares. torch itself is handed in."""

from __future__ import annotations

import random
import sys
from typing import Any

MODULES = (
    "",
    ".nn.functional",
    ".nn",
    ".optim",
    ".optim.lr_scheduler",
    ".nn.init",
    ".nn.utils",
    ".linalg",
    ".special",
    ".utils.data",
    ".Tensor",
)
"""Where names are looked for, below torch; the first that has an object names it."""


def shared_generators() -> dict[str, Any]:
    """What reads, sets and draws from numpy's and Python's own generators, by dotted names."""
    found: dict[str, Any] = {f"random.{name}": getattr(random, name) for name in ("getstate", "setstate", "random")}
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        found |= {f"numpy.random.{name}": getattr(numpy.random, name) for name in ("get_state", "set_state", "rand")}
    return found


def module(torch: Any, path: str) -> Any:
    """The part of torch's that one of `MODULES` stands for."""
    found = torch
    for part in filter(None, path.split(".")):
        found = getattr(found, part)
    return found


def name_of(torch: Any, obj: Any) -> str | None:
    """The dotted name under which torch offers `obj`, or a shared generator does; or None."""
    for path, method in shared_generators().items():
        if type(obj) is type(method) and obj == method:
            return path
    name = getattr(obj, "__name__", None)
    if not isinstance(name, str) or name.startswith("_") or not callable(obj):
        return None
    for path in MODULES:
        if getattr(module(torch, path), name, None) is obj:
            return f"torch{path}.{name}"
    return None


def public_names(torch: Any) -> dict[str, Any]:
    """Every object that name_of() could name, by its dotted name."""
    found = {}
    for path in MODULES:
        holder = module(torch, path)
        for name in dir(holder):
            obj = None if name.startswith("_") else getattr(holder, name, None)
            if callable(obj):
                found[f"torch{path}.{name}"] = obj
    return found | shared_generators()
