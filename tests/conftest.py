"""What tests of several rooms need: a real container engine, and the grading image in it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from autograder.errors import AutograderError
from autograder.sandbox.engine.find import Engine
from autograder.sandbox.engine.image import Image, find_image

sys.path.insert(0, str(Path(__file__).parent / "container"))

from real_engine import NoEngine, answering, named

settings.register_profile("same", derandomize=True)  # the same examples in every run; `make fuzz` looks for others
settings.load_profile("same")


@pytest.fixture(scope="session")
def running_engine() -> Iterator[Engine]:
    """A container engine that answers. Tests that need one are skipped where there is none."""
    try:
        with answering() as found:
            yield found
    except NoEngine as why:
        pytest.skip(str(why))


@pytest.fixture(scope="module")
def engine(running_engine: Engine) -> Iterator[Engine]:
    """The same, named by DOCKER_HOST until the module ends: there, isolation by container is offered."""
    with named(running_engine):
        yield running_engine


@pytest.fixture(scope="module")
def grading_image(engine: Engine) -> Image:
    """The image that submissions are graded in. `make .engine/.image` builds it, and `make test` does so first."""
    try:
        return find_image(engine)
    except AutograderError as missing:
        pytest.skip(f"{missing.what}: make .engine/.image")
