"""What every exercise of the course has: hints, public and hidden checks or a rubric, and its place in the release."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from shipped import COURSE, SLUGS, exercises_of, notebook_of, text_of

from autograder.build import declared_checks
from autograder.course import load_assignment

NUMBERS = [f"{number:02d}" for number in range(1, 9)]


def test_the_first_half_of_the_course_is_here() -> None:
    assert [slug[:2] for slug in SLUGS] == NUMBERS


@pytest.mark.parametrize("slug", SLUGS)
def test_every_exercise_has_three_hints_that_lead_on(slug: str) -> None:
    for exercise in exercises_of(slug):
        hints = exercise["hints"]
        assert len(set(hints)) == 3, exercise["name"]
        assert all(len(hint) > 20 for hint in hints), exercise["name"]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_exercise_has_public_and_hidden_checks_or_a_rubric(slug: str) -> None:
    assignment = load_assignment(COURSE / "assignments" / slug)
    checks = declared_checks(assignment)
    for exercise in exercises_of(slug):
        folders = {Path(c.place.path).parent.name for c in checks if c.exercise == exercise["name"]}
        if "rubric" in exercise:
            assert folders == set(), exercise["name"]
            assert set(exercise["rubric"]) == {"excellent", "meets", "revise"}
            assert all(len(level) > 20 for level in exercise["rubric"].values()), exercise["name"]
        else:
            assert folders == {"public", "hidden"}, exercise["name"]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_check_has_a_hint(slug: str) -> None:
    """`hint=` of the decorator: what a student reads who fails it."""
    for path in (COURSE / "assignments" / slug).glob("*/test_*.py"):
        for function in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(function, ast.FunctionDef) and function.name.startswith("test"):
                given = [k.arg for d in function.decorator_list if isinstance(d, ast.Call) for k in d.keywords]
                assert "hint" in given, f"{path.name}: {function.name}"


@pytest.mark.parametrize("slug", SLUGS)
def test_the_release_lists_every_exercise_with_its_points(slug: str) -> None:
    readme = (COURSE / "release" / slug / "README.md").read_text(encoding="utf-8")
    for exercise in exercises_of(slug):
        rows = [row for row in readme.splitlines() if row.startswith(f"| `{exercise['name']}` |")]
        assert len(rows) == 1, exercise["name"]
        assert f"| {exercise['points']:g} |" in rows[0]


@pytest.mark.parametrize("slug", SLUGS)
def test_released_hints_are_folded_away_and_nothing_has_run(slug: str) -> None:
    cells = notebook_of("release", slug)["cells"]
    text = "\n".join(text_of(cell) for cell in cells if cell["cell_type"] == "markdown")
    assert text.count("<details>") >= 3 * len(exercises_of(slug))
    assert "<details open" not in text
    assert not any(cell["outputs"] or cell["execution_count"] for cell in cells if cell["cell_type"] == "code")
