"""`remote`: things of torch that must live beside the student's objects, such as an optimizer over their weights; `on`:
tensors that must lie on their device."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from torch import Tensor

Builder = Callable[[Any], Any]

current_builder: ContextVar[Builder | None] = ContextVar("current_builder", default=None)
"""Set by the examiner where the student is in another process: a class or function -> its twin over there."""


def remote(target: Callable[..., Any]) -> Any:
    """`target` (an importable class or function) as seen from the student's process.

    With a student in this process it is `target` itself:
    `remote(torch.optim.SGD)(model.parameters(), lr=0.1)` works the same in both.

    Raises:
        ValueError: `target` cannot be found again by its module and name, as a lambda or a local function.
    """
    module, name = getattr(target, "__module__", None), getattr(target, "__qualname__", "")
    if module is None or _lookup(module, name) is not target:
        raise ValueError(f"remote() needs an importable class or function, not {target!r}")
    builder = current_builder.get()
    return target if builder is None else builder(target)


def on(device: str, value: Tensor) -> Tensor:
    """`value`, as the student's code is to get it: on `device`, which the fixture of that name gives.

    With a student in this process it is `value.to(device)`. Else it stays on the CPU here, where there is no other
    device, and is put on the GPU when it arrives over there. Gradients flow through it; what comes back is on the CPU.
    """
    if device == "cpu":
        return value
    if current_builder.get() is None:
        return value.to(device)
    marked = value.view_as(value)  # another tensor over the same memory: the mark is not on the author's own
    marked.far_device = device  # type: ignore[attr-defined]  # read by autograder.wire.devices
    return marked


def _lookup(module: str, name: str) -> Any:
    found: Any = importlib.import_module(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    return found
