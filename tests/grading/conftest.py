from __future__ import annotations

from pathlib import Path

import pytest
from batches import make_sources

from autograder.gradebook import Gradebook
from autograder.grading.sources import Source


@pytest.fixture
def book(tmp_path: Path) -> Gradebook:
    return Gradebook.open(tmp_path / "gradebook.db")


@pytest.fixture
def sources(tmp_path: Path) -> tuple[Source, ...]:
    return make_sources(tmp_path / "class")
