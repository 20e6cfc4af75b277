"""Tensors on a GPU. They cross as bytes of the CPU's, never as handles of CUDA's; only the worker's end has a GPU.

What comes from the other end is put beside what it belongs to, so that a call that leaves the GPU and comes back
looks to student code as if it had stayed there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

MARK = "far_device"
"""The attribute of a tensor that says on which device the other end is to get it."""


def settle(torch: Any) -> None:
    """Wait until the GPU has done all that it was asked for, on every stream: values read before could be half made.

    Raises:
        RuntimeError: some of it had failed, which is told only now.
    """
    if torch.cuda.is_initialized():
        torch.cuda.synchronize()


def beside(tensor: Any, other: Any) -> Any:
    """`tensor` on the device of `other`; a recorded step where autograd records."""
    return tensor if tensor.device == other.device else tensor.to(other.device)


def home(tensors: Iterable[Any]) -> Any:
    """The device on which a call of these tensors would have left its result; None where all are on the CPU."""
    return next((tensor.device for tensor in tensors if tensor.device.type != "cpu"), None)


def wanted(tensor: Any) -> str:
    """On which device the other end is to get a tensor; empty where nothing was said."""
    said = getattr(tensor, MARK, "")
    return said if type(said) is str else ""
