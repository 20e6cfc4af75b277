"""What a part of the result may depend on: its own row of the input (`batch_independent`), or the past (`causal`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch
from torch import Tensor

from autograder.checks.failure import Failure
from autograder.checks.properties.runs import difference, run, shapes_of, weights_for

MOST_PLACES = 8
"""Along one dim so many places are looked at: all of a short one, some of a long one, both ends always."""
MOST_CUTS = 64
"""So many between the past and the future: a leak of one step at one place shows at that cut alone."""
_LEAK = 1e-6
"""A gradient smaller than this part of the largest is rounding."""


def batch_independent(
    fn: Callable[[Tensor], Any], x: Tensor, *, dim: int = 0, rtol: float | None = None, atol: float | None = None
) -> bool:
    """Row i of the result depends on row i of the input alone, and a batch of one gives the same row.

    Args:
        fn: the student's function of one tensor.
        x: two rows or more along `dim`, which differ; integers (labels, tokens) stay among the values that they have.
        dim: the batch, in the input and in the result.
        rtol: as in `close`.
        atol: as in `close`.

    Raises:
        Failure: rows are mixed.
        ValueError: `x` has too few rows, or rows that are alike.
    """
    size = _length(x, dim)
    rows = [(place, x.narrow(dim, place, 1).clone()) for place in _places(size)]
    others = [(place, _replaced(x, dim, slice(place, place + 1))) for place in _places(size)]
    halves = list(_halves(x, dim)) if size > MOST_PLACES else []
    whole = run(fn, x)
    _keeps_length(whole, x, dim)
    for place, row in rows:
        alone = run(fn, row, about=f"for a batch of one, of {shapes_of(row)}")
        seen = difference(alone, whole.narrow(dim, place, 1), rtol, atol)
        if seen:
            raise Failure(
                f"row {place} alone, as a batch of one, gives another result than in {_batch(x)}: {seen}. {_MIX}"
            )
    for place, other in others:
        moved = run(fn, other)
        rest = torch.tensor([i for i in range(size) if i != place], device=whole.device)
        seen = difference(moved.index_select(dim, rest), whole.index_select(dim, rest), rtol, atol)
        if seen:
            raise Failure(f"changing row {place} of {_batch(x)} moves the results of other rows: {seen}. {_MIX}")
    for kept, half in halves:
        moved = run(fn, half).index_select(dim, kept.to(whole.device))
        seen = difference(moved, whole.index_select(dim, kept.to(whole.device)), rtol, atol)
        if seen:
            raise Failure(f"changing half the rows of {_batch(x)} moves the results of the other half: {seen}. {_MIX}")
    return True


def _halves(x: Tensor, dim: int) -> Iterator[tuple[Tensor, Tensor]]:
    """The rows that are kept, and `x` with all others changed. For any two rows, the first is changed in one of these
    where the second is kept: their numbers differ in some binary digit."""
    changed = _replaced(x, dim, slice(0, x.shape[dim]))
    rows = torch.arange(x.shape[dim], device=x.device)
    for digit in range((x.shape[dim] - 1).bit_length()):
        for value in (0, 1):
            kept = ((rows >> digit) & 1 == value).nonzero().flatten()
            yield kept, changed.index_copy(dim, kept, x.detach().index_select(dim, kept))


_MIX = (
    "Each row must be worked out from itself alone: look for a mean, maximum, sum or softmax over the batch (dim=0, or "
    "no dim at all), and for a reshape that mixes rows."
)


def causal(
    fn: Callable[[Tensor], Any],
    x: Tensor,
    *,
    dim: int = 1,
    strict: bool = False,
    rtol: float | None = None,
    atol: float | None = None,
) -> bool:
    """The result at time t does not depend on the input after t: the future does not leak, in values or gradients.

    Args:
        fn: the student's function of one tensor.
        x: two steps or more along `dim`; floating-point, or tokens, which stay among the values that they have.
        dim: time, in the input and in the result.
        strict: not on the input at t either.
        rtol: as in `close`.
        atol: as in `close`.

    Raises:
        Failure: the future leaks.
        ValueError: `x` has fewer than two steps, or steps that are all alike.
    """
    size = _length(x, dim)
    real = x.is_floating_point()
    cuts = [cut for cut in _places(size, MOST_CUTS) if cut > 0] + ([0] if strict else [])
    loud = _places(size) if real else ()
    futures = [(cut, _replaced(x, dim, slice(cut, size))) for cut in cuts]
    futures += [(cut, _replaced(x, dim, slice(cut, size), 30.0)) for cut in cuts if cut in loud]
    leaf = x.detach().clone().requires_grad_(real)
    whole = run(fn, leaf)
    _keeps_length(whole, x, dim)
    for cut, future in futures:
        fixed = cut + 1 if strict else cut
        got = run(fn, future).narrow(dim, 0, fixed)
        seen = difference(got, whole.narrow(dim, 0, fixed), rtol, atol)
        if seen:
            raise Failure(_leaks(x, dim, cut, strict, seen))
    if real and whole.requires_grad:
        _no_gradient_of_the_future(whole, leaf, dim, strict)
    return True


def _no_gradient_of_the_future(whole: Tensor, leaf: Tensor, dim: int, strict: bool) -> None:
    size = leaf.shape[dim]
    weighted = whole * weights_for(whole)
    for cut in _places(size, MOST_CUTS):
        fixed = cut + 1 if strict else cut
        if fixed == 0:
            continue
        early = weighted.narrow(dim, 0, fixed).sum()
        (gradient,) = torch.autograd.grad(early, leaf, retain_graph=True, allow_unused=True)
        if gradient is None or gradient.numel() == 0:
            continue
        late = float(gradient.narrow(dim, cut, size - cut).abs().max())
        if not late <= _LEAK * float(gradient.abs().max()):
            raise Failure(_leaks(leaf, dim, cut, strict, "its gradient with respect to them is not zero"))


def _leaks(x: Tensor, dim: int, cut: int, strict: bool, seen: str) -> str:
    where = f"the inputs from step {cut} on (dim {dim} of {shapes_of(x)})"
    later = "every later step, and the step itself," if strict else "every later step"
    return (
        f"the future leaks: the result {'up to' if strict else 'before'} step {cut} depends on {where}: {seen}. Is "
        f"{later} masked (-inf before the softmax, over the right dim), and is no sum, mean, flip or "
        "normalisation taken over time?"
    )


def _places(size: int, most: int = MOST_PLACES) -> Sequence[int]:
    if size <= most:
        return range(size)
    return sorted({round(i * (size - 1) / (most - 1)) for i in range(most)})


def _length(x: Tensor, dim: int) -> int:
    if not 0 <= dim < x.ndim or x.shape[dim] < 2:
        raise ValueError(f"two or more are needed along dim {dim}, and the input has {shapes_of(x)}")
    return x.shape[dim]


def _keeps_length(result: Tensor, x: Tensor, dim: int) -> None:
    if result.ndim <= dim or result.shape[dim] != x.shape[dim]:
        raise Failure(
            f"an input of {shapes_of(x)} gave a result of {shapes_of(result)}: dim {dim} must have {x.shape[dim]} "
            "elements still. Was it summed or averaged away?"
        )


def _replaced(x: Tensor, dim: int, part: slice, grow: float = 1.0) -> Tensor:
    """`x` with every element of the part along `dim` another one."""
    changed = x.detach().clone()
    view = changed.narrow(dim, part.start, part.stop - part.start)
    if x.is_floating_point() or x.is_complex():
        view.copy_(grow * (1 - 3 * view))
    elif x.dtype == torch.bool:
        view.logical_not_()
    else:
        least, most = int(x.min()), int(x.max())
        view.copy_(torch.where(view == most, least, view + 1))
    if torch.equal(changed, x):
        raise ValueError("the input has one value only, so that nothing can be changed in it")
    return changed


def _batch(x: Tensor) -> str:
    return f"the batch of {shapes_of(x)}"
