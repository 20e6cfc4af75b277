"""Checks that are cells, as other tools have them: the same verdict across the wire and in the notebook."""

# mypy: ignore-errors
# ruff: noqa: F821, F841
from __future__ import annotations

from typing import Any

import pytest
import torch
from transports import AcrossTheWire, Transport

from autograder.checks import cell, check, examples, explain
from autograder.course import CodeCell, Outcome
from autograder.examiner.session import Budget, Session
from autograder.examiner.student import SessionProvider

SQUARES = """
def squares(n):
    if n < 1:
        raise ValueError("n must be at least 1")
    return [i ** 2 for i in range(1, n + 1)]

def sum_of_squares(n):
    return sum(squares(n))
"""
helper_of_the_file = 3


def test_free_names_are_the_students(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        assert squares(helper_of_the_file) == [1, 4, 9]

    assert transport.finding(test_it, SQUARES).outcome is Outcome.PASSED
    assert transport.finding(test_it, SQUARES.replace("** 2", "** 3")).outcome is Outcome.FAILED
    missing = transport.finding(test_it, "x = 1")
    assert (missing.outcome, missing.reason) == (Outcome.FAILED, "missing_name")


def test_an_error_of_the_students_can_be_expected(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        try:
            squares(0)
        except ValueError:
            pass
        else:
            raise AssertionError("did not raise")

    assert transport.finding(test_it, SQUARES).outcome is Outcome.PASSED
    lax = SQUARES.replace('raise ValueError("n must be at least 1")', "return []")
    assert transport.finding(test_it, lax).message == "Did not raise"


def test_a_name_can_be_taken_away_to_see_who_needs_it(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        orig_squares = squares
        del squares
        try:
            sum_of_squares(1)
        except NameError:
            pass
        else:
            raise AssertionError("sum_of_squares does not use squares")
        finally:
            squares = orig_squares
        assert squares(2) == [1, 4]

    alone = SQUARES.replace("return sum(squares(n))", "return sum(i ** 2 for i in range(n + 1))")
    assert transport.finding(test_it, SQUARES).outcome is Outcome.PASSED
    assert transport.finding(test_it, alone).message == "Sum_of_squares does not use squares"


def test_a_name_can_be_replaced_and_is_put_back(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        squares = lambda n: [100]  # noqa: E731
        assert sum_of_squares(5) == 100

    assert transport.finding(test_it, SQUARES).outcome is Outcome.PASSED
    provider = AcrossTheWire()
    given = provider._provider(SQUARES)
    test_it(given.begin(10.0))
    given.end()
    assert given.begin(10.0).sum_of_squares(2) == 5
    given.end()
    provider.close()


def test_a_global_that_the_students_code_counts_in_is_seen(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        count = 0
        bump()
        bump()
        assert count == 2

    assert (
        transport.finding(test_it, "count = 7\ndef bump():\n    global count\n    count += 1").outcome is Outcome.PASSED
    )


def test_functions_classes_and_comprehensions_of_the_cell_see_all_names(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        import math

        class Case:
            size = 3

        def expected(n: int) -> list[int]:
            return [int(math.pow(i, 2)) for i in range(1, n + 1)]

        for n in range(1, Case.size):
            assert squares(n) == expected(n)
        assert all(squares(n)[-1] == n**2 for n in (1, 2))

    assert transport.finding(test_it, SQUARES).outcome is Outcome.PASSED


def test_a_students_own_builtin_decides_nothing_unless_it_is_asked_for(transport: Transport) -> None:
    @cell
    def test_lengths() -> None:
        assert len([1, 2]) == 2

    @cell(theirs=["max"])
    def test_maximum() -> None:
        assert max([1, 3, 2]) == 3

    cheat = "def len(x):\n    return 99\ndef max(x):\n    return 0"
    assert transport.finding(test_lengths, cheat).outcome is Outcome.PASSED
    assert transport.finding(test_maximum, cheat).outcome is Outcome.FAILED


def test_what_the_students_code_prints_can_be_caught(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        import io
        from contextlib import redirect_stdout

        with redirect_stdout(io.StringIO()) as caught:
            greet("Ada")
        assert caught.getvalue() == "Hello, Ada!\n"

    assert transport.finding(test_it, "def greet(who):\n    print(f'Hello, {who}!')").outcome is Outcome.PASSED
    assert transport.finding(test_it, "def greet(who):\n    print('Hello')").outcome is Outcome.FAILED


POINT = """
class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y
    def __eq__(self, other):
        return isinstance(other, Point) and (self.x, self.y) == (other.x, other.y)
    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)
    def __repr__(self):
        return f"Point({self.x}, {self.y})"
class Colored(Point):
    pass
"""


def test_objects_of_the_students_classes_are_compared_and_known(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        p = Point(1, 2)
        assert p == Point(1, 2)
        assert p != Point(2, 1)
        assert p + p == Point(2, 4)
        assert isinstance(p, Point)
        assert not isinstance(3, Point)
        assert not isinstance(p, int)
        assert isinstance(Colored(0, 0), (int, Point))
        assert issubclass(Colored, Point)
        assert repr(p) == "Point(1, 2)"
        assert str(p) == "Point(1, 2)"
        assert f"{p.x}" == "1"
        assert p in [Point(0, 0), Point(1, 2)]
        assert hasattr(p, "y")
        assert not hasattr(p, "z")

    finding = transport.finding(test_it, POINT)
    assert finding.outcome is Outcome.PASSED, finding.message


def test_a_model_is_known_by_the_library_that_it_derives_from(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        import torch

        assert isinstance(model, torch.nn.Module)
        assert not isinstance(model, torch.nn.Linear)

    net = "class Net(torch.nn.Module):\n    pass\nmodel = Net()"
    assert transport.finding(test_it, net).outcome is Outcome.PASSED


def test_data_frames_are_data_frames(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        import pandas as pd

        want = pd.DataFrame({"name": ["Ada", "Grace"], "age": [36, 85]})
        pd.testing.assert_frame_equal(table, want)
        assert table["age"].max() == 85
        assert list(table[table.age > 40].name) == ["Grace"]
        assert adults(want).shape == (2, 2)
        assert isinstance(ages, pd.Series)

    cells = """
import pandas as pd
table = pd.DataFrame({"name": ["Ada", "Grace"], "age": [36, 85]})
ages = table["age"]
def adults(frame):
    assert type(frame) is pd.DataFrame
    return frame[frame["age"] >= 18]
"""
    finding = transport.finding(test_it, cells)
    assert finding.outcome is Outcome.PASSED, finding.message
    assert transport.finding(test_it, cells.replace("85", "58")).outcome is Outcome.FAILED


def test_a_plot_is_looked_at_where_it_was_drawn(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        axes = plt.gca()
        assert axes.get_title() == "Squares"
        assert axes.get_xlabel() == "n"
        assert len(axes.lines) == 1
        assert list(axes.lines[0].get_ydata()) == [1, 4, 9]
        assert [bar.get_height() for bar in ax2.patches] == [2.0, 3.0]
        assert ax2.get_legend() is None

    cells = """
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
fig2, ax2 = plt.subplots()
ax2.bar(["a", "b"], [2, 3])
plt.figure()
plt.plot([1, 2, 3], [1, 4, 9])
plt.title("Squares")
plt.xlabel("n")
"""
    finding = transport.finding(test_it, cells)
    assert finding.outcome is Outcome.PASSED, finding.message
    assert transport.finding(test_it, cells.replace("Squares", "squares")).outcome is Outcome.FAILED


def test_the_last_value_of_a_cell_may_be_its_points(transport: Transport) -> None:
    @cell(scores=True)
    def test_it() -> Any:
        got = squares(2)
        sum(0.5 for value in got if value > 0)

    check("it", points=2)(test_it)
    finding = transport.finding(test_it, SQUARES)
    assert (finding.outcome, finding.points) == (Outcome.FAILED, 1.0)


def test_the_failed_assertion_is_told_where_students_have_the_check(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        assert squares(2) == [1, 4]

    wrong = SQUARES.replace("** 2", "** 3")
    assert transport.finding(test_it, wrong).message == "a property that the exercise asks for does not hold"
    token = explain.shown.set(True)
    try:
        told = transport.finding(test_it, wrong).message
    finally:
        explain.shown.reset(token)
    assert told == "`squares(2) == [1, 4]` does not hold: the left side is [1, 8]"


def test_a_cell_may_await(transport: Transport) -> None:
    @cell
    async def test_it() -> None:
        import asyncio

        await asyncio.sleep(0)
        assert squares(1) == [1]

    assert transport.finding(test_it, SQUARES).outcome is Outcome.PASSED


def test_env_is_the_mapping_of_all_names(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        assert env["squares"](1) == [1]
        assert "squares" in env
        assert "cubes" not in env
        assert env.get("cubes") is None
        assert "squares" in globals()

    finding = transport.finding(test_it, SQUARES)
    assert finding.outcome is Outcome.PASSED, finding.message


def test_moments_and_exact_numbers_are_what_they_are(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        from datetime import date
        from decimal import Decimal

        assert due == date(2026, 12, 1)
        assert price == Decimal("0.1")
        assert (later(due) - due).days == 7

    cells = """
import datetime as dt
from decimal import Decimal
due, price = dt.date(2026, 12, 1), Decimal("0.1")
def later(day):
    return day + dt.timedelta(days=7)
"""
    assert transport.finding(test_it, cells).outcome is Outcome.PASSED


COLLECTIONS = """
from collections import Counter, OrderedDict, defaultdict, namedtuple
from typing import NamedTuple

Point = namedtuple("Point", ["x", "y"])

class Layer(NamedTuple):
    units: int
    name: str = "dense"

def origin():
    return Point(0, y=0)
def moved(p, by):
    if not isinstance(p, Point):
        raise TypeError("no Point")
    return p._replace(x=p.x + by)
def words(text):
    return Counter(text.split())
def doubled(counts):
    return counts + counts
def first_seen(text):
    return OrderedDict.fromkeys(text)
def grouped(names):
    groups = defaultdict(list)
    for name in names:
        groups[len(name)].append(name)
    return groups
def layers(*units):
    return [Layer(n) for n in units]
"""


def test_counters_ordered_dicts_and_named_tuples_are_what_they_are(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        from collections import Counter, OrderedDict

        assert origin() == (0, 0) == Point(0, 0)
        assert isinstance(origin(), Point)
        assert isinstance(origin(), tuple)
        assert moved(origin(), 3) == Point(x=3, y=0)
        assert moved(Point(1, 2), by=3).x == 4
        assert origin()._asdict() == {"x": 0, "y": 0}
        assert Point._fields == ("x", "y")
        assert repr(moved(origin(), 1)) == "Point(x=1, y=0)"
        assert isinstance(words(""), Counter)
        assert words("a b a").most_common(1) == [("a", 2)]
        assert words("a b a")["c"] == 0
        assert words("a b a") == Counter(a=2, b=1)
        assert doubled(Counter("ab")) == Counter(a=2, b=2)
        assert isinstance(first_seen("ba"), OrderedDict)
        assert first_seen("ba") == OrderedDict([("b", None), ("a", None)])
        assert first_seen("ba") != OrderedDict([("a", None), ("b", None)])
        assert grouped(["ab", "c", "d"]) == {2: ["ab"], 1: ["c", "d"]}
        assert grouped(["ab"])[5] == []
        assert [one.units for one in layers(3, 4)] == [3, 4]
        assert layers(3)[0].name == "dense"

    found = transport.finding(test_it, COLLECTIONS)
    assert found.outcome is Outcome.PASSED, found.message
    plain = COLLECTIONS.replace("return Counter(text.split())", "return dict(Counter(text.split()))")
    assert transport.finding(test_it, plain).outcome is Outcome.FAILED


SAME = """
import numpy as np
import pandas as pd

def sort_in_place(items):
    items.sort()
    return items
def ordered(items):
    return sorted(items)
def longest(rows):
    return max(rows, key=len)
def clip(array):
    array[array < 0] = 0
    return array
def with_total(table):
    table["total"] = table.sum(axis=1)
    return table
def twice(items):
    return [items, items]
"""


def test_what_was_given_and_comes_back_is_the_very_same(transport: Transport) -> None:
    @cell
    def test_it() -> None:
        import numpy as np
        import pandas as pd

        items = [3, 1, 2]
        assert sort_in_place(items) is items
        assert items == [1, 2, 3]
        assert ordered(items) is not items
        assert ordered(items) == items
        rows = [[1], [2, 3]]
        assert longest(rows) is rows[1]
        array = np.array([-1.0, 2.0])
        assert clip(array) is array
        assert array.tolist() == [0.0, 2.0]
        table = pd.DataFrame({"a": [1], "b": [2]})
        assert with_total(table) is table
        assert table["total"].tolist() == [3]
        assert twice(items) == [[1, 2, 3], [1, 2, 3]]
        assert twice(items)[0] is items

    found = transport.finding(test_it, SAME, in_place=True)
    assert found.outcome is Outcome.PASSED, found.message
    copies = SAME.replace("    items.sort()\n    return items", "    return sorted(items)")
    assert transport.finding(test_it, copies, in_place=True).outcome is Outcome.FAILED
    aliases = SAME.replace("return sorted(items)", "items.sort()\n    return items")
    assert transport.finding(test_it, aliases, in_place=True).outcome is Outcome.FAILED


def test_what_came_back_changed_is_compared_as_it_came_where_the_check_keeps_its_own(wire: AcrossTheWire) -> None:
    @cell
    def test_it() -> None:
        items = [3, 1, 2]
        assert sort_in_place(items) == [1, 2, 3]
        assert items == [3, 1, 2]

    found = wire.finding(test_it, SAME)
    assert (found.outcome, found.reason) == (Outcome.FAILED, "mutated_input"), found.message


def test_examples_are_tried_as_at_the_prompt(transport: Transport) -> None:
    @examples
    def test_it() -> None:
        """
        >>> squares(3)
        [1, 4, 9]
        >>> for n in (1, 2):
        ...     print(sum_of_squares(n))
        1
        5
        >>> squares(0)
        Traceback (most recent call last):
          ...
        ValueError: n must be at least 1
        >>> greet()
        hello
        'done'
        >>> squares(20)  # doctest: +ELLIPSIS
        [1, 4, ..., 400]
        >>> n = squares(2); len(n)
        2
        >>> origin()
        Point(0, 0)
        """

    cells = (
        SQUARES + POINT + "def greet():\n    print('hello')\n    return 'done'\ndef origin():\n    return Point(0, 0)"
    )
    finding = transport.finding(test_it, cells)
    assert finding.outcome is Outcome.PASSED, finding.message
    for wrong in ("print('hello')", "n must be", "** 2", "return 'done'"):
        assert transport.finding(test_it, cells.replace(wrong, "")).outcome is Outcome.FAILED


def test_a_prompt_says_what_it_gave_where_students_have_it(transport: Transport) -> None:
    @examples
    def test_it() -> None:
        """
        >>> squares(2)
        [1, 4]
        """

    token = explain.shown.set(True)
    try:
        told = transport.finding(test_it, SQUARES.replace("** 2", "** 3")).message
    finally:
        explain.shown.reset(token)
    assert told == "`squares(2)` gives [1, 8], where [1, 4] is due"


def test_examples_that_were_recorded_before_numpy_2_still_hold(transport: Transport) -> None:
    cells = "import numpy as np\n\ndef mean(x):\n    print('hm')\n    return np.mean(x)"

    @examples
    def test_it() -> None:
        """
        >>> mean([1, 2])
        hm
        1.5
        >>> for n in (1, 3): mean([n]) > 1
        hm
        False
        hm
        True
        """

    assert transport.finding(test_it, cells).outcome is Outcome.PASSED
    wrong = cells.replace("np.mean(x)", "np.mean(x) + 1")
    assert transport.finding(test_it, wrong).outcome is Outcome.FAILED


def test_names_are_as_the_exercise_left_them() -> None:
    wire = AcrossTheWire()
    cells = (
        CodeCell(1, "x = 1\nanswer = x + 1", "first"),
        CodeCell(2, "x = 10\nanswer = 'gone'", "second"),
        CodeCell(3, "y = x"),
    )
    session = Session(torch, wire.workers, cells, Budget(20.0, 60.0))
    session.keeps = True
    provider = SessionProvider(session)

    @check("first")
    @cell
    def test_first() -> None:
        assert (x, answer) == (1, 2)

    @check("second")
    @cell
    def test_second() -> None:
        assert (x, answer) == (10, "gone")
        assert "y" not in env

    try:
        for test in (test_first, test_second, test_first):
            test(provider.begin(10.0))
            provider.end()
    finally:
        session.close()


@pytest.mark.parametrize("function", [lambda student: None, print])
def test_a_cell_takes_no_arguments_and_has_a_source(function: Any) -> None:
    with pytest.raises((ValueError, AssertionError)):
        cell(function)


def test_examples_have_at_least_one() -> None:
    with pytest.raises(ValueError, match="holds no example"):

        @examples
        def test_it() -> None:
            """Nothing here."""
