"""Cells that look at objects, pass their own on, and patch: the same verdict across the wire and in the notebook."""

# mypy: ignore-errors
# ruff: noqa: F821, PT017, PT018, PTH110, PTH118, PTH123, SIM115, UP003
from __future__ import annotations

from transports import AcrossTheWire, Transport

from autograder.checks import cell
from autograder.checks import check as checked
from autograder.checks.spec import ATTRIBUTE
from autograder.course import Outcome

ACCOUNTS = '''
import random, time

class Overdrawn(Exception):
    """Too little."""

class Account:
    """Holds money."""
    def __init__(self, held=0): self.held = held
    def __add__(self, other): return Account(self.held + other.held)
    def __eq__(self, other): return isinstance(other, Account) and self.held == other.held
    def __bool__(self): return self.held > 0
    def __format__(self, spec): return f"{self.held}{spec}"

def take(account, amount):
    if amount > account.held:
        raise Overdrawn("too little")
    account.held -= amount

def doubled(values):
    for place, value in enumerate(values):
        values[place] = 2 * value

def area(shapes): return sum(shape.area() for shape in shapes)
def words(file): return [line.split() for line in file]
def noise(rng, n): return rng.normal(size=n)
def read(path):
    with open(path) as file:
        return file.read()
def saved(path, text):
    with open(path, "w") as file:
        file.write(text)
def wait():
    time.sleep(1000)
    return "done"
def greet(name): print("Hello", name)
def roll(): return random.randint(1, 6)
def outer(n): return inner(n) + 1
def inner(n): return 2 * n
async def later(n): return n + 1
def typed(n: int, text: str = "") -> float: return float(n)
number = 5
'''


def passes(transport: Transport, check: object) -> bool:
    spec = getattr(checked("it")(check), ATTRIBUTE)
    finding = transport.finding(check, ACCOUNTS, in_place=spec.in_place)
    assert finding.outcome in (Outcome.PASSED, Outcome.FAILED), finding.detail
    return finding.outcome is Outcome.PASSED


def test_arguments_may_be_changed_in_place(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        values = [1, 2]
        assert doubled(values) is None
        assert values == [2, 4]

    assert passes(transport, test_it)


def test_what_an_object_is_can_be_asked(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        one = Account(3)
        assert type(one) is Account and type(one).__name__ == "Account" and one.__class__ is Account
        assert Account.__doc__ == "Holds money." and one.__dict__ == {"held": 3} and vars(one) == {"held": 3}
        assert callable(Account) and not callable(one) and isinstance(Account, type)
        assert hasattr(one, "held") and not hasattr(one, "__len__") and getattr(one, "__len__", None) is None
        assert one and not Account() and f"{one:x}" == "3x" and one + Account(1) == Account(4)
        assert "take" in dir() and "give" not in dir() and "held" in dir(one)
        assert typed.__annotations__ == {"n": int, "text": str, "return": float}
        assert type(3) is int and type(one) is not int

    assert passes(transport, test_it)


def test_nothing_that_cannot_be_called_passes_for_a_function(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        assert callable(Account())

    assert not passes(transport, test_it)


def test_an_exception_of_the_students_is_caught_where_it_is_first_named(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        try:
            take(Account(1), 5)
        except Overdrawn as error:
            assert str(error) == "too little"
        else:
            raise AssertionError("it took too much")

    assert passes(transport, test_it)


def test_objects_of_the_checks_own_classes_are_passed_on(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        import io
        from unittest.mock import Mock

        import numpy as np

        class Square:
            def __init__(self, side):
                self.side = side

            def area(self):
                return self.side**2

        shape = Mock()
        shape.area.return_value = 7
        assert area([Square(2), Square(3), shape]) == 20
        shape.area.assert_called_once_with()
        assert words(io.StringIO("a b\nc")) == [["a", "b"], ["c"]]
        assert np.allclose(noise(np.random.default_rng(1), 3), np.random.default_rng(1).normal(size=3))

    assert passes(transport, test_it)


def test_files_are_those_of_the_students_code(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        import os
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.txt")
            with open(path, "w") as file:
                file.write("one two")
            assert read(path) == "one two"
            saved(path, "three")
            assert os.path.exists(path) and open(path).read() == "three"

    assert passes(transport, test_it)


def test_what_a_check_patches_is_patched_for_the_students_code(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        from unittest.mock import mock_open, patch

        with patch("time.sleep") as sleep:
            assert wait() == "done", "wait"
            sleep.assert_called_once_with(1000)
        with patch("builtins.print") as printed:
            greet("you")
            printed.assert_called_once_with("Hello", "you")
        with patch("builtins.open", mock_open(read_data="made up")):
            assert read("nowhere.txt") == "made up", "read"
        with patch("random.randint", return_value=9):
            assert roll() == 9, "roll"
        assert roll() <= 6, "after"
        assert outer(1) == 3, "outer"

    assert passes(transport, test_it)


def test_a_name_of_the_notebook_is_patched(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        from unittest.mock import patch

        with patch("__main__.inner", return_value=10) as inside:
            assert outer(1) == 11
            inside.assert_called_once_with(1)
        assert outer(1) == 3

    if isinstance(transport, AcrossTheWire):  # in process, `__main__` is the notebook where there is one
        assert passes(transport, test_it)


def test_a_cell_awaits(transport: Transport) -> None:
    @cell
    async def test_it() -> None:
        assert await later(1) == 2

    assert passes(transport, test_it)


def test_a_library_that_only_the_exercise_imports_is_the_checks_too(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        assert np.allclose(noise(np.random.RandomState(1), 3), np.random.RandomState(1).normal(size=3))
        np.testing.assert_allclose(la.norm(np.array([3.0, 4.0])), 5)

    imports = "\nimport numpy as np\nimport numpy.linalg as la\n"
    assert transport.finding(test_it, ACCOUNTS + imports).outcome is Outcome.PASSED
    assert transport.finding(test_it, ACCOUNTS).reason == "missing_name"
