"""What a test of one property is made of: a check, answers that are right in different ways, and wrong ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from autograder.course import Outcome

Verify = Callable[[Any], Any]


@dataclass(frozen=True)
class Case:
    """One check. `right`: sources that pass. `wrong`: source -> words that the finding must say."""

    name: str
    check: Verify
    right: Sequence[str]
    wrong: Mapping[str, str]


def parameters(cases: Sequence[Case]) -> list[Any]:
    """One pytest parameter for every answer of every case: check, source, and the words that are due, or None."""
    found = []
    for case in cases:
        assert len(case.right) >= 2
        assert len(case.wrong) >= 2
        answers = [(source, None) for source in case.right] + list(case.wrong.items())
        for number, (source, words) in enumerate(answers):
            kind = "right" if words is None else "wrong"
            found.append(pytest.param(case.check, source, words, id=f"{case.name}, {kind} {number}"))
    return found


def verdict_is(transport: Any, check: Verify, source: str, words: str | None) -> None:
    """Hold the finding of the check against what is due."""
    finding = transport.finding(check, source)
    if words is None:
        assert (finding.outcome, finding.message) == (Outcome.PASSED, ""), finding.detail
    else:
        assert finding.outcome is Outcome.FAILED, finding.detail
        assert words.lower() in finding.message.lower()
