from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from autograder.wire.clock import Clock, Doing


def test_nothing_is_done_before_the_first_turn() -> None:
    clock = Clock()
    assert clock.turn(Doing.ASKING) is Doing.NEITHER
    assert [clock.seconds(doing) for doing in (Doing.ASKING, Doing.PERFORMING)] == [0, 0]


def test_time_counts_as_what_the_innermost_call_does() -> None:
    clock = Clock()
    begun = time.perf_counter()
    outer = clock.turn(Doing.ASKING)
    inner = clock.turn(Doing.PERFORMING)
    time.sleep(0.01)
    assert inner is Doing.ASKING
    assert clock.turn(inner) is Doing.PERFORMING
    assert clock.turn(outer) is Doing.ASKING
    assert clock.seconds(Doing.PERFORMING) >= 0.01
    assert clock.seconds(Doing.ASKING) + clock.seconds(Doing.PERFORMING) <= time.perf_counter() - begun


@given(st.lists(st.sampled_from(Doing)))
def test_no_moment_counts_twice(turns: list[Doing]) -> None:
    clock = Clock()
    clock.turn(Doing.NEITHER)
    begun = time.perf_counter()
    for doing in turns:
        clock.turn(doing)
    clock.turn(Doing.NEITHER)
    spent = clock.seconds(Doing.ASKING) + clock.seconds(Doing.PERFORMING)
    assert 0 <= spent <= time.perf_counter() - begun
