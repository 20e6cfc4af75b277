"""The assignments that we ship prove themselves: reference, stub, specimens, mutants.

Here on a tenth of the exercises of each, which takes minutes; `make verify` tries all of them, on 20 seeds.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from shipped import COURSE, SLUGS, exercises_of

from autograder.course import load_assignment
from autograder.grading.specimen import Specimen, load_specimens

SEEDS, MUTANTS = 2, 4


def checked(slug: str) -> list[str]:
    """The exercises that checks judge."""
    return [exercise["name"] for exercise in exercises_of(slug) if "rubric" not in exercise]


def sample(slug: str) -> list[str]:
    """Every tenth exercise, another one first in each assignment."""
    exercises = checked(slug)
    return exercises[int(slug[:2]) % min(10, len(exercises)) :: 10]


def specimens(slug: str) -> tuple[Specimen, ...]:
    return load_specimens(load_assignment(COURSE / "assignments" / slug))


@pytest.fixture(scope="module", params=SLUGS)
def verified(request: pytest.FixtureRequest) -> Any:
    """What `verify` says of one assignment, as JSON."""
    options = ["--seeds", str(SEEDS), "--mutants", str(MUTANTS)]
    options += [word for name in sample(request.param) for word in ("--exercise", name)]
    command = [sys.executable, "-m", "autograder", "verify", request.param, *options, "--json"]
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
    chosen = set(verified["exercises"])
    tried = {s.name for s in specimens(verified["assignment"]) if not s.fails or chosen & set(s.fails)}
    assert {proof["name"] for proof in proofs_of(verified, "specimen")} == tried


def test_hardly_a_mutant_survives_and_each_that_does_is_explained(verified: Any) -> None:
    mutants = proofs_of(verified, "mutant")
    assert len(mutants) >= 2 * len(verified["exercises"])
    survivors = [m for m in mutants if not m["caught"]]
    assert [m["diff"] for m in survivors if not m["mark"]] == []
    counted = [m for m in mutants if not m["equivalent"]]
    # Of the few mutants here one may be more than 3 %; the bound for all of them is `make verify`'s.
    assert sum(not m["caught"] for m in counted) <= max(1, 0.03 * len(counted))


@pytest.mark.parametrize("slug", SLUGS)
def test_there_are_many_wrong_answers_and_some_for_every_exercise_and_several_right_ones(slug: str) -> None:
    wrong = [specimen for specimen in specimens(slug) if specimen.fails]
    assert len(wrong) >= 60
    assert {name for specimen in wrong for name in specimen.fails} == set(checked(slug))
    assert len(specimens(slug)) - len(wrong) >= 2


@pytest.mark.parametrize("slug", SLUGS)
def test_most_wrong_answers_lead_to_a_hint_of_their_own(slug: str) -> None:
    """That a hint is really given is a promise of its specimen."""
    wrong = [specimen for specimen in specimens(slug) if specimen.fails]
    assert sum(bool(specimen.hint) for specimen in wrong) >= 0.6 * len(wrong)
