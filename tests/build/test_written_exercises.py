"""Exercises that are answered in words: what students get, and what of the author's answer they do not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from small_course import NOTEBOOK, PUBLIC, TOML, small

from autograder.build import prepare, reference_answers
from autograder.build.strip import reference_submission
from autograder.course import load_assignment
from autograder.course.written import PLACEHOLDER
from autograder.errors import AutograderError
from autograder.grading.mutants import mutants_of

WRITTEN = """
[[exercise]]
name = "limits"
title = "Where softmax ends"
points = 2
hints = ["Think of a million classes.", "What does exp() do?", "Name a number."]

[exercise.rubric]
excellent = "Names the limit and the reason."
meets = "Names one of the two."
revise = "Names neither."
"""
MODEL = (
    "Floating point numbers overflow above eighty-eight. Nothing smaller is in danger, since the exponential is tiny."
)
CELL = f"""
# %% [markdown]
# ## Where does it end?

# %% [markdown]
# <!-- exercise: limits -->
# {MODEL}
"""


def released(tmp_path: Path, **replaced: str) -> dict[str, bytes]:
    files: dict[str, str | bytes] = {"assignment.toml": TOML + WRITTEN, "notebook.py": NOTEBOOK + CELL}
    files.update({name.replace("_", "."): text for name, text in replaced.items()})
    return prepare(small(tmp_path, files)).files


def cells_of(files: dict[str, bytes]) -> list[dict[str, Any]]:
    notebook = next(content for name, content in files.items() if name.endswith(".ipynb"))
    cells: list[dict[str, Any]] = json.loads(notebook)["cells"]
    return cells


def test_the_release_asks_with_the_rubric_and_the_hints_and_holds_no_word_of_the_answer(tmp_path: Path) -> None:
    files = released(tmp_path)
    asked, answer = cells_of(files)[-2:]
    text = "".join(asked["source"])
    assert "Your answer: Where softmax ends" in text
    assert "2 points, graded by a person" in text
    assert "**Excellent** (2 points): Names the limit and the reason." in text
    assert "**Meets** (1.33 points)" in text
    assert "Hint 3: nearly there" in text
    assert "".join(answer["source"]) == f"<!-- exercise: limits -->\n{PLACEHOLDER}"
    assert answer["cell_type"] == "markdown"
    assert answer["metadata"] == {"autograder": {"exercise": "limits"}}
    assert all(b"eighty-eight" not in content for content in files.values())


def test_there_is_no_check_cell_for_words(tmp_path: Path) -> None:
    sources = ["".join(cell["source"]) for cell in cells_of(released(tmp_path))]
    assert 'check("double")' in sources
    assert 'check("limits")' not in sources


def test_the_readme_and_the_students_check_know_that_a_person_grades(tmp_path: Path) -> None:
    files = released(tmp_path)
    assert "| `limits` | Where softmax ends, in words | 2 |" in files["README.md"].decode()
    assert "A person grades these answers" in files["README.md"].decode()
    known = {e["name"]: e["written"] for e in json.loads(files["assignment.json"])["exercises"]}
    assert known == {"softmax": False, "double": False, "limits": True}


def test_the_reference_answers_in_words_and_its_points_need_no_checks(tmp_path: Path) -> None:
    released(tmp_path)
    (root,) = (path.parent for path in tmp_path.rglob("assignment.toml"))
    assignment = load_assignment(root)
    assert reference_answers(assignment) == (("limits", MODEL),)
    assert assignment.points == 6
    assert [e.name for e in assignment.written] == ["limits"]


@pytest.mark.parametrize(
    "leaked",
    [
        f"\n# %% [markdown]\n# {MODEL}\n",
        "\n# %% [markdown]\n# As we know, floating point numbers\n# overflow above eighty-eight.\n",
        "\n# %%\n# nothing smaller is in danger, since the exponential is tiny\nx = 1\n",
    ],
)
def test_a_sentence_of_the_answer_elsewhere_in_the_notebook_is_a_leak(tmp_path: Path, leaked: str) -> None:
    with pytest.raises(AutograderError) as caught:
        released(tmp_path, notebook_py=NOTEBOOK + CELL + leaked)
    assert caught.value.code == "leak"
    assert "model answer" in caught.value.what


@pytest.mark.parametrize(
    ("notebook", "code"),
    [
        (NOTEBOOK, "exercise-without-cell"),
        (NOTEBOOK + CELL.replace(f"# {MODEL}\n", ""), "empty-answer"),
        (NOTEBOOK + CELL + CELL, "answer-in-two-cells"),
        (NOTEBOOK + CELL.replace("limits", "double"), "answer-in-wrong-cell"),
        (NOTEBOOK + CELL.replace("limits", "limit"), "unknown-exercise"),
        (NOTEBOOK + "\n# %%\n#| exercise: limits\nx = 1\n", "exercise-without-solution"),
        (NOTEBOOK + CELL.replace("# <!--", "# Words first.\n# <!--"), "misplaced-directive"),
        (NOTEBOOK + CELL.replace("<!-- exercise: limits -->", "<!-- exercise = limits -->"), "misplaced-directive"),
    ],
)
def test_cells_that_do_not_fit_the_written_exercise_are_refused(tmp_path: Path, notebook: str, code: str) -> None:
    with pytest.raises(AutograderError) as caught:
        released(tmp_path, notebook_py=notebook)
    assert caught.value.code == code


def test_code_that_a_person_grades_is_stripped_and_gets_no_check_cell(tmp_path: Path) -> None:
    cell = "\n# %%\n#| exercise: limits\n# BEGIN SOLUTION\nmost_of_all = max(softmax([1.0, 2.0]))\n# END SOLUTION\n"
    assignment = small(tmp_path, {"assignment.toml": TOML + WRITTEN, "notebook.py": NOTEBOOK + cell})
    before, own = cells_of(prepare(assignment).files)[-2:]
    assert own["metadata"]["autograder"] == {"exercise": "limits"}
    assert "".join(own["source"]) == 'raise NotImplementedError("limits")'
    assert "graded by a person. Write your code into the cell below." in "".join(before["source"])
    assert reference_submission(assignment).answers == (("limits", "most_of_all = max(softmax([1.0, 2.0]))"),)
    assert "limits" not in {mutant.exercise for mutant in mutants_of(assignment)}


def test_a_check_of_a_written_exercise_is_refused(tmp_path: Path) -> None:
    check = PUBLIC.replace('"softmax", points=1', '"limits", points=2').replace("test_two", "test_words_of_two")
    files: dict[str, str | bytes] = {
        "assignment.toml": TOML + WRITTEN,
        "notebook.py": NOTEBOOK + CELL,
        "hidden/test_words.py": check,
    }
    with pytest.raises(AutograderError) as caught:
        prepare(small(tmp_path, files))
    assert caught.value.code == "check-of-written"


def test_a_rubric_needs_its_three_levels_and_defines_no_names(tmp_path: Path) -> None:
    for broken in (
        WRITTEN.replace('revise = "Names neither."\n', ""),
        WRITTEN.replace('title = "Where softmax ends"', 'title = "Where"\ndefines = ["f"]'),
    ):
        with pytest.raises(AutograderError) as caught:
            released(tmp_path, assignment_toml=TOML + broken)
        assert caught.value.code == "bad-manifest"
