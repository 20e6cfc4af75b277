"""Gradients, modes and randomness, each on both transports, on right and on wrong answers."""

from __future__ import annotations

import socket
from typing import Any

import pytest
import torch
from properties import Case, Verify, parameters, verdict_is
from transports import AcrossTheWire, Transport

from autograder.checks import (
    Failure,
    Rng,
    any_batch_size,
    gradcheck,
    gradgradcheck,
    gradients_reach,
    modes,
    no_global_randomness,
    parameter_gradients,
    same_mode,
    seeded,
    unchanged,
)
from autograder.course import Outcome


def normal(*shape: int, dtype: torch.dtype = torch.float32, requires_grad: bool = False) -> Any:
    return Rng(b"a key").normal(*shape, dtype=dtype, requires_grad=requires_grad)


def both_derivatives(student: Any) -> None:
    x = normal(3, 2, dtype=torch.float64, requires_grad=True)
    assert gradcheck(student.f, x)
    assert gradgradcheck(student.f, x)


def all_parameters_learn(student: Any) -> None:
    assert gradients_reach(student.Net(), lambda net: net(normal(6, 3)).pow(2).sum())


def gradients_of_a_network(student: Any) -> None:
    reference = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.ReLU(), torch.nn.Linear(4, 2))
    assert parameter_gradients(student.Net(), reference, lambda net: net(normal(6, 3)).logsumexp(-1).mean())


def gradients_by_name(student: Any) -> None:
    names = {"w": "weight", "b": "bias"}
    loss = lambda net: net(normal(5, 3)).pow(2).sum()  # noqa: E731
    assert parameter_gradients(student.Net(), torch.nn.Linear(3, 3), loss, names=names)


def dropout_in_training_alone(student: Any) -> None:
    assert modes(student.Net(), normal(8, 6) + 3, random=True)


def statistics_of_training(student: Any) -> None:
    assert modes(student.Net(), normal(8, 3) + 3, buffers=True)


def evaluation_leaves_the_model(student: Any) -> None:
    net = student.Net()
    for training in (True, False):
        net.train(training)
        with same_mode(net), unchanged(net):
            student.accuracy(net, normal(6, 3), torch.zeros(6, dtype=torch.int64))


def noise_follows_its_seed(student: Any) -> None:
    assert seeded(lambda seed: student.noise((3, 4), seed), Rng(b"seeds"))


def noise_is_private(student: Any) -> None:
    assert no_global_randomness(lambda: student.noise((3, 4), 5))


NET = """
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        {init}
    def forward(self, x):
        {forward}
"""


def net(init: str, forward: str) -> str:
    """The source of a module."""
    return NET.format(init=init, forward=forward)


TWO = "self.a, self.b = torch.nn.Linear(3, 4), torch.nn.Linear(4, 2)"
OWN = "self.w, self.b = torch.nn.Parameter(torch.randn(3, 3)), torch.nn.Parameter(torch.randn(3))"
NORM = "self.register_buffer('m', torch.zeros(3)); self.register_buffer('v', torch.ones(3))"
TRAINED = (
    "m, v = (x.mean(0), x.var(0, correction=0)) if self.training else (self.m, self.v)\n"
    "        if self.training: self.m, self.v = 0.9 * self.m + 0.1 * m.detach(), 0.9 * self.v + 0.1 * v.detach()\n"
    "        return (x - m) / (v + 1e-5).sqrt()"
)
EVALUATE = "net_ = None\nclass Net(torch.nn.Sequential):\n    def __init__(self):\n        super().__init__(" + (
    "torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4), torch.nn.Dropout(), torch.nn.Linear(4, 2))\n"
)
ONCE = """
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x ** 3
    @staticmethod
    {decorator}
    def backward(ctx, g):
        x, = ctx.saved_tensors
        return {gradient}
f = F.apply
"""

ONCE_ONLY = "@torch.autograd.function.once_differentiable"
SWAPPED = "self.b, self.w = torch.nn.Parameter(torch.randn(3)), torch.nn.Parameter(torch.randn(3, 3))"
THIRD = OWN + "; self.y = torch.nn.Parameter(torch.ones(1))"
IN_PLACE = TRAINED.replace(
    "self.m, self.v = 0.9 * self.m + 0.1 * m.detach(), 0.9 * self.v + 0.1 * v.detach()",
    "self.m.lerp_(m.detach(), 0.1); self.v.lerp_(v.detach(), 0.1)",
)

