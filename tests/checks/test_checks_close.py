"""`close` rejects the wrong answers that lax tolerances let through, and says why without giving the answer."""

from __future__ import annotations

import warnings
from typing import Any, NamedTuple

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from autograder.checks import close, explain, finite_like

FLOATS = [torch.float64, torch.float32, torch.float16, torch.bfloat16]


def said(got: object, want: Any, **tolerances: Any) -> str:
    explain.clear()
    assert got != close(want, **tolerances)
    last = explain.last()
    assert last is not None
    return f"{last.reason}: {last.message}"


def values(seed: int, *shape: int, scale: float = 1.0, dtype: torch.dtype = torch.float32) -> Tensor:
    drawn = torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    return (drawn * scale).to(dtype)


@given(st.integers(0, 2**31), st.sampled_from(FLOATS), st.sampled_from([1e-3, 1.0, 1e3]), st.integers(10, 40))
def test_zeros_a_factor_a_shift_and_a_reversal_are_rejected_at_every_scale(
    seed: int, dtype: torch.dtype, scale: float, n: int
) -> None:
    want = values(seed, n, scale=scale, dtype=dtype)
    assert want == close(want)
    for wrong in (torch.zeros_like(want), want * 1.05, want.roll(1), want.flip(0), -want):
        assert wrong != close(want)


@given(st.integers(0, 2**31))
def test_a_loss_of_any_size_is_not_zero_and_not_five_percent_more(seed: int) -> None:
    want = values(seed, 1).abs()[0] * 1e-6 + 1e-9
    assert want == close(want)
    assert torch.zeros(()) != close(want)
    assert want * 1.05 != close(want)


@pytest.mark.parametrize("dtype", FLOATS)
def test_another_order_of_summation_is_accepted(dtype: torch.dtype) -> None:
    inner = torch.float64 if dtype == torch.float64 else torch.float32
    x, w = values(1, 64, 300, dtype=inner), values(2, 20, 300, dtype=inner)
    want = (x @ w.T).to(dtype)
    assert (x[:, None, :] * w[None]).flip(-1).sum(-1).to(dtype) == close(want)


def test_left_operands_of_every_kind_leave_the_comparison_to_close() -> None:
    assert torch.ones(2) == close(torch.ones(2))
    assert torch.nn.Parameter(torch.ones(2)) == close(torch.ones(2))
    assert np.ones(2) == close(np.ones(2))
    assert np.float32(1.0) == close(1.0)
    assert close(1.0) == 1.0
    assert [1.0, torch.ones(2)] == close((1.0, torch.ones(2)))
    assert close({"a": 1, "b": None, "c": "x"}) == {"a": 1, "b": None, "c": "x"}
    assert torch.ones(3).max(dim=0) == close((torch.tensor(1.0), torch.tensor(0)))


def test_type_comes_first_and_the_message_names_it() -> None:
    assert said(None, torch.ones(2)) == "wrong_type: expected a torch tensor, got None: is a `return` missing?"
    assert "numpy array" in said(np.ones(2), torch.ones(2))
    assert "return the tensor itself" in said(1.0, torch.tensor(1.0))
    assert "a comma" in said((torch.ones(2),), torch.ones(2))
    assert "torch.stack" in said([torch.ones(()), torch.ones(())], torch.ones(2))
    assert ".numpy() is missing" in said(torch.ones(2), np.ones(2))
    assert "expected True or False" in said(1, True)
    assert "expected a number" in said(True, 1)
    assert "expected a number" in said(torch.ones(1), 1.0)


def test_objects_that_claim_to_be_equal_are_wrong() -> None:
    class Agreeable(torch.Tensor):
        pass

    assert said(torch.ones(2).as_subclass(Agreeable), torch.ones(2)).startswith("wrong_type: ")

    class Always:
        def __sub__(self, other: object) -> int:
            return 0

    assert "an object of type Always" in said(Always(), torch.ones(2))


