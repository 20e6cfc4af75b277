"""Rings, one for each level of isolation that this machine offers, and the table at the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from ring import Ring, open_ring
from scoreboard import ROWS, table

from autograder.sandbox.levels import LEVELS, offers

collect_ignore = ["arena", "corpus"]


@pytest.fixture(scope="module", params=LEVELS[1:])
def ring(request: pytest.FixtureRequest) -> Iterator[Ring]:
    """A warm grader at one level."""
    if request.param == "container":
        request.getfixturevalue("grading_image")  # starts an engine, or skips
    missing = next(offer.missing for offer in offers() if offer.level == request.param)
    if missing is not None:
        pytest.skip(f"no isolation by {request.param} here: {missing.cause}")
    with open_ring(request.param) as opened:
        yield opened


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was promised, and what came of it, where every attack was asked for."""
    if ROWS and not terminalreporter.config.option.markexpr:
        for line in table():
            terminalreporter.write_line(line)
