"""Budgets: how many parameters and layers a model has, what a call costs, and whether that is within bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from autograder.checks.failure import Failure
from autograder.checks.structure.tracing import Trace
from autograder.checks.values import describe, is_plain_tensor

_UNITS = {
    "operations": "operations of torch's",
    "elements": "elements written",
    "peak_bytes": "bytes of tensors at one time",
    "flops": "floating-point operations in products",
}


def parameter_count(model: Any, trainable: bool = False) -> int:
    """How many numbers the model's parameters hold. One that is used in several places counts once.

    Args:
        model: the student's module, or one of yours.
        trainable: leave out those that require no gradient.

    Raises:
        Failure: it is no module, or its `parameters()` gives something else than tensors.
    """
    found = {}
    for parameter in _asked(model, "parameters"):
        if not is_plain_tensor(parameter):
            raise Failure(f"`parameters()` of the model gave {describe(parameter)}", "wrong_type")
        if parameter.requires_grad or not trainable:
            found[id(parameter)] = parameter
    return sum(parameter.numel() for parameter in found.values())


def layers(model: Any) -> Counter[str]:
    """How many modules of each type the model is made of, itself not counted: `layers(net)["Linear"]`.

    Raises:
        Failure: it is no module.
    """
    types = []
    for entry in _asked(model, "named_modules"):
        if type(entry) is not tuple or len(entry) != 2 or type(entry[0]) is not str:
            raise Failure("`named_modules()` of the model does not give names and modules", "wrong_type")
        if entry[0]:
            types.append(_type_name(entry[1]))
    return Counter(types)


def within(
    what: Any,
    *,
    parameters: int | None = None,
    layers: Mapping[str, int] | None = None,
    operations: int | None = None,
    elements: int | None = None,
    peak_bytes: int | None = None,
    flops: int | None = None,
) -> None:
    """Fail if a model, or what a `with trace(student)` saw, is over a budget. The bounds are inclusive.

        within(model, parameters=20_000, layers={"Linear": 3})
        within(seen, flops=2_000_000, peak_bytes=1 << 20)

    Args:
        what: a module, for `parameters` and `layers`; a Trace for the others, which are evidence from the student's
            process.
        parameters: most numbers in its parameters.
        layers: type -> most modules of that type.
        operations: most operations that torch ran.
        elements: most elements that they wrote.
        peak_bytes: most bytes of new tensors alive at one time.
        flops: most floating-point operations of products, convolutions and attention.

    Raises:
        Failure: naming the budget and what was used.
        ValueError: no budget, or one that is not for this kind of thing.
    """
    of_model = {"parameters": parameters, "layers": layers}
    of_trace = {"operations": operations, "elements": elements, "peak_bytes": peak_bytes, "flops": flops}
    mine, others = (of_trace, of_model) if isinstance(what, Trace) else (of_model, of_trace)
    if any(bound is not None for bound in others.values()) or all(bound is None for bound in mine.values()):
        raise ValueError("within() takes parameters= or layers= of a model, or the other budgets of a Trace")
    if isinstance(what, Trace):
        _trace_within(what, of_trace)
        return
    if parameters is not None:
        _hold(parameter_count(what), parameters, "parameters", "Is a layer wider than it has to be, or one too many?")
    if layers is not None:
        found = _layers(what)
        for kind, most in layers.items():
            _hold(found[kind], most, f"layers of type {kind}", "Is one left over?")


def _trace_within(seen: Trace, bounds: dict[str, int | None]) -> None:
    if not seen.complete:
        raise ValueError("the trace is not complete: within() belongs behind its `with` block")
    used = {"operations": seen.calls, "elements": seen.elements, "peak_bytes": seen.peak_bytes, "flops": seen.flops}
    for name, most in bounds.items():
        if most is not None:
            _hold(used[name], most, _UNITS[name], "Is something computed twice, or for more than is asked for?")


def _hold(used: int, most: int, what: str, cause: str) -> None:
    if used > most:
        raise Failure(f"this uses {used:,} {what}, where the budget is {most:,}. {cause}", "limit")


def _asked(model: Any, method: str) -> Any:
    """What a method of the module's gives, one after the other."""
    found = getattr(model, method, None)
    if isinstance(model, type) or not callable(found):
        raise Failure(f"expected a model (an instance of a torch.nn.Module), got {describe(model)}", "wrong_type")
    return found()


def _type_name(module: Any) -> str:
    told = getattr(type(module), "__autograder_type__", None)  # of an object that is in the student's process
    return type(module).__name__ if told is None else str(told(module))


_layers = layers
