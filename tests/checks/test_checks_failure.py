"""A student's exception arrives as a finding, and as the builtin type it was."""

from __future__ import annotations

import builtins

import pytest

from autograder.checks import Failure, StudentError, student_error

BUILTIN = sorted(
    name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, Exception)
)


@pytest.mark.parametrize("name", [n for n in BUILTIN if n != "ExceptionGroup"])
def test_every_builtin_exception_is_caught_as_itself_and_as_a_student_error(name: str) -> None:
    error = student_error(name, "bad shape", "line 3")
    assert isinstance(error, getattr(builtins, name))
    assert isinstance(error, StudentError)
    assert isinstance(error, Failure)
    assert (error.type_name, error.message, error.trace, error.reason) == (name, "bad shape", "line 3", "exception")
    assert str(error) == f"{name}: bad shape"


@pytest.mark.parametrize("name", ["SystemExit", "KeyboardInterrupt", "GeneratorExit", "BaseException", "print", "x y"])
def test_what_the_examiner_would_act_on_stays_a_plain_student_error(name: str) -> None:
    error = student_error(name, "stop")
    assert type(error) is StudentError
    assert error.type_name == name


def test_a_students_own_exception_class_is_caught_by_its_builtin_base() -> None:
    error = student_error("ShapeError", "no", ancestry=("MyBase", "ValueError", "Exception"))
    with pytest.raises(ValueError, match="ShapeError: no"):
        raise error


def test_the_mixed_class_is_made_once() -> None:
    assert type(student_error("ValueError", "a")) is type(student_error("ValueError", "b"))


def test_a_failure_carries_its_reason() -> None:
    failure = Failure("changed in place", "mutated_input")
    assert (str(failure), failure.reason) == ("changed in place", "mutated_input")
    assert isinstance(failure, AssertionError)
