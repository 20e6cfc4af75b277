"""Assignments of ours in nbgrader: it validates, releases, grades and exports them, and gives the same points."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from imported_course import verdicts
from nbformat import reads
from nbgrader.nbgraderformat import MetadataValidator  # type: ignore[import-untyped]
from nbgrader_course import cells, exported, generate_and_grade, hand_in, nbgrader, scores
from nbgrader_small import SLUG, small

from autograder.build.strip import reference_cells, stub_cells
from autograder.course import Assignment, CodeCell, load_course
from autograder.errors import AutograderError
from autograder.grading.specimen import definitions_only, load_specimens, submission_of
from autograder.interop.nbgrader.course_folder import export_assignment

COURSE = Path(__file__).parents[2]
SPECIMENS = (
    "softmax_no_maximum",
    "softmax_in_place",
    "log_softmax_own_module",
    "cross_entropy_detached",
    "cross_entropy_of_torch",
    "notes_loss_unmended",
    "accuracy_sum_broadcast",
    "binary_overflow",
    "mlp_softmax_at_end",
    "epoch_no_zero_grad",
    "initial_loss_base_two",
    "right_textbook_formulas",
)
"""Of assignment 04: their points do not hang on the values that were drawn."""


def test_nbgrader_releases_and_grades_it_and_its_release_is_ours(tmp_path: Path) -> None:
    export_assignment(small(tmp_path / "ours"), tmp_path / "nb")
    notebook = tmp_path / "nb" / "release" / SLUG / f"{SLUG}.ipynb"
    ours = json.loads(notebook.read_bytes())
    hand_in_both(tmp_path / "nb", small(tmp_path / "again"))
    generate_and_grade(tmp_path / "nb", SLUG)
    assert json.loads(notebook.read_bytes()) == ours
    assert scores(tmp_path / "nb") == {"reference": 3.0, "bounded": 1.75}


@pytest.mark.slow
def test_nbgraders_commands_validate_release_grade_and_export_it_with_our_points(tmp_path: Path) -> None:
    assignment, course = small(tmp_path / "ours"), tmp_path / "nb"
    export_assignment(assignment, course)
    solved = nbgrader(course, "validate", f"source/{SLUG}/{SLUG}.ipynb")
    assert "_points(" not in solved.stdout  # what it lists are the cells that fail: here those that wait for a person
    assert "_points(" in nbgrader(course, "validate", f"release/{SLUG}/{SLUG}.ipynb").stdout
    nbgrader(course, "generate_assignment", "--force", SLUG)
    answers = hand_in_both(course, assignment)
    nbgrader(course, "autograde", SLUG)
    assert exported(course) == {name: found.points for name, found in verdicts(assignment, answers).items()}


def hand_in_both(course: Path, assignment: Assignment) -> dict[str, tuple[CodeCell, ...]]:
    """Submit the reference and a wrong answer; their code."""
    reference = reference_cells(assignment)
    answers = {"reference": reference}
    answers |= {s.name: submission_of(s, reference).cells for s in load_specimens(assignment)}
    for name, code in answers.items():
        hand_in(course, assignment.slug, name, code)
    return answers


def test_neither_hidden_checks_nor_solutions_are_in_what_students_get(tmp_path: Path) -> None:
    export_assignment(small(tmp_path / "ours"), tmp_path / "nb")
    released = b"\n".join(p.read_bytes() for p in (tmp_path / "nb" / "release").rglob("*") if p.is_file())
    for secret in (b"value * 2", b"test_double_of_many", b"HIDDEN TESTS", b"_hidden = True", b"The sum doubles"):
        assert secret not in released
    source = b"\n".join(p.read_bytes() for p in (tmp_path / "nb" / "source").rglob("*") if p.is_file())
    assert b"value * 2" in source
    assert b"test_double_of_many" not in source
    assert (tmp_path / "nb" / "autograder" / SLUG / "hidden" / "test_hidden.py").is_file()


def test_both_notebooks_are_valid_for_nbgrader_and_their_points_are_ours(tmp_path: Path) -> None:
    assignment = small(tmp_path / "ours")
    export_assignment(assignment, tmp_path / "nb")
    for room in ("source", "release"):
        path = tmp_path / "nb" / room / SLUG / f"{SLUG}.ipynb"
        MetadataValidator().validate_nb(reads(path.read_text(encoding="utf-8"), 4))  # type: ignore[no-untyped-call]
        own = [cell["metadata"]["nbgrader"] for cell in cells(path) if "nbgrader" in cell["metadata"]]
        assert sum(cell.get("points", 0) for cell in own if cell["grade"]) == assignment.points
        assert [cell["grade_id"] for cell in own] == ["double", "why", "code_by_hand", "the-points", "double-points"]


def test_a_second_export_replaces_its_own_folders_and_leaves_the_rest(tmp_path: Path) -> None:
    assignment = small(tmp_path / "ours")
    first = export_assignment(assignment, tmp_path / "nb")
    (tmp_path / "nb" / "nbgrader_config.py").write_text("# mine")
    (tmp_path / "nb" / "source" / "other").mkdir()
    (tmp_path / "nb" / "source" / SLUG / "old.txt").write_text("old")
    second = export_assignment(assignment, tmp_path / "nb")
    assert (first.config, second.config) == (True, False)
    assert (tmp_path / "nb" / "nbgrader_config.py").read_text() == "# mine"
    assert (tmp_path / "nb" / "source" / "other").is_dir()
    assert not (tmp_path / "nb" / "source" / SLUG / "old.txt").exists()


def test_what_the_build_refuses_is_not_exported(tmp_path: Path) -> None:
    assignment = small(tmp_path / "ours")
    notebook = assignment.notebook.read_text(encoding="utf-8")
    assignment.notebook.write_text(notebook.replace("# END SOLUTION", "", 1), encoding="utf-8")
    with pytest.raises(AutograderError):
        export_assignment(assignment, tmp_path / "nb")
    assert not (tmp_path / "nb").exists()


def softmax_classifier() -> Assignment:
    (assignment,) = load_course(COURSE, ("04",))
    return assignment


def points_of_04(course: Path, names: tuple[str, ...], *, quick: bool) -> tuple[dict[str, float], dict[str, float]]:
    """What our grader gives specimens, and what nbgrader gives these, the reference and the stub."""
    assignment = softmax_classifier()
    reference = definitions_only(reference_cells(assignment))
    known = {s.name: s for s in load_specimens(assignment)}
    specimens = {name: submission_of(known[name], reference).cells for name in names}
    export_assignment(assignment, course)
    for name, code in ({"reference": reference, "stub": stub_cells(assignment)} | specimens).items():
        hand_in(course, assignment.slug, name, code, quick=quick)
    generate_and_grade(course, assignment.slug)
    theirs = scores(course)
    return {name: verdict.points for name, verdict in verdicts(assignment, specimens).items()}, theirs


def test_assignment_04_gives_the_reference_the_stub_and_a_wrong_answer_the_same_points_there(tmp_path: Path) -> None:
    ours, theirs = points_of_04(tmp_path, ("epoch_no_zero_grad",), quick=True)
    assert theirs == {"reference": 50.0, "stub": 0.0, **ours}
    assert 0 < ours["epoch_no_zero_grad"] < 50


@pytest.mark.slow
def test_assignment_04_gives_twelve_specimens_the_same_points_there(tmp_path: Path) -> None:
    ours, theirs = points_of_04(tmp_path, SPECIMENS, quick=False)
    assert theirs == {"reference": 50.0, "stub": 0.0, **ours}
    assert len(set(ours.values())) >= 6


@pytest.mark.slow
@pytest.mark.parametrize("assignment", load_course(COURSE), ids=lambda one: one.slug)
def test_reference_and_stub_of_each_assignment_get_the_same_points_there(
    assignment: Assignment, tmp_path: Path
) -> None:
    answers = {"reference": reference_cells(assignment), "stub": stub_cells(assignment)}
    export_assignment(assignment, tmp_path)
    for name, code in answers.items():
        hand_in(tmp_path, assignment.slug, name, code)
    generate_and_grade(tmp_path, assignment.slug)
    assert scores(tmp_path) == {name: found.points for name, found in verdicts(assignment, answers).items()}
