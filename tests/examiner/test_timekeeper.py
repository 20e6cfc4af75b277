from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from autograder.course import Part
from autograder.examiner.spans import now
from autograder.examiner.timekeeper import Timekeeper
from autograder.wire.clock import Clock, Doing

anything = st.one_of(
    st.none(),
    st.text(max_size=3),
    st.floats(),
    st.lists(st.floats(), min_size=3, max_size=3),
    st.lists(st.integers() | st.floats() | st.none() | st.text(max_size=2), max_size=4),
    st.dictionaries(st.text(max_size=2), st.floats(), max_size=2),
)


def _asked(clock: Clock, seconds: float) -> None:
    before = clock.turn(Doing.ASKING)
    time.sleep(seconds)
    clock.turn(before)


@given(anything, st.lists(anything, min_size=1, max_size=4))
def test_whatever_a_worker_says_of_its_times_the_parts_of_a_check_lie_within_its_calls(
    at_first: object, later: list[object]
) -> None:
    keeper, clock = Timekeeper(now()), Clock()
    keeper.started(now(), at_first)
    for number, told in enumerate(later):
        keeper.begin(clock)
        _asked(clock, 0.0001)
        keeper.end(f"check {number}", clock, told)
    seconds = {(span.part, span.name): span.seconds for span in keeper.spans.noted}
    for number in range(len(later)):
        check, student, wire = (seconds[part, f"check {number}"] for part in (Part.CHECK, Part.STUDENT, Part.WIRE))
        assert student >= 0
        assert wire >= 0
        assert student + wire <= check
    whole = seconds[Part.FORK, ""] + seconds[Part.WALLS, ""]
    assert 0 <= seconds[Part.WALLS, ""] <= whole < 60


def test_what_a_worker_never_came_back_from_is_the_students_code() -> None:
    keeper, clock = Timekeeper(now()), Clock()
    keeper.begin(clock)
    _asked(clock, 0.01)
    keeper.end("test_a", clock, None)
    seconds = {span.part: span.seconds for span in keeper.spans.noted}
    assert seconds[Part.STUDENT] >= 0.01
    assert seconds[Part.WIRE] == 0


def test_the_walls_are_told_apart_from_the_rest_of_a_workers_start() -> None:
    keeper, asked = Timekeeper(now()), now()
    time.sleep(0.02)
    keeper.started(asked, [0.0, asked + 0.005, 0.01])
    _, fork, walls = keeper.spans.noted
    assert (fork.part, walls.part) == (Part.FORK, Part.WALLS)
    assert abs(walls.seconds - 0.01) < 1e-6
    assert fork.seconds >= 0.0099


def test_a_check_that_never_began_takes_no_time() -> None:
    keeper = Timekeeper(now())
    keeper.end("test_a", Clock(), None)
    assert [span.part for span in keeper.spans.noted] == [Part.FORK]
