"""nbgrader's assignments imported: ours give each answer the points that the real nbgrader gives it."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import nbgrader_source as source
import pytest
from imported_course import answers, verdicts, written
from nbgrader_course import generate_and_grade, scores

from autograder.build import build_assignment, prepare
from autograder.course import Verdict, load_course
from autograder.course.written import is_written
from autograder.interop.imported import CheckFile, ImportedAssignment, ImportedCheck, NoteKind
from autograder.interop.nbgrader.read import read_nbgrader
from autograder.interop.nbgrader.tests import check_files

QUICKSTART = Path(str(files("nbgrader"))) / "docs" / "source" / "user_guide" / "source"
"""What `nbgrader quickstart` copies; it comes with the package."""


def rain(root: Path) -> Path:
    """The folder of the assignment that real ones are like."""
    source.write(root / "week.ipynb", *source.CELLS)
    (root / "sky.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return root


def imported(root: Path) -> ImportedAssignment:
    (found,) = read_nbgrader(rain(root))
    return found


def checks_of(assignment: ImportedAssignment) -> dict[str, tuple[CheckFile, ImportedCheck]]:
    return {check.name: (file, check) for file in assignment.check_files for check in file.checks}


def test_cells_become_exercises_with_their_points(tmp_path: Path) -> None:
    found = imported(tmp_path / "rain")
    assert {e.name: found.points_of(e) for e in found.exercises} == source.POINTS
    assert [e.name for e in found.exercises if e.rubric] == ["words", "hides"]
    assert next(e.title for e in found.exercises if e.name == "table") == "A table (4 points)"
    assert (found.slug, found.title) == ("rain", "A week of rain")


def test_hidden_tests_stay_hidden_and_what_is_shown_of_them_is_a_check_for_no_points(tmp_path: Path) -> None:
    found = checks_of(imported(tmp_path / "rain"))
    file, whole = found["test_mean_hidden"]
    assert not file.public
    assert whole.points == 2
    assert "range(1, 20)" in whole.body
    shown_in, shown = found["test_mean_hidden_as_shown"]
    assert shown_in.public
    assert shown.points == 0
    assert "range(1, 20)" not in shown.body
    assert found["test_mean_plain"][0].public


def test_a_test_brings_the_functions_of_earlier_tests_and_the_stateless_imports_of_given_cells(tmp_path: Path) -> None:
    file, check = checks_of(imported(tmp_path / "rain"))["test_mean_hidden"]
    assert check.body.startswith('def close(a, b, message="""not\nclose"""):')
    assert file.head.split("\n") == ["from math import isclose", "import numpy as np"]


def test_a_given_cell_that_tests_need_belongs_to_the_exercise(tmp_path: Path) -> None:
    cells = imported(tmp_path / "rain").cells
    assert next(c.exercise for c in cells if c.source.startswith("wet_days")) == "table"


def test_the_mark_scheme_is_the_hidden_answer_of_its_task(tmp_path: Path) -> None:
    cells = imported(tmp_path / "rain").cells
    answer = next(c for c in cells if c.exercise == "words")
    assert (answer.kind, answer.source) == ("markdown", "One day decides.")
    assert not any("One day decides." in c.source for c in cells if c is not answer)


def test_libraries_are_required_and_those_that_are_not_here_are_told(tmp_path: Path) -> None:
    assert imported(tmp_path / "rain").requires == ("torch>=2.8", "matplotlib", "pandas")
    cells = (source.cell("code", "import no_such_library.at_all, sklearn, __main__"), *source.CELLS)
    (found,) = read_nbgrader(source.write(tmp_path / "a.ipynb", *cells))
    assert "scikit-learn" in found.requires
    (note,) = (n for n in found.notes if n.kind is NoteKind.LEFT_OUT)
    assert note.text.endswith("will fail: no_such_library")


def test_what_was_changed_is_told(tmp_path: Path) -> None:
    found = written(imported(tmp_path / "rain"), tmp_path / "ours")
    assert (found.assignment.root / "public" / "data" / "sky.png").is_file()
    assert "](public/data/sky.png)" in found.assignment.notebook.read_text(encoding="utf-8")
    told = {note.text for note in found.notes if note.kind is NoteKind.CHANGED}
    assert any("sky.png" in text for text in told)
    assert any("words, hides" in text for text in told)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """nbgrader's own example, imported."""
    root = tmp_path_factory.mktemp("example")
    for one in read_nbgrader(QUICKSTART / "ps1"):
        written(one, root)
    return root


