"""What the properties share: run the student's function, take its result as a tensor, and tell two results apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch import Tensor

from autograder.checks import explain
from autograder.checks.comparing.comparison import close
from autograder.checks.failure import Failure, StudentError
from autograder.checks.values import describe, is_plain_array, is_plain_tensor


def run(fn: Callable[..., Any], *inputs: Any, about: str = "", nan: bool = False) -> Tensor:
    """`fn(*inputs)` as a dense tensor without NaN; numbers and arrays become tensors.

    Args:
        fn: the student's function.
        inputs: what it gets.
        about: added to the words where it raises, or gives what is none; as "for a batch of one".
        nan: NaN is let through, since it is compared afterwards.

    Raises:
        Failure: it is no such value.
    """
    with about_it(about):
        return dense(fn(*inputs), nan)


def dense(result: object, nan: bool = False) -> Tensor:
    """`result` as a dense tensor without NaN, unless that is let through.

    Raises:
        Failure: it is none.
    """
    if type(result) in (bool, int, float):
        result = _scalar(result)
    elif is_plain_array(result):
        result = torch.from_numpy(np.array(result, dtype=result.dtype.newbyteorder("="), order="C"))
    if not is_plain_tensor(result):
        raise Failure(f"expected a torch tensor, got {describe(result)}", "wrong_type")
    if result.device.type == "meta":
        raise Failure("the result is on device meta, which holds no numbers", "wrong_type")
    if result.is_quantized or (result.dtype not in _WIDE and (result.is_floating_point() or result.is_complex())):
        raise Failure(f"expected numbers of full width, got a tensor of dtype {result.dtype}", "wrong_type")
    if result.layout != torch.strided:
        result = result.to_dense()  # as it comes across the wire
    missing = 0 if nan else int(result.detach().isnan().sum())
    if missing:
        raise Failure(
            f"{missing} of {result.numel()} elements of the result, of shape {tuple(result.shape)}, are NaN: look for "
            "0 / 0, inf - inf, or the log or root of a negative number",
            "not_finite",
        )
    return result


_WIDE = (torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.complex64, torch.complex128)


def _scalar(number: Any) -> Tensor:
    try:
        return torch.tensor(number, dtype=torch.float64 if type(number) is float else None)
    except (OverflowError, RuntimeError, ValueError):
        raise Failure("the result is an integer beyond 64 bits", "wrong_type") from None


def difference(
    got: Tensor, want: Tensor, rtol: float | None = None, atol: float | None = None, magnitude: float | None = None
) -> str:
    """In words, how two results of the student's own differ: shape, dtype, how many elements, how far. "" if not.

    Args:
        got: any dense tensor.
        want: the same, of any device.
        rtol: as in `close`.
        atol: as in `close`.
        magnitude: as in `close`.
    """
    if got.shape != want.shape:
        return f"the shape is {tuple(got.shape)} in place of {tuple(want.shape)}"
    got, want = got.detach().cpu(), want.detach().cpu()
    if got == close(want, rtol, atol, magnitude=magnitude):
        return ""
    explain.clear()  # its words are about an expected value, and there is none
    if got.dtype != want.dtype:
        return f"the dtype is {got.dtype} in place of {want.dtype}"
    wide = torch.complex128 if got.is_complex() else torch.float64
    one, other = got.to(wide), want.to(wide)
    error = torch.where(one == other, 0.0, (one - other).abs())
    place = tuple(int(i) for i in np.unravel_index(int(error.argmax()), tuple(error.shape)))
    where = f" at index {place[0] if len(place) == 1 else place}" if place else ""
    return f"{int((error > 0).sum())} of {error.numel()} elements differ, by up to {float(error[place]):.2g}{where}"


@contextmanager
def about_it(words: str) -> Iterator[None]:
    """Add `words` to what a finding says that is raised in the block."""
    try:
        yield
    except Exception as error:
        raise told(error, words) from None


def told(error: Exception, words: str) -> Exception:
    """`error` with `words` added to what it says; the same kind of error, the same reason."""
    if not words:
        return error
    if isinstance(error, StudentError):
        added = type(error)(error.type_name, _with(error.message, words), error.trace)
        added.reason = error.reason
        return added.with_traceback(error.__traceback__)
    if isinstance(error, Failure):
        return Failure(_with(error.message, words), error.reason).with_traceback(error.__traceback__)
    if len(error.args) == 1 and isinstance(error.args[0], str) and not isinstance(error, KeyError):
        error.args = (_with(error.args[0], words),)  # raised by the student's code in this process
    return error


def _with(message: str, words: str) -> str:
    """Both, the words on the first line: an excerpt of values may follow it."""
    first, *rest = message.split("\n")
    return "\n".join((f"{first} ({words})".strip(), *rest))


def shapes_of(*inputs: Any) -> str:
    """The shapes of the tensors among `inputs`, for a message: "shape (3, 4)", or "shapes (3, 4) and (4,)"."""
    shapes = [str(tuple(value.shape)) for value in inputs if isinstance(value, Tensor)]
    if len(shapes) < 2:
        return f"shape {shapes[0]}" if shapes else "no tensor"
    return f"shapes {', '.join(shapes[:-1])} and {shapes[-1]}"


def weights_for(result: Tensor) -> Tensor:
    """Fixed random weights like `result` in shape, dtype and device: a plain sum may have no gradient (softmax's)."""
    drawn = torch.randn(result.shape, dtype=torch.float64, generator=torch.Generator().manual_seed(20_29))
    return drawn.to(result.dtype).to(result.device)
