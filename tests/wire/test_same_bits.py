"""Two tensors are alike to the bit, whatever their dtype and however they lie in memory."""

from __future__ import annotations

import pytest
import torch
from test_codec import DTYPES

from autograder.wire.frames import LARGE
from autograder.wire.leaves import same_bits

SHAPES = [(), (0,), (3,), (2, 3), (1, 1), (7, 5), (LARGE + 1,), (LARGE // 8, 8), (LARGE // 8, 3)]


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_copy_is_alike_and_one_other_element_is_not(dtype: torch.dtype, shape: tuple[int, ...]) -> None:
    one = torch.ones(shape).bernoulli(0.5).to(dtype)
    assert same_bits(torch, one, one.clone())
    if one.numel():
        other = one.clone()
        last = other.view(-1)[-1:]
        last.copy_((last.to(torch.complex128) == 0).to(dtype))
        assert not same_bits(torch, one, other)
    if one.dim() == 2:
        assert same_bits(torch, one.t(), one.t().clone(memory_format=torch.contiguous_format))


def test_no_number_is_alike_to_itself_and_the_zeros_differ() -> None:
    for dtype in (torch.float16, torch.float32, torch.float64):
        none = torch.tensor(float("nan"), dtype=dtype)
        assert same_bits(torch, none, none.clone())
        assert not same_bits(torch, torch.tensor(0.0, dtype=dtype), torch.tensor(-0.0, dtype=dtype))


def test_views_that_torch_resolves_late_are_what_they_stand_for() -> None:
    number = torch.randn(4, 3, dtype=torch.complex64)
    for late in (number.conj(), number.conj().imag, number[0, 0].conj(), number.mH):
        assert same_bits(torch, late, late.clone().resolve_conj().resolve_neg())
    assert not same_bits(torch, number.conj(), number)


def test_odd_layouts_are_compared_by_their_elements() -> None:
    large = torch.rand(LARGE + 1)
    assert same_bits(torch, large[1:], large[1:].clone())
    assert same_bits(torch, torch.ones(1).expand(LARGE), torch.ones(LARGE))
    assert same_bits(torch, torch.eye(3).to_sparse(), torch.eye(3).to_sparse())
    assert not same_bits(torch, torch.eye(3).to_sparse(), torch.zeros(3, 3).to_sparse())
    assert same_bits(torch, torch.rand(10).as_strided((3, 1), (1, 7)).fill_(2), torch.full((3, 1), 2.0))


def test_nothing_is_alike_to_nothing_alone() -> None:
    assert same_bits(torch, None, None)
    assert not same_bits(torch, None, torch.ones(1))
    assert not same_bits(torch, torch.ones(1), torch.ones(1, 1))
