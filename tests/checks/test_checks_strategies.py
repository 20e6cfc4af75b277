"""The strategies draw what they say, and shrink to what can be read; nothing of a search is left behind."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st
from torch import Tensor

from autograder.checks import Failure, Rng, any_shape, holds_for_all, labels, tensors
from autograder.checks.properties.layouts import LAYOUTS, laid_out, layout_of
from autograder.checks.properties.strategies import shown

DTYPES = (torch.float32, torch.float64, torch.bfloat16, torch.int64, torch.uint8, torch.bool, torch.complex64)
QUIET = settings(database=None, suppress_health_check=list(HealthCheck))


@QUIET
@given(st.data(), st.sampled_from(DTYPES), st.sampled_from(list(LAYOUTS)))
def test_a_tensor_has_the_shape_dtype_and_layout_that_are_asked_for(data: Any, dtype: torch.dtype, layout: str) -> None:
    x = data.draw(tensors(((0, 4), 3, (1, 2)), dtype=dtype, layout=layout))
    assert x.dtype == dtype
    assert x.shape[0] <= 4
    assert x.shape[1] == 3
    assert x.shape[2] in (1, 2)
    assert torch.equal(x, laid_out(x, "contiguous"))
    if layout == "strided" and x.numel() > 1:
        assert not x.is_contiguous()


@QUIET
@given(tensors(any_shape((1, 3), (0, 4))), st.sampled_from(list(LAYOUTS)))
def test_a_layout_keeps_the_values_unless_it_repeats_them(x: Tensor, layout: str) -> None:
    other = laid_out(x, layout)
    assert other.shape == x.shape
    if layout == "expanded":
        assert all(torch.equal(row, x[0]) for row in other)
    else:
        assert torch.equal(other, x)
    assert layout_of(laid_out(x, "contiguous")) == "contiguous"


@QUIET
@given(labels((5,), 3), any_shape((2, 2), (1, 3)), tensors((200,)))
def test_labels_are_classes_and_a_large_tensor_has_many_values(y: Tensor, shape: tuple[int, ...], x: Tensor) -> None:
    assert y.dtype == torch.int64
    assert bool(((y >= 0) & (y < 3)).all())
    assert len(shape) == 2
    assert len(set(x.tolist())) > 100


def test_a_tensor_shrinks_to_few_plain_numbers() -> None:
    assert find(tensors(layout="any"), lambda x: True).tolist() == [0.0]
    small = find(tensors(layout="any"), lambda x: x.ndim == 2 and bool((x < -2.5).any()))
    assert small.shape == (1, 1)
    assert layout_of(small) == "contiguous"
    assert shown(find(tensors((2, 2), layout="any"), lambda x: not x.is_contiguous())) == (
        "a float32 tensor of shape (2, 2), transposed in memory: [[0, 0], [0, 0]]"
    )


def test_what_is_shown_of_a_value_is_short() -> None:
    assert shown(torch.tensor([1.5, float("nan")])) == "a float32 tensor of shape (2,): [1.5, nan]"
    assert shown(torch.zeros(7, dtype=torch.int64)) == "an int64 tensor of shape (7,)"
    assert shown((torch.ones(1, dtype=torch.bool), 3)) == "a bool tensor of shape (1,): [True], 3"
    assert len(shown("x" * 500)) < 80


def test_what_cannot_be_drawn_is_the_authors_mistake() -> None:
    with pytest.raises(ValueError, match="no layout 'diagonal'"):
        tensors(layout="diagonal")
    with pytest.raises(ValueError, match="nothing from 3 to 2"):
        any_shape((3, 2))
    with pytest.raises(ValueError, match="nothing from 4 to 1"):
        tensors(((4, 1), 2))
    with pytest.raises(ValueError, match="nothing"):
        labels((3,), 0)
    with pytest.raises(ValueError, match="needs an example"):
        holds_for_all(lambda x: True, tensors(), rng=Rng(b""), examples=0)


def test_the_same_key_draws_the_same_and_no_more_than_it_may() -> None:
    def drawn(key: bytes) -> list[str]:
        seen: list[str] = []
        holds_for_all(
            lambda x, y: seen.append(shown((x, y))), tensors(layout="any"), labels((3,), 9), rng=Rng(key), examples=12
        )
        return seen

    assert drawn(b"one") == drawn(b"one")
    assert drawn(b"one") != drawn(b"other")
    assert len(drawn(b"one")) == 12


def test_a_search_writes_nothing_prints_nothing_and_leaves_the_shared_generators_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    before = torch.get_rng_state(), random.getstate(), np.random.get_state()[1].tolist()  # type: ignore[index]
    with pytest.raises(Failure):
        holds_for_all(lambda x: bool((x < 3).all()), tensors((40, 4)), rng=Rng(b""), examples=60)
    after = torch.get_rng_state(), random.getstate(), np.random.get_state()[1].tolist()  # type: ignore[index]
    assert torch.equal(before[0], after[0])
    assert before[1:] == after[1:]
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr() == ("", "")


class TooSlow(BaseException):
    """As the examiner's alarm raises."""


@pytest.mark.parametrize(
    "error", [TooSlow(), KeyboardInterrupt(), Failure("late", "timeout"), Failure("gone", "worker_died")]
)
def test_what_ends_the_check_ends_the_search(error: BaseException) -> None:
    runs: list[Tensor] = []

    def holds(x: Tensor) -> None:
        runs.append(x)
        if len(runs) == 3:
            raise error

    with pytest.raises(type(error)) as caught:
        holds_for_all(holds, tensors(), rng=Rng(b""))
    assert caught.value is error
    assert len(runs) == 3


def test_an_alarm_while_a_counter_example_shrinks_is_not_swallowed() -> None:
    failed: list[Tensor] = []

    def holds(x: Tensor) -> None:
        if len(failed) == 5:
            raise TooSlow
        if x.numel() > 3:
            failed.append(x)
            raise Failure("too many")

    with pytest.raises(TooSlow):
        holds_for_all(holds, tensors(), rng=Rng(b""))


def test_shrinking_has_an_end() -> None:
    runs: list[Tensor] = []

    def holds(x: Tensor) -> bool:
        runs.append(x)
        return bool((x.double().sum() * 1e3).round() % 2 == 0) and x.numel() < 3

    with pytest.raises(Failure):
        holds_for_all(holds, tensors((50, 50)), rng=Rng(b""), examples=5)
    assert len(runs) < 320


def test_a_strategy_that_is_none_is_the_authors_mistake() -> None:
    with pytest.raises(Exception, match="SearchStrategy"):
        holds_for_all(lambda x: True, [1, 2], rng=Rng(b""))  # type: ignore[arg-type]
