from __future__ import annotations

from collections.abc import Iterator

import pytest
from transports import AcrossTheWire, InProcess, Transport

from autograder.checks import current_builder


@pytest.fixture(params=["across the wire", "in process"])
def transport(request: pytest.FixtureRequest) -> Iterator[Transport]:
    """Both ways in which a check meets a student. What holds on one must hold on the other."""
    made: Transport = AcrossTheWire() if request.param == "across the wire" else InProcess()
    token = current_builder.set(None)
    yield made
    current_builder.reset(token)
    made.close()


@pytest.fixture
def wire() -> Iterator[AcrossTheWire]:
    made = AcrossTheWire()
    token = current_builder.set(None)
    yield made
    current_builder.reset(token)
    made.close()
