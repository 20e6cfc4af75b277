"""The tolerances of `close`: every alteration that can be told is rejected, and float noise of right answers is not."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from torch import Tensor

from autograder.checks import close
from autograder.checks.comparing.tolerance import CEILING, Bounds, allowance, on_accelerator, tolerance_for

TELLING = {
    torch.float64: (1e-8, 1e-10),
    torch.float32: (5e-4, 2e-5),
    torch.float16: (1e-2, 5e-3),
    torch.bfloat16: (3e-2, 2e-2),
}
"""By how much of itself, and of the largest, a value must change to be told from noise."""
FLOATS = list(TELLING)
SHAPES = st.lists(st.integers(1, 6), min_size=0, max_size=4).map(tuple)


def values(seed: int, shape: tuple[int, ...], dtype: torch.dtype = torch.float32, scale: float = 1.0) -> Tensor:
    drawn = torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    return (drawn * scale).to(dtype)


def told(got: Tensor, want: Tensor) -> bool:
    relative, of_scale = TELLING[want.dtype]
    size = want.double().abs()
    return bool(((got.double() - want.double()).abs() > relative * size + of_scale * size.max()).any())


def alterations(want: Tensor, seed: int) -> dict[str, Tensor]:
    order = torch.randperm(want.numel(), generator=torch.Generator().manual_seed(seed))
    altered = {
        "zeros": torch.zeros_like(want),
        "ones": torch.ones_like(want),
        "1.05 times": (want.double() * 1.05).to(want.dtype),
        "1/1.05 times": (want.double() / 1.05).to(want.dtype),
        "sign": -want,
        "abs": want.abs(),
        "mean": want.mean().expand_as(want),
        "permuted": want.flatten()[order].reshape(want.shape),
    }
    for dim in range(want.ndim):
        altered[f"rolled along {dim}"] = want.roll(1, dim)
        altered[f"flipped along {dim}"] = want.flip(dim)
        altered[f"1.05 in one slice of {dim}"] = want.index_fill(dim, torch.tensor([0]), 0) + 1.05 * want * (
            torch.arange(want.shape[dim]).reshape([-1 if d == dim else 1 for d in range(want.ndim)]) == 0
        ).to(want.dtype)
    return altered


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from(FLOATS), st.sampled_from([1e-3, 1.0, 300.0]), SHAPES)
def test_every_alteration_that_can_be_told_is_rejected(
    seed: int, dtype: torch.dtype, scale: float, shape: tuple[int, ...]
) -> None:
    want = values(seed, shape, dtype, scale)
    assume(bool(want.any()))
    assert want.clone() == close(want)
    for name, got in alterations(want, seed).items():
        assert not told(got, want) or got != close(want), name
    for name in ("zeros", "1.05 times", "1/1.05 times", "sign"):
        assert alterations(want, seed)[name] != close(want), name


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from(FLOATS), SHAPES)
def test_another_dtype_or_shape_and_nan_are_rejected(seed: int, dtype: torch.dtype, shape: tuple[int, ...]) -> None:
    want = values(seed, shape, dtype)
    for other in (*FLOATS, torch.int64, torch.complex64):
        assert (want.to(other) == close(want)) is (other == dtype)
    assert want[None] != close(want)
    assert want.expand(2, *shape) != close(want)
    for dim, size in enumerate(shape):
        assert want.sum(dim) != close(want)
        assert size == 1 or want.narrow(dim, 0, 1) != close(want)
    for value in (torch.nan, torch.inf, -torch.inf):
        got = want.clone()
        got.view(-1)[seed % got.numel()] = value
        assert got != close(want)


@given(st.integers(0, 2**31), st.integers(3, 60))
def test_a_detour_through_float32_shows_in_float64(seed: int, n: int) -> None:
    x = values(seed, (n,), torch.float64)
    assert x.float().double() != close(x)
    assert x.float().exp().double() != close(x.exp())
    assert torch.from_numpy(x.numpy().astype(np.float32)).softmax(0).double() != close(x.softmax(0))
    assert (x + 1e-8) != close(x)
    assert x / (x.norm() + 1e-6) != close(x / x.norm())


@given(st.integers(0, 2**31), st.integers(2, 300), st.sampled_from([torch.float64, torch.float32]))
def test_one_wrong_element_among_many_is_seen(seed: int, n: int, dtype: torch.dtype) -> None:
    want = values(seed, (n,), dtype)
    size = want.abs()
    for place in {seed % n, int(size.argmax()), int((size > 1e-3 * size.max()).nonzero()[0])}:
        if size[place] > 1e-3 * size.max():
            got = want.clone()
            got[place] *= 1.01
            assert got != close(want)


def test_small_values_beside_large_ones_are_judged_by_their_own_size_where_nothing_cancels() -> None:
    want = torch.tensor([1e6, 1e-3])
    rows = torch.tensor([[0.0, -23.0], [-50.0, 0.0]]).softmax(1)
    for due, wrong in ((want, torch.tensor([1e6, 2e-3])), (rows, rows.round())):
        assert wrong == close(due)  # 1e6 +- 64 roundings: nothing else is known
        assert wrong != close(due, magnitude=0.0)
        assert due * (1 + 1e-6) == close(due, magnitude=0.0)
    by_row = torch.tensor([[1e6, 2e6], [1e-3, 2e-3]])
    assert by_row * torch.tensor([[1.0], [1.05]]) != close(by_row, magnitude=by_row.abs().amax(1, keepdim=True))


Variant = Callable[[Tensor, Tensor], Tensor]
PRODUCTS: list[Variant] = [
    lambda x, w: torch.einsum("nk,mk->nm", x, w),
    lambda x, w: (x[:, None] * w[None]).sum(-1),
    lambda x, w: (x[:, None] * w[None]).flip(-1).sum(-1),
    lambda x, w: torch.stack([w @ row for row in x]),
    lambda x, w: (x.double() @ w.double().T).to(x.dtype),
    lambda x, w: torch.from_numpy(np.dot(x.numpy(), w.numpy().T)),
    lambda x, w: sum((x[:, k, None] * w[None, :, k] for k in range(x.shape[1])), torch.zeros(())).to(x.dtype),
    lambda x, w: torch.nn.functional.linear(x, w),
]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 12), st.integers(1, 9), st.integers(1, 600), st.sampled_from(FLOATS[:2]))
def test_products_summed_in_any_order_are_accepted(seed: int, n: int, m: int, k: int, dtype: torch.dtype) -> None:
    x, w = values(seed, (n + 2, k), dtype), values(seed + 1, (m + 2, k), dtype)
    for variant in PRODUCTS:
        assert variant(x, w) == close(x @ w.T, terms=k)


SOFTMAXES: list[Callable[[Tensor], Tensor]] = [
    lambda x: x.exp() / x.exp().sum(1, keepdim=True),
    lambda x: (x - x.amax(1, keepdim=True)).exp() / (x - x.amax(1, keepdim=True)).exp().sum(1, keepdim=True),
    lambda x: x.log_softmax(1).exp(),
    lambda x: (x - x.logsumexp(1, keepdim=True)).exp(),
    lambda x: x.double().softmax(1).to(x.dtype),
    lambda x: torch.stack([row.exp() / sum(row.exp()) for row in x]),
    lambda x: 1 / (x[:, None, :] - x[:, :, None]).exp().sum(-1),
]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 9), st.integers(1, 40), st.sampled_from(FLOATS))
def test_softmax_written_in_any_way_is_accepted(seed: int, n: int, m: int, dtype: torch.dtype) -> None:
    x = 3 * values(seed, (n, m), dtype)
    for variant in SOFTMAXES:
        assert variant(x).to(dtype) == close(x.double().softmax(1).to(dtype), terms=m)
        if dtype.itemsize > 2:
            assert variant(x).log() == close(x.double().log_softmax(1).to(dtype), terms=m)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 100_000), st.booleans())
def test_long_sums_in_any_order_are_accepted_when_their_length_is_said(seed: int, n: int, positive: bool) -> None:
    x = values(seed, (n,)).abs() if positive else values(seed, (n,))
    want = x.double().sum().float()
    one_after_the_other = torch.tensor(np.cumsum(x.numpy(), dtype=np.float32)[-1])
    for got in (x.sum(), x.flip(0).sum(), x.sort().values.sum(), one_after_the_other, torch.tensor(x.numpy().sum())):
        # What nearly cancels out is judged by a random walk of its terms.
        assert got == close(want, terms=n, magnitude=float(x.double().norm()) + want.abs())
    assert want * 1.05 + 0.05 * x.norm() != close(want, terms=n, magnitude=float(x.double().norm()) + want.abs())


def test_a_mean_over_many_rows_needs_nothing_said() -> None:
    x = values(0, (3000, 8)) + 1
    by_hand = torch.zeros(8)
    for row in x:
        by_hand += row / 3000
    assert by_hand == close(x.mean(0))
    assert ((x**2).mean(0) - x.mean(0) ** 2) == close(x.var(0, correction=0))


@pytest.mark.parametrize("dtype", FLOATS)
def test_the_part_of_the_scale_grows_with_the_root_of_the_terms_up_to_the_ceiling(dtype: torch.dtype) -> None:
    want = torch.ones(1, dtype=dtype)
    parts = [tolerance_for(want, terms=terms).of_scale for terms in (1, 16, 1600, 10**15)]
    assert parts[0] == parts[1] <= parts[3] <= CEILING / 2
    assert parts[2] == pytest.approx(min(10 * parts[0], CEILING / 2))


@pytest.mark.parametrize("dtype", FLOATS)
def test_on_a_gpu_kernels_may_sum_otherwise_and_five_percent_is_still_wrong(dtype: torch.dtype) -> None:
    want = values(3, (50,), dtype)
    before = allowance(want, Bounds())
    token = on_accelerator.set(True)
    try:
        assert bool((allowance(want, Bounds()) >= before).all())
        for wrong in (torch.zeros_like(want), (want * 1.05), want.roll(1), -want):
            assert wrong != close(want)
    finally:
        on_accelerator.reset(token)


def test_a_dtype_without_a_tolerance_is_the_authors_mistake() -> None:
    with pytest.raises(TypeError, match="wider dtype"):
        assert torch.zeros(3, dtype=torch.float8_e5m2) == close(torch.zeros(3, dtype=torch.float8_e5m2))
