"""Whatever a student's function returns, no property breaks over it, and both transports say the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from transports import AcrossTheWire, InProcess

from autograder.checks import (
    Rng,
    affine,
    any_batch_size,
    any_layout,
    batch_independent,
    causal,
    close,
    current_builder,
    equivariant,
    follows_input,
    gradgradcheck,
    gradients_reach,
    holds_for_all,
    invariant,
    modes,
    not_affine,
    parameter_gradients,
    permute,
    seeded,
    shift,
    stable,
    tensors,
)
from autograder.course import Outcome


def normal(*shape: int, **how: Any) -> Any:
    return Rng(b"key").normal(*shape, **how)


PROPERTIES: dict[str, Callable[[Any], bool]] = {
    "invariant": lambda f: invariant(f, normal(4, 5), under=shift(3.0)),
    "equivariant": lambda f: equivariant(f, normal(4, 4), under=permute(0, Rng(b""))),
    "affine": lambda f: affine(f, normal(4, 4), normal(4, 4) + 1),
    "not affine": lambda f: not_affine(f, normal(4, 4), normal(4, 4) + 1),
    "batch independent": lambda f: batch_independent(f, normal(4, 4)),
    "causal": lambda f: causal(f, normal(2, 4, 3)),
    "stable": lambda f: stable(f, lambda x: x.softmax(-1), normal(3, 4)),
    "dtype": lambda f: follows_input(f, normal(3, 4)),
    "layout": lambda f: any_layout(f, normal(3, 4)),
    "batch size": lambda f: any_batch_size(f, lambda n: normal(n, 4)),
    "batch size, reference": lambda f: any_batch_size(f, lambda n: normal(n, 4), reference=torch.mean),
    "modes": lambda f: modes(f, normal(3, 4)),
    "gradients reach": lambda f: gradients_reach(f, lambda m: m(normal(3, 4)).sum()),
    "parameter gradients": lambda f: parameter_gradients(f, torch.nn.Linear(4, 2), lambda m: m(normal(3, 4)).sum()),
    "seeded": lambda f: seeded(f, Rng(b"")),
    "second order": lambda f: gradgradcheck(f, normal(3, 2, dtype=torch.float64, requires_grad=True)),
    "for all": lambda f: holds_for_all(lambda x: f(x) == close(x), tensors(), rng=Rng(b""), examples=3),
}
VALUES = (
    "None",
    "'text'",
    "object()",
    "10 ** 400",
    "float('nan')",
    "(torch.ones(4, 4), torch.ones(4, 4))",
    "torch.zeros(3, 4).to_sparse()",
    "torch.zeros(0)",
    "torch.full((4, 4), torch.inf)",
    "torch.ones(4, 4, dtype=torch.bool)",
    "torch.ones(4, 4, dtype=torch.complex64)",
    "torch.zeros(4, 4, dtype=torch.float8_e4m3fn)",
    "torch.zeros(4, 4, dtype=torch.complex32)",
    "torch.zeros(4, 4, device='meta')",
)


@pytest.mark.parametrize("value", VALUES)
def test_no_property_breaks_over_what_a_function_returns(value: str) -> None:
    for name, holds in PROPERTIES.items():

        def check(student: Any, holds: Callable[[Any], bool] = holds) -> None:
            assert holds(student.f)

        found = []
        for transport in (AcrossTheWire(), InProcess()):
            token = current_builder.set(None)
            found.append(transport.finding(check, f"def f(x=None): return {value}"))
            current_builder.reset(token)
            transport.close()
        assert {finding.outcome for finding in found} <= {Outcome.PASSED, Outcome.FAILED}, (name, found)
        assert found[0].outcome == found[1].outcome, (name, found)
