"""A loop over the input is told from work on whole tensors, across the wire and in this process."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from transports import Transport

from autograder.checks import Failure
from autograder.checks.structure.growth import vectorised


def make(size: int) -> tuple[Any, ...]:
    generator = torch.Generator().manual_seed(size)
    return torch.randn(size, 8, generator=generator), torch.randn(16, 8, generator=generator)


def reference(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return (x[:, None] - y).square().sum(-1)


WHOLE = {
    "broadcast": "def f(x, y): return ((x[:, None] - y) ** 2).sum(-1)",
    "by products": "def f(x, y): return (x * x).sum(1)[:, None] - 2 * x @ y.T + (y * y).sum(1)",
    "cdist": "def f(x, y): return torch.cdist(x, y) ** 2",
    "einsum": "def f(x, y):\n    d = x[:, None] - y\n    return torch.einsum('ijk,ijk->ij', d, d)",
    "numpy": "def f(x, y): return torch.from_numpy(((x.numpy()[:, None] - y.numpy()) ** 2).sum(-1))",
    "float64": "def f(x, y): return ((x.double()[:, None] - y.double()) ** 2).sum(-1).float()",
    "a loop over what does not grow": (
        "def f(x, y):\n    out = torch.zeros(len(x), len(y))\n    for j in range(len(y)):\n"
        "        out[:, j] = ((x - y[j]) ** 2).sum(-1)\n    return out"
    ),
    "in large pieces": "def f(x, y): return torch.cat([((p[:, None] - y) ** 2).sum(-1) for p in x.split(64)])",
    "slow and whole": "def f(x, y):\n    m = torch.eye(len(x))\n    return ((m @ m @ x)[:, None] - y).square().sum(-1)",
    "vmap": "def f(x, y): return torch.vmap(lambda row: ((row - y) ** 2).sum(-1))(x)",
    "with prints": "def f(x, y):\n    print(x.shape)\n    return ((x[:, None] - y) ** 2).sum(-1)",
}
LOOPS = {
    "rows": (
        "def f(x, y):\n    out = torch.zeros(len(x), len(y))\n    for i in range(len(x)):\n"
        "        out[i] = ((x[i] - y) ** 2).sum(-1)\n    return out"
    ),
    "rows and columns": (
        "def f(x, y):\n    out = torch.zeros(len(x), len(y))\n    for i in range(len(x)):\n"
        "        for j in range(len(y)):\n            out[i, j] = ((x[i] - y[j]) ** 2).sum()\n    return out"
    ),
    "listed": "def f(x, y): return torch.stack([((row - y) ** 2).sum(-1) for row in x])",
    "mapped": "def f(x, y): return torch.stack(list(map(lambda row: ((row - y) ** 2).sum(-1), x)))",
    "while": (
        "def f(x, y):\n    i, out = 0, []\n    while i < len(x):\n        out.append(((x[i] - y) ** 2).sum(-1))\n"
        "        i += 1\n    return torch.stack(out)"
    ),
    "python numbers": (
        "def f(x, y):\n    ys = y.tolist()\n"
        "    return torch.tensor([[sum((a - b) ** 2 for a, b in zip(r, s)) for s in ys] for r in x.tolist()])"
    ),
    "recursion": (
        "def f(x, y):\n    if len(x) <= 1: return ((x[:, None] - y) ** 2).sum(-1)\n    h = len(x) // 2\n"
        "    return torch.cat([f(x[:h], y), f(x[h:], y)])"
    ),
}


@pytest.mark.parametrize("how", WHOLE)
def test_work_on_whole_tensors_passes(transport: Transport, how: str) -> None:
    student = transport.student(WHOLE[how])
    vectorised(student, "f", make, reference)
    x, y = make(8)
    assert torch.allclose(student.f(x, y), reference(x, y), atol=1e-3)


@pytest.mark.parametrize("how", LOOPS)
def test_a_loop_over_the_input_fails(transport: Transport, how: str) -> None:
    student = transport.student(LOOPS[how])
    with pytest.raises(Failure, match="`f` goes through its input piece by piece") as found:
        vectorised(student, "f", make, reference)
    assert found.value.reason == "forbidden_api"


def test_a_method_is_given_as_a_function(transport: Transport) -> None:
    student = transport.student(
        "class Net(torch.nn.Module):\n    def forward(self, x): return torch.stack([r.relu() for r in x])"
    )
    net = student.Net()
    with pytest.raises(Failure, match="the function goes through"):
        vectorised(student, lambda x: net(x), lambda size: (torch.randn(size, 3),), torch.relu)


def test_sizes_that_tell_nothing_are_the_authors_mistake() -> None:
    for sizes in ((0, 8), (4, 16), (16, 4)):
        with pytest.raises(ValueError, match="too close"):
            vectorised(object(), "f", make, reference, sizes)
