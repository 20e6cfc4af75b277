"""Checks of the gradients that reach a student's module: every parameter gets one, and it is the reference's."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import torch
from torch import Tensor

from autograder.checks import explain
from autograder.checks.comparing.comparison import close
from autograder.checks.failure import Failure
from autograder.checks.properties.runs import dense
from autograder.checks.values import describe, is_plain_tensor

_MOST_NAMED = 4
_MOST_ORDERS = 100


def gradients_reach(model: Any, loss: Callable[[Any], Any]) -> bool:
    """Every parameter of `model` gets a finite gradient from the loss that is not zero. True, or a Failure.

    Args:
        model: the student's module, here or in their process. No `.grad` of it is touched.
        loss: gives a scalar for the model: `lambda m: student.loss(m(x), y)`. Let the batch have a few rows, so that no
            unit is off for all of them.

    Raises:
        Failure: naming the first parameter that no gradient reaches, or a zero or infinite one.
    """
    named = named_parameters(model)
    gradients = _gradients(model, loss, named)
    for (name, parameter), gradient in zip(named.items(), gradients, strict=True):
        which = f"`{name}`, of shape {tuple(parameter.shape)}"
        if gradient is None:
            raise Failure(f"No gradient reaches {which}. {_UNUSED}")
        if not bool(gradient.isfinite().all()):
            count = f"{int((~gradient.isfinite()).sum())} of {gradient.numel()} elements"
            raise Failure(
                f"The gradient of {which}, is NaN or infinite in {count}: look for 0 / 0, the log or root of zero, or "
                "an exp that overflows.",
                "not_finite",
            )
        if parameter.numel() and not bool((gradient != 0).any()):
            raise Failure(
                f"The gradient of {which}, is zero everywhere: is what it feeds multiplied by zero, rounded, clamped, "
                "or cancelled again (a bias before a batch norm is)?"
            )
    return True


def parameter_gradients(
    model: Any,
    reference: torch.nn.Module,
    loss: Callable[[Any], Any],
    *,
    names: Mapping[str, str] | None = None,
    rtol: float | None = None,
    atol: float | None = None,
) -> bool:
    """The gradients of the loss with respect to the parameters of `model` are those of `reference` with the same
    parameters. True, or a Failure.

    The parameters of `model` are copied into `reference`, which therefore is changed. They are matched by name where
    both have the same names, else in an order in which their shapes fit and the loss is right.

    Args:
        model: the student's module, here or in their process. No `.grad` of it is touched.
        reference: a module that computes what `model` should.
        loss: gives a scalar for either module.
        names: the reference's name for each name of the student's, where neither name nor order match them.
        rtol: as in `close`.
        atol: as in `close`.

    Raises:
        Failure: parameters are too few, too many or of another shape; the loss or a gradient is wrong or missing.
        ValueError: `names` has a name that the reference has not, which is the check's mistake.
    """
    mine = named_parameters(model)
    matchings = list(_matchings(mine, dict(reference.named_parameters()), names))
    got_loss = dense(loss(model))
    for theirs in matchings:
        with torch.no_grad():
            for name, parameter in mine.items():
                theirs[name].copy_(parameter.detach())
        want_loss = dense(loss(reference))
        if got_loss == close(want_loss.detach(), rtol, atol):
            break
    else:
        raise Failure(f"The loss is wrong already, with the same parameters: {_explained()}")
    want = torch.autograd.grad(want_loss, list(theirs.values()), allow_unused=True)
    got = _gradients(model, lambda _: got_loss, mine)
    for (name, parameter), one, other in zip(mine.items(), got, want, strict=True):
        which = f"`{name}`, of shape {tuple(parameter.shape)}"
        if one is None and other is not None and bool((other != 0).any()):
            raise Failure(f"No gradient reaches {which}. {_UNUSED}")
        actual = torch.zeros_like(parameter) if one is None else one
        expected = torch.zeros_like(theirs[name]) if other is None else other
        if actual.detach() != close(expected, rtol, atol):
            raise Failure(f"The gradient of {which}: {_explained()}")
    return True


def named_parameters(model: Any) -> dict[str, Tensor]:
    """The parameters of a student's module by name, each once, all of them real tensors that require a gradient.

    Raises:
        Failure: it is no module, has no parameters, or one of them is frozen.
    """
    try:
        found = [(name, parameter) for name, parameter in model.named_parameters()]
    except (AttributeError, TypeError, ValueError):
        said = f"expected a torch.nn.Module with parameters, got {describe(model)}"
        raise Failure(said, "wrong_type") from None
    if not all(type(name) is str and is_plain_tensor(parameter) for name, parameter in found):
        raise Failure("named_parameters() of the model gives something else than names and tensors", "wrong_type")
    if not found:
        raise Failure(
            "the model has no parameters: is super().__init__() called, are the layers attributes of self (or in an "
            "nn.ModuleList, not a list), and the weights nn.Parameter?"
        )
    frozen = [name for name, parameter in found if not parameter.requires_grad]
    if frozen:
        raise Failure(f"{_some(frozen)} of the model cannot learn: requires_grad is False")
    return dict(found)


_UNUSED = (
    "It plays no part in the loss: is it used in forward, and not through .detach(), .data, .item(), numpy, "
    "torch.no_grad() or a copy (torch.tensor(...), clone() in __init__)?"
)


def _gradients(model: Any, loss: Callable[[Any], Any], named: Mapping[str, Tensor]) -> tuple[Tensor | None, ...]:
    value = dense(loss(model))
    if value.numel() != 1:
        raise Failure(f"the loss must be one number, and has shape {tuple(value.shape)}: is a mean or a sum missing?")
    if not value.requires_grad:
        raise Failure(f"The loss does not depend on any parameter. {_UNUSED}")
    return torch.autograd.grad(value.sum(), list(named.values()), allow_unused=True)


def _matchings(
    mine: Mapping[str, Tensor], theirs: Mapping[str, Tensor], names: Mapping[str, str] | None
) -> Iterator[dict[str, Tensor]]:
    """The reference's parameter for each name of the student's: by the names given, else by equal names, else in
    order, and then in each other order in which the shapes fit, since an attribute may be written before another."""
    if names is not None:
        if unknown := [name for name in names.values() if name not in theirs]:
            raise ValueError(f"the reference has no parameter {unknown[0]!r}")
        if missing := [name for name in names if name not in mine]:
            raise Failure(f"the model has no parameter {_some(missing)}; it has {_some(list(mine))}")
        if extra := [name for name in mine if name not in names]:
            raise Failure(f"the model has parameters that do not belong there: {_some(extra)}")
        theirs = {name: theirs[names[name]] for name in mine}
    if len(mine) != len(theirs):
        few = "few: is a layer or a bias missing, or in a plain list?" if len(mine) < len(theirs) else "many"
        raise Failure(f"the model has {len(mine)} parameters, {_some(list(mine))}, which is too {few}")
    if mine.keys() == theirs.keys():
        _fits(mine, theirs)
        yield {name: theirs[name] for name in mine}
        return
    kinds = [(tuple(parameter.shape), parameter.dtype) for parameter in theirs.values()]
    for name, parameter in mine.items():
        kind = (tuple(parameter.shape), parameter.dtype)
        if kind not in kinds:
            raise Failure(_unfit(name, parameter))
        kinds.remove(kind)
    orders = (dict(zip(mine, order, strict=True)) for order in _orders(list(mine.values()), list(theirs.values())))
    yield from itertools.islice(orders, _MOST_ORDERS)


def _orders(mine: list[Tensor], theirs: list[Tensor]) -> Iterator[list[Tensor]]:
    """The orders of `theirs` in which each has the shape and dtype of the one in `mine`; as it is first."""
    if not mine:
        yield []
        return
    for place, one in enumerate(theirs):
        if one.shape == mine[0].shape and one.dtype == mine[0].dtype:
            for rest in _orders(mine[1:], theirs[:place] + theirs[place + 1 :]):
                yield [one, *rest]


def _fits(mine: Mapping[str, Tensor], theirs: Mapping[str, Tensor]) -> None:
    for name, parameter in mine.items():
        if parameter.shape != theirs[name].shape or parameter.dtype != theirs[name].dtype:
            raise Failure(_unfit(name, parameter))


def _unfit(name: str, parameter: Tensor) -> str:
    kind = f"shape {tuple(parameter.shape)} and dtype {parameter.dtype}"
    return f"parameter `{name}` has {kind}, which does not fit the layer that the exercise describes"


def _some(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:_MOST_NAMED])
    return shown if len(names) <= _MOST_NAMED else f"{shown} and {len(names) - _MOST_NAMED} more"


def _explained() -> str:
    said = explain.last()
    words = said.message.split("\n", 1)[0] if said else "it is not the reference's"
    return words if words.endswith((".", "?")) else f"{words}."
