from __future__ import annotations

import pytest

from autograder.report.phrases import duration, share


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0, "0 ms"),
        (1e-9, "<0.1 ms"),
        (0.00005, "0.1 ms"),
        (0.0004, "0.4 ms"),
        (0.00994, "9.9 ms"),
        (0.00996, "10 ms"),
        (0.012, "12 ms"),
        (0.994, "994 ms"),
        (0.996, "1.0 s"),
        (9.94, "9.9 s"),
        (9.96, "10 s"),
        (250.2, "4 min 10 s"),
    ],
)
def test_a_time_is_said_with_the_digits_that_count(seconds: float, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize(("part", "words"), [(0, "0 %"), (0.0001, "<1 %"), (0.006, "1 %"), (0.5, "50 %"), (1, "100 %")])
def test_a_share_is_said_in_whole_percents(part: float, words: str) -> None:
    assert share(part) == words
