"""`auditing` finds out which wrong answers a check would let through."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import close, close_to
from autograder.checks.comparing.audit import alterations, auditing


def test_a_comparison_with_default_tolerances_is_not_blunt() -> None:
    x = torch.randn(4, 4, generator=torch.Generator().manual_seed(0))
    with auditing() as seen:
        assert x == close(x.clone())
        assert x.exp() == close_to(torch.exp, x)
        assert close(0.5) == 0.5
        assert x.argmax(1) == close(x.argmax(1))
    assert seen.comparisons == 4
    assert seen.blunt == ()
    assert seen.accepted["1.05 times"] == 0
    assert {"all zeros", "transposed", "rolled along dim 1", "largest element one more"} <= seen.tried.keys()


def test_what_a_blunt_comparison_accepts_is_named() -> None:
    want = torch.tensor([100.0, 1e-3])
    with auditing() as seen:
        assert want == close(want, atol=1.0)
    assert seen.blunt == ("last element 1.05 times",)
    with auditing() as seen:
        assert want == close(want, magnitude=1e9)
    assert "all zeros" in seen.blunt


def test_a_comparison_that_rejects_makes_up_for_one_that_cannot() -> None:
    with auditing() as seen:
        assert torch.ones(3) == close(torch.ones(3))
        assert torch.arange(3.0) == close(torch.arange(3.0))
    assert seen.tried["rolled along dim 0"] == 1
    assert seen.blunt == ()


def test_what_does_not_hold_and_what_is_compared_outside_is_not_counted() -> None:
    with auditing() as seen, pytest.raises(AssertionError):
        assert torch.zeros(2) == close(torch.ones(2))
    assert torch.ones(2) == close(torch.ones(2))
    assert seen.comparisons == 0


def test_alterations_differ_from_the_values_in_every_dtype() -> None:
    for dtype in (torch.float16, torch.float64, torch.complex64, torch.int64, torch.uint8):
        values = torch.arange(6).reshape(2, 3).to(dtype)
        for name, altered in alterations(values):
            assert altered.dtype == dtype, name
            assert altered.shape == values.shape, name
            assert not torch.equal(altered, values), name
    assert [name for name, _ in alterations(torch.zeros(2))] == []
    assert list(alterations(torch.tensor([torch.inf, 1.0])))
