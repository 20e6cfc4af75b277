"""Gradients: the same on both transports, to every order."""

from __future__ import annotations

import gc
from typing import Any

import pytest
import torch
from transports import AcrossTheWire, Transport

from autograder.checks import gradcheck, same_gradients
from autograder.wire.peer import Peer


def leaf(*shape: int, dtype: torch.dtype = torch.float64) -> Any:
    generator = torch.Generator().manual_seed(3)
    return torch.randn(shape, dtype=dtype, generator=generator).requires_grad_()


def test_backward_fills_the_gradient_of_the_input(transport: Transport) -> None:
    student = transport.student("def f(x): return (x ** 2).sum()")
    x = leaf(3)
    student.f(x).backward()
    assert torch.equal(x.grad, 2 * x)
    student.f(x).backward()
    assert torch.equal(x.grad, 4 * x)


def test_autograd_grad_leaves_dot_grad_alone(transport: Transport) -> None:
    student = transport.student("def f(x, y): return x * y")
    x, y = leaf(3), leaf(3)
    one, other = torch.autograd.grad(student.f(x, y), [x, y], torch.ones_like(x))
    assert torch.equal(one, y)
    assert torch.equal(other, x)
    assert x.grad is None


def test_finite_differences_agree_to_first_and_second_order(transport: Transport) -> None:
    student = transport.student("def f(x, w): return torch.log_softmax(x @ w, -1).pow(2).sum(-1)")
    x, w = leaf(3, 4), leaf(4, 2)
    assert gradcheck(student.f, x, w)
    assert torch.autograd.gradgradcheck(student.f, (x, w))
    assert same_gradients(student.f, lambda a, b: torch.log_softmax(a @ b, -1).pow(2).sum(-1), x, w)


def test_complex_numbers_have_gradients(transport: Transport) -> None:
    student = transport.student("def f(z): return (z * z.conj()).real")
    z = torch.randn(3, dtype=torch.complex128).requires_grad_()
    assert torch.autograd.gradcheck(student.f, z)


def test_a_gradient_can_be_differentiated_again(transport: Transport) -> None:
    student = transport.student("def f(x): return (x ** 4).sum()")
    x = leaf(3)
    (first,) = torch.autograd.grad(student.f(x), x, create_graph=True)
    (second,) = torch.autograd.grad(first.sum(), x, create_graph=True)
    (third,) = torch.autograd.grad(second.sum(), x)
    assert torch.allclose(second, 12 * x**2)
    assert torch.allclose(third, 24 * x)


def test_a_penalty_on_the_gradient_reaches_the_students_parameters(transport: Transport) -> None:
    student = transport.student(
        "w = torch.tensor([2.0, 3.0], dtype=torch.float64, requires_grad=True)\ndef f(x): return (w * x ** 2).sum()"
    )
    x = leaf(2)
    (gradient,) = torch.autograd.grad(student.f(x), x, create_graph=True)
    gradient.pow(2).sum().backward()
    w = student.w
    assert torch.allclose(w.grad, 8 * w.detach() * x.detach() ** 2)


def test_gradients_of_parameters_can_be_asked_for_after_the_call(transport: Transport) -> None:
    student = transport.student("net = torch.nn.Linear(2, 1)")
    out = student.net(torch.ones(3, 2))
    weight, bias = torch.autograd.grad(out.sum(), list(student.net.parameters()))
    assert torch.equal(weight, torch.full((1, 2), 3.0))
    assert torch.equal(bias, torch.full((1,), 3.0))


def test_a_large_models_parameters_stay_until_they_are_asked_for(wire: AcrossTheWire) -> None:
    student = wire.student("net = torch.nn.Linear(200, 100)")
    out = student.net(torch.ones(3, 200))
    near: Peer = student._session._peer
    assert near.channel.bytes_received < 20_000
    out.sum().backward()
    assert torch.equal(student.net.bias.grad, torch.full((100,), 3.0))
    parameters = list(student.net.parameters())
    assert len(torch.autograd.grad(student.net(torch.ones(1, 200)).sum(), parameters)) == 2


def test_several_outputs_share_one_graph(transport: Transport) -> None:
    student = transport.student("def f(x): y = x * 2; return {'y': y, 'z': [y * 3, y.detach()], 'again': y}")
    x = leaf(3)
    got = student.f(x)
    assert got["again"] is got["y"]
    assert not got["z"][1].requires_grad
    (got["y"].sum() + got["z"][0].sum()).backward()
    assert torch.equal(x.grad, torch.full_like(x, 8))


def test_an_output_of_several_that_is_not_used_costs_nothing(transport: Transport) -> None:
    student = transport.student("def f(x, y): return x * 2, y * 3")
    x, y = leaf(2), leaf(2)
    first, _ = student.f(x, y)
    first.sum().backward()
    assert torch.equal(x.grad, torch.full_like(x, 2))
    assert y.grad is None


def test_an_output_that_does_not_depend_on_an_input_says_so(transport: Transport) -> None:
    student = transport.student(
        "def f(x, y): return x * 2\ndef g(x): return x.detach() * 2\ndef h(x): return torch.ones(3)"
    )
    x, y = leaf(3), leaf(3)
    grads = torch.autograd.grad(student.f(x, y).sum(), [x, y], allow_unused=True)
    assert grads[1] is None
    assert not student.g(x).requires_grad
    assert not student.h(x).requires_grad