def test_shape_before_dtype_before_values_each_with_its_likely_cause() -> None:
    want = torch.arange(12.0).reshape(3, 4)
    assert "keepdim" in said(torch.ones(3), torch.ones(3, 1))
    assert "left over" in said(torch.ones(3, 1), torch.ones(3))
    assert "another order" in said(torch.ones(4, 2, 3), torch.ones(2, 3, 4))
    assert "broadcast" in said(torch.ones(5, 5), torch.ones(5, 1))
    assert "too much" in said(torch.ones(()), want)
    assert said(torch.ones(4), torch.ones(3, 4)).endswith("dim 0 is missing: was it summed, averaged or indexed away?")
    assert "was not reduced" in said(torch.ones(3, 4), torch.ones(3, 1))
    assert "index over it missing" in said(torch.ones(2, 3, 4), torch.ones(2, 4))
    assert "flattened" in said(torch.ones(12), want)
    assert "transposed" in said(torch.ones(4, 3), want)
    assert "(4,) and (4, 1) broadcast" in said(torch.ones(4, 4), torch.ones(4))
    assert "off by one" in said(torch.ones(3, 5), want)
    assert said(want.double(), want).startswith(
        "wrong_type: dtype torch.float64 where torch.float32 was expected; numpy arrays and .double() bring"
    )
    assert ".long()" in said(torch.ones(2, dtype=torch.int32), torch.ones(2, dtype=torch.int64))
    assert "integers" in said(torch.ones(2), torch.ones(2, dtype=torch.int64))
    assert "count with .sum()" in said(torch.ones(2, dtype=torch.bool), torch.ones(2, dtype=torch.int64))


def test_an_empty_tensor_equals_only_an_empty_tensor_of_its_shape() -> None:
    assert torch.ones(0, 3) == close(torch.ones(0, 3))
    assert "shape" in said(torch.ones(0), torch.tensor(1.0))
    assert "shape" in said(torch.ones(0), torch.ones(3))


def test_nan_is_no_wildcard_and_infinities_stand_where_they_are_expected() -> None:
    nan, inf = float("nan"), float("inf")
    want = torch.tensor([-inf, 0.5, inf, nan])
    assert want.clone() == close(want)
    assert said(torch.tensor([nan, 1.0]), torch.tensor([1.0, 1.0])).startswith("not_finite: 1 of 2 elements are NaN")
    assert "was expected" in said(torch.tensor([0.0, 0.5, inf, nan]), want)
    assert said(nan, 1.0).startswith("not_finite")
    assert "exp overflow" in said(torch.tensor([inf, 1.0]), torch.tensor([1.0, 1.0]))
    assert torch.tensor([-1e30, 0.5, inf, nan]) != close(want)


def test_integers_and_bools_are_exact_even_beyond_floats() -> None:
    big = torch.tensor([2**60, 1])
    assert big + torch.tensor([1, 0]) != close(big)
    assert torch.tensor([True, False]) == close(torch.tensor([True, False]))
    assert torch.tensor([True, True]) != close(torch.tensor([True, False]))
    assert close(4) == 4
    assert close(4) != 5
    assert torch.tensor(4) == close(4)


def test_the_explanation_gives_size_and_place_and_never_an_expected_value() -> None:
    want = torch.tensor([[1.0, 2.0, 777.25], [4.0, 5.0, 6.0]])
    got = want.clone()
    got[0, 2] = 700.0
    assert said(got, want) == (
        "wrong_answer: 1 of 6 elements differ; the largest error is 80 (10 %), at index (0, 2)"
        "\nYours at [0, :]: [1, 2, 700]"
    )
    assert said(2.5, 2.0123) == "wrong_answer: your value, 2.5, is too large, by about 20 %"
    assert said(0.1, -1.0123) == "wrong_answer: your value, 0.1, is wrong"
    for guess in (1.0, 0.0, -1.05, -0.5):  # nothing to go by where the answer is a number that one could guess
        assert said(guess, -1.0) == "wrong_answer: the number is wrong"
    assert said(5, 4) == "wrong_answer: the number is wrong"


def test_a_public_check_may_show_the_expected_values() -> None:
    token = explain.shown.set(True)
    try:
        assert "At [2:8] expected [2, 3, 4, 5, 6, 7], got [2, 3, 4, 50, 6, 7]" in said(
            torch.tensor([0, 1, 2, 3, 4, 50, 6, 7, 8]), torch.arange(9)
        )
        assert said(0.5, 0.3) == "wrong_answer: expected 0.3, got 0.5"
        assert said(5, 4) == "wrong_answer: the number is wrong: expected 4, got 5"
    finally:
        explain.shown.reset(token)


@given(st.integers(0, 2**31), st.integers(2, 12))
def test_no_expected_value_is_in_the_message_of_a_hidden_check(seed: int, n: int) -> None:
    want, got = values(seed, n, 3), values(seed + 1, n, 3)
    message = said(got, want)
    assert not any(f"{value:.4g}" in message for value in want.flatten().tolist() if len(f"{value:.4g}") > 5)


