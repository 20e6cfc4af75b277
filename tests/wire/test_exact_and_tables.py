"""Exact numbers, moments and pandas' tables cross as values, bit for bit, and what is no such thing is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.pandas import columns, data_frames, range_indexes
from pair import round_trip

from autograder.wire import values as v
from autograder.wire.decode import Decoder
from autograder.wire.effects import apply_content, contents, differs
from autograder.wire.exact import unpack_exact
from autograder.wire.frames import Payload, Unsendable, WireError
from autograder.wire.tables import _MOMENTS

EXACT = [
    Decimal("0.1"),
    Decimal("NaN"),
    Decimal("-Infinity"),
    Fraction(-22, 7),
    dt.date(2026, 11, 21),
    dt.time(23, 59, 59, 5),
    dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=1))),
    dt.datetime(1, 1, 1),
    dt.timedelta(days=-3, microseconds=1),
]


@pytest.mark.parametrize("value", EXACT, ids=repr)
def test_exact_numbers_and_moments_cross(value: Any) -> None:
    there = round_trip(value)
    assert type(there) is type(value)
    assert str(there) == str(value)


@given(st.one_of(st.decimals(), st.fractions(), st.datetimes(), st.dates(), st.times(), st.timedeltas()))
def test_whatever_they_are(value: Any) -> None:
    assert str(round_trip(value)) == str(value)


def test_a_time_zone_crosses_as_its_offset() -> None:
    from zoneinfo import ZoneInfo

    moment = dt.datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("Europe/Vienna"))
    assert round_trip(moment) == moment


def test_a_decimal_that_would_fill_the_memory_stays() -> None:
    with pytest.raises(Unsendable, match="1e10000"):
        round_trip(Decimal("1e999999"))
    with pytest.raises(WireError):
        unpack_exact(v.Exact("decimal", "1e999999"))


@pytest.mark.parametrize(
    "value",
    [
        v.Exact("date", "yesterday"),
        v.Exact("fraction", "1/0"),
        v.Exact("timedelta", "1"),
        v.Exact("decimal", "x" * 30_000),
    ],
)
def test_a_text_that_is_no_such_thing_is_refused(value: v.Exact) -> None:
    with pytest.raises(WireError):
        unpack_exact(value)


MOMENTS = pd.DatetimeIndex([dt.datetime(2026, 1, 1), pd.NaT, dt.datetime(2026, 3, 1, 12)])
TABLES = {
    "numbers": pd.DataFrame({"a": [1, 2, 3], "b": [0.5, float("nan"), -1.0], "c": [True, False, True]}),
    "texts": pd.DataFrame({"name": ["Ada", "Grace", None], "tokens": [["a"], [], ["b", "c"]]}),
    "no rows": pd.DataFrame({"a": pd.Series([], dtype="float32")}),
    "no columns": pd.DataFrame(index=[1, 2]),
    "labels twice": pd.DataFrame([[1, 2], [3, 4]], columns=["x", "x"]),
    "an index of its own": pd.DataFrame({"n": [1, 2]}, index=pd.Index(["p", "q"], name="who")),
    "two levels": pd.DataFrame(
        {("a", 1): [1, 2], ("a", 2): [3, 4]}, index=pd.MultiIndex.from_tuples([(1, "x"), (2, "y")])
    ),
    "moments": pd.DataFrame(
        {"when": MOMENTS, "zoned": MOMENTS.tz_localize("Europe/Vienna"), "for": MOMENTS - MOMENTS[0]}
    ),
    "categories": pd.DataFrame({"size": pd.Categorical(["s", None, "l"], categories=["s", "m", "l"], ordered=True)}),
    "missing": pd.DataFrame({"i": pd.array([1, None], dtype="Int64"), "s": pd.array(["x", None], dtype="string")}),
    "days": pd.DataFrame({"day": [dt.date(2026, 1, 1), None]}, dtype=object),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_crosses_with_its_dtypes_and_its_index(name: str) -> None:
    pd.testing.assert_frame_equal(round_trip(TABLES[name]), TABLES[name])


@pytest.mark.parametrize("name", TABLES)
def test_so_do_its_columns_and_its_index(name: str) -> None:
    table = TABLES[name]
    pd.testing.assert_index_equal(round_trip(table.index), table.index)
    pd.testing.assert_index_equal(round_trip(table.columns), table.columns)
    for place in range(table.shape[1]):
        pd.testing.assert_series_equal(round_trip(table.iloc[:, place]), table.iloc[:, place])


@settings(max_examples=50)
@given(data_frames(columns(["a", "b"], dtype=float), index=range_indexes(max_size=8)))
def test_any_frame_of_numbers_crosses(frame: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(round_trip({"frame": [frame]})["frame"][0], frame)


def test_no_moment_at_all_stays_where_it_is() -> None:
    with pytest.raises(AssertionError, match="no plain value"):
        round_trip(pd.NaT)


def test_a_table_of_anything_else_stays_where_it_is() -> None:
    with pytest.raises(AssertionError, match="no plain value"):
        round_trip(pd.DataFrame({"made": [object()]}))
    with pytest.raises(AssertionError, match="no plain value"):
        round_trip(pd.Series(pd.period_range("2026", periods=2, freq="M")))


CHANGES: list[Callable[[pd.DataFrame], Any]] = [
    lambda frame: frame.insert(0, "z", 1),
    lambda frame: frame.drop(columns="a", inplace=True),
    lambda frame: frame.__setitem__("a", [7, 8, 9]),
    lambda frame: frame.rename(columns={"a": "k"}, inplace=True),
    lambda frame: frame.sort_values("a", ascending=False, inplace=True),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_in_place_is_seen_and_can_be_done_again(change: Callable[[pd.DataFrame], Any]) -> None:
    theirs, ours = TABLES["numbers"].copy(), TABLES["numbers"].copy()
    before = contents(theirs)
    assert not differs(theirs, before)
    change(theirs)
    assert differs(theirs, before)
    apply_content(ours, round_trip(theirs))
    pd.testing.assert_frame_equal(ours, theirs)


def test_a_table_becomes_nothing_else() -> None:
    with pytest.raises(WireError):
        apply_content(TABLES["numbers"].copy(), pd.Series([1]))
    with pytest.raises(WireError):
        apply_content(TABLES["numbers"].copy(), [1])


NUMBERS = v.Column("object", v.Items("list", [1, 2]))
FORGED = [
    v.Table("frame", [], []),
    v.Table("index", [NUMBERS] * 21),
    v.Table("series", [NUMBERS], []),
    v.Table("series", [NUMBERS], [v.Column("object", v.Items("list", [1]))]),
    v.Table("frame", [NUMBERS], [NUMBERS], []),
    v.Table("index", [v.Column("category", v.Items("list", [0]), categories=NUMBERS)]),
    v.Table("index", [v.Column("datetime64[ns, ../../etc]", v.Items("list", [0]))]),
    v.Table("index", [v.Column("datetime64[ns]", v.Items("list", ["now"]))]),
    v.Table("index", [v.Column("datetime64[ns, dateutil//etc/passwd]", v.Items("list", [0]))]),
    v.Table("index", [v.Column("Int64", v.Items("list", ["x"]))]),
    v.Table("index", [v.Column("interval", v.Items("list", [1]))]),
    v.Table("series", [NUMBERS], [v.Column("object", v.Items("list", [1, 2]), name=v.Items("list", []))]),
    v.Table("index", [v.Column("range", v.Slice(0, 1 << 40, 1, range=True))]),
]


@pytest.mark.parametrize("table", FORGED, ids=range(len(FORGED)))
def test_a_table_whose_parts_do_not_fit_is_refused(table: v.Table) -> None:
    decoder = Decoder(torch, Payload(bytearray(), [], 0), lambda value, decoder: pytest.fail("no reference here"))
    with pytest.raises(WireError):
        decoder.object(table)


def test_no_zone_names_a_file() -> None:
    for zone in ("dateutil//etc/localtime", "/etc/localtime", "../localtime", "Europe/../../x", "tzfile:x"):
        assert not _MOMENTS.fullmatch(f"datetime64[ns, {zone}]"), zone
    for zone in ("UTC", "UTC+01:00", "Europe/Vienna", "America/Argentina/Buenos_Aires", "Etc/GMT-3"):
        assert _MOMENTS.fullmatch(f"datetime64[ns, {zone}]"), zone


def test_numbers_keep_their_bits() -> None:
    bits = np.array([0x7FF8000000000001, 0x8000000000000000], dtype=np.uint64).view(np.float64)
    there = round_trip(pd.Series(bits))
    assert there.to_numpy().tobytes() == bits.tobytes()
