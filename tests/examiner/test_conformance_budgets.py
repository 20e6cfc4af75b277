"""Parameters, layers and the cost of a call are counted alike across the wire and in this process."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from transports import Transport

from autograder.checks import Failure, remote
from autograder.checks.structure.budgets import layers, parameter_count, within
from autograder.checks.structure.tracing import Trace, trace

NETS = """
class Net(torch.nn.Module):
    def __init__(self, width=4):
        super().__init__()
        self.body = torch.nn.Sequential(torch.nn.Linear(3, width), torch.nn.ReLU(), torch.nn.Linear(width, 2))
        self.scale = torch.nn.Parameter(torch.ones(2))
    def forward(self, x): return self.body(x) * self.scale
class Tied(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.a = torch.nn.Linear(3, 3, bias=False)
        self.b = torch.nn.Linear(3, 3, bias=False)
        self.b.weight = self.a.weight
        self.a.weight.requires_grad_(False)
        self.c = torch.nn.Parameter(torch.ones(5))
class Odd(torch.nn.Module):
    def parameters(self): return ['many']
    def named_modules(self): return [1]
def nothing(): return None
def dense(x): return torch.eye(len(x)) @ x
def lean(x): return x.clone()
"""


def test_parameters_are_counted_once_each(transport: Transport) -> None:
    student = transport.student(NETS)
    assert parameter_count(student.Net()) == 3 * 4 + 4 + 4 * 2 + 2 + 2
    assert parameter_count(student.Tied()) == 9 + 5
    assert parameter_count(student.Tied(), trainable=True) == 5
    assert parameter_count(remote(torch.nn.Linear)(2, 2)) == 6


def test_layers_are_counted_by_type(transport: Transport) -> None:
    found = layers(transport.student(NETS).Net())
    assert found == {"Sequential": 1, "Linear": 2, "ReLU": 1}
    assert found["Conv2d"] == 0


@pytest.mark.parametrize(
    ("budget", "words"),
    [
        ({"parameters": 28}, ""),
        ({"parameters": 27}, "28 parameters, where the budget is 27"),
        ({"layers": {"Linear": 2, "Conv2d": 0}}, ""),
        ({"layers": {"Linear": 1}}, "2 layers of type Linear"),
        ({"parameters": 28, "layers": {"ReLU": 0}}, "1 layers of type ReLU"),
    ],
)
def test_a_model_is_held_to_its_budget(transport: Transport, budget: dict[str, Any], words: str) -> None:
    net = transport.student(NETS).Net()
    if not words:
        within(net, **budget)
        return
    with pytest.raises(Failure, match=words) as found:
        within(net, **budget)
    assert found.value.reason == "limit"


def test_a_call_is_held_to_its_budget(transport: Transport) -> None:
    student = transport.student(NETS)
    x = torch.ones(50, 2)
    seen = {}
    for name in ("dense", "lean"):
        function = getattr(student, name)
        with trace(student) as seen[name]:
            function(x)
    within(seen["lean"], flops=0, elements=100, peak_bytes=400, operations=2)
    over: tuple[tuple[dict[str, Any], str], ...] = (
        ({"flops": 9999}, "10,000 floating-point operations in products, where the budget is 9,999"),
        ({"peak_bytes": 10_000}, "bytes of tensors at one time"),
        ({"elements": 2_000}, "elements written"),
    )
    for budget, words in over:
        with pytest.raises(Failure, match=words):
            within(seen["dense"], **budget)


@pytest.mark.parametrize("name", ["nothing", "Net", "dense"])
def test_what_is_no_model_is_a_finding(transport: Transport, name: str) -> None:
    student = transport.student(NETS)
    thing = student.nothing() if name == "nothing" else getattr(student, name)
    if name == "Net":
        thing = student.lean(torch.ones(2))
    with pytest.raises(Failure, match="expected a model"):
        parameter_count(thing)


def test_a_model_that_gives_nonsense_is_a_finding(transport: Transport) -> None:
    odd = transport.student(NETS).Odd()
    with pytest.raises(Failure, match="gave a Python str"):
        parameter_count(odd)
    with pytest.raises(Failure, match="names and modules"):
        layers(odd)


def test_budgets_that_make_no_sense_are_the_authors_mistake() -> None:
    model = torch.nn.Linear(2, 2)
    with pytest.raises(ValueError, match="within"):
        within(model)
    with pytest.raises(ValueError, match="within"):
        within(model, parameters=6, flops=3)
    with pytest.raises(ValueError, match="not complete"):
        within(Trace(), flops=3)