@given(st.integers(0, 2**31), st.integers(0, 40))
def test_the_excerpt_is_short_and_holds_the_worst_place(seed: int, place: int) -> None:
    want = values(seed, 2, 41)
    got = want.clone()
    got[1, place] = 12345.0
    sentence, excerpt = said(got, want).split("\n")
    assert f"(1, {place})" in sentence
    assert "1.234e+04" in excerpt
    assert excerpt.count(",") <= 6


def test_recognised_patterns_name_the_likely_mistake() -> None:
    want = values(3, 4, 4)
    assert "4 times too large" in said(want * 4, want)
    assert "2 times too small" in said(want / 2, want)
    assert "sign" in said(-want, want)
    assert "transposed" in said(want.T, want)
    assert "same amount" in said(want + 1, want)
    assert "back to front along dim 0" in said(want.flip(0), want)
    assert "wrong places" in said(want[[1, 2, 0, 3]], want)
    assert "zero" in said(torch.zeros(4, 4), want)


def test_containers_are_compared_part_by_part_and_the_part_is_named() -> None:
    assert said([1.0, 2.0], (1.0, 5.0)).startswith("wrong_answer: value 1: ")
    assert "2 values where 3" in said((1, 2), (1, 2, 3))
    assert "key 'b'" in said({"b": 2}, {"b": 1})
    assert "lacks 1" in said({"a": 1}, {"b": 1})


def test_the_authors_tolerance_replaces_the_table() -> None:
    assert torch.tensor([1.01, 1e-6]) == close(torch.tensor([1.0, 0.0]), rtol=0.02, atol=1e-5)
    assert torch.tensor([1.0, 1e-6]) != close(torch.tensor([1.0, 0.0]), atol=0.0)


@pytest.mark.parametrize(
    "asked",
    [
        {"rtol": 0.05},
        {"rtol": -1.0},
        {"atol": float("nan")},
        {"atol": float("inf")},
        {"terms": 0},
        {"magnitude": -1.0},
        {"magnitude": float("inf")},
        {"atol": 1.0, "magnitude": 1.0},
    ],
)
def test_a_tolerance_that_would_accept_a_wrong_answer_is_the_authors_mistake(asked: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(asked))):
        close(torch.ones(2), **asked)
    with pytest.raises(ValueError, match="broadcast"):
        assert torch.ones(2) == close(torch.ones(2), magnitude=torch.ones(3))


def test_an_absolute_tolerance_never_accepts_zeros() -> None:
    want = torch.tensor([1e-4, -2e-4])
    assert torch.zeros(2) != close(want, atol=1.0)
    assert torch.tensor([3, 4]) != close(torch.tensor([4, 3]), atol=1)
    assert torch.full((2,), 1e-3) == close(torch.zeros(2), atol=1e-2)
    assert torch.tensor([200, 101]) == close(torch.tensor([199, 100]), atol=1)


def test_named_tuples_are_tuples_whose_content_is_their_own() -> None:
    class Statistics(NamedTuple):
        mean: float
        std: float

    class Forged(tuple):  # type: ignore[type-arg]
        def __iter__(self) -> Any:
            return iter((1.0, 2.0))

    assert Statistics(1.0, 2.0) == close((1.0, 2.0))
    assert "type Forged" in said(Forged((3.0, 4.0)), (1.0, 2.0))


def test_odd_tensors_are_wrong_types_and_never_errors() -> None:
    odd: list[Tensor] = [
        torch.ones(2, 2).to_sparse(),
        torch.ones(2, 2, device="meta"),
    ]
    for tensor in odd:
        assert said(tensor, torch.ones(2, 2)).startswith("wrong_type: ")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nested = torch.nested.nested_tensor([torch.ones(2), torch.ones(3)])
    assert "a nested tensor" in said(nested, torch.ones(2, 2))


def test_finite_like_asks_for_the_kind_and_not_for_the_values() -> None:
    assert values(1, 3) == finite_like(torch.zeros(3))
    assert (values(1, 3), np.ones(2)) == finite_like((torch.zeros(3), np.zeros(2)))
    for wrong in (values(1, 3, 1), values(1, 3).double(), torch.tensor([1.0, torch.nan, 0.0]), [1.0, 2.0, 3.0], None):
        assert wrong != finite_like(torch.zeros(3))
    with pytest.raises(TypeError, match="tensors"):
        finite_like((torch.ones(1), 1.0))


def test_success_leaves_no_explanation_behind() -> None:
    said(torch.ones(2), torch.zeros(2))
    assert torch.ones(2) == close(torch.ones(2))
    assert explain.last() is None


def test_an_expected_value_that_close_cannot_judge_is_the_authors_mistake() -> None:
    with pytest.raises(TypeError, match="cannot compare"):
        assert close(object()) == 1
