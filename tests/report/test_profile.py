from __future__ import annotations

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_profiles import CHECKS, class_profiles, profile

from autograder.course import Part, Profile, Span
from autograder.report.profile import MAX_COLUMNS, ProfileSummary, Profiling, Slice, Spread, slices


def _summary(profiles: list[tuple[str, Profile]]) -> ProfileSummary:
    profiling = Profiling()
    for name, one in profiles:
        profiling.add(name, one)
    return profiling.summary()


def test_the_slices_of_an_attempt_are_all_of_its_time() -> None:
    one = profile()
    assert math.fsum(slices(one).values()) == pytest.approx(one.seconds)
    assert slices(one)[Slice.STUDENT] == pytest.approx(one.total(Part.STUDENT))
    assert slices(one)[Slice.CHECKS] == pytest.approx(
        one.total(Part.CHECK) - one.total(Part.STUDENT) - one.total(Part.WIRE)
    )


times = st.floats(0, 1e6)
spans = st.builds(
    Span, part=st.sampled_from(Part), name=st.sampled_from(["", "test_a", "test_b"]), start=times, seconds=times
)
profiles = st.builds(Profile, spans=st.lists(spans, max_size=8).map(tuple), seconds=times)


@given(profiles)
def test_no_slice_is_negative_however_the_spans_lie(one: Profile) -> None:
    found = slices(one)
    assert list(found) == list(Slice)
    assert all(seconds >= 0 for seconds in found.values())
    assert math.fsum(found.values()) >= one.seconds * (1 - 1e-12)


@settings(max_examples=50)
@given(st.lists(profiles, min_size=1, max_size=6))
def test_a_summary_of_any_profiles_is_finite_and_its_shares_are_a_whole(several: list[Profile]) -> None:
    summary = _summary([(str(n), one) for n, one in enumerate(several)])
    json.dumps(summary.as_dict(), allow_nan=False)
    assert not summary.slices or math.fsum(one.share for one in summary.slices) == pytest.approx(1)
    assert all(0 <= one.student <= 1 for one in summary.checks)
    of_parts = [one.spread for one in summary.slices] + [one.spread for one in summary.checks]
    for spread in (summary.spread, *of_parts):
        assert spread.low <= spread.median <= spread.high <= spread.longest


def test_the_spread_of_one_value_is_that_value() -> None:
    assert Spread.over([2.0]) == Spread(2.0, 2.0, 2.0, 2.0)


def test_eight_of_ten_lie_between_low_and_high() -> None:
    assert Spread.over([float(n) for n in range(1, 101)]) == Spread(median=50, low=10, high=90, longest=100)


def test_the_slowest_checks_come_first_with_what_the_students_code_took_of_them() -> None:
    summary = _summary(class_profiles(30, training=3.0))
    assert {one.check for one in summary.checks[:2]} == {check for check in CHECKS if "training" in check}
    assert summary.checks[0].spread.median >= summary.checks[1].spread.median
    assert summary.checks[0].student > 0.95
    assert summary.checks[0].times == 30
    assert len(summary.checks) == len(CHECKS)


def test_a_check_that_was_tried_again_took_both_times() -> None:
    span = Span(part=Part.CHECK, name="test_a", start=0.0, seconds=1.0)
    one = Profile(spans=(span,), seconds=1.0)
    assert [one.spread.median for one in _summary([("ada", one.then(one))]).checks] == [2.0]


def test_the_slowest_submissions_come_first() -> None:
    summary = _summary(class_profiles(50))
    assert [one.submission for one in summary.slowest[:2]] == sorted(
        ["student 0007", "student 0032"], key=lambda name: -dict(class_profiles(50))[name].seconds
    )
    assert [one.seconds for one in summary.slowest] == sorted((one.seconds for one in summary.slowest), reverse=True)


def test_a_large_class_is_thinned_evenly_from_the_fastest_to_the_slowest() -> None:
    summary = _summary(class_profiles(1000))
    totals = [math.fsum(column.values()) for column in summary.columns]
    assert len(totals) == MAX_COLUMNS
    assert totals == sorted(totals)
    assert totals[-1] == pytest.approx(summary.spread.longest)


def test_nothing_profiled_has_no_summary() -> None:
    assert not Profiling()
    with pytest.raises(ValueError, match="nothing was profiled"):
        Profiling().summary()
