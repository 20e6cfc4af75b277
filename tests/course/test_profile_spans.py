from __future__ import annotations

from autograder.course import Part, Profile, Span


def test_what_comes_later_is_put_behind_what_was_before() -> None:
    first = Profile(spans=(Span(part=Part.CELLS, start=1.0, seconds=2.0),), seconds=3.0)
    again = Profile(spans=(Span(part=Part.CHECK, name="test_it", start=0.5, seconds=1.0),), seconds=2.0)
    both = first.then(again)
    assert [(span.part, span.start) for span in both.spans] == [(Part.CELLS, 1.0), (Part.CHECK, 3.5)]
    assert both.seconds == 5.0


def test_recording_is_a_part_at_the_end() -> None:
    one = Profile(spans=(), seconds=3.0).recorded(0.25)
    assert one.seconds == 3.25
    assert one.spans == (Span(part=Part.RECORD, start=3.0, seconds=0.25),)
    assert one.total(Part.RECORD) == 0.25
