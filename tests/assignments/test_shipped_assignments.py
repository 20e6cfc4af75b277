"""The assignments that we ship prove themselves: reference, stub, and every specimen."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from shipped import COURSE, SLUGS, exercises_of

SEEDS, MUTANTS = 2, 3
"""Minutes for all of them. `make verify` does the same on 20 seeds, with more mutants."""


@pytest.fixture(scope="module", params=SLUGS)
def verified(request: pytest.FixtureRequest) -> Any:
    """What `verify` says of one assignment, as JSON."""
    counts = ["--seeds", str(SEEDS), "--mutants", str(MUTANTS)]
    command = [sys.executable, "-m", "autograder", "verify", request.param, *counts, "--json"]
    done = subprocess.run(command, cwd=COURSE, capture_output=True, text=True, timeout=1500, check=False)
    assert done.stdout, done.stderr
    document = json.loads(done.stdout)
    assert done.returncode == (0 if document["green"] else 1)
    return document["assignments"][0]


def proofs_of(verified: Any, kind: str) -> list[Any]:
    return [proof for proof in verified["proofs"] if proof["kind"] == kind]


def test_every_promise_is_kept(verified: Any) -> None:
    broken = {(p["kind"], p["name"], p["seed"]): p["problems"] for p in verified["proofs"] if not p["kept"]}
    assert broken == {}
    assert len(proofs_of(verified, "reference")) == SEEDS
    assert len(proofs_of(verified, "stub")) == 1
    specimens = list((COURSE / "assignments" / verified["assignment"] / "specimens").glob("*.py"))
    assert len(proofs_of(verified, "specimen")) == len(specimens)


def test_there_are_many_wrong_answers_and_some_for_every_exercise_and_several_right_ones(verified: Any) -> None:
    specimens = proofs_of(verified, "specimen")
    wrong = [proof for proof in specimens if proof["fails"]]
    assert len(wrong) >= 60
    checked = {exercise["name"] for exercise in exercises_of(verified["assignment"]) if "rubric" not in exercise}
    assert {name for proof in wrong for name in proof["fails"]} == checked
    assert len(specimens) - len(wrong) >= 2


def test_hardly_a_mutant_survives_and_each_that_does_is_explained(verified: Any) -> None:
    mutants = proofs_of(verified, "mutant")
    checked = [exercise for exercise in exercises_of(verified["assignment"]) if "rubric" not in exercise]
    assert len(mutants) >= 2 * len(checked)
    survivors = [m for m in mutants if not m["caught"]]
    assert [m["diff"] for m in survivors if not m["mark"]] == []
    counted = [m for m in mutants if not m["equivalent"]]
    assert sum(not m["caught"] for m in counted) <= 0.03 * len(counted)


def test_most_wrong_answers_lead_to_a_hint_of_their_own(verified: Any) -> None:
    wrong = [p for p in proofs_of(verified, "specimen") if p["fails"]]
    assert sum(bool(p["diagnosis"]) for p in wrong) >= 0.7 * len(wrong)
