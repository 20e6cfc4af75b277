"""Tensors that are large enough to go through shared memory: the same on both transports.

PYTEST_DONT_REWRITE: the examiner runs checks with plain assertions.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from transports import AcrossTheWire, Transport

from autograder.checks import Failure, close, unchanged
from autograder.course import Outcome, Reason
from autograder.wire.frames import LARGE

COUNT = LARGE // 2
"""Of float32: two pieces' worth."""


def numbers() -> torch.Tensor:
    return torch.arange(float(COUNT)).reshape(-1, 4)


@pytest.mark.parametrize(
    "body",
    [
        "x += 1",
        "x[7, 0] = -9",
        "x.data[7, 0] = -9",
        "x.detach()[7, 0] = -9",
        "x.view(-1).data[28] = -9",
        "x.numpy()[7, 0] = -9",
        "x[7].numpy()[0] = -9",
        "np.asarray(x)[7, 0] = -9",
        "np.from_dlpack(x)[7, 0] = -9",
        "torch.from_dlpack(x).data[7, 0] = -9",
        "memoryview(x.numpy()).cast('B')[112] ^= 1",
        "x.untyped_storage()[112] = 1 + x.untyped_storage()[112] % 255",
        "torch.frombuffer(x.numpy(), dtype=torch.float32)[28] = -9",
        "ctypes.c_float.from_address(x.data_ptr() + 112).value = -9",
        "torch.empty(0).set_(x.untyped_storage(), 28, (1,), (1,)).fill_(-9)",
        "x.data = x.data.flip(0)",
        "x.data.copy_(torch.zeros(1))",
        "torch._foreach_add_([x.data], 1)",
        "torch.add(x.data, 1, out=x.data)",
        "x.set_(torch.zeros(x.shape))",
        "x.t_()",
        "x.mul_(1)",
    ],
)
def test_a_large_tensor_changed_in_place_by_any_way_is_seen_as_changed(transport: Transport, body: str) -> None:
    student = transport.student(f"import ctypes\nimport numpy as np\ndef f(x):\n    {body}")
    x, twin = numbers(), numbers()
    exec("import ctypes\n" + body, {"x": twin, "np": np, "torch": torch})
    with pytest.raises(Failure, match="in place"), unchanged(x):
        student.f(x)
    assert torch.equal(x, twin)


@pytest.mark.parametrize(
    "body",
    [
        "return x.sum()",
        "return x.numpy().sum()",
        "x.data_ptr()",
        "return [x.clone(), x[3]]",
        "return x",
        "return x * 2",
    ],
)
def test_a_large_tensor_that_is_only_read_is_unchanged(transport: Transport, body: str) -> None:
    def check(student: Any) -> None:
        x = numbers()
        student.f(x)
        assert torch.equal(x, numbers())

    assert transport.finding(check, f"def f(x):\n    {body}").outcome is Outcome.PASSED


def test_a_large_argument_that_comes_back_changed_is_at_fault(transport: Transport) -> None:
    def check(student: Any) -> None:
        x = numbers()
        assert student.f(x) == close(numbers() * 2)

    assert transport.finding(check, "def f(x): return x.mul_(2)").reason is Reason.MUTATED_INPUT
    assert transport.finding(check, "def f(x): return x.mul(2)").outcome is Outcome.PASSED


def test_a_large_tensor_that_the_student_keeps_stays_as_it_was_passed(transport: Transport) -> None:
    student = transport.student("kept = []\ndef keep(x): kept.append(x)\ndef total(): return [k.sum() for k in kept]")
    for number in range(4):
        student.keep(torch.full((COUNT,), float(number)))
    assert [float(total) for total in student.total()] == [float(number * COUNT) for number in range(4)]


def test_two_large_arguments_share_nothing(transport: Transport) -> None:
    student = transport.student("def f(x, y):\n    x.data.zero_()\n    return y.sum()")
    x, y = torch.ones(COUNT), torch.ones(COUNT)
    assert float(student.f(x, y)) == COUNT
    assert float(x.sum()) == 0
    assert float(y.sum()) == COUNT


def test_gradients_of_large_tensors_are_right_in_both_orders(transport: Transport) -> None:
    student = transport.student("def f(x): return (x ** 3).sum()")
    x = numbers().div(COUNT).double().requires_grad_()
    (first,) = torch.autograd.grad(student.f(x), x, create_graph=True)
    (second,) = torch.autograd.grad(first.sum(), x)
    assert torch.allclose(first, 3 * x**2)
    assert torch.allclose(second, 6 * x)


def test_a_large_tensor_that_is_no_leaf_may_be_written_to(transport: Transport) -> None:
    student = transport.student("def f(x):\n    x.mul_(3)\n    return x.sum()")
    x = torch.ones(COUNT, requires_grad=True)
    doubled = x * 2
    student.f(doubled).backward()
    assert x.grad is not None
    assert torch.equal(x.grad, torch.full((COUNT,), 6.0))
    assert float(doubled.detach().sum()) == 6 * COUNT


def test_large_arrays_changed_in_place_are_seen(transport: Transport) -> None:
    student = transport.student("def f(a):\n    a[5] = -1\n    return a * 2")
    array = np.ones(COUNT)
    assert float(np.asarray(student.f(array)).sum()) == 2 * COUNT - 4
    assert array[5] == -1


def test_parameters_of_a_large_model_are_brought_up_to_date(transport: Transport) -> None:
    student = transport.student(
        "net = torch.nn.Linear(1024, 512)\n"
        "def get(): return net\n"
        "def step():\n    net.weight.data += 1\n"
        "def first(): return net.weight[0, 0].detach()\n"
    )
    weight = dict(student.get().named_parameters())["weight"]
    before = weight.detach().clone()
    student.step()
    assert torch.allclose(weight, before + 1)
    with torch.no_grad():
        weight.zero_()
    assert float(student.first()) == 0


def test_a_callback_gets_large_tensors_while_a_large_call_is_under_way(transport: Transport) -> None:
    student = transport.student("def f(x, g):\n    y = g(x + 1)\n    return y + x")
    seen: list[float] = []

    def twice(t: torch.Tensor) -> torch.Tensor:
        seen.append(float(t.sum()))
        return t * 2

    assert torch.equal(student.f(torch.ones(COUNT), twice), torch.full((COUNT,), 5.0))
    assert seen == [2.0 * COUNT]


def test_a_fresh_worker_after_a_death_shares_memory_of_its_own(wire: AcrossTheWire) -> None:
    def check(student: Any) -> None:
        assert student.f(numbers()) == close(numbers() + 1)

    for _ in range(2):
        assert wire.finding(check, "def f(x): return x + 1").outcome is Outcome.PASSED
    assert all(peer.channel._ring is not None for peer in wire.workers.peers)
