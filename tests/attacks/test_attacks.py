"""Every attack of the corpus gets the verdict that is promised for it, and reaches nothing and nobody else."""

from __future__ import annotations

import importlib.util

import pytest
from attack import Attack, load_corpus
from judging import complaints
from report import ROWS, row
from ring import Ring

CASES = [pytest.param(a, id=a.id, marks=[] if a.quick else [pytest.mark.slow]) for a in load_corpus()]


@pytest.mark.parametrize("attack", CASES)
def test_a_submission_gets_what_is_promised_and_touches_nothing_else(attack: Attack, ring: Ring) -> None:
    absent = [name for name in attack.needs if importlib.util.find_spec(name) is None]
    if absent:
        pytest.skip(f"{', '.join(absent)} is not installed here")
    bout = ring.bout(attack)
    found = complaints(attack, bout, ring)
    ROWS.append(row(ring.grader.isolation, attack, bout, not found))
    assert found == []
