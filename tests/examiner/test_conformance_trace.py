"""What torch really ran is recorded, with a student across the wire and with one in this process."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from transports import AcrossTheWire, Transport

from autograder.checks import Failure, forbid
from autograder.checks.structure.tracing import TRACE, trace

X = torch.arange(12.0).reshape(3, 4)
LINEAR = """
F = torch.nn.functional
def by_function(x, w, b): return F.linear(x, w, b)
def by_hand(x, w, b): return x @ w.T + b
def by_einsum(x, w, b): return torch.einsum('ij,kj->ik', x, w) + b
def by_sums(x, w, b): return (x[:, None] * w).sum(-1) + b
"""


@pytest.mark.parametrize(
    ("name", "linear", "product"),
    [
        ("by_function", "aten.addmm", "aten.addmm"),
        ("by_hand", "", "aten.mm"),
        ("by_einsum", "", "aten.bmm"),
        ("by_sums", "", ""),
    ],
)
def test_the_operations_that_ran_are_named(transport: Transport, name: str, linear: str, product: str) -> None:
    student = transport.student(LINEAR)
    function = getattr(student, name)
    with trace(student) as seen:
        function(X, torch.ones(2, 4), torch.ones(2))
    assert (seen.used("F.linear"), seen.used("@")) == (linear, product)
    assert seen.calls >= 2
    assert seen.used("add") == ("" if linear else "aten.add")


def test_elements_bytes_flops_and_the_peak_of_memory_are_counted(transport: Transport) -> None:
    student = transport.student(
        "def f(x):\n    a = x * 2\n    b = a + 1\n    del a\n    c = b - 1\n    return c.view(-1)\n"
        "def g(x): return x @ x.T"
    )
    function, product, x = student.f, student.g, torch.ones(10, 100)
    with trace(student) as seen:
        function(x)
    assert seen.operations["aten.mul"] == seen.operations["aten.add"] == seen.operations["aten.sub"] == 1
    assert (seen.elements, seen.bytes, seen.peak_bytes, seen.flops) == (3000, 12000, 8000, 0)
    with trace(student) as seen:
        product(x)
    assert seen.flops == 2 * 10 * 100 * 10


def test_flops_of_layers_are_those_of_the_textbook(transport: Transport) -> None:
    student = transport.student(
        "lin = torch.nn.Linear(8, 3)\nconv = torch.nn.Conv2d(2, 5, 3)\n"
        "def attend(q): return torch.nn.functional.scaled_dot_product_attention(q, q, q)\n"
        "def learn(x): lin(x).sum().backward()"
    )
    lin, conv, attend, learn = student.lin, student.conv, student.attend, student.learn
    found = []
    for function, shape in ((lin, (4, 8)), (conv, (1, 2, 10, 10)), (attend, (1, 2, 6, 16)), (learn, (4, 8))):
        with trace(student) as seen:
            function(torch.ones(shape))
        found.append(seen.flops)
    assert found == [2 * 4 * 8 * 3, 2 * 5 * 8 * 8 * 2 * 9, 2 * 2 * 6 * 6 * 32, 2 * (2 * 4 * 8 * 3)]


def test_lines_of_python_grow_with_a_loop_alone(transport: Transport) -> None:
    student = transport.student(
        "def loop(x):\n    total = 0\n    for row in x.tolist():\n        total += row\n    return total\n"
        "def listed(x): return sum([row for row in x.tolist()])\ndef whole(x): return x.sum()"
    )
    counts = {}
    for name in ("loop", "listed", "whole"):
        function = getattr(student, name)
        for size in (10, 110):
            with trace(student, lines=True) as seen:
                function(torch.ones(size))
            counts[name, size] = seen.lines
    assert counts["loop", 110] - counts["loop", 10] == 200
    assert counts["listed", 110] - counts["listed", 10] >= 100
    assert counts["whole", 110] == counts["whole", 10]


def test_what_a_call_back_does_is_not_the_students(wire: AcrossTheWire) -> None:
    student = wire.student("def f(g, x): return g(x) + 1")
    function = student.f
    with trace(student) as seen:
        function(lambda x: x @ x.T, X)
    assert dict(seen.operations) == {"aten.add": 1}


def test_a_backward_of_the_checks_is_recorded_where_it_runs(transport: Transport) -> None:
    student = transport.student("def f(x): return x.exp().sum()")
    out = student.f(X.clone().requires_grad_())
    with trace(student) as seen:
        out.backward()
    assert seen.operations["aten.mul"] == 1


def test_a_hidden_use_is_seen_by_what_ran_though_the_source_does_not_tell(transport: Transport) -> None:
    student = transport.student("def ce(z, y): return torch.nn.NLLLoss()(z.log_softmax(-1), y)")
    function = student.ce
    forbid(student, "ce", "cross_entropy")
    with trace(student) as seen:
        function(X, torch.tensor([0, 1, 2]))
    with pytest.raises(Failure, match=r"torch ran `aten\.nll_loss_forward`.*by whatever name") as found:
        forbid(student, "ce", "cross_entropy", seen=seen)
    assert found.value.reason == "forbidden_api"


def test_an_honest_answer_leaves_no_forbidden_trace(transport: Transport) -> None:
    student = transport.student(
        "def ce(z, y):\n"
        "    shifted = z - z.max(1, keepdim=True).values\n"
        "    log_p = shifted - shifted.exp().sum(1, keepdim=True).log()\n"
        "    return -log_p[torch.arange(len(y)), y].mean()"
    )
    function = student.ce
    with trace(student) as seen:
        function(X, torch.tensor([0, 1, 2]))
    forbid(student, "ce", "cross_entropy", "softmax", "log_softmax", "logsumexp", "nll_loss", "@", seen=seen)


def test_a_block_that_a_students_error_leaves_says_that_error_and_the_next_block_works(transport: Transport) -> None:
    student = transport.student("def bad(x): raise ValueError('no')\ndef good(x): return x + 1")
    bad, good = student.bad, student.good
    with pytest.raises(ValueError, match="no"), trace(student) as seen:
        bad(X)
    assert not seen.complete
    with pytest.raises(ValueError, match="not complete"):
        forbid(student, "good", "@", seen=seen)
    with trace(student) as seen:
        good(X)
    assert dict(seen.operations) == {"aten.add": 1}


def test_a_trace_within_a_trace_is_the_authors_mistake(transport: Transport) -> None:
    student = transport.student("def good(x): return x + 1")
    with pytest.raises(ValueError, match="inside another"), trace(student), trace(student):
        pass
    with trace(student):
        pass


class Lying:
    """A student whose process says what it likes."""

    def __init__(self, said: Any) -> None:
        setattr(self, TRACE, lambda on, lines=False: None if on else said)


GOOD = {"operations": {}, "elements": 0, "bytes": 0, "peak_bytes": 0, "flops": 0, "lines": 0}


@pytest.mark.parametrize(
    "said",
    [
        None,
        7,
        {},
        GOOD | {"operations": {"aten.mm": -1}},
        GOOD | {"operations": {"aten.mm": 1.5}},
        GOOD | {"operations": {"aten.mm": True}},
        GOOD | {"operations": {"<b>x</b>": 1}},
        GOOD | {"operations": {"a" * 101: 1}},
        GOOD | {"operations": {3: 1}},
        GOOD | {"operations": {f"aten.n{n}": 1 for n in range(2001)}},
        GOOD | {"flops": 1 << 62},
        GOOD | {"lines": "many"},
        {key: value for key, value in GOOD.items() if key != "elements"},
    ],
)
def test_a_record_that_is_none_is_a_finding(said: Any) -> None:
    with pytest.raises(Failure, match="that is none") as found, trace(Lying(said)):
        pass
    assert found.value.reason == "protocol"


def test_a_student_without_a_recorder_is_the_platforms_mistake() -> None:
    with pytest.raises(LookupError), trace(object()):
        pass


def test_a_record_that_student_code_has_stopped_is_a_finding_and_no_error_of_the_checks(wire: AcrossTheWire) -> None:
    student = wire.student("import sys\ndef f(x):\n    sys.modules['autograder.wire.recorder'].stop()\n    return x")
    function = student.f
    with pytest.raises(Failure), trace(student):
        function(X)
