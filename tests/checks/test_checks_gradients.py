"""Gradient checks tell a right backward pass from a wrong, a cut and a NaN one; `unchanged` sees every mutation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from autograder.checks import Failure, Rng, gradcheck, same_gradients, unchanged


class WrongBackward(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        return x.exp()

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        return gradient


def wrong(x: Tensor) -> Tensor:
    result: Tensor = WrongBackward.apply(x)
    return result


def test_a_right_gradient_passes_both_checks(rng_of: Callable[[str], Rng]) -> None:
    x = rng_of("x").normal(3, 4, dtype=torch.float64, requires_grad=True)
    assert gradcheck(lambda x: x.logsumexp(-1), x)
    assert same_gradients(lambda x: x.exp().sum(-1).log(), lambda x: x.logsumexp(-1), x)


def test_a_wrong_backward_fails_both_checks(rng_of: Callable[[str], Rng]) -> None:
    x = rng_of("x").normal(3, dtype=torch.float64, requires_grad=True)
    with pytest.raises(Failure, match="finite differences"):
        gradcheck(wrong, x)
    with pytest.raises(Failure, match="gradient with respect to argument 1"):
        same_gradients(wrong, torch.exp, x)


def test_a_cut_graph_is_named_as_such(rng_of: Callable[[str], Rng]) -> None:
    x = rng_of("x").normal(3, dtype=torch.float64, requires_grad=True)
    with pytest.raises(Failure, match="cuts the graph"):
        gradcheck(lambda x: x.detach().exp(), x)
    with pytest.raises(Failure, match="cuts the graph"):
        same_gradients(lambda x: x.detach().exp(), torch.exp, x)
    y = rng_of("y").normal(3, dtype=torch.float64, requires_grad=True)
    with pytest.raises(Failure, match=r"argument 2.*cuts the graph"):
        same_gradients(lambda x, y: x * y.detach(), lambda x, y: x * y, x, y)


def test_float32_inputs_are_the_authors_mistake() -> None:
    with pytest.raises(ValueError, match="float64"):
        gradcheck(torch.exp, torch.ones(2, requires_grad=True))


def test_a_wrong_value_is_reported_before_its_gradient(rng_of: Callable[[str], Rng]) -> None:
    with pytest.raises(Failure, match="too large"):
        same_gradients(lambda x: 2 * x.exp(), torch.exp, rng_of("x").normal(5))


def test_a_result_that_is_no_tensor_is_a_finding() -> None:
    with pytest.raises(Failure) as caught:
        gradcheck(lambda x: 1.0, torch.ones(2, dtype=torch.float64, requires_grad=True))
    assert caught.value.reason == "wrong_type"


MUTATIONS: dict[str, Callable[[Tensor], object]] = {
    "method": lambda x: x.mul_(2),
    "index": lambda x: x.__setitem__(0, 9.0),
    "undone": lambda x: x.add_(1).sub_(1),
    "through numpy": lambda x: x.numpy().__setitem__(0, 9.0),
    "shape": lambda x: x.unsqueeze_(0),
    "through a view": lambda x: x[1:].zero_(),
}


@pytest.mark.parametrize("how", MUTATIONS)
def test_every_way_of_changing_the_argument_is_seen(how: str) -> None:
    x = torch.tensor([1.0, 2.0, float("nan")])
    with pytest.raises(Failure, match="in place") as caught, unchanged(x):
        MUTATIONS[how](x)
    assert caught.value.reason == "mutated_input"


def test_leaving_the_arguments_alone_is_fine_nan_included() -> None:
    x, a, nested = torch.tensor([1.0, float("nan")]), np.ones(3), {"k": [torch.ones(0, 2), 3]}
    with unchanged(x, a, nested):
        _ = x * 2 + a.sum()


def test_the_changed_argument_is_named_by_its_position() -> None:
    x, y = torch.ones(2), np.ones(2)
    with pytest.raises(Failure, match="argument 2 of 2"), unchanged(x, y):
        y[0] = 5


def test_an_exception_inside_the_block_is_not_hidden() -> None:
    x = torch.ones(2)
    with pytest.raises(KeyError), unchanged(x):
        dict[object, int]()[x.zero_()]


@given(st.binary(max_size=64))
def test_the_same_key_gives_the_same_values_whatever_the_global_generator_does(key: bytes) -> None:
    def draw() -> list[Tensor]:
        rng = Rng(key)
        return [rng.normal(3), rng.uniform(2, low=-1), rng.integers(0, 9, (4,)), rng.permutation(5)]

    torch.manual_seed(1)
    first = draw()
    state = torch.get_rng_state()
    second = draw()
    assert torch.equal(torch.get_rng_state(), state)
    assert all(torch.equal(a, b) for a, b in zip(first, second, strict=True))


def test_calls_and_keys_give_different_values() -> None:
    rng = Rng(b"key")
    seeds = {rng.seed() for _ in range(50)} | {Rng(bytes([n])).seed() for n in range(50)}
    assert len(seeds) == 100
    assert all(0 <= seed < 2**31 for seed in seeds)


def test_rng_shapes_dtypes_and_ranges() -> None:
    rng = Rng(b"key")
    assert rng.normal(2, 3, dtype=torch.float64, requires_grad=True).requires_grad
    assert rng.normal().shape == ()
    drawn = rng.uniform(1000, low=-2.0, high=-1.0)
    assert -2 <= float(drawn.min()) <= float(drawn.max()) < -1
    assert rng.integers(0, 256, (7,), dtype=torch.uint8).dtype == torch.uint8
    assert {rng.size(2, 4) for _ in range(60)} == {2, 3, 4}
    assert sorted(rng.permutation(6).tolist()) == list(range(6))


@pytest.fixture
def rng_of() -> Callable[[str], Rng]:
    return lambda name: Rng(name.encode())