def test_no_grad_holds_in_the_students_code(transport: Transport) -> None:
    student = transport.student("def f(x): return x * 2, torch.is_grad_enabled()")
    x = leaf(3)
    with torch.no_grad():
        value, enabled = student.f(x)
    assert (value.requires_grad, enabled) == (False, False)
    assert student.f(x)[0].requires_grad
    with torch.inference_mode():
        assert not student.f(x)[0].requires_grad


def test_a_graph_can_be_walked_twice_where_it_is_retained(transport: Transport) -> None:
    student = transport.student("def f(x): return (x * x).sum()")
    x = leaf(3)
    y = student.f(x)
    y.backward(retain_graph=True)
    y.backward()
    assert torch.equal(x.grad, 4 * x)


def test_calls_can_be_chained(transport: Transport) -> None:
    student = transport.student("def f(x): return x.sin()\ndef g(x): return x.exp()")
    x = leaf(3)
    assert gradcheck(lambda t: student.f(student.g(t) * 2) + t, x)
    assert torch.autograd.gradgradcheck(lambda t: student.f(student.g(t)), x)


def test_an_input_used_twice_gets_both_gradients_and_is_one_tensor(transport: Transport) -> None:
    student = transport.student("def f(x, y): return x * y, x is y")
    x = leaf(3)
    product, same = student.f(x, x)
    product.sum().backward()
    assert same
    assert torch.equal(x.grad, 2 * x)


def test_gradients_flow_through_lists_and_dicts_of_tensors(transport: Transport) -> None:
    student = transport.student("def f(parts, *, named): return sum(p.sum() for p in parts) * named['scale']")
    parts, scale = [leaf(2), leaf(3)], leaf()
    student.f(parts, named={"scale": scale}).backward()
    assert torch.allclose(parts[0].grad, scale.detach().expand(2))
    assert torch.allclose(scale.grad, (parts[0].sum() + parts[1].sum()).detach())


def test_hooks_of_the_checks_see_the_gradients(transport: Transport) -> None:
    student = transport.student("def f(x): return x * 3")
    seen: list[Any] = []
    x = leaf(2)
    y = student.f(x)
    y.register_hook(seen.append)
    x.register_hook(lambda g: g * 10)
    y.sum().backward()
    assert torch.equal(seen[0], torch.ones_like(x))
    assert torch.equal(x.grad, torch.full_like(x, 30))


def test_hooks_of_the_students_run(transport: Transport) -> None:
    student = transport.student("def f(x):\n    y = x * 3\n    y.register_hook(lambda g: g * 0)\n    return y * 2")
    x = leaf(2)
    student.f(x).sum().backward()
    assert torch.equal(x.grad, torch.zeros_like(x))


def test_a_students_own_autograd_function_is_differentiated_as_it_says(transport: Transport) -> None:
    student = transport.student(
        """
        class Double(torch.autograd.Function):
            @staticmethod
            def forward(ctx, x): return x * 2
            @staticmethod
            def backward(ctx, g): return g * 7
        """
    )
    x = leaf(2)
    student.Double.apply(x).sum().backward()
    assert torch.equal(x.grad, torch.full_like(x, 7))


def test_a_backward_in_the_students_code_fills_the_checks_leaf(transport: Transport) -> None:
    student = transport.student(
        """
        def backward(w, x):
            (w * x).sum().backward()
        def step(w, rate):
            with torch.no_grad():
                w -= rate * w.grad
                w.grad.zero_()
        def clear(w):
            w.grad = None
        """
    )
    w, x = leaf(3), torch.arange(3, dtype=torch.float64)
    before = w.detach().clone()
    student.backward(w, x)
    student.backward(w, x)
    assert torch.equal(w.grad, 2 * x)
    student.step(w, 0.5)
    assert torch.allclose(w.detach(), before - x)
    assert torch.equal(w.grad, torch.zeros(3, dtype=torch.float64))
    student.clear(w)
    assert w.grad is None


def test_a_change_in_place_that_autograd_records_is_in_the_graph(transport: Transport) -> None:
    student = transport.student("def relu_(x):\n    x.clamp_(min=0)\n    return x\ndef scale_(x, w):\n    x.mul_(w)")
    x, w = leaf(5), leaf(5)
    y = x * 1
    out = student.relu_(y)
    assert out is y
    (out * 3).sum().backward()
    assert torch.equal(x.grad, 3 * (x > 0))
    plain: Any = torch.full((5,), 2.0, dtype=torch.float64)
    student.scale_(plain, w)
    plain.sum().backward()
    assert torch.equal(w.grad, torch.full_like(w, 2))


def test_a_leaf_that_requires_grad_cannot_be_changed_in_place(transport: Transport) -> None:
    student = transport.student("def f(x): x.add_(1); return x")
    with pytest.raises(RuntimeError, match="leaf Variable"):
        student.f(leaf(2))


def test_nothing_piles_up_in_a_long_check(wire: AcrossTheWire) -> None:
    student = wire.student(
        "net = torch.nn.Linear(3, 1).double()\ndef f(x): return net(x)\n"
        "def g(): return object(), net.weight\ndef h(c): return c(1)"
    )
    far = wire.workers.peers[-1]
    x = leaf(2, 3)
    for _ in range(300):
        student.f(x).sum().backward()
        student.g()
        student.h(lambda n: n)
    gc.collect()
    student.h(lambda n: n)
    assert far.kept < 20
    near: Peer = student._session._peer
    assert near.kept < 20
    assert len(near.host._exposed) < 20  # type: ignore[attr-defined]
