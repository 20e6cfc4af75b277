"""`check`: what a student sees of a release, untouched, solved and incomplete."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from real_command import left_in_tmp, run
from tiny_course import NOTEBOOK, RIGHT, TOML, make_course, notebook

from autograder.build import prepare
from autograder.course import load_assignment
from autograder.course.written import PLACEHOLDER
from autograder.examiner.notebook import run_public_checks

QUESTION = """
[[exercise]]
name = "why"
title = "Why is it twice as much?"
points = 2

[exercise.rubric]
excellent = "All."
meets = "Some."
revise = "Nothing."
"""
ANSWER = """
# %% [markdown]
# <!-- exercise: why -->
# Since one and one is two.
"""
NOISE = """
import os
print("noise on stdout")
os.write(1, b"noise below it")
os.system("echo noise of a program")
"""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release as a student unpacks it, without the course around it."""
    return unpacked(make_course(tmp_path_factory.mktemp("course")), tmp_path_factory.mktemp("student"))


@pytest.fixture
def with_a_question(tmp_path: Path) -> Path:
    """A release with an exercise that is answered in words."""
    course = make_course(tmp_path / "course")
    root = course / "assignments" / "01-sums"
    (root / "assignment.toml").write_text(TOML.replace("[limits]", f"{QUESTION}\n[limits]"))
    (root / "notebook.py").write_text(f"{NOTEBOOK}{ANSWER}")
    (tmp_path / "student").mkdir()
    return unpacked(course, tmp_path / "student")


def unpacked(course: Path, folder: Path) -> Path:
    for name, content in prepare(load_assignment(course / "assignments" / "01-sums")).files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_the_untouched_release_runs_and_says_what_is_not_solved_yet(release: Path) -> None:
    done = run(release, "check")
    assert done.returncode == 1, done.stderr
    assert done.stderr == ""
    assert "open  double: double of two numbers" in done.stdout
    assert "NotImplementedError: double" in done.stdout
    assert "hint: What is 1 + 1?" in done.stdout
    assert "0 of 1 public checks passed. The hidden checks try more." in done.stdout
    assert "Traceback" not in done.stdout
    assert " passed in " not in done.stdout, "that is pytest speaking"
    assert left_in_tmp(release) == []


def test_a_solved_notebook_passes_and_json_is_one_document(release: Path) -> None:
    (release / "mine.ipynb").write_text(notebook(NOISE, *RIGHT))
    done = run(release, "check", "mine.ipynb", "--json")
    (release / "mine.ipynb").unlink()
    assert done.returncode == 0, done.stdout + done.stderr
    document = json.loads(done.stdout)
    assert list(document) == ["schema", "notebook", "findings", "notes"]
    assert document["notebook"] == "mine.ipynb"
    assert [(f["check"], f["outcome"]) for f in document["findings"]] == [("test_double_of_two_numbers", "passed")]


def test_demonstrations_below_open_exercises_are_told_in_one_line(release: Path) -> None:
    path = release / "01-sums.ipynb"
    before = path.read_text(encoding="utf-8")
    book = json.loads(before)
    shown: dict[str, object] = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    book["cells"] += [shown | {"id": f"demo-{n}", "source": "double(3)"} for n in range(2)]
    book["cells"].append(shown | {"id": "demo-3", "source": "1 / 0"})
    path.write_text(json.dumps(book), encoding="utf-8")
    try:
        done = run(release, "check")
    finally:
        path.write_text(before, encoding="utf-8")
    notes = [line for line in done.stdout.splitlines() if line.startswith("note: ")]
    assert len(notes) == 2
    assert "stopped with ZeroDivisionError: division by zero" in notes[0]
    assert notes[1].endswith("come no further than an exercise that is open")


def test_without_the_public_checks_beside_it_the_error_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "mine.ipynb").write_text(notebook(*RIGHT))
    done = run(tmp_path, "check")
    assert done.returncode == 1
    assert done.stderr.startswith("error[no-public-checks]: ")
    assert "fix: keep the notebook in the folder that you were given" in done.stderr


def test_a_folder_with_no_notebook_or_several_asks_for_one(tmp_path: Path) -> None:
    assert "there is no notebook here" in run(tmp_path, "check").stderr
    for name in ("a.ipynb", "b.ipynb"):
        (tmp_path / name).write_text(notebook(*RIGHT))
    assert "there are 2 notebooks here" in run(tmp_path, "check").stderr


def test_an_answer_in_words_is_open_until_it_is_written_and_then_left_to_a_person(with_a_question: Path) -> None:
    untouched = run(with_a_question, "check")
    assert "open  why: written why" in untouched.stdout
    assert "There is no answer yet." in untouched.stdout
    assert "0 of 1 public checks passed." in untouched.stdout, "words are no check"
    path = with_a_question / "01-sums.ipynb"
    path.write_text(path.read_text().replace(PLACEHOLDER, "Because."))
    answered = run(with_a_question, "check", "--exercise", "why")
    assert answered.returncode == 0, answered.stdout
    assert "answered  why: written why" in answered.stdout
    assert "To be graded by a person." in answered.stdout


def test_check_in_the_notebook_says_that_a_person_grades_words(with_a_question: Path) -> None:
    told = run_public_checks(with_a_question, {}, (), ("why",))
    assert repr(told) == "'why' is answered in words. A person grades it: there is nothing to run."
    (with_a_question / "assignment.json").write_text("[]")
    assert "No exercise is called 'why'" in repr(run_public_checks(with_a_question, {}, (), ("why",)))
