"""Exceptions, missing names and other ways of a student's code to stop: the same finding on both transports.

PYTEST_DONT_REWRITE: the examiner runs checks with plain assertions.
"""

from __future__ import annotations

import unittest
from typing import Any

import pytest
import torch
from transports import AcrossTheWire, Transport

from autograder.checks import Failure, StudentError, close
from autograder.course import Outcome, Reason

RAISING = """
class Special(KeyError): pass
class Own(Exception): pass
def fail(kind):
    x = 1
    raise kinds[kind]
kinds = {
    "value": ValueError("bad shape"),
    "special": Special("k"),
    "own": Own("o"),
    "exit": SystemExit(0),
    "generator": GeneratorExit(),
    "skip": __import__("unittest").SkipTest("skipped"),
    "pytest": __import__("pytest").skip.Exception("skipped"),
    "assertion": AssertionError("mine"),
    "recursion": None,
    "group": ExceptionGroup("many", [ValueError()]),
    "stop": StopIteration(3),
    "text": type("Bad", (Exception,), {"__str__": lambda self: 1 / 0})(),
}
def deep(n): return deep(n + 1)
def call(f): return f()
def guarded(f):
    try:
        return f()
    except Exception:
        return "caught"
"""


def test_pytest_raises_sees_the_builtin_type_of_a_students_error(transport: Transport) -> None:
    student = transport.student(RAISING)
    with pytest.raises(ValueError, match="bad shape"):
        student.fail("value")
    with pytest.raises(KeyError):
        student.fail("special")
    with pytest.raises(LookupError):
        student.fail("special")
    with pytest.raises(RecursionError):
        student.deep(0)
    with pytest.raises(TypeError):
        student.fail()
    with pytest.raises(AttributeError):
        assert student.fail.nonsense


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("value", "ValueError"),
        ("special", "Special"),
        ("own", "Own"),
        ("exit", "SystemExit"),
        ("generator", "GeneratorExit"),
        ("skip", "SkipTest"),
        ("pytest", "Skipped"),
        ("assertion", "AssertionError"),
        ("group", "ExceptionGroup"),
        ("stop", "StopIteration"),
    ],
)
def test_whatever_a_student_raises_is_their_exception(transport: Transport, kind: str, name: str) -> None:
    found = transport.finding(lambda student: student.fail(kind), RAISING)
    assert (found.outcome, found.reason, found.points) == (Outcome.FAILED, Reason.EXCEPTION, 0)
    assert name in found.message
    assert "raise kinds[kind]" in found.detail
    assert "transports" not in found.detail


def test_a_stub_that_still_stands_is_told_from_code_that_breaks(transport: Transport) -> None:
    found = transport.finding(lambda student: student.f(1), "def f(x):\n    raise NotImplementedError('f')")
    assert (found.outcome, found.reason, found.points) == (Outcome.FAILED, Reason.UNSOLVED, 0)
    assert found.message.lower().startswith("not solved yet")


def test_an_exception_that_cannot_be_shown_is_an_exception_all_the_same(wire: AcrossTheWire) -> None:
    found = wire.finding(lambda student: student.fail("text"), RAISING)
    assert (found.outcome, found.reason) == (Outcome.FAILED, Reason.EXCEPTION)
    assert "Bad" in found.message


def test_a_name_that_is_missing_is_that(transport: Transport) -> None:
    found = transport.finding(lambda student: student.softmax(1), "def other(): pass")
    assert (found.outcome, found.reason) == (Outcome.FAILED, Reason.MISSING_NAME)
    assert "softmax" in found.message


def test_a_missing_name_is_blamed_on_the_cell_that_would_have_defined_it(wire: AcrossTheWire) -> None:
    cells = ("x = 1", "y = 1 / 0\ndef softmax(z): return z", "def other(): return 5")
    found = wire.finding(lambda student: student.softmax(1), *cells)
    assert found.reason == Reason.MISSING_NAME
    assert "code cell 2" in found.message
    assert "ZeroDivisionError" in found.message
    assert wire.finding(lambda student: None if student.other() == 5 else 1 / 0, *cells).outcome == Outcome.PASSED


def test_the_checks_own_mistake_is_not_the_students(transport: Transport) -> None:
    def raises(student: Any) -> None:
        student.f(1)
        raise KeyError("mine")

    def skips(student: Any) -> None:
        pytest.skip("not today")

    def skips_otherwise(student: Any) -> None:
        raise unittest.SkipTest("not today")

    def returns(student: Any) -> int:
        return 5

    def passes_an_open_file(student: Any) -> None:
        with open(__file__) as file:  # noqa: PTH123
            student.f(file)
            raise KeyError

    for check in (raises, skips, skips_otherwise, returns, passes_an_open_file):
        found = transport.finding(check, "def f(x): return x")
        assert (found.outcome, found.reason) == (Outcome.BROKEN, Reason.CHECK_ERROR), check


