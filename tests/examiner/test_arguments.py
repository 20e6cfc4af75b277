"""What student code does in place to what a check passed to it: a finding, unless the check asked for it.

PYTEST_DONT_REWRITE: the examiner runs checks with plain assertions.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from transports import AcrossTheWire, Transport

from autograder.checks import close, gradcheck, remote, same_gradients, unchanged
from autograder.course import Outcome, Reason

UNIFORM = "def softmax(x, dim):\n    x.data.zero_()\n    return torch.full_like(x, 1 / x.shape[dim])"
EMPTY = "def softmax(x, dim):\n    x.data = torch.empty(0, 7)\n    return torch.empty(0, 7)"
INTEGERS = "def softmax(x, dim):\n    x.data = torch.zeros(2, 2).int()\n    return x.float().softmax(dim)"
SORTED = "def order(v):\n    v.sort()\n    return v"
KEYWORD = "def softmax(x, dim):\n    x += 1\n    return torch.softmax(x - 1, dim)"


@pytest.mark.parametrize("body", [UNIFORM, EMPTY, INTEGERS])
def test_a_reference_is_never_computed_from_what_the_student_made_of_the_input(transport: Transport, body: str) -> None:
    def check(student: Any) -> None:
        x = torch.randn(3, 5)
        assert student.softmax(x, dim=1) == close(x.softmax(1))

    found = transport.finding(check, body)
    assert (found.outcome, found.points) == (Outcome.FAILED, 0)


def test_a_right_answer_that_changes_its_argument_is_told_which(transport: Transport) -> None:
    def check(student: Any) -> None:
        x = torch.zeros(2, 2)
        assert student.softmax(x, dim=0) == close(torch.full((2, 2), 0.5))

    def by_keyword(student: Any) -> None:
        x = torch.zeros(2, 2)
        assert student.softmax(dim=0, x=x) == close(torch.full((2, 2), 0.5))

    found = transport.finding(check, KEYWORD)
    assert (found.outcome, found.reason, found.points) == (Outcome.FAILED, Reason.MUTATED_INPUT, 0)
    assert found.message.startswith("`softmax` changed its argument 0 in place, and must leave it as it was")
    assert "changed its argument `x` in place" in transport.finding(by_keyword, KEYWORD).message


@pytest.mark.parametrize(
    "body",
    [
        "x += 1\n    x -= 1",
        "x.numpy()[0] = 9",
        "x.t_()",
        "x.unsqueeze_(0)",
        "x.resize_(1)",
        "x.data[0] = 5",
    ],
)
def test_every_kind_of_change_counts(transport: Transport, body: str) -> None:
    def check(student: Any) -> None:
        student.f([{"in": (torch.ones(2, 3),)}])

    found = transport.finding(check, f"def f(v):\n    x = v[0]['in'][0]\n    {body}")
    assert found.reason == Reason.MUTATED_INPUT


def test_lists_arrays_and_dicts_count_too(transport: Transport) -> None:
    def of(value: Any) -> Any:
        def check(student: Any) -> None:
            student.order(value)

        return check

    assert transport.finding(of([3, 1]), SORTED).reason == Reason.MUTATED_INPUT
    assert transport.finding(of(np.array([3.0, 1.0])), SORTED).reason == Reason.MUTATED_INPUT
    assert transport.finding(of({1: [2, 1]}), "def order(v): v[1].sort()").reason == Reason.MUTATED_INPUT
    assert transport.finding(of([1, 3]), SORTED).outcome == Outcome.PASSED
    assert transport.finding(of([3, 1]), "def order(v): return sorted(v)").outcome == Outcome.PASSED


def test_a_check_that_asks_for_it_sees_the_change(transport: Transport) -> None:
    def check(student: Any) -> None:
        x = torch.ones(3)
        got = student.halve_(x)
        assert got is x
        assert x == close(torch.full((3,), 0.5))

    body = "def halve_(x): return x.mul_(0.5)"
    assert transport.finding(check, body, in_place=True).outcome == Outcome.PASSED
    assert transport.finding(check, body).outcome == Outcome.FAILED


def test_a_method_and_a_module_are_watched_as_functions_are(transport: Transport) -> None:
    def method(student: Any) -> None:
        assert student.Scaler().scale(torch.ones(2)) == close(torch.full((2,), 2.0))

    def module(student: Any) -> None:
        assert student.Net()(torch.ones(2)) == close(torch.full((2,), 2.0))

    scaler = "class Scaler:\n    def scale(self, x): return x.mul_(2)"
    net = "class Net(torch.nn.Module):\n    def forward(self, x): return x.mul_(2)"
    for check, body, name in ((method, scaler, "scale"), (module, net, "Net")):
        found = transport.finding(check, body)
        assert found.reason == Reason.MUTATED_INPUT
        assert found.message.startswith(f"`{name}` changed its argument 0")


def test_classes_are_left_as_they_were(transport: Transport) -> None:
    net = "class Net(torch.nn.Module):\n    def forward(self, x): return x\nforward = Net.forward"

    def check(student: Any) -> None:
        student.Net()(torch.ones(1))

    def again(student: Any) -> None:
        assert student.same()

    assert transport.finding(check, net).outcome == Outcome.PASSED
    assert transport.finding(again, net, "def same(): return Net.forward is forward", in_place=True).points == 2


def test_what_was_wrong_before_stays_the_finding(wire: AcrossTheWire) -> None:
    def check(student: Any) -> None:
        x = torch.ones(2)
        assert student.f(x) == close(x)

    assert wire.finding(check, "def f(x):\n    x += 1\n    return x * 2").reason == Reason.WRONG_ANSWER
    assert wire.finding(check, "def f(x):\n    x += 1\n    raise ValueError").reason == Reason.EXCEPTION
    unharmed = wire.finding(check, "def f(x):\n    x += 1\n    return x - 1")
    assert unharmed.reason == Reason.MUTATED_INPUT


def test_unchanged_sees_what_was_kept_from_the_caller(wire: AcrossTheWire) -> None:
    whole = torch.ones(4)
    array = np.ones(4)

    def tensor(student: Any) -> None:
        with unchanged(whole):
            student.f(whole[:2])

    def numbers(student: Any) -> None:
        with unchanged([array]):
            student.f(array[:2])

    for check in (tensor, numbers):
        found = wire.finding(check, "def f(x): x[0] = 7")
        assert (found.reason, found.message[:12]) == (Reason.MUTATED_INPUT, "The function")
    assert whole.tolist() == array.tolist() == [1, 1, 1, 1]


def test_gradients_weights_and_callbacks_are_no_arguments_that_were_changed(transport: Transport) -> None:
    cells = (
        "class Net(torch.nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.layer = torch.nn.Linear(3, 2)\n    def forward(self, x): return self.layer(x)",
        "def loss(model, x, y): return ((model(x) - y) ** 2).mean()",
        "def step(model, opt, x, y):\n    opt.zero_grad()\n    l = loss(model, x, y)\n    l.backward()\n"
        "    opt.step()\n    return l.item()",
        "def backward(x): (x ** 2).sum().backward()",
        "def each(f, loader):\n    for x in loader: f(x)",
        "def f(x): return x ** 3",
    )

    def check(student: Any) -> None:
        x, y = torch.randn(4, 3), torch.randn(4, 2)
        model = student.Net()
        opt = remote(torch.optim.SGD)(model.parameters(), lr=0.1)
        assert student.step(model, opt, x, y) > 0
        assert student.step(model=model, opt=opt, x=x, y=y) > 0
        student.loss(model, x, y).backward()
        z = torch.randn(3, dtype=torch.float64, requires_grad=True)
        student.backward(z)
        assert z.grad == close(2 * z.detach())
        student.f(z).sum().backward()
        assert gradcheck(student.f, z)
        assert torch.autograd.gradgradcheck(student.f, z)
        assert same_gradients(student.f, lambda t: t**3, torch.randn(5))
        seen: list[Any] = []
        student.each(seen.append, [torch.ones(1), torch.ones(1)])
        assert len(seen) == 2

    found = transport.finding(check, *cells)
    assert found.outcome == Outcome.PASSED, found


def test_gradients_handed_in_are_not_overwritten_by_a_backward_of_the_students(wire: AcrossTheWire) -> None:
    body = """