CASES = [
    Case(
        "second derivatives",
        both_derivatives,
        [
            "def f(x): return x ** 3",
            ONCE.format(decorator="", gradient="3 * g * x * x"),
            "def f(x): return torch.log_softmax(x, -1).square().sum(-1)",
        ],
        {
            ONCE.format(decorator=ONCE_ONLY, gradient="3 * g * x * x"): "is the gradient's own graph cut",
            ONCE.format(decorator="", gradient="3 * g * x.detach() ** 2"): "the gradient of the gradient",
            ONCE.format(decorator="", gradient="2 * g * x * x"): "finite differences of the function's own value",
            ONCE.format(decorator="", gradient="(3 * g * x * x).detach()"): "for inputs of shape (3, 2)",
        },
    ),
    Case(
        "all parameters learn",
        all_parameters_learn,
        [
            net(TWO, "return self.b(self.a(x).relu())"),
            net(OWN, "return torch.tanh(x @ self.w + self.b)"),
            "Net = lambda: torch.nn.Linear(3, 3)",
        ],
        {
            net(TWO, "return self.a(x).relu()"): "no gradient reaches `b.weight`, of shape (2, 4)",
            net(TWO, "return self.b(self.a(x).relu().detach())"): "no gradient reaches `a.weight`, of shape (4, 3)",
            net(TWO, "return self.b(self.a(x).relu()) * 0"): "the gradient of `a.weight`, of shape (4, 3), is zero",
            net(TWO, "return self.b((self.a(x) * 0).sqrt())"): "infinite in 12 of 12 elements",
            net("self.parts = [torch.nn.Linear(3, 4)]", "return self.parts[0](x)"): "nn.modulelist, not a list",
            net(TWO + "; self.a.requires_grad_(False)", "return self.b(self.a(x))"): "`a.weight`, `a.bias` of",
            net(TWO, "return x"): "does not depend on any parameter",
            net(TWO, "return self.b(self.a(x)).detach()"): "does not depend on any parameter",
            "def Net(): return 3": "expected a torch.nn.Module with parameters, got",
        },
    ),
    Case(
        "gradients of parameters",
        gradients_of_a_network,
        [
            net(TWO, "return self.b(self.a(x).relu())"),
            net(TWO, "return self.a(x).clamp(min=0) @ self.b.weight.T + self.b.bias"),
            net(TWO.replace("self.a, self.b", "self.b, self.a").replace("(3, 4)", "(4, 2)", 1), "return x")
            .replace("torch.nn.Linear(4, 2), torch.nn.Linear(4, 2)", "torch.nn.Linear(4, 2), torch.nn.Linear(3, 4)")
            .replace("return x", "return self.b(self.a(x).relu())"),
            "Net = lambda: torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.ReLU(), torch.nn.Linear(4, 2))",
        ],
        {
            net(TWO, "return self.b(self.a(x).tanh())"): "the loss is wrong already",
            net(TWO, "return self.b(self.a(x).relu().detach())"): "no gradient reaches `a.weight`, of shape (4, 3)",
            net(TWO, "h = self.a(x).relu()\n        return self.b(h.data + 2 * (h - h.data))"): "`a.weight`, of",
            net(TWO, "y = self.b(self.a(x).relu())\n        return y - y.data + y"): "gradient of `a.weight`",
            net(TWO, "return self.a(x).relu() @ self.b.weight.T + self.b.bias.data"): "no gradient reaches `b.bias`",
            net("self.a = torch.nn.Linear(3, 2)", "return self.a(x)"): "which is too few",
            net(TWO.replace("(4, 2)", "(4, 5)"), "return self.b(self.a(x).relu())"): "`b.weight` has shape (5, 4)",
        },
    ),
    Case(
        "gradients of parameters by name",
        gradients_by_name,
        [
            net(OWN, "return x @ self.w.T + self.b"),
            net(SWAPPED, "return torch.einsum('oi,ni->no', self.w, x) + self.b"),
        ],
        {
            net(OWN, "return x @ self.w + self.b"): "the loss is wrong already",
            net(OWN.replace("self.b", "self.c"), "return x @ self.w.T + self.c"): "no parameter `b`; it has `w`, `c`",
            net(THIRD, "return x @ self.w.T + self.b"): "parameters that do not belong there: `y`",
        },
    ),
    Case(
        "dropout",
        dropout_in_training_alone,
        [
            net("self.d = torch.nn.Dropout(0.5)", "return self.d(x)"),
            net("pass", "return x * (torch.rand(x.shape) > 0.3) / 0.7 if self.training else x"),
        ],
        {
            net("pass", "return torch.nn.functional.dropout(x, 0.5)"): "input of shape (8, 6) gave two results",
            net("pass", "return torch.nn.functional.dropout(x, 0.5, not self.training)"): "in eval mode",
            net("pass", "return x"): "two passes in training gave the same result",
            net("self.m = (torch.rand(6) > 0.5) / 0.5", "return x * self.m if self.training else x"): "a fresh mask",
            net("self.d = torch.nn.Dropout(0.5)", "self.train()\n        return self.d(x)"): "two results",
            "def Net(): return torch.ones(2)": "expected a torch.nn.Module, got a tensor",
        },
    ),
    Case(
        "running statistics",
        statistics_of_training,
        [
            "Net = lambda: torch.nn.BatchNorm1d(3)",
            net(NORM, TRAINED),
            net(NORM, IN_PLACE),
        ],
        {
            net(NORM, "self.m = 0.9 * self.m + 0.1 * x.mean(0)\n        return x - self.m"): "moved the buffer `m`",
            net(NORM, TRAINED.replace("if self.training else (self.m, self.v)", "if True else 0")): "as a batch of one",
            net(NORM, TRAINED.replace("if self.training: self.m", "if False: self.m")): "not move any of the buffers m",
            net("self.m, self.v = torch.zeros(3), torch.ones(3)", TRAINED): "self.register_buffer(name, tensor)",
            net(NORM, TRAINED + " if False else x"): "training and evaluation gave the same result",
        },
    ),
    Case(
        "the mode is kept",
        evaluation_leaves_the_model,
        [
            EVALUATE + "def accuracy(net, x, y):\n    was = net.training\n    net.eval()\n"
            "    guess = net(x).argmax(-1)\n    net.train(was)\n    return (guess == y).float().mean()",
            EVALUATE + "import copy\ndef accuracy(net, x, y): return copy.deepcopy(net).eval()(x).argmax(1) == y",
        ],
        {
            EVALUATE + "def accuracy(net, x, y):\n    net.eval()\n    net(x)": "it is in eval mode now",
            EVALUATE + "def accuracy(net, x, y):\n    net.eval()\n    net(x)\n    net.train()": "in train mode now",
            EVALUATE + "def accuracy(net, x, y):\n    net(x)": "changed the model, its argument",
        },
    ),
    Case(
        "seeds",
        noise_follows_its_seed,
        [
            "def noise(shape, seed): return torch.randn(shape, generator=torch.Generator().manual_seed(seed))",
            "import numpy as np\ndef noise(shape, seed):\n"
            "    return torch.from_numpy(np.random.default_rng(seed).standard_normal(shape))",
            "def noise(shape, seed):\n    torch.manual_seed(seed)\n    return torch.randn(shape)",
        ],
        {
            "def noise(shape, seed): return torch.randn(shape)": "the same seed gave other values the second time",
            "g = torch.Generator().manual_seed(1)\n"
            "def noise(shape, seed): return torch.randn(shape, generator=g)": "make a generator from the seed in every",
            "g = torch.Generator()\n"
            "def noise(shape, seed): return torch.randn(shape, generator=g.manual_seed(1))": "is the seed used?",
            "def noise(shape, seed):\n"
            "    return torch.randn(shape, generator=torch.Generator().manual_seed(seed or 1))": "two different seeds",
            "def noise(shape, seed):\n    g = torch.Generator()\n"
            "    return torch.stack([torch.randn(4, generator=g.manual_seed(seed)) for _ in range(3)])": "are alike",
            "first = {}\ndef noise(shape, seed):\n"
            "    g = torch.Generator().manual_seed(seed + len(first))\n    first[seed] = 1\n"
            "    return torch.randn(shape, generator=g)": "the same seed gave other values",
        },
    ),
    Case(
        "shared generators",
        noise_is_private,
        [
            "def noise(shape, seed): return torch.randn(shape, generator=torch.Generator().manual_seed(seed))",
            "import numpy as np, random\ndef noise(shape, seed):\n"
            "    return torch.from_numpy(np.random.default_rng(seed).standard_normal(shape))",
        ],
        {
            "def noise(shape, seed):\n    torch.manual_seed(seed)\n    return torch.randn(shape)": "torch's shared",
            "def noise(shape, seed): return torch.randn(shape)": "torch's shared generator",
            "import numpy as np\ndef noise(shape, seed):\n"
            "    np.random.seed(seed)\n    return np.random.randn(*shape)": "numpy's shared generator",
            "import random\ndef noise(shape, seed): return torch.tensor(random.random())": "python's shared generator",
            "def noise(shape, seed):\n    import numpy\n    numpy.random.seed(seed)\n"
            "    return torch.from_numpy(numpy.random.randn(*shape))": "numpy's shared generator",
            "def noise(shape, seed):\n    from random import seed as sow, gauss\n    sow(seed)\n"
            "    return torch.tensor([gauss(0, 1) for _ in range(12)]).reshape(shape)": "python's shared generator",
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("check", "source", "words"), parameters(CASES))
def test_each_property_tells_right_answers_from_wrong_ones(
    transport: Transport, check: Verify, source: str, words: str | None
) -> None:
    torch.manual_seed(0)
    verdict_is(transport, check, source, words)


def test_a_network_of_the_students_keeps_its_gradients_and_its_mode(transport: Transport) -> None:
    model = transport.student(net(TWO, "return self.b(self.a(x).relu())")).Net()
    model.eval()
    assert gradients_reach(model, lambda m: m(normal(6, 3)).sum())
    assert modes(model, normal(6, 3))
    assert model.training is False
    assert all(parameter.grad is None for parameter in model.parameters())


def test_parameters_are_matched_whatever_their_order(transport: Transport) -> None:
    student = transport.student(
        net(
            "self.last, self.first = torch.nn.Linear(3, 3), torch.nn.Linear(3, 3)",
            "return self.last(self.first(x).tanh())",
        )
    )
    reference = torch.nn.Sequential(torch.nn.Linear(3, 3), torch.nn.Tanh(), torch.nn.Linear(3, 3))
    assert parameter_gradients(student.Net(), reference, lambda net: net(normal(6, 3)).logsumexp(-1).mean())


def test_modes_of_a_model_that_returns_more_than_a_tensor(transport: Transport) -> None:
    student = transport.student("net = torch.nn.LSTM(3, 4, num_layers=2, dropout=0.5, batch_first=True)")
    assert modes(student.net, normal(2, 5, 3), random=True, output=lambda result: result[0])


def test_a_mean_over_nothing_may_be_nan_where_the_reference_says_so(transport: Transport) -> None:
    student = transport.student("def f(x): return x.mean()\ndef g(x): return x.sum() / max(len(x), 1)")
    assert any_batch_size(student.f, normal, sizes=(0, 1, 3), reference=torch.mean)
    with pytest.raises(Failure, match="for a batch of 0"):
        any_batch_size(student.g, normal, sizes=(0, 1, 3), reference=torch.mean)


def test_seeds_leave_the_shared_generator_where_it_was(transport: Transport) -> None:
    student = transport.student("def noise(seed): torch.manual_seed(seed); return torch.randn(2, 3)")
    state = torch.get_rng_state()
    assert seeded(student.noise, Rng(b""))
    assert torch.equal(torch.get_rng_state(), state)


def test_a_property_ends_with_the_connection(wire: AcrossTheWire) -> None:
    def check(student: Any) -> None:
        student.noise((1,), 1)
        wire.workers.peers[-1].channel._socket.shutdown(socket.SHUT_RDWR)
        no_global_randomness(lambda: student.noise((1,), 1))

    finding = wire.finding(check, "def noise(shape, seed): return torch.zeros(shape)")
    assert (finding.outcome, finding.reason) == (Outcome.FAILED, "worker_died")


def test_names_that_the_reference_has_not_are_the_authors_mistake() -> None:
    with pytest.raises(ValueError, match="no parameter 'w'"):
        parameter_gradients(torch.nn.Linear(1, 1), torch.nn.Linear(1, 1), torch.sum, names={"a": "w"})
    with pytest.raises(ValueError, match="requires_grad"):
        gradgradcheck(torch.exp, torch.ones(2, dtype=torch.float64))
    with pytest.raises(Failure, match="must be one number, and has shape"):
        gradients_reach(torch.nn.Linear(1, 2), lambda m: m(torch.ones(1, 1)))
