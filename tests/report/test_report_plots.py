from __future__ import annotations

import math
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st
from sample_class import LOSS

from autograder.report.plots import MAX_POINTS, _thinned, histogram, training_panels


def test_series_of_one_kind_share_a_picture() -> None:
    panels = training_panels({**LOSS, "training accuracy": [0.1, 0.9]}, "x")
    assert [[curve.name for curve in panel.curves] for panel in panels] == [
        ["training loss", "validation loss"],
        ["training accuracy"],
    ]


def test_a_picture_is_small_the_same_every_time_and_follows_the_page() -> None:
    (panel,) = training_panels({"loss": [math.sin(n) for n in range(100_000)]}, "x")
    assert panel == training_panels({"loss": [math.sin(n) for n in range(100_000)]}, "x")[0]
    assert len(panel.svg) < 12_000
    assert "var(--curve-1)" in panel.svg
    assert "#0102" not in panel.svg
    assert "<metadata" not in panel.svg


def test_a_loss_that_explodes_is_drawn_up_to_there_and_said() -> None:
    (panel,) = training_panels({"loss": [2.0, 1.0, math.nan, math.inf, 1e300]}, "x")
    assert panel.curves[0].summary == "from 2 to 1 in 5 steps; not a finite number at step 3"


def test_nothing_is_drawn_of_a_series_without_numbers() -> None:
    assert training_panels({"loss": [], "accuracy": [math.nan]}, "x") == ()


def test_thinning_keeps_the_ends_and_every_spike() -> None:
    values = [0.0] * 10_000
    values[6_543] = 99.0
    steps, heights = _thinned(values)
    assert len(steps) <= MAX_POINTS + 2
    assert (steps[0], steps[-1], max(heights)) == (1, 10_000, 99.0)
    assert steps[heights.index(99.0)] == 6_544


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.text(max_size=20), st.lists(st.floats(), max_size=30), max_size=3))
def test_any_series_gives_well_formed_pictures_without_its_names(series: dict[str, list[float]]) -> None:
    for panel in training_panels(series, "x"):
        root = ElementTree.fromstring(panel.svg)
        tags = {element.tag.split("}")[-1] for element in root.iter()}
        assert tags <= {"svg", "g", "path", "text", "defs", "clipPath", "rect", "style", "use"}


def test_a_histogram_counts_the_class() -> None:
    assert histogram([0.0, 0.5, 1.0, 1.0], "x") == histogram([0.0, 0.5, 1.0, 1.0], "x")
    ElementTree.fromstring(histogram([0.3], "x"))
