"""What the table of the benchmark says of a figure, and where it is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench import ROWS, verdict, write
from row import Bound, Row

ABOUT = {"date": "2026-11-21 12:00 UTC", "machine": "2 cores"}


def test_a_figure_must_stay_below_its_bound_or_above_it() -> None:
    most, least = Bound(25, " ms"), Bound(1.8, " x", most=False)
    assert (str(most), str(least)) == ("≤ 25 ms", "≥ 1.8 x")
    assert [most.row("wall", value, "").ok for value in (24.9, 25.0, 25.1)] == [True, True, False]
    assert [least.row("scaling", value, "").ok for value in (1.79, 1.8, 1.9)] == [False, True, True]
    assert [most.row("wall", value, "").got for value in (9.104, 24.96, 182.4)] == ["9.10 ms", "25.0 ms", "182 ms"]


def test_what_could_not_be_measured_counts_as_neither() -> None:
    row = Bound(30, " ms").unmeasured("CPU", "control groups need root")
    assert (row.ok, row.got, verdict(row)) == (None, "not measured", "[yellow]?[/]")
    assert verdict(Row("call", "", "120 µs", None, "")) == "", "nothing to reach"


def test_the_table_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    document = tmp_path / "performance.md"
    document.write_text("before\n<!-- bench -->\nold\n<!-- end of bench -->\nafter\n", encoding="utf-8")
    rows = [Bound(1.3, " x").row("cold", 1.25, "a | b"), Bound(15, " MB").row("memory", 16, "private")]
    write(document, rows, ABOUT)
    write(document, rows, ABOUT)
    text = document.read_text(encoding="utf-8")
    assert text == (
        "before\n<!-- bench -->\nMeasured 2026-11-21 12:00 UTC: machine 2 cores.\n\n"
        "| what | must reach | reached | | how |\n|---|---|---|---|---|\n"
        "| cold | ≤ 1.3 x | 1.25 x | yes | a / b |\n"
        "| memory | ≤ 15 MB | 16.0 MB | **no** | private |\n"
        "<!-- end of bench -->\nafter\n"
    )


def test_a_document_without_a_place_for_the_table_is_left_alone(tmp_path: Path) -> None:
    document = tmp_path / "readme.md"
    document.write_text("<!-- bench -->\nno end\n", encoding="utf-8")
    with pytest.raises(ValueError, match="end of bench"):
        write(document, [], ABOUT)
    assert document.read_text(encoding="utf-8") == "<!-- bench -->\nno end\n"


def test_each_row_has_a_module_that_measures_it() -> None:
    here = Path(__file__).parent
    for place in ROWS.values():
        module, _, function = place.partition(":")
        source = (here / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
        assert f"def {function}(" in source, place
