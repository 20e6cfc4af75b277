"""The process that is forked from is replaced when it dies and when it has forked often, and given up at last."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from autograder.errors import AutograderError
from autograder.sandbox.renewal import Renewal


class Process:
    """Forks numbers, while it lives."""

    def __init__(self) -> None:
        self.alive = True
        self.closed = False

    def fork(self) -> int:
        if not self.alive:
            raise AutograderError("gone", "it has died")
        return 1

    def close(self) -> None:
        self.alive, self.closed = False, True


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_one_that_dies_now_and_then_is_renewed_for_ever() -> None:
    renewal = Renewal(Process)
    for _ in range(10):
        renewal.now.alive = False
        parent, made = renewal.fork(Process.fork)
        assert made == 1
        renewal.lived()
        renewal.ended(parent)


def test_one_that_dies_before_any_work_is_done_is_given_up() -> None:
    made: list[Process] = []

    def make() -> Process:
        made.append(Process())
        made[-1].alive = len(made) == 1
        return made[-1]

    renewal = Renewal(make)
    renewal.now.alive = False
    with pytest.raises(AutograderError, match="died"):
        renewal.fork(Process.fork)
    assert len(made) == 4


def test_after_many_forks_another_takes_over_and_the_first_ends_with_its_last_child() -> None:
    renewal = Renewal(Process, forks=3)
    first = renewal.now
    parents = [renewal.fork(Process.fork)[0] for _ in range(3)]
    until(lambda: renewal.now is not first)
    assert all(parent is first for parent in parents)
    assert first.alive
    for parent in parents:
        assert not first.closed
        renewal.ended(parent)
    assert first.closed
    assert renewal.now.alive


def test_while_the_next_is_made_the_present_one_serves() -> None:
    may_be_made = threading.Event()
    may_be_made.set()

    def make() -> Process:
        may_be_made.wait()
        return Process()

    renewal = Renewal(make, forks=1)
    first = renewal.now
    may_be_made.clear()
    for _ in range(50):
        renewal.ended(renewal.fork(Process.fork)[0])
    assert renewal.now is first
    may_be_made.set()
    until(lambda: first.closed)


def test_a_successor_that_cannot_be_made_is_done_without() -> None:
    tried = threading.Event()

    def make() -> Process:
        if made:
            tried.set()
            raise AutograderError("full", "no memory")
        return Process()

    made: list[Process] = []
    renewal = Renewal(make, forks=1)
    made.append(renewal.now)
    renewal.fork(Process.fork)
    assert tried.wait(20)
    assert renewal.fork(Process.fork)[0] is made[0]


def test_nothing_is_renewed_once_it_is_closed() -> None:
    renewal = Renewal(Process)
    renewal.close()
    with pytest.raises(AutograderError, match="died"):
        renewal.fork(Process.fork)
