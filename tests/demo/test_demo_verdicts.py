"""The demo's classes, graded by the real command: each student gets what the recipe promises, and nobody disturbs
another."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from classes import CLASSES
from make_submissions import make_class
from recipes import Recipe

from autograder.sandbox.levels import strongest

COURSE = Path(__file__).resolve().parents[2]


@pytest.fixture
def isolation(request: pytest.FixtureRequest, slug: str) -> str:
    """One class is graded in a container, where one can be had, and the other on the machine itself."""
    if slug == "04-softmax-classifier":
        with contextlib.suppress(pytest.skip.Exception):
            request.getfixturevalue("grading_image")
            return "container"
    return strongest()


def graded(slug: str, folder: Path, isolation: str) -> dict[str, dict[str, Any]]:
    command = [sys.executable, "-m", "autograder", "grade", slug, str(folder / slug), "--json"]
    options = ["--gradebook", str(folder / "gradebook.db"), "--isolation", isolation]
    done = subprocess.run([*command, *options], cwd=COURSE, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    document = json.loads(done.stdout)
    assert document["assignment"] == slug
    return {verdict["submission"]: verdict for verdict in document["verdicts"]}


def by_exercise(verdict: dict[str, Any]) -> dict[str, tuple[float, float]]:
    totals: dict[str, tuple[float, float]] = {}
    for finding in verdict["findings"]:
        earned, possible = totals.get(finding["exercise"], (0.0, 0.0))
        totals[finding["exercise"]] = (earned + finding["points"], possible + finding["max_points"])
    return totals


def complaints(recipe: Recipe, verdict: dict[str, Any]) -> list[str]:
    outcomes = {finding["outcome"] for finding in verdict["findings"]}
    found = [f"outcomes {outcomes}"] if not outcomes <= {"passed", "failed"} else []
    if recipe.rejected:
        reasons = {finding["reason"] for finding in verdict["findings"]}
        return found + ([f"reasons {reasons}"] if reasons != {recipe.rejected} or verdict["points"] else [])
    for exercise, (earned, possible) in by_exercise(verdict).items():
        if exercise in recipe.loses and earned >= possible:
            found.append(f"{exercise} lost nothing")
        if exercise not in recipe.loses and recipe.rest and earned < possible:
            messages = [f["message"] for f in verdict["findings"] if f["exercise"] == exercise]
            found.append(f"{exercise} got {earned} of {possible}: {messages}")
    return found


@pytest.mark.parametrize("slug", sorted(CLASSES))
def test_every_student_gets_what_was_promised(slug: str, isolation: str, tmp_path: Path) -> None:
    recipes = make_class(COURSE, slug, tmp_path)
    verdicts = graded(slug, tmp_path, isolation)
    assert {verdict["isolation"] for verdict in verdicts.values()} == {isolation}
    assert verdicts.keys() == {recipe.student for recipe in recipes}
    wrong = {recipe.student: complaints(recipe, verdicts[recipe.student]) for recipe in recipes}
    assert {student: found for student, found in wrong.items() if found} == {}