class Cheat(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): return x ** 2
    @staticmethod
    def backward(ctx, grad):
        grad.data.zero_()
        return grad
def square(x): return Cheat.apply(x)
"""

    def check(student: Any) -> None:
        x = torch.randn(4, requires_grad=True)
        weights = torch.ones(4)
        got = torch.autograd.grad(student.square(x), x, weights)[0]
        assert got == close(torch.autograd.grad(x**2, x, weights)[0])

    assert wire.finding(check, body).outcome == Outcome.FAILED
    honest = wire.finding(check, "def square(x): return x * x")
    assert honest.outcome == Outcome.PASSED


def test_a_change_that_autograd_recorded_is_kept_from_the_caller_and_comes_back_as_the_value(
    wire: AcrossTheWire,
) -> None:
    def check(student: Any) -> None:
        x = torch.randn(3, requires_grad=True)
        inner = x * 1
        got = student.f(inner)
        assert got == close(2 * x.detach())
        assert torch.autograd.grad(got.sum(), x)[0] == close(torch.full((3,), 2.0))
        assert inner == close(x)

    found = wire.finding(check, "def f(x): return x.mul_(2)")
    assert found.reason == Reason.MUTATED_INPUT, found


def test_parameters_that_lose_their_shape_while_they_are_used_pass_nothing(wire: AcrossTheWire) -> None:
    net = """
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(3, 2)
    def forward(self, x):
        self.layer.weight.data = torch.empty(0, 3)
        self.layer.bias.data = torch.empty(0)
        return self.layer(x)
"""

    def check(student: Any) -> None:
        model, x = student.Net(), torch.ones(4, 3)
        weight, bias = model.layer.weight, model.layer.bias
        assert weight.shape == (2, 3)
        assert model(x) == close(x @ weight.T + bias)

    found = wire.finding(check, net)
    assert (found.outcome, found.points) == (Outcome.FAILED, 0)
    assert "changed its shape" in found.message
    honest = net.replace("torch.empty(0, 3)", "torch.ones(2, 3)").replace("torch.empty(0)", "torch.ones(2)")
    assert wire.finding(check, honest).outcome == Outcome.PASSED
