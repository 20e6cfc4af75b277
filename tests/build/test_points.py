from __future__ import annotations

from pathlib import Path

import pytest
from small_course import HIDDEN, NOTEBOOK, PUBLIC, TOML, small

from autograder.build import declared_checks, prepare
from autograder.errors import AutograderError


def refusal(tmp_path: Path, replaced: dict[str, str | bytes]) -> AutograderError:
    with pytest.raises(AutograderError) as caught:
        prepare(small(tmp_path, replaced))
    return caught.value


def test_checks_are_read_from_their_source_without_running_it(tmp_path: Path) -> None:
    source = "raise SystemExit\n" + PUBLIC
    checks = declared_checks(small(tmp_path, {"public/test_public.py": source}))
    assert [(c.name, c.exercise, c.points) for c in checks] == [
        ("test_two_equal_scores_share", "softmax", 1.0),
        ("test_huge_scores_do_not_overflow", "softmax", 2.0),
        ("test_double", "double", 1.0),
    ]


def test_a_parametrized_check_counts_once_and_points_default_to_one(tmp_path: Path) -> None:
    source = PUBLIC.replace(
        '@check("softmax", points=1)',
        'import pytest\n@pytest.mark.parametrize("n", [1, 2])\n@check(exercise="softmax")',
    )
    prepare(small(tmp_path, {"public/test_public.py": source}))


def test_points_that_do_not_add_up_are_refused_showing_the_checks(tmp_path: Path) -> None:
    error = refusal(tmp_path, {"assignment.toml": TOML.replace("points = 3", "points = 4")})
    assert error.code == "points-differ"
    assert "promises 4 points and its checks sum to 3" in error.what
    assert [Path(place.path).name for place in error.where] == ["assignment.toml", "test_public.py", "test_hidden.py"]
    assert "points = 3" in error.fix


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("notebook.py", NOTEBOOK.replace("exercise: double", "exercise: dubble"), "unknown-exercise"),
        ("notebook.py", NOTEBOOK.replace("#| exercise: double\n", ""), "exercise-without-cell"),
        ("notebook.py", NOTEBOOK + "\n# %%\n#| exercise: triple\nx = 1\n", "unknown-exercise"),
        ("public/test_public.py", PUBLIC.replace('"softmax"', '"sofmax"'), "unknown-exercise"),
        ("public/test_public.py", PUBLIC.replace("points=1", "points=ONE"), "bad-check"),
        ("public/test_public.py", PUBLIC.replace("points=1", "points=-1"), "bad-check"),
        ("public/test_public.py", PUBLIC.replace("points=1", "**options"), "bad-check"),
        ("public/test_public.py", PUBLIC.replace("def test_two", "def two"), "check-not-collected"),
        ("public/test_public.py", PUBLIC + "\n\ndef test_more(student):\n    pass\n", "test-without-check"),
        ("public/test_public.py", PUBLIC + PUBLIC, "check-twice"),
        ("hidden/test_hidden.py", HIDDEN + "\ndef f(:\n", "bad-check-file"),
    ],
)
def test_checks_and_cells_that_do_not_fit_are_refused(tmp_path: Path, name: str, content: str, code: str) -> None:
    error = refusal(tmp_path, {name: content})
    assert error.code == code
    assert error.where
    assert error.fix


def test_an_unknown_exercise_is_answered_with_the_closest_known_one(tmp_path: Path) -> None:
    error = refusal(tmp_path, {"notebook.py": NOTEBOOK.replace("exercise: double", "exercise: dubble")})
    assert "'double'" in error.fix


def test_an_exercise_whose_solution_is_not_marked_is_refused(tmp_path: Path) -> None:
    source = "\n".join(line for line in NOTEBOOK.split("\n") if "SOLUTION" not in line and "STUB" not in line)
    assert refusal(tmp_path, {"notebook.py": source}).code == "exercise-without-solution"