def test_the_checks_mistake_in_a_callback_is_not_the_students(transport: Transport) -> None:
    def callback() -> None:
        raise KeyError("mine")

    class Data:
        def __len__(self) -> int:
            return len(None)  # type: ignore[arg-type]

        def __getitem__(self, index: int) -> int:
            return index + None  # type: ignore[operator]

        def step(self) -> Any:
            return self.nonsense  # type: ignore[attr-defined]

    source = RAISING + "\ndef length(d): return len(d)\ndef item(d): return d[0]\ndef step(d): return d.step()"
    for check in (
        lambda student: student.call(callback),
        lambda student: student.length(Data()),
        lambda student: student.item(Data()),
        lambda student: student.step(Data()),
    ):
        found = transport.finding(check, source)
        assert found.outcome == Outcome.BROKEN, found


def test_what_a_callback_asks_of_the_student_does_not_hide_its_own_mistake(transport: Transport) -> None:
    def check(student: Any) -> None:
        def callback() -> None:
            assert student.first(Items()) == 1
            raise KeyError("mine")

        student.call(callback)

    found = transport.finding(check, RAISING + "\ndef first(d): return d[0]")
    assert (found.outcome, found.reason) == (Outcome.BROKEN, Reason.CHECK_ERROR)


def test_a_finding_in_a_callback_is_a_finding(transport: Transport) -> None:
    def callback() -> None:
        raise AssertionError("the callback came too early")

    found = transport.finding(lambda student: student.call(callback), RAISING)
    assert (found.outcome, found.message) == (Outcome.FAILED, "The callback came too early")


def test_a_finding_in_a_callback_cannot_be_swallowed(wire: AcrossTheWire) -> None:
    def callback() -> None:
        raise Failure("the callback came too early")

    found = wire.finding(lambda student: student.guarded(callback) and None, RAISING)
    assert (found.outcome, found.message) == (Outcome.FAILED, "The callback came too early")


def test_a_student_may_handle_what_a_callback_raises(transport: Transport) -> None:
    class Stop(Exception):
        pass

    def callback() -> None:
        raise Stop("enough")

    student = transport.student(RAISING + "\ndef reach(d):\n    try: return d[9]\n    except IndexError: return 'end'")
    assert student.guarded(callback) == "caught"
    assert student.reach(Items()) == "end"
    with pytest.raises(Stop, match="enough"):
        student.call(callback)


class Items:
    def __getitem__(self, index: int) -> int:
        return [1, 2][index]


def test_a_callback_called_wrongly_is_the_students_exception(transport: Transport) -> None:
    found = transport.finding(lambda student: student.call(lambda x: x), RAISING)
    assert (found.outcome, found.reason) == (Outcome.FAILED, Reason.EXCEPTION)


def test_an_index_that_the_checks_data_lacks_is_the_students_exception(wire: AcrossTheWire) -> None:
    found = wire.finding(lambda student: student.over(Items()), "def over(d): return d[5]")
    assert (found.outcome, found.reason) == (Outcome.FAILED, Reason.EXCEPTION)


def test_assertions_say_the_authors_words_or_explain(transport: Transport) -> None:
    def plain(student: Any) -> None:
        assert student.f(1) == 2, "f adds one"

    def silent(student: Any) -> None:
        assert student.f(1) == 2

    def explained(student: Any) -> None:
        assert student.f(torch.ones(2)) == close(torch.zeros(2))

    def due(student: Any) -> None:
        with pytest.raises(ValueError):  # noqa: PT011
            student.f(1)

    said = [transport.finding(check, "def f(x): return x").message for check in (plain, silent, explained, due)]
    assert said[0] == "f adds one"
    assert "does not hold" in said[1]
    assert "elements differ" in said[2]
    assert "none was raised" in said[3]


def test_a_value_that_the_check_cannot_use_is_in_doubt_until_the_reference_has_passed(wire: AcrossTheWire) -> None:
    judged = wire.judgement(lambda student: student.f(1) + 1 and None, "def f(x): pass")
    assert judged.finding.outcome == Outcome.BROKEN
    assert judged.doubt == "TypeError"


def test_a_students_error_keeps_its_lines(wire: AcrossTheWire) -> None:
    student = wire.student("def inner(x):\n    return x / 0\n\ndef outer(x):\n    return inner(x)")
    with pytest.raises(StudentError) as caught:
        student.outer(1)
    assert "return x / 0" in caught.value.trace
    assert "return inner(x)" in caught.value.trace
    assert "cell 1, line 2, in inner" in caught.value.trace
