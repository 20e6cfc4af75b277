"""Each recognised mistake, on a real wrong answer; and silence on answers that are wrong in no such way."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from autograder.checks import close, close_to, explain
from autograder.checks.comparing.patterns import TABLE, pattern

Shape = tuple[int, ...]


def values(seed: int, *shape: int, dtype: torch.dtype = torch.float32) -> Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64).to(dtype)


X = values(0, 6, 5)
"""A batch of 6 rows of 5 features."""
LOGITS = 2 * values(1, 6, 4)
LABELS = torch.tensor([0, 3, 1, 1, 2, 0])
SQUARE = values(2, 4, 4)
IMAGES = values(3, 2, 3, 5, 5)


def right_softmax(x: Tensor) -> Tensor:
    return x.softmax(1)


# What students hand in.


def loss_not_kept(x: Tensor) -> Tensor:
    grad = torch.zeros_like(x)
    for row in grad:
        row = row + x.mean()
    return grad


def mean_over_everything(x: Tensor) -> Tensor:
    return torch.full((x.shape[0],), float(x.mean()))


def gradient_ascent(x: Tensor) -> Tensor:
    return -(2 * x)


def column_sums(x: Tensor) -> Tensor:
    return x.sum(0)


def mean_loss(x: Tensor) -> Tensor:
    return (x**2).sum()


def sum_loss(x: Tensor) -> Tensor:
    return (x**2).mean()


def unscaled_scores(x: Tensor) -> Tensor:
    return x @ x.T


def variance(x: Tensor) -> Tensor:
    return x.var(0)


def deviation(x: Tensor) -> Tensor:
    return x.std(0, correction=0)


def entropy_in_bits(logits: Tensor) -> Tensor:
    p = logits.softmax(1)
    return -(p * p.log2()).sum(1)


def decibels(x: Tensor) -> Tensor:
    return (1 + x**2).log10()


def gradient_of_half_a_square(x: Tensor) -> Tensor:
    return 2 * x


def percent(x: Tensor) -> Tensor:
    return 100 * x.softmax(1).amax(1)


def missing_learning_rate(x: Tensor) -> Tensor:
    return 0.37 * x


def norm_of_each(x: Tensor) -> Tensor:
    return torch.sqrt(x**2)


def eigenvectors(x: Tensor) -> Tensor:
    return x * torch.tensor([1.0, -1.0, 1.0, 1.0, -1.0])


def log_probabilities(logits: Tensor) -> Tensor:
    return logits.log_softmax(1)


def negative_likelihood(logits: Tensor) -> Tensor:
    return logits.softmax(1)


def squared_distances(x: Tensor) -> Tensor:
    return (x - 2).square().sum(1)


def root_too_many(x: Tensor) -> Tensor:
    return x.square().sum(1).sqrt()


def rate(x: Tensor) -> Tensor:
    return (1 + x.abs()).reciprocal()


def keep_probability(logits: Tensor) -> Tensor:
    return 1 - logits.sigmoid()


def whole_numbers(x: Tensor) -> Tensor:
    return (10 * x).round()


def cut_numbers(x: Tensor) -> Tensor:
    return (10 * x).int().float()


def with_relu(x: Tensor) -> Tensor:
    return F.relu(F.linear(x, x[:3]))


def without_relu(x: Tensor) -> Tensor:
    return F.linear(x, x[:3])


def clipped_loss(logits: Tensor) -> Tensor:
    return -(logits * 20).softmax(1).clamp(min=1e-3).log()


def swapped_product(x: Tensor) -> Tensor:
    return x.T @ x.T


def height_and_width_swapped(images: Tensor) -> Tensor:
    return images.transpose(2, 3)


def upside_down(images: Tensor) -> Tensor:
    return images.flip(2)


def next_token(x: Tensor) -> Tensor:
    return torch.cat([x[:, :1], x[:, :-1]], dim=1)


def softmax_of_softmax(logits: Tensor) -> Tensor:
    return logits.softmax(1).softmax(1)


def log_softmax_of_softmax(logits: Tensor) -> Tensor:
    return logits.softmax(1).log_softmax(1)


def scores(logits: Tensor) -> Tensor:
    return logits


def softmax_over_the_batch(logits: Tensor) -> Tensor:
    return logits.softmax(0)


def log_softmax_over_the_batch(logits: Tensor) -> Tensor:
    return logits.log_softmax(0)


def softmax_of_everything(logits: Tensor) -> Tensor:
    return logits.exp() / logits.exp().sum()


def softmax_of_twice(logits: Tensor) -> Tensor:
    return (2 * logits).flatten().softmax(0).reshape(logits.shape)


def not_normalised(logits: Tensor) -> Tensor:
    return logits.exp()


def same_row(x: Tensor) -> Tensor:
    return x[0].expand_as(x)


def labels_from_one(logits: Tensor) -> Tensor:
    return logits.argmax(1) + 1


def with_bias_forgotten(x: Tensor) -> Tensor:
    return x


def maximum_forgotten(logits: Tensor) -> Tensor:
    return logits - logits.amax(1, keepdim=True)


def running_return(x: Tensor) -> Tensor:
    return x.cumsum(1)


def rewards(x: Tensor) -> Tensor:
    return x


def reshaped(images: Tensor) -> Tensor:
    return images.reshape(3, 2, 5, 5)


def last_batch_forgotten(x: Tensor) -> Tensor:
    out = 2 * x
    out[-1] = 0
    return out


def off_at_the_end(x: Tensor) -> Tensor:
    out = x.diff(dim=0)[:, 0].clone()
    out[-1] = 0
    return out


def through_numpy(x: Tensor) -> Tensor:
    return torch.tensor(x.float().exp().tolist(), dtype=torch.float64)


def with_epsilon(x: Tensor) -> Tensor:
    return x.exp() / (x.exp().sum(1, keepdim=True) + 1e-6)


MISTAKES: list[tuple[str, Callable[[Tensor], Tensor], Callable[[Tensor], Tensor], Tensor]] = [
    ("every element is zero", loss_not_kept, lambda x: x * 2, X),
    ("it is zero", lambda x: torch.zeros(()), lambda x: x.mean(), X),
    ("every element is the same", mean_over_everything, lambda x: x.mean(1), X),
    ("the sign is flipped", gradient_ascent, lambda x: 2 * x, X),
    ("the sign is flipped", lambda x: -x.mean(), lambda x: x.mean(), X),
    ("a sum where a mean is due?", column_sums, lambda x: x.mean(0), X),
    ("5 times too large, the size of dim 0: a sum", column_sums, lambda x: x.mean(0), X[:5]),
    ("too large by a whole factor: a sum where a mean is due?", mean_loss, lambda x: (x**2).mean(), X),
    ("too small by a whole factor: a mean where a sum is due?", sum_loss, lambda x: (x**2).sum(), X),
    ("square root of 5, the size of dim 0", unscaled_scores, lambda x: x @ x.T / 5**0.5, X[:5]),
    ("square root of 8: is a scale", lambda x: x @ x.T, lambda x: x @ x.T / 8**0.5, X),
    ("pixels from 0 to 255", lambda x: 255 * x, lambda x: x, X),
    ("as a variance of 6 values", variance, lambda x: x.var(0, correction=0), X),
    ("as a standard deviation of 6 values", deviation, lambda x: x.std(0), X),
    ("log base 2 where", entropy_in_bits, lambda x: -(x.softmax(1) * x.log_softmax(1)).sum(1), LOGITS),
    ("log base 10 where", decibels, lambda x: (1 + x**2).log(), X),
    ("natural log where log base 2", lambda x: (1 + x**2).log(), lambda x: (1 + x**2).log2(), X),
    ("2 times too large", gradient_of_half_a_square, lambda x: x, X),
    ("2 times too small", lambda x: x, lambda x: 2 * x, X),
    ("percent where a fraction", percent, lambda x: x.softmax(1).amax(1), LOGITS),
    ("2.7 times too small", missing_learning_rate, lambda x: x, X),
    ("lost their sign", norm_of_each, lambda x: x, X),
    ("right up to sign", eigenvectors, lambda x: x, X),
    ("these are logs", log_probabilities, right_softmax, LOGITS),
    ("these are exponentials", negative_likelihood, lambda x: x.log_softmax(1), LOGITS),
    ("these are squares", squared_distances, lambda x: (x - 2).norm(dim=1), X),
    ("these are square roots", root_too_many, lambda x: x.square().sum(1), X),
    ("upside down", rate, lambda x: 1 + x.abs(), X),
    ("the complement", keep_probability, torch.sigmoid, LOGITS),
    ("rounded", whole_numbers, lambda x: 10 * x, X),
    ("the values are cut", cut_numbers, lambda x: 10 * x, X),
    ("set to zero: is a ReLU", with_relu, lambda x: F.linear(x, x[:3]), X),
    ("ReLU or clamp(min=0) missing", without_relu, lambda x: F.relu(F.linear(x, x[:3])), X),
    ("cut off: a clamp", clipped_loss, lambda x: -(x * 20).log_softmax(1), LOGITS),
    ("it looks transposed", swapped_product, lambda x: x @ x, SQUARE),
    ("dims 2 and 3 are swapped", height_and_width_swapped, lambda x: x, IMAGES),
    ("another order: is a permute", lambda x: x.permute(2, 0, 1), lambda x: x.permute(1, 2, 0), values(4, 3, 3, 3)),
    ("back to front along dim 2", upside_down, lambda x: x, IMAGES),
    ("one place too far along dim 1", next_token, lambda x: x, X),
    ("one place too early along dim 0", lambda x: x.roll(-1, 0), lambda x: x, X),
    ("softmax was taken twice along dim 1", softmax_of_softmax, right_softmax, LOGITS),
    ("softmax was taken twice along dim 1", log_softmax_of_softmax, lambda x: x.log_softmax(1), LOGITS),
    ("the softmax along dim 1 is missing", scores, right_softmax, LOGITS),
    ("sums to one along dim 0 where dim 1 is due", softmax_over_the_batch, right_softmax, LOGITS),
    ("sums to one along dim 0 where dim 1", log_softmax_over_the_batch, lambda x: x.log_softmax(1), LOGITS),
    ("all elements together sum to one", softmax_of_everything, right_softmax, LOGITS),
    (
        "all elements together sum to one",
        softmax_of_twice,
        right_softmax,
        LOGITS,
    ),
    ("right up to a factor along dim 1", not_normalised, right_softmax, 2 + LOGITS[:, :3]),
    ("all slices along dim 0 are the same", same_row, lambda x: x, X),
    ("off by the same amount (1)", labels_from_one, lambda x: x.argmax(1), LOGITS),
    ("off by the same amount", lambda x: x + 0.3, lambda x: x, X),
    ("off by a constant along dim 0", with_bias_forgotten, lambda x: x + torch.arange(5.0), X),
    ("off by a constant along dim 1", maximum_forgotten, lambda x: x, LOGITS),
    ("it is the cumulative sum of what is due, along dim 1", running_return, lambda x: x, X),
    ("the cumulative sum is missing, along dim 0", rewards, lambda x: x.cumsum(0), X),
    ("right numbers stand in the wrong places", reshaped, lambda x: x.permute(1, 0, 2, 3), IMAGES),
    ("only the last row (5) is wrong", last_batch_forgotten, lambda x: 2 * x, X),
    ("only the last element (4) is wrong", off_at_the_end, lambda x: x.diff(dim=0)[:, 0], X),
    ("float32 underneath", lambda x: x.float().double(), lambda x: x, X.double() / 3),
    ("only the last digits are wrong", with_epsilon, right_softmax, LOGITS.double()),
    ("float32 underneath", through_numpy, torch.exp, X.double()),
    ("radians where degrees", lambda x: x.atan(), lambda x: x.atan() * 180 / math.pi, X),
]


@pytest.mark.parametrize(("words", "mistake", "right", "x"), MISTAKES, ids=[mistake[0] for mistake in MISTAKES])
def test_a_mistake_is_recognised_on_a_real_wrong_answer(
    words: str, mistake: Callable[[Tensor], Tensor], right: Callable[[Tensor], Tensor], x: Tensor
) -> None:
    assert right(x) == close(right(x))
    assert mistake(x) != close(right(x))
    said = explain.last()
    assert said is not None
    assert words in said.sentence


def test_every_pattern_of_the_table_has_its_wrong_answer() -> None:
    spoken = set()
    for _, mistake, right, x in MISTAKES:
        got, want = mistake(x), right(x)
        if not want.is_floating_point():
            got, want = got.double(), want.double()
        spoken.add(pattern(got, want).split(":")[0][:12])
    assert len(spoken) >= len(TABLE)


def test_the_sizes_of_the_inputs_name_a_factor() -> None:
    x = values(7, 7, 11)
    assert (x**2).sum() != close_to(lambda x: (x**2).mean(), x)
    said = explain.last()
    assert said is not None
    assert "77 times too large, a size of the input: a sum where a mean is due?" in said.message


DTYPES = [torch.float64, torch.float32, torch.float16, torch.bfloat16]
SHAPES = st.lists(st.integers(0, 5), min_size=0, max_size=4).map(tuple)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**31), SHAPES, st.sampled_from(DTYPES), st.sampled_from([1e-3, 1.0, 50.0]))
def test_unrelated_numbers_show_no_pattern(seed: int, shape: Shape, dtype: torch.dtype, scale: float) -> None:
    got, want = scale * values(seed, *shape, dtype=dtype), scale * values(seed + 1, *shape, dtype=dtype)
    if want.numel() >= 4 and not (dtype in DTYPES[2:] and want.numel() < 12):
        assert pattern(got, want) == ""
        assert pattern(got.abs(), want.abs()) == ""
        assert scale > 1 or pattern(got.double().softmax(-1), want.double().softmax(-1)) == "" or max(shape) < 2


def test_unrelated_single_numbers_show_hardly_ever_one() -> None:
    drawn = values(11, 4000, 2)
    assert sum(bool(pattern(got, want)) for got, want in drawn) <= 4


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**31), SHAPES, st.sampled_from(DTYPES[:2]))
def test_right_answers_show_no_pattern(seed: int, shape: Shape, dtype: torch.dtype) -> None:
    want = values(seed, *shape, dtype=dtype)
    assert pattern(want, want) == ""
    assert pattern(want * (1 + 1e-15), want) == ""
    assert pattern(want * (1 + 1e-6), want.float()) == ""


ODD = st.sampled_from([0.0, -0.0, 1.0, -1.0, 2.0, 1e-300, 1e300, -1e300, math.inf, -math.inf, 3.5, 1e-45])


@settings(max_examples=300, deadline=None)
@given(st.data(), SHAPES, st.sampled_from([*DTYPES, torch.int64, torch.uint8, torch.bool, torch.complex64]))
def test_no_values_whatever_make_a_pattern_raise(data: st.DataObject, shape: Shape, dtype: torch.dtype) -> None:
    size = math.prod(shape)
    got, want = (
        torch.tensor(data.draw(st.lists(ODD, min_size=size, max_size=size)), dtype=torch.float64)
        .nan_to_num(posinf=math.inf if dtype.is_floating_point else 9.0, neginf=-9.0)
        .clamp(-1e18, 1e18)
        .to(dtype)
        .reshape(shape)
        for _ in range(2)
    )
    assert isinstance(pattern(got, want), str)
    assert isinstance(pattern(got.double() if not got.is_complex() else got, want), str)


def test_beyond_a_size_nothing_is_looked_for() -> None:
    assert pattern(torch.zeros(600_000), torch.ones(600_000)) == ""
    assert pattern(torch.zeros(2, 3), torch.ones(3, 2)) == ""
