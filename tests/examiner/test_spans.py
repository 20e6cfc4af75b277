from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course import Part, Span
from autograder.examiner.spans import Spans, now


def test_what_is_done_within_is_noted_with_its_name_also_where_it_fails() -> None:
    spans = Spans()
    before = now()
    with spans.measured(Part.CHECK, "test_a"):
        pass
    with pytest.raises(ZeroDivisionError), spans.measured(Part.CELLS):
        _ = 1 / 0
    profile = spans.profile(before, now())
    assert [(span.part, span.name) for span in profile.spans] == [(Part.CHECK, "test_a"), (Part.CELLS, "")]


def test_what_was_done_ahead_took_none_of_the_attempts_time() -> None:
    spans = Spans()
    spans.add(Part.FORK, 10.0, 5.0)
    spans.add(Part.WALLS, 18.0, 4.0)
    spans.add(Part.END, 29.0, 3.0)
    assert spans.profile(20.0, 30.0).spans == (
        Span(part=Part.WALLS, start=0.0, seconds=2.0),
        Span(part=Part.END, start=9.0, seconds=1.0),
    )


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))), st.floats(0, 1e3), st.floats(0, 1e6))
def test_every_span_lies_within_the_attempt(noted: list[tuple[float, float]], start: float, seconds: float) -> None:
    spans = Spans()
    for begun, took in noted:
        spans.add(Part.CHECK, begun, took)
    profile = spans.profile(start, start + seconds)
    assert [span.start for span in profile.spans] == sorted(span.start for span in profile.spans)
    for span in profile.spans:
        assert span.start >= 0
        assert span.seconds >= 0
        assert span.start + span.seconds <= profile.seconds * (1 + 1e-9) + 1e-9
