"""Autograd across the wire: a remote call is one node here, and its graph is kept on the other side.

Forward carries values; the side that computed keeps the graph under a node's reference. Backward sends the output
gradients there and gets the input gradients. A backward that is itself recorded (`create_graph`) is a remote call
like any other, so derivatives of every order work.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol

from autograder.wire.devices import beside


@dataclass
class Node:
    """A kept graph: differentiate `outputs` with respect to `inputs`, then the leaves that it reaches."""

    inputs: list[Any]
    outputs: list[Any]
    leaves: list[Any]
    pending: list[Any] = field(default_factory=list)
    """Gradients of the leaves from the last backward, until it is told that they are to accumulate."""
    size: int = 0
    """Bytes of the request that it answered."""


def reached_leaves(outputs: Sequence[Any], inputs: Sequence[Any]) -> list[Any]:
    """The leaf tensors that the graph of `outputs` reaches, without those in `inputs`."""
    given = {id(t) for t in inputs}
    seen: set[Any] = set()
    leaves: dict[int, Any] = {}
    stack = [t.grad_fn for t in outputs if t.grad_fn is not None]
    while stack:
        function = stack.pop()
        if function in seen:
            continue
        seen.add(function)
        variable = getattr(function, "variable", None)
        if variable is not None and id(variable) not in given:
            leaves[id(variable)] = variable
        stack.extend(parent for parent, _ in function.next_functions if parent is not None)
    return list(leaves.values())


def differentiate(torch: Any, node: Node, grads: Sequence[Any], create_graph: bool) -> tuple[list[Any], list[Any]]:
    """Gradients of the node's inputs and of its leaves; None where an output does not depend on one."""
    pairs = [(out, beside(grad, out)) for out, grad in zip(node.outputs, grads, strict=True) if grad is not None]
    wanted = [*node.inputs, *node.leaves]
    if not pairs or not wanted:
        return [None] * len(node.inputs), [None] * len(node.leaves)
    found = torch.autograd.grad(
        [out for out, _ in pairs],
        wanted,
        [grad for _, grad in pairs],
        retain_graph=True,
        create_graph=create_graph,
        allow_unused=True,
    )
    return list(found[: len(node.inputs)]), list(found[len(node.inputs) :])


def accumulate(torch: Any, node: Node) -> None:
    """Add the pending gradients to the leaves' `.grad`, as `.backward()` does."""
    for leaf, grad in zip(node.leaves, node.pending, strict=False):
        if hasattr(leaf, "far_link"):  # a call back across the wire: its leaves are on the other side again
            leaf.far_link.accumulate()
        elif grad is not None and leaf.grad is None:
            leaf.grad = grad.detach().clone()
        elif grad is not None:
            with torch.no_grad():
                leaf.grad += grad.detach()
    node.pending = []


class Link(Protocol):
    """The near end of a kept graph."""

    def backward(self, inputs: Sequence[Any], grads: Sequence[Any], create_graph: bool) -> list[Any]:
        """Gradients of `inputs` (then of the known leaves) from those of the outputs."""

    def accumulate(self) -> None:
        """The gradients of the last backward are to be added to the far leaves' `.grad`."""


@cache
def make_attach(torch: Any) -> Callable[[Link, list[Any], list[Any], bool], list[Any]]:
    """The function that hangs raw output tensors on a node of this side's graph. Made once for each `torch`, ahead of
    forks: a new class of autograd's takes 3 ms in a fresh child."""

    class Remote(torch.autograd.Function):  # type: ignore[misc]
        @staticmethod
        def forward(ctx: Any, link: Link, outputs: list[Any], *inputs: Any) -> Any:
            ctx.link = link
            # Plain references: a saved tensor would be refused after a change in place that the far side
            # never saw. Only the identity of the inputs matters here.
            ctx.inputs = inputs
            ctx.set_materialize_grads(False)
            return tuple(outputs)

        @staticmethod
        def backward(ctx: Any, *grads: Any) -> Any:
            found = ctx.link.backward(ctx.inputs, grads, torch.is_grad_enabled())
            return (None, None, *found)

    def attach(link: Link, outputs: list[Any], inputs: list[Any], sink: bool) -> list[Any]:
        """`outputs` as results of a node with `inputs`. `sink`: leaves on the far side accumulate too."""
        if sink:
            inputs = [*inputs, _sink(torch, link)]
        with torch.enable_grad():
            attached = Remote.apply(link, [_no_view(torch, out) for out in outputs], *inputs)
        return list(attached)

    return attach


def _no_view(torch: Any, tensor: Any) -> Any:
    """The same memory as a tensor that is no view: of a Function's output that is one, autograd allows no change."""
    return torch.empty(0, dtype=tensor.dtype, device=tensor.device).set_(tensor) if tensor._is_view() else tensor


def _sink(torch: Any, link: Link) -> Any:
    """A leaf that stands for all leaves of the far side. Its hook runs under `.backward()` alone, never under
    `autograd.grad`, which is just when the far leaves have to accumulate."""
    sink = torch.zeros((), requires_grad=True)
    sink.far_link = link

    def notify(leaf: Any) -> None:
        leaf.grad = None
        link.accumulate()

    sink.register_post_accumulate_grad_hook(notify)
    return sink
