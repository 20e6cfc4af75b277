"""Properties tried on drawn inputs, on both transports: what is found, and the smallest input that shows it."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from properties import Case, Verify, parameters, verdict_is
from transports import AcrossTheWire, Transport

from autograder.checks import (
    Failure,
    Rng,
    StudentError,
    batch_independent,
    close,
    holds_for_all,
    invariant,
    labels,
    shift,
    tensors,
    unchanged,
)


def relu_of_anything(student: Any) -> None:
    anything = tensors(dtype=(torch.float32, torch.float64), layout="any")
    assert holds_for_all(lambda x: student.f(x) == close(x.clamp(min=0)), anything, rng=Rng(b"relu"), examples=60)


def cross_entropy_of_any_batch(student: Any) -> None:
    def holds(z: torch.Tensor, y: torch.Tensor) -> None:
        z, y = z[: len(y)], y[: len(z)]
        with unchanged(z, y):
            assert student.f(z, y) == close(torch.nn.functional.cross_entropy(z, y), rtol=1e-3)

    assert holds_for_all(holds, tensors(((1, 4), 3)), labels(((1, 4),), 3), rng=Rng(b"entropy"))


def softmax_of_anything_shifts(student: Any) -> None:
    assert holds_for_all(lambda x: invariant(student.f, x, under=shift(2.0)), tensors(((1, 3), (2, 4))), rng=Rng(b"s"))


CASES = [
    Case(
        "relu",
        relu_of_anything,
        ["def f(x): return x.relu()", "def f(x): return (x > 0) * x", "import numpy as np\ndef f(x):\n"
         "    print(x)\n    return torch.from_numpy(np.maximum(x.numpy(), 0))"],
        {
            "def f(x): return x.abs()": "(for a float32 tensor of shape (1,): [-1])",
            "def f(x): return x.view(-1).relu().view(x.shape)": "transposed in memory: [[0, 0], [0, 0]])",
            "def f(x): return x.float().relu()": "(for a float64 tensor of shape (1,): [0])",
            "def f(x): return x.relu() if x.ndim < 3 else 1 / 0": "division by zero (for a float32",
            "def f(x): return x.clamp(0, 9)": "(for a float32 tensor of shape (1,): [9.",
            "def f(x): return x.relu() + (torch.rand(()) > 0.5)": "it sometimes holds and sometimes does not",
            "n = []\ndef f(x):\n    n.append(x)\n    return x.relu() if len(n) < 9 else 1 / len(n)": "expected a",
            "def f(x): raise NotImplementedError": "not solved yet",
            "def g(x): pass": "f",
        },
    ),
    Case(
        "cross entropy",
        cross_entropy_of_any_batch,
        [
            "def f(z, y): return -z.log_softmax(-1)[torch.arange(len(y)), y].mean()",
            "def f(z, y): return (z.logsumexp(1) - z.gather(1, y[:, None])[:, 0]).sum() / len(z)",
        ],
        {
            "def f(z, y): return -z.log_softmax(-1)[torch.arange(len(y)), y].sum()": "of shape (2, 3): [[0, 0, 0], ",
            "def f(z, y): return -z.log_softmax(-1)[:, y].mean()": "tensor of shape (2,)",
            "def f(z, y):\n    z -= z.max()\n    return torch.nn.functional.cross_entropy(z, y)": "in place",
            "def f(z, y): return -(z.exp() / z.exp().sum(0)).log()[torch.arange(len(y)), y].mean()": "of shape (1, 3)",
        },
    ),
    Case(
        "another property",
        softmax_of_anything_shifts,
        ["def f(x): return x.softmax(-1)", "def f(x): return (x - x.logsumexp(-1, True)).exp()"],
        {
            "def f(x): return x / x.sum(-1, keepdim=True).clamp(min=1)": "must not change the result",
            "def f(x): return x.exp()": "adding 2 to every element",
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("check", "source", "words"), parameters(CASES))
def test_a_search_tells_right_answers_from_wrong_ones(
    transport: Transport, check: Verify, source: str, words: str | None
) -> None:
    torch.manual_seed(0)
    verdict_is(transport, check, source, words)


def test_a_counter_example_keeps_the_kind_of_the_error(transport: Transport) -> None:
    student = transport.student("def f(x):\n    if x.ndim > 1: raise ValueError('too many dims')\n    return x")
    with pytest.raises(
        ValueError, match=r"too many dims \(for a float32 tensor of shape \(1, 1\): \[\[0\]\]\)"
    ) as caught:
        holds_for_all(student.f, tensors(), rng=Rng(b""))
    assert isinstance(caught.value, StudentError) == isinstance(transport, AcrossTheWire)


def test_a_property_of_the_rows_is_searched_for_too(transport: Transport) -> None:
    student = transport.student("def f(x): return x - x.mean(0) * (len(x) > 2)")

    def holds(x: torch.Tensor) -> None:
        batch_independent(student.f, x)

    with pytest.raises(Failure, match=r"as a batch of one.*\(for a float32 tensor of shape \(3, 1\)"):
        holds_for_all(holds, tensors(((2, 5), (1, 3))).filter(_has_two_values), rng=Rng(b"a"))


def _has_two_values(x: Any) -> bool:
    return len(set(x.flatten().tolist())) > 1
