"""What `autograder export otter` writes, graded by the real otter-grader: the points of here."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner
from export_course import ANSWERS, DOUBLE, SLUG, make_course, notebook
from hypothesis import given
from hypothesis import strategies as st
from nbclient import NotebookClient
from real_otter import scores

from autograder.cli.export import export
from autograder.course import load_assignment, load_course
from autograder.grading.attempt import Grader, open_grader
from autograder.grading.intake import Source, read_submission
from autograder.grading.specimen import load_specimens, submission_of
from autograder.interop.otter.inside import seed_of
from autograder.interop.otter.tests_files import chosen, shares

ROOT = Path(__file__).resolve().parents[2]
SPECIMENS = {
    "04-softmax-classifier": (
        "accuracy_gradient_one_sided",
        "accuracy_sum_top_two",
        "binary_overflow",
        "cross_entropy_sum_for_mean",
        "epoch_mean_of_means",
        "initial_loss_tensor",
        "log_softmax_log_of_softmax",
        "mlp_softmax_at_end",
        "softmax_no_maximum",
        "train_learning_rate_too_small",
        "train_too_short",
        "right_textbook_formulas",
    )
}


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = make_course(tmp_path_factory.mktemp("course"))
    folder = tmp_path_factory.mktemp("otter") / "out"
    done = CliRunner().invoke(export, ["otter", "01", "--course", str(course), "--out", str(folder)])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def grader(exported: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    course = make_course(tmp_path_factory.mktemp("course"))
    with open_grader(load_assignment(course / "assignments" / SLUG)) as opened:
        yield opened


def ours(grader: Grader, submission: Path) -> dict[str, float]:
    verdict = grader.grade(
        read_submission(Source("x", submission), grader.assignment), seed=seed_of(grader.assignment.root)
    )
    written = {exercise.name for exercise in grader.assignment.written}
    return {name: earned for name, (earned, _) in verdict.exercise_points().items() if name not in written}


@pytest.mark.parametrize("name", ["partly", "student", pytest.param("right", marks=pytest.mark.slow)])
def test_otter_gives_the_points_of_here(name: str, exported: Path, grader: Grader, tmp_path: Path) -> None:
    """`student`: what students start from, unchanged."""
    submission = tmp_path / f"{SLUG}.ipynb"
    released = (exported / "student" / f"{SLUG}.ipynb").read_text()
    submission.write_text(released if name == "student" else notebook(*ANSWERS[name][0]))
    theirs = scores(exported / "autograder.zip", submission, tmp_path / "out")
    assert theirs == pytest.approx(ours(grader, submission))


def test_the_students_folder_holds_no_hidden_check_and_asks_otter(exported: Path) -> None:
    names = sorted(p.relative_to(exported / "student").as_posix() for p in (exported / "student").rglob("*.*"))
    assert "tests/double.py" in names
    assert "tests/sign.py" not in names, "its checks are hidden"
    assert not [name for name in names if "hidden" in name]
    cells = json.loads((exported / "student" / f"{SLUG}.ipynb").read_text())["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert code[0].startswith("import otter")
    assert 'grader.check("double")' in code
    assert not [source for source in code if source.startswith("check(")]
    assert "twice_of_every_entry" not in "".join(code)


@pytest.mark.slow
def test_a_student_asks_otter_in_the_notebook(exported: Path, tmp_path: Path) -> None:
    folder = tmp_path / "student"
    shutil.copytree(exported / "student", folder)
    path = folder / f"{SLUG}.ipynb"
    solved = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    for cell in solved.cells:
        if cell.metadata.get("autograder", {}).get("exercise") == "double":
            cell.source = DOUBLE
    client = NotebookClient(solved, resources={"metadata": {"path": str(folder)}}, allow_errors=True)
    client.execute()
    (asked,) = [cell for cell in solved.cells if cell.source == 'grader.check("double")']
    assert "passed" in str(asked.outputs)


def test_the_seed_follows_from_what_students_do_not_have(exported: Path, tmp_path: Path) -> None:
    assignment = make_course(tmp_path) / "assignments" / SLUG
    with zipfile.ZipFile(exported / "autograder.zip") as archive:
        archive.extractall(tmp_path / "zip")
    assert seed_of(tmp_path / "zip" / "tests" / "autograder_checks" / SLUG) == seed_of(assignment)
    with (assignment / "hidden" / "test_hidden.py").open("a") as file:
        file.write("# changed\n")
    assert seed_of(tmp_path / "zip" / "tests" / "autograder_checks" / SLUG) != seed_of(assignment)


def test_otter_hides_the_hidden_cases(exported: Path) -> None:
    with zipfile.ZipFile(exported / "autograder.zip") as archive:
        tests = archive.read("tests/double.py").decode()
    assert "points=1.0, hidden=False" in tests
    assert "points=2.0, hidden=True" in tests


def test_a_folder_with_other_things_in_it_is_left_alone(exported: Path, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    course = make_course(tmp_path / "course")
    done = CliRunner().invoke(export, ["otter", "01", "--course", str(course), "--out", str(tmp_path)])
    assert done.exit_code == 1
    assert "not-empty" in done.output
    assert (tmp_path / ".git").is_dir()


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_every_hundredth_of_a_check_is_the_sum_of_cases_that_pass(worth: int, earned: int) -> None:
    points, got = worth / 100, min(worth, earned) / 100
    parts = shares(points)
    passed = chosen(parts, got, points)
    assert sum(parts) == pytest.approx(points)
    assert sum(part for part, is_passed in zip(parts, passed, strict=True) if is_passed) == pytest.approx(got)


def differences(slug: str, folder: Path, specimens: tuple[str, ...]) -> dict[str, tuple[object, object]]:
    """What otter gives and what we give, where that differs: the reference, the stub and specimens of `slug`."""
    done = CliRunner().invoke(export, ["otter", slug, "--course", str(ROOT), "--out", str(folder / "out")])
    assert done.exit_code == 0, done.output
    assignment = load_assignment(ROOT / "assignments" / slug)
    known = {specimen.name: specimen for specimen in load_specimens(assignment)}
    found: dict[str, tuple[object, object]] = {}
    with open_grader(assignment) as opened:
        base = opened.base().cells
        answers = {
            "reference": (ROOT / "solutions" / slug / f"{slug}.ipynb").read_text(),
            "stub": (folder / "out" / "student" / f"{slug}.ipynb").read_text(),
        }
        for name in specimens:
            cells = submission_of(known[name], base).cells
            answers[name] = notebook(*(cell.source for cell in cells if cell.source.strip()))
        for name, content in answers.items():
            submission = folder / name / f"{slug}.ipynb"
            submission.parent.mkdir()
            submission.write_text(content)
            theirs = scores(folder / "out" / "autograder.zip", submission, folder / name / "results")
            here = ours(opened, submission)
            if theirs != pytest.approx(here):
                found[name] = (theirs, here)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("slug", [assignment.slug for assignment in load_course(ROOT)])
def test_reference_stub_and_specimens_get_the_same_points_from_otter(slug: str, tmp_path: Path) -> None:
    assert not differences(slug, tmp_path, SPECIMENS.get(slug, ()))
