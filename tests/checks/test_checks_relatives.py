"""Each ready-made function dispatches an operation that gives it away; the same from simpler ones does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from autograder.checks.structure.relatives import operations_of
from autograder.wire import recorder

X = torch.randn(4, 5, requires_grad=True)
W, B = torch.randn(3, 5), torch.randn(3)
Y = torch.tensor([0, 1, 2, 0])
IMAGE = torch.randn(2, 3, 8, 8)
P = torch.rand(4, 5)
QUERY = torch.randn(1, 2, 6, 8)

READY_MADE: dict[str, list[Callable[[], Any]]] = {
    "@": [
        lambda: X @ W.T,
        lambda: X @ W[0],
        lambda: X[0] @ X[1],
        lambda: X[None] @ W.T,
        lambda: F.linear(X, W, B),
        lambda: torch.einsum("ij,kj->ik", X, W),
        lambda: torch.tensordot(X, W, dims=([1], [1])),
        lambda: torch.inner(X, W),
        lambda: torch.linalg.multi_dot([X, W.T]),
    ],
    "F.linear": [lambda: F.linear(X, W, B), lambda: nn.Linear(5, 2)(X), lambda: nn.Linear(5, 2)(X[None])],
    "softmax": [
        lambda: F.softmax(X, -1),
        lambda: nn.Softmin(-1)(X),
        lambda: F.log_softmax(X, -1).exp(),
        lambda: F.gumbel_softmax(X),
        lambda: F.cross_entropy(X, Y),
        lambda: F.scaled_dot_product_attention(QUERY, QUERY, QUERY),
        lambda: torch.special.softmax(X, -1),
    ],
    "nn.CrossEntropyLoss": [lambda: F.cross_entropy(X, Y), lambda: F.nll_loss(X, Y), lambda: nn.NLLLoss()(X, Y)],
    "mse_loss": [lambda: nn.MSELoss()(X, P)],
    "binary_cross_entropy": [
        lambda: F.binary_cross_entropy(P, P),
        lambda: nn.BCEWithLogitsLoss()(X, P),
        lambda: F.binary_cross_entropy_with_logits(X, P),
    ],
    "logsumexp": [lambda: X.logsumexp(-1), lambda: torch.special.logsumexp(X, -1)],
    "cdist": [lambda: torch.cdist(X, W), lambda: torch.cdist(torch.randn(30, 5), torch.randn(30, 5))],
    "layer_norm": [lambda: nn.LayerNorm(5)(X)],
    "nn.BatchNorm2d": [lambda: nn.BatchNorm2d(3)(IMAGE), lambda: nn.BatchNorm2d(3).eval()(IMAGE)],
    "group_norm": [lambda: nn.GroupNorm(3, 3)(IMAGE)],
    "instance_norm": [lambda: nn.InstanceNorm2d(3)(IMAGE)],
    "conv2d": [lambda: nn.Conv2d(3, 1, 2)(IMAGE), lambda: F.conv_transpose2d(IMAGE, torch.randn(3, 1, 2, 2))],
    "nn.Conv1d": [lambda: nn.Conv1d(8, 1, 2)(IMAGE[0])],
    "scaled_dot_product_attention": [lambda: F.scaled_dot_product_attention(QUERY, QUERY, QUERY)],
    "nn.LSTM": [lambda: nn.LSTM(5, 3)(X)],
    "embedding": [lambda: nn.Embedding(3, 2)(Y)],
    "max_pool2d": [lambda: nn.MaxPool2d(2)(IMAGE)],
    "avg_pool2d": [lambda: F.avg_pool2d(IMAGE, 2), lambda: F.adaptive_avg_pool2d(IMAGE, 2)],
    "gelu": [lambda: F.gelu(X)],
    "unfold": [lambda: nn.Unfold(2)(IMAGE)],
}
BUILT: dict[str, list[Callable[[], Any]]] = {
    "@": [lambda: (X[:, None] * W).sum(-1), lambda: torch.outer(B, B), lambda: X.var() + X.norm()],
    "F.linear": [lambda: X @ W.T + B, lambda: torch.einsum("ij,kj->ik", X, W) + B],
    "softmax": [lambda: (X - X.amax(-1, keepdim=True)).exp() / X.exp().sum(-1, keepdim=True)],
    "nn.CrossEntropyLoss": [lambda: -X.log_softmax(-1)[torch.arange(4), Y].mean(), lambda: -X.gather(1, Y[:, None])],
    "mse_loss": [lambda: ((X - P) ** 2).mean()],
    "binary_cross_entropy": [lambda: -(P * P.log() + (1 - P) * (1 - P).log()).mean()],
    "logsumexp": [lambda: X.exp().sum(-1).log(), lambda: torch.logaddexp(X, X)],
    "cdist": [lambda: (X[:, None] - W).square().sum(-1).sqrt(), lambda: (X[:, None] - W).norm(dim=-1)],
    "layer_norm": [lambda: (X - X.mean(-1, keepdim=True)) / X.var(-1, keepdim=True, unbiased=False).sqrt()],
    "nn.BatchNorm2d": [lambda: (IMAGE - IMAGE.mean((0, 2, 3), keepdim=True)) / IMAGE.std((0, 2, 3), keepdim=True)],
    "conv2d": [lambda: (IMAGE.unfold(2, 2, 1).unfold(3, 2, 1) * torch.randn(2, 2)).sum((-1, -2))],
    "scaled_dot_product_attention": [lambda: (QUERY @ QUERY.mT).softmax(-1) @ QUERY],
    "embedding": [lambda: W[Y]],
    "max_pool2d": [lambda: IMAGE.unfold(2, 2, 2).amax(-1)],
    "dropout": [lambda: X * (torch.rand(4, 5) > 0.5) / 0.5, lambda: X * torch.bernoulli(P)],
    "gelu": [lambda: X * torch.special.ndtr(X), lambda: 0.5 * X * (1 + torch.erf(X / 2**0.5))],
    "unfold": [lambda: IMAGE.unfold(2, 2, 1)],
}


def ran(function: Callable[[], Any]) -> set[str]:
    recorder.start(torch)
    with recorder.recorded():
        function()
    return {name.removeprefix("aten.") for name in recorder.stop()["operations"]}


@pytest.mark.parametrize("api", READY_MADE)
def test_a_ready_made_function_gives_itself_away_by_every_name(api: str) -> None:
    for number, function in enumerate(READY_MADE[api]):
        assert ran(function) & operations_of(api), (number, ran(function))


@pytest.mark.parametrize("api", BUILT)
def test_the_same_from_simpler_operations_does_not(api: str) -> None:
    assert operations_of(api)
    for number, function in enumerate(BUILT[api]):
        result = function()
        assert not ran(function) & operations_of(api), number
        if isinstance(result, torch.Tensor) and result.requires_grad:
            assert not ran(result.sum().backward) & operations_of(api), f"backward {number}"


@pytest.mark.parametrize("api", ["sort", "einsum", "numpy.matmul.sum", "", "my_function"])
def test_what_leaves_no_sure_trace_is_not_in_the_table(api: str) -> None:
    assert not operations_of(api)
