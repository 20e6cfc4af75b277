"""Every attack of the corpus gets the verdict that is promised for it, and reaches nothing and nobody else."""

from __future__ import annotations

import importlib.util

import pytest
from attack import Attack, load_corpus
from judging import broken_promises, complaints
from ring import Ring
from scoreboard import ROWS, row

CORPUS = {attack.id: attack for attack in load_corpus()}
CASES = [pytest.param(a, id=a.id, marks=[] if a.quick else [pytest.mark.slow]) for a in CORPUS.values()]
MIXED = (
    "threats/t02_os_exit_in_a_call",
    "threats/t13_rewrites_results",
    "threats/t54_patches_the_clock",
    "threats/t68_zip_slip",
    "threats/t71_fork_bomb",
    "threats/t72_memory_bomb",
    "wire/oversized",
    "wire/no_reply",
)


@pytest.mark.parametrize("attack", CASES)
def test_a_submission_gets_what_is_promised_and_touches_nothing_else(attack: Attack, ring: Ring) -> None:
    absent = [name for name in attack.needs if importlib.util.find_spec(name) is None]
    if absent:
        pytest.skip(f"{', '.join(absent)} is not installed here")
    bout = ring.bout(attack)
    found = complaints(attack, bout, ring)
    ROWS.append(row(ring.grader.isolation, attack, bout, not found))
    if found:
        pytest.fail("\n".join(found), pytrace=False)


def test_a_batch_of_hostile_and_honest_submissions_never_stops(ring: Ring) -> None:
    attacks = [CORPUS[name] for name in MIXED]
    hostile = [ring.submission(attack) for attack in attacks]
    honest = [ring.honest(f"honest {number}") for number in range(len(attacks))]
    verdicts = ring.graded(*(source for pair in zip(hostile, honest, strict=True) for source in pair))
    assert len(verdicts) == 2 * len(attacks)
    for attack, verdict, neighbour in zip(attacks, verdicts[::2], verdicts[1::2], strict=True):
        assert list(broken_promises(attack, verdict)) == []
        assert neighbour.points == neighbour.max_points


def test_another_attempt_sees_other_inputs(ring: Ring) -> None:
    source = ring.submission(CORPUS["threats/t28_inputs_in_messages"])
    first, second = ring.graded(source)[0], ring.graded(source)[0]
    assert first.digest == second.digest
    assert first.seed != second.seed
    told = {(finding.check, finding.message[:60]) for finding in first.findings if finding.reason == "exception"}
    again = {(finding.check, finding.message[:60]) for finding in second.findings if finding.reason == "exception"}
    assert {check for check, _ in told & again} == {"test_softmax_of_zeros"}, "whose input is public, and constant"
