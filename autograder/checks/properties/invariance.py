"""What a change of the input does to the result: nothing (`invariant`), the same (`equivariant`), or what it does to an
affine function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from autograder.checks.failure import Failure
from autograder.checks.properties.runs import difference, run, shapes_of
from autograder.checks.rng import Rng

_FLAT = 1e-5
"""Relative to the largest result, how far an affine function may seem to be from one, in float32."""


@dataclass(frozen=True)
class Change:
    """A change of an input, with the words for it. Make one with `shift`, `scale`, `permute`, or by hand."""

    apply: Callable[[Tensor], Tensor]
    said: str
    """What is done, such as "adding 3 to every element"."""
    cause: str
    """What to look for where it moves the result, and must not."""

    def __call__(self, x: Tensor) -> Tensor:
        """The input as it is then."""
        return self.apply(x)


def shift(by: float | Tensor) -> Change:
    """Add `by` to every element; a tensor is broadcast, so (N, 1) moves each row of (N, C) by an amount of its own."""
    words = "adding something else to each row" if isinstance(by, Tensor) else f"adding {by:g} to every element"
    cause = "is the maximum, or the mean, taken away first, and over the right dim?"
    return Change(lambda x: x + by, words, cause)


def scale(by: float | Tensor) -> Change:
    """Multiply every element by `by`; a tensor is broadcast."""
    words = "multiplying each row by another number" if isinstance(by, Tensor) else f"multiplying everything by {by:g}"
    cause = "is it divided by a norm, a sum or a standard deviation, and over the right dim?"
    return Change(lambda x: x * by, words, cause)


def permute(dim: int, rng: Rng) -> Change:
    """Put the elements along `dim` into one random order, the same for all inputs of this size and never as they were.

    Raises:
        ValueError: when used on a tensor with fewer than two elements along `dim`.
    """
    orders: dict[int, Tensor] = {}

    def apply(x: Tensor) -> Tensor:
        size = x.shape[dim]
        if size < 2:
            raise ValueError(f"there is one order only along dim {dim} of {shapes_of(x)}")
        while size not in orders or bool((orders[size] == torch.arange(size)).all()):
            orders[size] = rng.permutation(size)
        return x.index_select(dim, orders[size].to(x.device))

    cause = (
        f"no place along dim {dim} may be treated in another way than the rest: look for a sum or statistic over the "
        "wrong dim, a reshape where axes should be permuted, or an index"
    )
    return Change(apply, f"putting dim {dim} into another order", cause)


def invariant(
    fn: Callable[[Tensor], Any],
    x: Tensor,
    *,
    under: Callable[[Tensor], Tensor],
    rtol: float | None = None,
    atol: float | None = None,
) -> bool:
    """`fn(under(x))` is `fn(x)`: softmax under a shift, cosine similarity under a scale, a mean under a permutation.

    Args:
        fn: the student's function of one tensor.
        x: an input of any dtype.
        under: `shift(3.0)`, `scale(4.0)`, `permute(0, rng)`, a `Change`, or a function.
        rtol: as in `close`.
        atol: as in `close`.

    Raises:
        Failure: the result moves.
        ValueError: `under` does not change `x`, which is the check's mistake.
    """
    other = _changed(x, under)
    want, got = run(fn, x), run(fn, other)
    seen = difference(got, want, rtol, atol)
    if seen:
        raise Failure(f"{_said(under, x)} must not change the result, and does: {seen}. {_cause(under)}")
    return True


def equivariant(
    fn: Callable[[Tensor], Any],
    x: Tensor,
    *,
    under: Callable[[Tensor], Tensor],
    result: Callable[[Tensor], Tensor] | None = None,
    rtol: float | None = None,
    atol: float | None = None,
) -> bool:
    """`fn(under(x))` is `under(fn(x))`: a layer under a permutation of the batch, a linear map under a scale.

    Args:
        fn: the student's function of one tensor.
        x: an input of any dtype.
        under: what is done to the input, as in `invariant`.
        result: what that is to do to the result; the same, if not given.
        rtol: as in `close`.
        atol: as in `close`.

    Raises:
        Failure: the result does not move as the input does, or cannot.
        ValueError: `under` does not change `x`, which is the check's mistake.
    """
    other = _changed(x, under)
    before, got = run(fn, x), run(fn, other)
    try:
        want = (result or under)(before)
    except (IndexError, RuntimeError, ValueError):
        words = f"the result, of {shapes_of(before)}, does not have the dim that is changed in the input"
        raise Failure(f"{words}, of {shapes_of(x)}", "wrong_answer") from None
    seen = difference(got, want, rtol, atol)
    if seen:
        raise Failure(f"{_said(under, x)} must do the same to the result, and does not: {seen}. {_cause(under)}")
    return True


def affine(
    fn: Callable[[Tensor], Any], x: Tensor, y: Tensor, *, rtol: float | None = None, atol: float | None = None
) -> bool:
    """f(x + y) = f(x) + f(y) - f(0): a linear map and a constant, as one layer without its nonlinearity is.

    Args:
        fn: the student's function of one tensor.
        x: a floating-point input.
        y: another of the same shape.
        rtol: as in `close`.
        atol: as in `close`; of the largest of the four results, if not given.

    Raises:
        Failure: the function bends.
    """
    got, want, bend, size = _bend(fn, x, y)
    if bend > _FLAT * size and (seen := difference(got, want, rtol, _FLAT * size if atol is None else atol)):
        raise Failure(
            f"for inputs of {shapes_of(x)}, f(x + y) is not f(x) + f(y) - f(0), as it is for a matrix product and a "
            f"bias: {seen}. Is a nonlinearity applied where none is due, or a product of two inputs?"
        )
    return True


def not_affine(fn: Callable[[Tensor], Any], x: Tensor, y: Tensor) -> bool:
    """f(x + y) is not f(x) + f(y) - f(0), nor f(x) + f(-x) = 2 f(0): a network with its nonlinearity.

    Args:
        fn: the student's function of one tensor.
        x: a floating-point input with positive and negative elements, of size about 1.
        y: another of the same shape.

    Raises:
        Failure: the function is affine, as layers with nothing between them are.
    """
    for one, other in ((x, y), (x, -x)):
        *_, bend, size = _bend(fn, one, other)
        if bend > _FLAT * size:
            return True
    raise Failure(
        f"for inputs of {shapes_of(x)}, f(x + y) is f(x) + f(y) - f(0): the whole is one matrix product and a bias, "
        "and layers with nothing between them are no more than one. Is the nonlinearity (ReLU, tanh) missing between "
        "two layers, or its result not used?"
    )


def _bend(fn: Callable[[Tensor], Any], x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, float, float]:
    """f(x + y), what an affine function has there, the largest difference of the two, and the largest value."""
    inputs = (x + y, x.clone(), y.clone(), torch.zeros_like(x))
    whole, one, other, constant = (_wide(run(fn, given)) for given in inputs)
    if not whole.shape == one.shape == other.shape == constant.shape:
        raise Failure(f"inputs of one shape gave results of {shapes_of(whole, one, other, constant)}")
    largest = max((float(part.abs().max()) for part in (whole, one, other, constant) if part.numel()), default=0.0)
    want = one + other - constant
    bend = float((whole - want).abs().max()) if whole.numel() else 0.0
    return whole, want, bend, largest


def _wide(x: Tensor) -> Tensor:
    return x.detach().to(torch.complex128 if x.is_complex() else torch.float64)


def _changed(x: Tensor, under: Callable[[Tensor], Tensor]) -> Tensor:
    other = under(x)
    if other.shape == x.shape and torch.equal(other, x):
        raise ValueError(f"{_said(under, x)} leaves this input as it is, so that nothing is checked")
    return other


def _said(under: Callable[[Tensor], Tensor], x: Tensor) -> str:
    words = under.said if isinstance(under, Change) else getattr(under, "__name__", "a change")
    return f"{words} (of an input of {shapes_of(x)})"


def _cause(under: Callable[[Tensor], Tensor]) -> str:
    words = under.cause if isinstance(under, Change) else "does every step of yours respect it?"
    return words[:1].upper() + words[1:]