def test_nbgraders_own_example_builds_and_its_solution_gets_full_marks_and_its_stub_none(example: Path) -> None:
    first, second = load_course(example)
    assert [first.slug, second.slug] == ["ps1-problem1", "ps1-problem2"]
    assert [(e.name, e.points) for e in first.manifest.exercises] == [
        ("squares", 2.0),
        ("sum_of_squares", 1.0),
        ("sum_of_squares_equation", 1.0),
        ("sum_of_squares_application", 2.0),
        ("cell_938593c4a215c6cc", 4.0),
    ]
    assert [e.points for e in second.manifest.exercises] == [1.0, 2.0]
    for assignment in (first, second):
        assert prepare(assignment).files
    own = {"sum_of_squares": "def sum_of_squares(n):\n    return n * (n + 1) * (2 * n + 1) // 6"}
    found = verdicts(first, answers(first, {"by formula": own}))
    assert checked(found["reference"]) == 3.0
    assert checked(found["stub"]) == 0.0
    assert checked(found["by formula"]) == 2.5  # right, and does not use squares


@pytest.mark.slow
def test_nbgraders_own_example_can_be_built_and_gets_the_same_points_there(tmp_path: Path, example: Path) -> None:
    first, second = load_course(example)
    for assignment in (first, second):
        assert build_assignment(assignment, example).solution_executed
    shutil.copytree(QUICKSTART / "ps1", tmp_path / "source" / "ps1")
    shutil.copytree(QUICKSTART / "ps1", tmp_path / "submitted" / "solver" / "ps1")
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'x'\n")
    empty = tmp_path / "submitted" / "nobody" / "ps1"
    empty.mkdir(parents=True)
    for name in ("problem1.ipynb", "problem2.ipynb"):
        notebook = json.loads((QUICKSTART / "ps1" / name).read_bytes())
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code" and cell["metadata"].get("nbgrader", {}).get("solution"):
                cell["source"] = "raise NotImplementedError()"
        (empty / name).write_text(json.dumps(notebook), encoding="utf-8")
    generate_and_grade(tmp_path, "ps1")
    assert scores(tmp_path) == {"solver": 3.0, "nobody": 0.0}


def checked(verdict: Verdict) -> float:
    """The points that checks gave."""
    return round(sum(f.points for f in verdict.findings if not is_written(f)), 6)


def test_right_empty_and_wrong_answers_get_the_points_that_nbgrader_gives_them(tmp_path: Path) -> None:
    ours, theirs = _points(tmp_path, source.MUCH_WRONG)
    assert ours == theirs
    assert ours == {"reference": 12.75, "stub": 0.0, "mostly_wrong": 2.25}


@pytest.mark.slow
def test_every_wrong_answer_gets_the_points_that_nbgrader_gives_it(tmp_path: Path) -> None:
    ours, theirs = _points(tmp_path, source.WRONG)
    assert ours == theirs
    assert ours["right_otherwise"] == 12.75
    assert len(set(ours.values())) > 4


def _points(tmp_path: Path, wrong: Mapping[str, Mapping[str, str]]) -> tuple[dict[str, float], dict[str, float]]:
    """What our grader gives the reference, the stub and wrong answers, and what nbgrader gives them."""
    course = tmp_path / "theirs"
    rain(course / "source" / "rain")
    (course / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'rain'\n")
    assignment = written(read_nbgrader(course)[0], tmp_path / "ours").assignment
    _hand_in(course, "reference", {})
    _hand_in(course, "stub", dict.fromkeys(source.POINTS, "raise NotImplementedError()"))
    for name, replaced in wrong.items():
        _hand_in(course, name, replaced)
    generate_and_grade(course, "rain")
    found = verdicts(assignment, answers(assignment, wrong))
    return {name: checked(verdict) for name, verdict in found.items()}, scores(course)


def _hand_in(course: Path, student: str, wrong: Mapping[str, str]) -> None:
    """The source with the solution's cells, or wrong ones; nbgrader puts the test cells right itself."""
    made = copy.deepcopy(source.CELLS)
    for cell in made:
        own = cell["metadata"].get("nbgrader", {})
        if own.get("solution") and cell["cell_type"] == "code":
            cell["source"] = wrong.get(own["grade_id"], cell["source"])
    source.write(course / "submitted" / student / "rain" / "week.ipynb", *made)


def test_a_course_folder_and_a_zip_of_it_are_read_alike(tmp_path: Path) -> None:
    rain(tmp_path / "course" / "source" / "rain")
    source.write(tmp_path / "course" / "release" / "rain" / "week.ipynb", source.cell("code", "x = 1"))
    shutil.make_archive(str(tmp_path / "packed"), "zip", tmp_path / "course")
    assert read_nbgrader(tmp_path / "course") == read_nbgrader(tmp_path / "packed.zip")


def test_check_files_are_made_of_test_cells_alone() -> None:
    assert check_files((), ()) == ()
