"""Rings, one for each level of isolation that this machine offers, and the table at the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from report import ROWS, table
from ring import Ring, open_ring

from autograder.sandbox.levels import offers

collect_ignore = ["arena", "corpus"]


@pytest.fixture(scope="module", params=offers(), ids=lambda offer: offer.level)
def ring(request: pytest.FixtureRequest) -> Iterator[Ring]:
    """A warm grader at one level."""
    offer = request.param
    if offer.missing is not None:
        pytest.skip(f"no isolation by {offer.level} here: {offer.missing.cause}")
    with open_ring(offer.level) as opened:
        yield opened


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was promised, and what came of it, where every attack was asked for."""
    if ROWS and not terminalreporter.config.option.markexpr:
        for line in table():
            terminalreporter.write_line(line)
