"""Behaviours: samples of what came back, alike for the same mistake in other words, and bounded whatever comes."""

from __future__ import annotations

import math

import msgspec
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.checks import Failure, student_error
from autograder.examiner.behaviour import MAX_LEAVES, MAX_NUMBERS, MAX_STEPS, Behaviour, Leaf, Step, Witness


def of(*results: object) -> Behaviour:
    witness = Witness(lambda value: isinstance(value, torch.Tensor))
    for result in results:
        witness.came("call", "", result)
    return Behaviour(witness.steps)


def random(*shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(3))


def test_the_same_values_summed_in_another_order_are_the_same_behaviour() -> None:
    x = random(500, 40)
    assert of(x.sum(0), [float(x.mean())]).like(of(x.flip(0).sum(0), [x.double().mean().item()]))


def test_another_formula_is_another_behaviour() -> None:
    x = random(6, 7)
    assert not of(x.mean(0)).like(of(x.sum(0)))
    assert not of(x.std(0)).like(of(x.std(0, correction=0)))
    assert not of(x.softmax(0)).like(of(x.softmax(1)))


@pytest.mark.parametrize(
    "other", [random(7, 6), random(6, 7).double(), random(6, 7).tolist(), None, random(6, 7).numpy(), "text"]
)
def test_another_kind_of_value_is_another_behaviour(other: object) -> None:
    assert not of(random(6, 7)).like(of(other))


def test_an_answer_that_says_more_or_less_behaves_otherwise() -> None:
    x = random(4)
    assert not of(x, x).like(of(x))
    parting = of(x, x).parts_from(of(x))
    assert parting is not None
    assert parting.informative
    assert of(x).parts_from(of(x, x)) is None


def test_infinities_and_nan_are_values_like_others() -> None:
    x = torch.tensor([math.inf, -math.inf, math.nan, 1.0])
    assert of(x).like(of(x.clone()))
    assert not of(x).like(of(x.flip(0)))
    assert not of(torch.tensor([1.0])).like(of(torch.tensor([math.nan])))


def test_small_values_beside_large_ones_may_be_rounding() -> None:
    assert of(torch.tensor([1e6, 1e-3])).like(of(torch.tensor([1e6, 2e-3])))
    assert not of(torch.tensor([1.0, 1e-3])).like(of(torch.tensor([1.0, 2e-3])))


def test_what_is_raised_tells_something_only_by_its_words() -> None:
    witness = Witness(torch.is_tensor)
    witness.raised("call", "", student_error("RuntimeError", "The size of tensor a (3) must match"))
    witness.raised("call", "", student_error("NotImplementedError", "softmax"))
    witness.raised("call", "", Failure("your code did not finish in time", "timeout"))
    said, stub, late = witness.steps
    assert [step.informative for step in (said, stub, late)] == [True, False, False]


def test_an_argument_that_came_back_changed_is_part_of_the_behaviour() -> None:
    witness = Witness(torch.is_tensor)
    witness.changed(0)
    witness.came("call", "", 1)
    assert not Behaviour(witness.steps).like(of(1))
    assert witness.steps[0].informative


def test_names_that_are_looked_up_are_remembered() -> None:
    witness = Witness(torch.is_tensor)
    witness.came("find", "softmax", object())
    witness.came("hello", "", 3)
    assert Behaviour(witness.steps).names == {"softmax"}
    assert len(witness.steps) == 1


def test_nothing_that_comes_back_is_kept_whole() -> None:
    witness = Witness(torch.is_tensor)
    for _ in range(MAX_STEPS + 5):
        witness.came("call", "", 1)
    witness.raised("call", "", student_error("ValueError", "x" * 10_000))
    assert len(witness.steps) == MAX_STEPS
    deep: object = 1
    for _ in range(2000):
        deep = [deep, deep]
    behaviour = of([list(range(10_000))] * 50, "x" * 10**6, torch.zeros(10**6), 10**400, np.zeros(10**6), deep)
    assert all(len(step.leaves) <= MAX_LEAVES for step in behaviour.steps)
    assert len(msgspec.msgpack.encode(behaviour)) < 20_000


def test_however_much_comes_back_the_samples_of_a_check_are_bounded() -> None:
    witness = Witness(torch.is_tensor)
    for _ in range(MAX_STEPS):
        witness.came("call", "", [torch.rand(1000) for _ in range(MAX_LEAVES)])
    assert sum(len(leaf.samples) for step in witness.steps for leaf in step.leaves) <= MAX_NUMBERS


def test_values_that_have_no_numbers_to_show_are_told_by_their_kind() -> None:
    strange = (
        torch.zeros(0, 3),
        torch.ones(2, dtype=torch.complex64),
        torch.ones(2, 2).to_sparse(),
        np.array(["a"]),
        {"a": 1},
    )
    for value in strange:
        assert of(value).like(of(value))
    assert not of({"a": 1}).like(of({"a": 2}))


floats = st.floats(allow_nan=True, allow_infinity=True)
leaves = st.builds(Leaf, st.sampled_from(["torch.float32 (2,)", "int"]), st.lists(floats, max_size=4).map(tuple))
behaviours = st.lists(
    st.builds(Step, st.just("call"), st.just(""), st.lists(leaves, max_size=2).map(tuple)), max_size=4
)


@settings(max_examples=200)
@given(behaviours.map(lambda steps: Behaviour(tuple(steps))), behaviours.map(lambda steps: Behaviour(tuple(steps))))
def test_likeness_is_reflexive_and_symmetric_and_survives_the_way_to_the_supervisor(
    one: Behaviour, other: Behaviour
) -> None:
    assert one.like(one)
    assert one.parts_from(one) is None
    assert one.like(other) == other.like(one)
    assert one.like(msgspec.msgpack.decode(msgspec.msgpack.encode(one), type=Behaviour))
