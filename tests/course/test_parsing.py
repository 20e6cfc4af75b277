"""Trees of Python source are built in any thread, whatever the others do."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from typing import TypeVar

import pytest

from autograder.course import CodeCell
from autograder.course.parsing import TooDeep, as_syntax_error, parse
from autograder.grading.verify.scope import checks_that_see

T = TypeVar("T")

SOURCE = "\n".join(f"def f{n}(x, y=1):\n    return [x + y * {n} for z in range(y) if z]" for n in range(60))


class Garbage:
    """A cycle; once it is collected, it calls."""

    def __init__(self, call: Callable[[], None]) -> None:
        self.itself, self.call = self, call

    def __del__(self) -> None:
        self.call()


def while_another_thread_parses(read: Callable[[str], T]) -> T:
    """What `read` makes of the source when a collection in its midst lets another thread parse."""
    others: list[threading.Thread] = []

    def another() -> None:
        others.append(threading.Thread(target=parse, args=(SOURCE,)))
        others[0].start()
        others[0].join(0.2)

    gc.disable()
    gc.collect()
    Garbage(another)
    gc.enable()
    try:
        return read(SOURCE)
    finally:
        assert others, "nothing was collected meanwhile"
        others[0].join()


def test_a_tree_is_built_although_another_thread_builds_one() -> None:
    assert len(while_another_thread_parses(parse).body) == 60


def test_which_checks_see_a_change_is_found_although_another_thread_builds_a_tree() -> None:
    def seen(source: str) -> tuple[str, ...]:
        return checks_that_see(frozenset({"f3"}), [CodeCell(1, source)], {"test_f3": frozenset({"f3"})})

    assert while_another_thread_parses(seen) == ("test_f3",)


def test_what_is_no_python_raises_as_ever() -> None:
    with pytest.raises(SyntaxError):
        parse("def (:")


@pytest.mark.parametrize("source", ["x = '\ud800'", "x = '\0'", "x = ("], ids=["surrogate", "NUL", "open bracket"])
def test_what_is_no_python_is_a_syntax_error(source: str) -> None:
    with pytest.raises(SyntaxError):
        parse(source)


@pytest.mark.parametrize("source", ["(" * 5000 + ")" * 5000, "-" * 200_000 + "1"], ids=["brackets", "operators"])
def test_what_is_nested_too_deeply_is_a_syntax_error_of_its_own_or_the_parsers(source: str) -> None:
    with pytest.raises(SyntaxError):
        parse(source)


def test_whatever_else_reads_python_has_the_same_error() -> None:
    with pytest.raises(TooDeep, match="nested too deeply"), as_syntax_error():
        raise RecursionError
    with pytest.raises(SyntaxError, match="column") as raised, as_syntax_error():
        raise OverflowError("column offset overflow")
    assert not isinstance(raised.value, TooDeep)
