"""An object of the student's that stands where a plain value is due cannot judge itself: not by its operators, not by
its methods. What is its own to do, among objects of the student's, goes on working."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from transports import AcrossTheWire, Transport

from autograder.checks import close

AGREEABLE = """
class Agreeable:
    def __init__(self, plain): self.plain = plain
    def anything(self, *_, **__): return True if self.plain else self
    def number(self, *_): return 0.0 if self.plain else self
    def flag(self, *_): return True
    __sub__ = __rsub__ = __add__ = __radd__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = number
    __matmul__ = __rmatmul__ = __pow__ = __rpow__ = __abs__ = __neg__ = __float__ = number
    __lt__ = __le__ = __gt__ = __ge__ = flag
    def __getattr__(self, name):
        if name.startswith("__"): raise AttributeError(name)
        return self.anything if name in ("allclose", "equal", "isclose", "all") else self.number
def plain(x): return Agreeable(True)
def lasting(x): return Agreeable(False)
"""
WANT = torch.tensor([0.25, 0.75])
CHECKS: dict[str, Callable[[Any], bool]] = {
    "the largest difference": lambda got: bool((got - WANT).abs().max() < 1e-6),
    "the other way round": lambda got: bool((WANT - got).abs().max() < 1e-6),
    "a norm": lambda got: bool((got - WANT).norm() < 1e-6),
    "a number's difference": lambda got: abs(got - 0.25) < 1e-6,
    "a whole number's difference": lambda got: abs(got - 9) < 1e-6,
    "a number's difference, the other way round": lambda got: abs(9 - got) < 1e-6,
    "a difference as a float": lambda got: float(got - 0.25) == 0.0,
    "a difference's item": lambda got: (got - 0.25).item() == 0.0,
    "a difference's absolute value": lambda got: (got - 0.25).abs() < 1e-6,
    "a chain": lambda got: -1e-6 < got - 0.25 < 1e-6,
    "a ratio": lambda got: abs(got / 0.25 - 1) < 1e-6,
    "bounds": lambda got: 0.2 < got < 0.3,
    "an upper bound": lambda got: bool(got <= 5),
    "allclose, as a method": lambda got: got.allclose(WANT),
    "equal, as a method": lambda got: got.equal(WANT),
    "isclose, as a method": lambda got: got.isclose(WANT).all(),
    "an array's difference": lambda got: bool(np.abs(WANT.numpy() - got).max() < 1e-6),
    "an array's difference, the other way round": lambda got: bool(abs(got - WANT.numpy()).max() < 1e-6),
    "a scalar of numpy's": lambda got: abs(np.float64(0.25) - got) < 1e-6,
}


@pytest.mark.parametrize("answer", ["plain", "lasting"])
@pytest.mark.parametrize("name", CHECKS)
def test_an_object_that_agrees_with_everything_fails(wire: AcrossTheWire, name: str, answer: str) -> None:
    def test_it(student: Any) -> None:
        assert CHECKS[name](getattr(student, answer)(1))

    finding = wire.finding(test_it, AGREEABLE)
    assert (finding.outcome, finding.reason) == ("failed", "wrong_type"), finding
    assert "Agreeable" in finding.message


def test_the_expected_value_is_never_handed_over(wire: AcrossTheWire) -> None:
    student = wire.student(
        """
        seen = []
        class Curious:
            def __sub__(self, other):
                seen.append(other)
                return self
            __rsub__ = __lt__ = __sub__
            def allclose(self, other):
                seen.append(other)
                return True
        """
    )
    curious = student.Curious()
    for name in ("the largest difference", "the other way round", "bounds", "allclose, as a method"):
        with pytest.raises(AssertionError):
            CHECKS[name](curious)
    assert student.seen == []


def test_objects_of_the_students_go_on_computing_among_themselves(transport: Transport) -> None:
    student = transport.student(
        """
        class Value:
            def __init__(self, data): self.data = data
            def of(self, other): return other.data if isinstance(other, Value) else other
            def __add__(self, other): return Value(self.data + self.of(other))
            def __mul__(self, other): return Value(self.data * self.of(other))
            __radd__, __rmul__ = __add__, __mul__
            def __sub__(self, other): return Value(self.data - self.of(other))
            def __rsub__(self, other): return Value(self.of(other) - self.data)
            def __neg__(self): return Value(-self.data)
            def __abs__(self): return Value(abs(self.data))
            def __float__(self): return float(self.data)
            def __lt__(self, other): return self.data < other.data
            def __matmul__(self, other): return self.data * other.data
            def equal(self, other): return self.data == other.data
            def tanh(self): return Value(0.5)
        class Vector:
            def __init__(self, *parts): self.parts = parts
            def __abs__(self): return sum(p * p for p in self.parts) ** 0.5
        """
    )
    a, b = student.Value(2.0), student.Value(5.0)
    assert (a * b + 1 - 0.5).data == close(10.5)
    assert (3 * a).data == close(6.0)
    assert (1.0 - a).data == close(-1.0)
    assert (-a).data == close(-2.0)
    assert sum([a, b]).data == close(7.0)
    assert (a * 2.0).tanh().data == close(0.5)
    assert a < b
    assert a @ b == close(10.0)
    assert a.equal(student.Value(2.0))
    assert float(a) == close(2.0)
    assert abs(student.Vector(3, 4)) == close(5.0)
