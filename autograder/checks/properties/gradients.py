"""Checks of gradients: against finite differences, and against a reference."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.autograd.gradcheck import GradcheckError

from autograder.checks import explain
from autograder.checks.comparing.comparison import close
from autograder.checks.failure import Failure
from autograder.checks.properties.runs import shapes_of, weights_for
from autograder.checks.values import describe, is_plain_tensor

CUT = (
    "The result does not depend on the input through autograd: .detach(), .item(), .data, .numpy() or "
    "torch.tensor(...) on the way cuts the graph."
)


def gradcheck(
    fn: Callable[..., Any], *inputs: Tensor, eps: float = 1e-6, atol: float = 1e-5, rtol: float = 1e-3
) -> bool:
    """Compare the gradients of `fn` with central differences. True, or an exception with an explanation.

    Args:
        fn: takes `inputs`, returns a float64 tensor.
        inputs: float64; at least one with requires_grad.
        eps: step of the differences.
        atol: absolute tolerance on a derivative.
        rtol: relative tolerance on a derivative.

    Raises:
        Failure: the gradients are wrong, missing or not finite.
        ValueError: the inputs are unfit, which is the check's mistake.
    """
    _fit_for_differences(inputs)
    _differentiable(fn(*inputs), inputs)
    try:
        torch.autograd.gradcheck(fn, inputs, eps=eps, atol=atol, rtol=rtol, nondet_tol=1e-9)
    except GradcheckError as error:
        raise Failure(_gradcheck_words(str(error))) from None
    return True


def gradgradcheck(
    fn: Callable[..., Any], *inputs: Tensor, eps: float = 1e-6, atol: float = 1e-5, rtol: float = 1e-3
) -> bool:
    """Compare the second derivatives of `fn` (a penalty on a gradient needs them) with central differences of its
    gradients. True, or an exception with an explanation.

    Args:
        fn: takes `inputs`, returns one float64 tensor.
        inputs: float64; at least one with requires_grad.
        eps: step of the differences.
        atol: absolute tolerance on a derivative.
        rtol: relative tolerance on a derivative.

    Raises:
        Failure: the gradients cannot be differentiated, or their derivatives are wrong or not finite.
        ValueError: the inputs are unfit, which is the check's mistake.
    """
    _fit_for_differences(inputs)
    result = fn(*inputs)
    _differentiable(result, inputs)
    if not is_plain_tensor(result):
        raise Failure(f"expected a torch tensor, got {describe(result)}", "wrong_type")
    weights = weights_for(result).requires_grad_()
    try:
        torch.autograd.gradgradcheck(fn, inputs, weights, eps=eps, atol=atol, rtol=rtol, nondet_tol=1e-9)
    except (GradcheckError, RuntimeError) as error:
        undefined = "nan" in str(error).lower().split("tensor", 1)[0]
        words = _UNDEFINED if undefined else _CUT_AGAIN
        raise Failure(
            f"The gradient of the gradient is wrong or missing, for inputs of {shapes_of(*inputs)}: {words}"
        ) from None
    return True


_CUT_AGAIN = "is the gradient's own graph cut, by @once_differentiable, .detach(), .data or .backward() inside?"
_UNDEFINED = "it is NaN, as at a root or a power of zero, or at 0 / 0"


def same_gradients(
    fn: Callable[..., Any],
    reference: Callable[..., Tensor],
    *inputs: Tensor,
    rtol: float | None = None,
    atol: float | None = None,
    magnitude: float | None = None,
) -> bool:
    """Compare value and input gradients of `fn` with those of `reference`. True, or a Failure.

    Both are run on their own copies of `inputs`; every floating-point input is differentiated, against the same random
    weighting of the output.

    Args:
        fn: the student's function, tensor to tensor.
        reference: what it should compute.
        inputs: tensors of any dtype.
        rtol: as in `close`.
        atol: as in `close`.
        magnitude: as in `close`, of the value and of the gradients. 1.0 where a gradient may be nearly zero everywhere,
            as that of a softmax that is sure.

    Raises:
        Failure: the value or a gradient is wrong or missing.
    """
    mine, theirs = _leaves(inputs), _leaves(inputs)
    want = reference(*theirs)
    got = fn(*mine)
    if got != close(want, rtol, atol, magnitude=magnitude):
        said = explain.last()
        raise Failure(said.message if said else "the value is wrong", said.reason if said else "wrong_answer")
    _differentiable(got, mine)
    weights = weights_for(want)
    places = [i for i, tensor in enumerate(mine) if tensor.requires_grad]
    got_grads = torch.autograd.grad(got, [mine[i] for i in places], weights, allow_unused=True)
    want_grads = torch.autograd.grad(want, [theirs[i] for i in places], weights, allow_unused=True)
    for i, got_grad, want_grad in zip(places, got_grads, want_grads, strict=True):
        expected = torch.zeros_like(inputs[i]) if want_grad is None else want_grad
        actual = torch.zeros_like(inputs[i]) if got_grad is None else got_grad
        if actual != close(expected, rtol, atol, magnitude=magnitude):
            said = explain.last()
            words = said.message.split("\n", 1)[0] if said else "it is wrong"
            cause = f" {CUT}" if got_grad is None else ""
            raise Failure(f"The gradient with respect to argument {i + 1}: {words}.{cause}")
    return True


def _fit_for_differences(inputs: tuple[Tensor, ...]) -> None:
    for tensor in inputs:
        if tensor.is_floating_point() and tensor.dtype != torch.float64:
            raise ValueError("gradcheck needs float64 inputs; differences in float32 are noise")
    if not any(tensor.requires_grad for tensor in inputs):
        raise ValueError("gradcheck needs an input with requires_grad=True")


def _leaves(inputs: tuple[Tensor, ...]) -> list[Tensor]:
    return [t.detach().clone().requires_grad_(t.is_floating_point() or t.is_complex()) for t in inputs]


def _differentiable(result: object, inputs: tuple[Tensor, ...] | list[Tensor]) -> None:
    """The result must be a tensor that autograd can follow back to the inputs."""
    parts = result if isinstance(result, tuple | list) else (result,)
    if not all(is_plain_tensor(part) for part in parts):
        raise Failure(f"expected a torch tensor, got {describe(result)}", "wrong_type")
    if any(t.requires_grad for t in inputs) and not any(part.requires_grad for part in parts if is_plain_tensor(part)):
        raise Failure(CUT)


def _gradcheck_words(report: str) -> str:
    """torch's report in a sentence for the student, without the numbers of both Jacobians."""
    if "not reentrant" in report:
        return "Running backward twice gave two different gradients: something random, or a changed buffer, is inside."
    if "NaN" in report or "nan" in report.split("tensor", 1)[0]:
        return "The gradient is NaN: look for 0 / 0, sqrt or log at zero, or inf - inf in the forward pass."
    return (
        "The gradient differs from finite differences of the function's own value: part of the graph is cut "
        "(.detach(), .item(), .data, numpy), or a value is overwritten in place."
    )
