"""Moments on the command line."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.cli.moment import Moment, moment


@given(st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1)))
def test_a_time_without_a_zone_is_this_machines(when: datetime) -> None:
    found = moment(when.isoformat())
    assert found.tzinfo is not None
    assert found.replace(tzinfo=None) == when


def test_a_date_is_its_first_moment_and_a_zone_is_kept() -> None:
    assert moment("2026-11-20").replace(tzinfo=None) == datetime(2026, 11, 20)
    assert moment("2026-11-20T14:00+01:00") == datetime(2026, 11, 20, 13, tzinfo=UTC)
    assert moment("2026-11-20 14:00Z") == datetime(2026, 11, 20, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "ago"),
    [
        ("90m", timedelta(minutes=90)),
        ("36h", timedelta(hours=36)),
        ("7 d", timedelta(days=7)),
        ("1.5w", timedelta(10.5)),
    ],
)
def test_an_age_counts_from_now(text: str, ago: timedelta) -> None:
    before = datetime.now(UTC)
    assert before <= moment(text) + ago <= datetime.now(UTC)


@given(st.text(max_size=20))
def test_what_is_no_moment_is_a_mistake_on_the_command_line(text: str) -> None:
    with contextlib.suppress(click.UsageError):
        assert Moment().convert(text, None, None).tzinfo is not None
    with pytest.raises(click.UsageError, match="is no date such as 2026-11-20"):
        Moment().convert(f"the day of {text}", None, None)
