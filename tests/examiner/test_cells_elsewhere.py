# mypy: ignore-errors
# ruff: noqa: F821
"""Checks that are cells, of a student in a process of their own: what is printed and drawn there is seen here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from autograder.checks import cell, check, examples
from autograder.course import CodeCell
from autograder.examiner.session import Budget, Session
from autograder.examiner.student import SessionProvider
from autograder.examiner.workers import SandboxWorkers
from autograder.sandbox.own import OwnSandbox

FIRST = """
import pandas as pd
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt

print("printed by a cell, and nobody's answer")
total = 1
def greet(who):
    print(f"Hello, {who}!")
    return len(who)
def fail():
    print("before")
    raise KeyError("after")
class Point:
    def __init__(self, x):
        self.x = x
    def __eq__(self, other):
        return self.x == other.x
    def __repr__(self):
        return f"Point({self.x})"
table = pd.DataFrame({"x": [1, 2], "y": ["a", "b"]})
fig, ax = plt.subplots()
ax.plot([1, 2], [3, 4])
ax.set_title("A line")

class Empty(LookupError):
    pass
class Gone(Empty):
    pass
def pop_empty():
    raise Empty("nothing there")
def pop_gone():
    raise Gone("nothing there")
def twice_asked():
    return 2 * int(input("a number? "))

import random, numpy, torch
def roll_random():
    return random.random()
def roll_numpy():
    return float(numpy.random.rand())
def roll_torch():
    return torch.rand(()).item()
"""
SECOND = "total = 2\ndef double():\n    return 2 * total"


Run = Callable[[Callable[[Any], Any]], Any]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    sandbox = OwnSandbox(Path(tmp_path_factory.mktemp("student")))
    cells = (CodeCell(1, FIRST, "first"), CodeCell(2, SECOND, "second"))
    session = Session(torch, SandboxWorkers(sandbox), cells, Budget(60.0, 300.0))
    session.keeps = True
    provider = SessionProvider(session)

    def once(test: Callable[[Any], Any]) -> Any:
        try:
            return test(provider.begin(30.0))
        finally:
            provider.end()

    yield once
    session.close()
    sandbox.close()


def test_what_is_printed_there_is_printed_here(run: Run) -> None:
    @cell
    def test_it() -> None:
        import io
        from contextlib import redirect_stdout

        with redirect_stdout(io.StringIO()) as caught:
            assert greet("Ada") == 3
        assert caught.getvalue() == "Hello, Ada!\n"

    run(test_it)


def test_so_it_is_where_the_code_then_fails(run: Run) -> None:
    @examples
    def test_it() -> None:
        """
        >>> greet("you")
        Hello, you!
        3
        >>> try:
        ...     fail()
        ... except KeyError:
        ...     print("caught")
        before
        caught
        >>> Point(3)
        Point(3)
        >>> table
           x  y
        0  1  a
        1  2  b
        """

    run(test_it)


def test_frames_and_axes_are_looked_at(run: Run) -> None:
    @cell
    def test_it() -> None:
        import pandas as pd

        pd.testing.assert_frame_equal(table, pd.DataFrame({"x": [1, 2], "y": ["a", "b"]}))
        assert ax.get_title() == "A line"
        assert list(ax.lines[0].get_ydata()) == [3, 4]
        assert Point(1) == Point(1)
        assert isinstance(Point(1), Point)

    run(test_it)


def test_names_are_as_the_exercise_left_them_until_a_check_changes_them(run: Run) -> None:
    @check("first")
    @cell
    def test_first() -> None:
        assert total == 1
        assert "double" not in env

    @check("second")
    @cell
    def test_second() -> None:
        assert double() == 4
        total = 21
        assert double() == 42
        del total
        try:
            double()
        except NameError:
            pass
        else:
            raise AssertionError("who needs total?")

    for test in (test_first, test_second, test_first, test_second):
        run(test)


def test_a_seed_holds_for_the_students_code_too(run: Run) -> None:
    @cell
    def test_it() -> None:
        import random

        import numpy as np
        import torch

        for seed, roll in ((random.seed, roll_random), (np.random.seed, roll_numpy), (torch.manual_seed, roll_torch)):
            seed(3)
            first = roll()
            seed(4)
            second = roll()
            seed(3)
            assert first == roll() != second
        random.seed(3)
        assert roll_random() == random.random()

    run(test_it)


def test_what_draws_is_imported_where_the_student_has_drawn(run: Run) -> None:
    @cell
    def test_it() -> None:
        import json

        import matplotlib.pyplot as pyplot
        from matplotlib import pyplot as again

        assert json.dumps(1) == "1"
        assert pyplot.gca().get_title() == again.gcf().axes[0].get_title() == "A line"

    run(test_it)


def test_an_exception_of_the_students_own_class_is_caught(run: Run) -> None:
    @cell
    def test_it() -> None:
        import pytest

        for pop in (pop_empty, pop_gone):
            with pytest.raises(Empty, match="nothing there"):
                pop()
        caught = []
        try:
            pop_empty()
        except Gone:
            caught.append("the base is not the derived class")
        except Empty as error:
            caught.append(str(error))
        assert caught == ["nothing there"]
        try:
            pop_gone()
        except LookupError:
            caught.clear()
        assert not caught
        assert issubclass(Gone, Empty)

    run(test_it)


def test_what_the_check_answers_is_read_by_the_students_code(run: Run) -> None:
    @cell
    def test_it() -> None:
        from unittest.mock import patch

        with patch("builtins.input", return_value="4"):
            assert twice_asked() == 8
        with patch("builtins.input", side_effect=["1", "2"]):
            assert twice_asked() == 2
            assert twice_asked() == 4

    run(test_it)


def test_a_signature_and_a_source_are_looked_at_there(run: Run) -> None:
    @cell
    def test_it() -> None:
        import inspect

        assert list(inspect.signature(greet).parameters) == ["who"]
        assert "Hello" in inspect.getsource(greet)

    run(test_it)
