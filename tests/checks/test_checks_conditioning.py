"""`close_to` measures how far float noise may take each element, and is strict where there is none."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from autograder.checks import close_to, explain
from autograder.checks.comparing.rounding import Rounding


def values(seed: int, *shape: int, dtype: torch.dtype = torch.float32) -> Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64).to(dtype)


def losses(x: Tensor, y: Tensor) -> Tensor:
    return F.cross_entropy(x, y, reduction="none")


LOSSES: list[Callable[[Tensor, Tensor], Tensor]] = [
    losses,
    lambda x, y: x.logsumexp(1) - x.gather(1, y[:, None])[:, 0],
    lambda x, y: -x.log_softmax(1)[torch.arange(len(y)), y],
    lambda x, y: (x - x.amax(1, keepdim=True)).exp().sum(1).log() - (x - x.amax(1, keepdim=True))[range(len(y)), y],
    lambda x, y: torch.stack([row.logsumexp(0) - row[label] for row, label in zip(x, y, strict=True)]),
    lambda x, y: losses(x.double(), y).to(x.dtype),
    lambda x, y: x.logsumexp(1) - (x * F.one_hot(y, x.shape[1])).sum(1),
]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 8), st.integers(2, 9), st.integers(0, 4))
def test_losses_of_huge_logits_need_no_tolerance_of_their_own(seed: int, n: int, classes: int, how: int) -> None:
    x = 2 * values(seed, n, classes)
    y = torch.randint(0, classes, (n,), generator=torch.Generator().manual_seed(seed))
    x = (x, 1000 * x, x + 5000, 100 * x - 1e4, x - 300)[how]
    due = close_to(losses, x, y)
    for variant in LOSSES:
        assert variant(x, y) == due
    loss = losses(x, y)
    assert -(x.softmax(1) + 1e-3).log()[range(n), y] != due or float(loss.max()) < 1e-4 or how > 1
    if float(loss.max()) > 1:
        for wrong in (torch.zeros(n), loss * 1.05, loss.mean(), -loss, loss[:, None], loss.double()):
            assert wrong != due


def test_an_ill_conditioned_element_does_not_loosen_its_neighbours() -> None:
    x = torch.tensor([[1e4, 1.0], [3.0, 1.0], [0.02, 0.01]])
    due = close_to(lambda x: (x[:, 0] + 1e4) - 1e4 + x[:, 1], x)
    right = x[:, 0] + x[:, 1]
    assert right == due
    assert (x[:, 0] + 1e4) - 1e4 + x[:, 1] == due  # it cancels: 0.02 has one digit left
    assert right * 1.05 != due
    strict = close_to(lambda x: torch.stack([x[0, 0] * (x[0, 1] + 1e6 - 1e6), x[2, 0]]), x, magnitude=0.0)
    assert torch.tensor([1e4, 0.02]) == strict
    assert torch.tensor([1e4, 0.0201]) != strict
    assert torch.tensor([1.05e4, 0.02]) == strict  # nobody could tell


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 100_000))
def test_a_long_dot_product_is_accepted_in_any_order(seed: int, n: int) -> None:
    a, b = values(seed, n), values(seed + 1, n)
    due = close_to(lambda a, b: a @ b, a, b)
    assert torch.dot(a, b) == due
    assert (a * b).sum() == due
    assert torch.tensor(np.cumsum((a * b).numpy(), dtype=np.float32)[-1]) == due
    assert torch.tensor(float(a.double() @ b.double())) == due
    assert torch.dot(a, b) + 0.05 * n**0.5 != due
    assert torch.dot(a, a.roll(1)) != due or n < 100


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from([torch.float64, torch.float32, torch.float16, torch.bfloat16]))
def test_alterations_are_rejected_in_every_dtype(seed: int, dtype: torch.dtype) -> None:
    x, w = values(seed, 6, 7, dtype=dtype), values(seed + 1, 5, 7, dtype=dtype)
    due = close_to(lambda x, w: (x @ w.T).softmax(1), x, w)
    right = (x.double() @ w.double().T).softmax(1).to(dtype)
    assert right == due
    assert (x @ w.T).softmax(1) == due
    others = [torch.zeros_like(right), right * 1.05, right / 1.05, right.roll(1, 0), right.roll(1, 1), -right]
    for wrong in (*others, right.T, right[:1], right.log(), (x @ w.T).softmax(0), right.to(torch.complex64)):
        assert wrong != due


def test_a_detour_through_float32_shows() -> None:
    x = values(3, 4, 5, dtype=torch.float64)
    assert x.exp().sum(1) == close_to(lambda x: x.exp().sum(1), x)
    assert x.float().exp().sum(1).double() != close_to(lambda x: x.exp().sum(1), x)
    assert x.exp().sum(1) + 1e-8 != close_to(lambda x: x.exp().sum(1), x)


def test_the_dtype_is_what_the_function_gives_for_the_inputs_as_they_are() -> None:
    half, single = values(1, 3, dtype=torch.float16), values(2, 3)
    assert half * single == close_to(lambda a, b: a * b, half, single)
    assert half * 2 != close_to(lambda a: a.float() * 2, half)
    assert half.float() * 2 == close_to(lambda a: (a * 2).to(torch.float32), half)
    assert single.argmax() == close_to(lambda a: a.argmax(), single)
    assert (single > 0) == close_to(lambda a: a > 0, single)
    labels = torch.tensor([2, 0, 1])
    assert single[labels] == close_to(lambda a, i: a[i], single, labels)
    assert torch.fft.fft(single) == close_to(torch.fft.fft, single)
    assert torch.fft.fft(single) * 1.05 != close_to(torch.fft.fft, single)


def test_results_may_be_several_arrays_and_numbers() -> None:
    x = values(1, 5, 3)
    stats = close_to(lambda x: (x.mean(0), {"std": x.std(0)}, [x.sum().item(), None]), x)
    assert (x.mean(0), {"std": x.std(0)}, [float(x.sum()), None]) == stats
    assert (x.mean(0), {"std": x.std(0, correction=0)}, [float(x.sum()), None]) != stats
    said = explain.last()
    assert said is not None
    assert said.message.startswith("value 1: key 'std': 3 of 3 elements differ")
    assert (x.mean(0), {"std": x.std(0)}, [1.05 * float(x.sum()), None]) != stats
    array = x.numpy()
    assert array.mean(0) == close_to(lambda a: a.mean(0), array)
    assert array.mean(0) * np.float32(1.05) != close_to(lambda a: a.mean(0), array)
    assert torch.ones(2, 5).max(dim=1) == close_to(lambda x: x.max(dim=1), torch.ones(2, 5))


def test_a_reference_may_differentiate_and_may_write_into_its_own_tensors() -> None:
    w = values(1, 4, 3).requires_grad_()
    x = values(2, 6, 4)

    def gradient(w: Tensor, x: Tensor) -> Tensor:
        return torch.autograd.grad((x @ w).softmax(1).square().sum(), w)[0]

    assert gradient(w, x) == close_to(gradient, w, x)
    assert gradient(w, x) * 1.05 != close_to(gradient, w, x)

    def in_place(x: Tensor) -> Tensor:
        out = torch.zeros_like(x)
        for i, row in enumerate(x):
            out[i] = row.clone().sub_(row.mean()).div_(row.std())
        x.zero_()
        return out.mul_(2)

    before = x.clone()
    assert in_place(x.clone()) == close_to(in_place, x)
    assert torch.equal(x, before)
    assert w.grad is None


def test_the_global_generator_is_left_alone_and_the_measure_is_the_same_each_time() -> None:
    x = values(1, 3, 4)
    state = torch.get_rng_state()
    one, other = (close_to(lambda x: x.log_softmax(1), x)._expected for _ in range(2))
    assert torch.equal(torch.get_rng_state(), state)
    assert torch.equal(one.allowed, other.allowed)


def test_numbers_without_tensors_are_compared_as_numbers() -> None:
    due = close_to(lambda n: math.log(n), 10)
    assert math.log(10) == due
    assert torch.tensor(10.0).log() == due
    assert math.log(10) * 1.05 != due
    assert close_to(lambda: "text") == "text"
    assert close_to(lambda x: x.exp(), torch.tensor(1000.0)) == torch.tensor(math.inf)


def test_what_makes_no_sense_is_the_authors_mistake() -> None:
    asked: Any
    for asked in ({"terms": 0}, {"magnitude": -1.0}, {"magnitude": torch.tensor(math.nan)}):
        with pytest.raises(ValueError, match=next(iter(asked))):
            close_to(torch.exp, torch.ones(1), **asked)


def test_rounding_scatters_as_much_as_the_narrower_dtype_errs() -> None:
    x = values(5, 2000)
    errors = ((x * 3 + x.exp()).double() - (x.double() * 3 + x.double().exp())).std()
    wide = x.double()
    with Rounding(torch.finfo(torch.float32).eps, seed=1):
        drawn = wide * 3 + wide.exp()
    scatter = (drawn - (wide * 3 + wide.exp())).std()
    assert errors < scatter < 20 * errors


def test_what_only_chooses_or_moves_numbers_does_not_round() -> None:
    x = values(6, 5, 4)

    def at_the_maximum(x: Tensor) -> Tensor:
        return torch.where(x == x.amax(1, keepdim=True), x, torch.zeros_like(x)).flip(0)

    due = close_to(at_the_maximum, x, magnitude=0.0)
    assert at_the_maximum(x) == due
    wrong = at_the_maximum(x)
    wrong[0, wrong[0].argmin()] = 1e-4
    assert wrong != due
    for plain in (lambda x: x, lambda x: x.T[1:], lambda x: x.sort(1).values, lambda x: torch.cat([x.relu(), -x])):
        with Rounding(0.1, seed=0):
            drawn = plain(x.double())
        assert torch.equal(drawn, plain(x.double()))


def test_a_norm_may_be_part_of_the_reference() -> None:
    x = values(5, 4, 6, 3)
    for part in (x, x[0], x[0, 0]):
        for norm in (
            lambda x: x.norm(),
            lambda x: x / x.norm(dim=-1, keepdim=True),
            lambda x: torch.linalg.vector_norm(x, 2.0, 0),
            lambda x: torch.linalg.vector_norm(x, 3, (0,)),
            lambda x: x.norm(p=1, dim=0),
            lambda x: F.normalize(x, dim=0),
        ):
            assert norm(part) == close_to(norm, part)
            assert norm(part) * 1.05 != close_to(norm, part)
