from __future__ import annotations

from pathlib import Path

from autograder.build import stale

COURSE = Path(__file__).resolve().parents[2]


def test_release_and_solutions_are_what_the_sources_give() -> None:
    reasons = "\n".join(stale(COURSE))
    assert not reasons, f"run `autograder build` and commit release/ and solutions/:\n{reasons}"
