"""The same function on inputs of another kind: dtype and device, layout in memory, size of the batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor

from autograder.checks.beside import current_builder, on
from autograder.checks.failure import Failure
from autograder.checks.properties.layouts import LAYOUTS, SAID, laid_out
from autograder.checks.properties.runs import difference, run, shapes_of


def follows_input(
    fn: Callable[..., Any],
    *inputs: Any,
    dtypes: Sequence[torch.dtype] = (torch.float32, torch.float64),
    device: str = "cpu",
) -> bool:
    """The result has the dtype of the inputs, and lies on their device.

    Args:
        fn: the student's function.
        inputs: its arguments; the floating-point tensors among them are given in each of `dtypes` in turn.
        dtypes: which.
        device: the fixture of that name. On a GPU the call has to work there; where the result lies is seen only where
            the student is in this process.

    Raises:
        Failure: the result is in another dtype or place, or the call raises for one of them.
        ValueError: there is no floating-point tensor among the inputs.
    """
    if not any(_is_real(value) for value in inputs):
        raise ValueError("follows_input() needs a floating-point tensor among the inputs")
    for dtype in dtypes:
        cast = (value.to(dtype) if _is_real(value) else value for value in inputs)
        given = [on(device, value) if isinstance(value, Tensor) else value for value in cast]
        about = f"for inputs of {shapes_of(*inputs)} and dtype {dtype} on device {device}"
        result = run(fn, *given, about=about)
        if result.is_floating_point() and result.dtype != dtype:
            raise Failure(f"{about}, the result has dtype {result.dtype}. {_MADE}", "wrong_type")
        if current_builder.get() is None and result.device.type != torch.device(device).type:
            raise Failure(f"{about}, the result is on device {result.device.type}. {_MADE}", "wrong_type")
    return True


_MADE = (
    "torch.zeros, torch.ones, torch.randn and torch.tensor make float32 on the CPU unless you say dtype=x.dtype, "
    "device=x.device (or x.new_zeros, torch.zeros_like); .float() and numpy change the dtype too."
)


def any_layout(fn: Callable[..., Any], *inputs: Any, rtol: float | None = None, atol: float | None = None) -> bool:
    """The result is the same however the inputs lie in memory: transposed, every other element of a larger tensor, with
    an offset, expanded from one.

    Args:
        fn: the student's function.
        inputs: its arguments; each tensor among them is laid out anew, one at a time.
        rtol: as in `close`.
        atol: as in `close`.

    Raises:
        Failure: the result changes, or the call raises for a tensor that is not contiguous.
        ValueError: there is no tensor with two elements or more among the inputs.
    """
    tried = False
    for place, value in enumerate(inputs):
        if not isinstance(value, Tensor) or value.numel() < 2:
            continue
        tried = True
        for name in LAYOUTS:
            other = laid_out(value.detach(), name)
            if other.is_contiguous() and not other.storage_offset():
                continue
            about = f"argument {place + 1}, of {shapes_of(value)}, {SAID[name]}"
            want = run(fn, *inputs[:place], other.contiguous().clone(), *inputs[place + 1 :])
            got = run(fn, *inputs[:place], other, *inputs[place + 1 :], about=f"for {about}. {_VIEW}")
            if seen := difference(got, want, rtol, atol):
                raise Failure(f"the result changes with how the input lies in memory ({about}): {seen}. {_VIEW}")
    if not tried:
        raise ValueError("any_layout() needs a tensor with two elements or more")
    return True


_VIEW = (
    "A transposed or sliced tensor is not contiguous, and .view() and numpy's buffers read memory in order: use "
    ".reshape(), or .contiguous() first"
)


def any_batch_size(
    fn: Callable[..., Any],
    make: Callable[[int], Any],
    *,
    sizes: Sequence[int] = (0, 1, 2),
    reference: Callable[..., Tensor] | None = None,
    rtol: float | None = None,
    atol: float | None = None,
) -> bool:
    """The function works for batches of these sizes, none and one among them.

    Args:
        fn: the student's function.
        make: a fresh input for a batch size; a tuple for several arguments.
        sizes: of the batches.
        reference: what it should compute. Without one, the result must have as many rows as the batch.
        rtol: as in `close`.
        atol: as in `close`.

    Raises:
        Failure: it raises, or gives another shape or value.
    """
    for size in sizes:
        made = make(size)
        inputs = made if isinstance(made, tuple) else (made,)
        about = f"for a batch of {size}, of {shapes_of(*inputs)}"
        want = None if reference is None else reference(*inputs)
        result = run(fn, *inputs, about=about, nan=want is not None)
        if want is not None:
            if seen := difference(result, want, rtol, atol):
                raise Failure(f"{about}, the result is wrong: {seen}. {_SIZE}")
        elif result.ndim == 0 or result.shape[0] != size:
            raise Failure(f"{about}, the result has {shapes_of(result)}, and dim 0 must be {size}. {_SIZE}")
    return True


_SIZE = (
    "Is there a squeeze() without a dim, a size written as a number, or a loop whose result is missing if it is empty?"
)


def _is_real(value: object) -> bool:
    return isinstance(value, Tensor) and value.is_floating_point()
