"""otter-grader's sources imported, and held against what the real otter-grader makes of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from otter_source import EXCEPTIONS, NUMBERS, OK_FORMAT, Cell, source, write_source
from real_otter import otter, scores

from autograder.build import reference_submission, stub_cells
from autograder.cli.import_ import import_
from autograder.course import Submission, load_assignment
from autograder.errors import AutograderError
from autograder.grading.attempt import open_grader
from autograder.interop.imported import Style
from autograder.interop.otter.read import read_otter


def imported(notebook: Path, course: Path) -> Path:
    course.mkdir(exist_ok=True)
    done = CliRunner().invoke(import_, ["otter", str(notebook), "--slug", "01-little", "--course", str(course)])
    assert done.exit_code == 0, done.output
    return course / "assignments" / "01-little"


def ours(root: Path) -> dict[str, dict[str, float]]:
    """Points by question, of the solution and of the stub."""
    assignment = load_assignment(root)
    written = {exercise.name for exercise in assignment.written}
    answers = {
        "autograder": reference_submission(assignment),
        "student": Submission("stub", "stub", stub_cells(assignment)),
    }
    with open_grader(assignment) as grader:
        verdicts = {kind: grader.grade(answer, seed=1) for kind, answer in answers.items()}
    return {
        kind: {name: earned for name, (earned, _) in verdict.exercise_points().items() if name not in written}
        for kind, verdict in verdicts.items()
    }


def assign(notebook: Path, folder: Path) -> Path:
    """What `otter assign` makes of the notebook: autograder/ with the solution and the zip, and student/."""
    done = otter("assign", "--no-run-tests", notebook.name, folder / "made", cwd=notebook.parent)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "made"


def theirs(assigned: Path, kind: str, folder: Path) -> dict[str, float]:
    """What `otter run` gives the solution ("autograder"), or what students start from ("student")."""
    (autograder_zip,) = (assigned / "autograder").glob("*.zip")
    (submission,) = (assigned / kind).glob("*.ipynb")
    return scores(autograder_zip, submission, folder)


@pytest.fixture(scope="module")
def assigned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the real `otter assign` makes of the source in OK format."""
    return assign(write_source(tmp_path_factory.mktemp("source"), OK_FORMAT), tmp_path_factory.mktemp("dist"))


def test_a_solution_gets_the_points_that_otter_gives_it(assigned: Path, tmp_path: Path) -> None:
    notebook = write_source(tmp_path / "source", OK_FORMAT)
    here = ours(imported(notebook, tmp_path / "course"))
    assert here["autograder"] == pytest.approx({"q1": 6, "q2": 3, "q3": 1})
    assert here["autograder"] == pytest.approx(theirs(assigned, "autograder", tmp_path / "run"))


@pytest.mark.slow
@pytest.mark.parametrize("cells", [pytest.param(OK_FORMAT, id="ok-format"), pytest.param(EXCEPTIONS, id="exceptions")])
def test_solution_and_emptied_notebook_get_the_points_that_otter_gives_them(
    cells: tuple[Cell, ...], tmp_path: Path
) -> None:
    notebook = write_source(tmp_path / "source", cells)
    here = ours(imported(notebook, tmp_path / "course"))
    folder = assign(notebook, tmp_path / "dist")
    for kind in ("autograder", "student"):
        assert here[kind] == pytest.approx(theirs(folder, kind, tmp_path / kind))


def test_an_exception_based_source_gives_its_solution_full_marks_and_its_stub_none(tmp_path: Path) -> None:
    here = ours(imported(write_source(tmp_path / "source", EXCEPTIONS), tmp_path / "course"))
    assert here == {"autograder": {"q1": 3.5, "q2": 1}, "student": {"q1": 0, "q2": pytest.approx(0)}}


def test_an_imported_assignment_says_what_became_of_everything(tmp_path: Path) -> None:
    notebook = write_source(tmp_path / "source", OK_FORMAT)
    arguments = ["otter", str(notebook), "--slug", "01-little", "--course", str(tmp_path), "--json"]
    done = CliRunner().invoke(import_, arguments)
    (told,) = json.loads(done.output)["imported"]
    assert [(e["name"], e["points"], e["written"]) for e in told["exercises"]] == [
        ("q1", 6, False),
        ("q2", 3, False),
        ("q3", 1, False),
        ("q4", 4, True),
    ]
    notes = "\n".join(note["text"] for note in told["notes"])
    assert "q4" in notes
    assert "all points or none" in notes
    assert "public/data/ now: numbers.txt" in notes


def test_students_get_the_prompts_of_the_original(tmp_path: Path) -> None:
    assignment = load_assignment(imported(write_source(tmp_path / "source", OK_FORMAT), tmp_path / "course"))
    code = "\n".join(cell.source for cell in stub_cells(assignment))
    assert "largest = ...\nhow_many = 3" in code
    assert "nine = ..." in code
    assert "np.random.seed(7)" in code, "otter seeds before every cell; here the cell does"
    assert "np.loadtxt('public/data/numbers.txt')" in code
    assert "a note to ourselves" not in code
    assert "x * x" not in code
    assert (assignment.public / "data" / "numbers.txt").read_text() == NUMBERS


def test_a_file_that_is_named_outside_the_notebooks_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    names = ["../secret.txt", str(tmp_path / "secret.txt"), "link.txt"]
    listed = "".join(f"\n    - {name}" for name in names)
    config: Cell = ("raw", f"# ASSIGNMENT CONFIG\nfiles:{listed}")
    notebook = write_source(tmp_path / "source", (config, *OK_FORMAT[1:]))
    (tmp_path / "source" / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert not [name for name, content in read_otter(notebook).files.items() if b"secret" in content]


def test_a_folder_and_a_zip_are_read_like_the_notebook(tmp_path: Path) -> None:
    notebook = write_source(tmp_path / "source", OK_FORMAT)
    assert read_otter(tmp_path / "source", "little") == read_otter(notebook, "little")


def test_tests_that_share_names_are_given_what_earlier_ones_made(tmp_path: Path) -> None:
    cells = (
        ("raw", "# BEGIN QUESTION\nname: q"),
        ("raw", "# BEGIN SOLUTION"),
        ("code", "x = 1 # SOLUTION"),
        ("raw", "# END SOLUTION"),
        ("raw", "# BEGIN TESTS"),
        ("code", "made = x + 1\nmade", "2"),
        ("code", "# HIDDEN\nmade + 1", "3"),
        ("raw", "# END TESTS"),
        ("raw", "# END QUESTION"),
    )
    read = read_otter(write_source(tmp_path, cells))
    hidden = next(file for file in read.check_files if not file.public).checks[0]
    assert hidden.style is Style.EXAMPLES
    assert hidden.body.split("\n") == [">>> made = x + 1", ">>> made + 1", "3"]


@pytest.mark.parametrize(
    ("cells", "code", "words"),
    [
        ((("raw", "# BEGIN QUESTION\nname: q"),), "bad-otter-source", "never ends"),
        ((("raw", "# END QUESTION"),), "bad-otter-source", "out of place"),
        ((("raw", "# BEGIN TESTS"),), "bad-otter-source", "out of place"),
        ((("raw", "# BEGIN QUESTION\nname: [q"),), "bad-otter-source", "no YAML"),
        ((("raw", "# BEGIN QUESTION\npoints: 2"),), "bad-otter-source", "no name"),
        ((("raw", "# BEGIN QUESTION\nname: q\npoints: -1"),), "bad-otter-source", "points"),
        ((("raw", "# BEGIN QUESTION\na: &a [x]\nname: q\nb: *a"),), "bad-otter-source", "alias"),
        ((("raw", "# ASSIGNMENT CONFIG\nconfig_file: ../c.yml"),), "bad-otter-source", "config_file"),
        ((("raw", "# ASSIGNMENT CONFIG\ngenerate:\n    lang: r"),), "bad-otter-source", "Python"),
        ((("code", "x = 1"),), "nothing-to-grade", "tests"),
    ],
)
def test_what_otter_would_refuse_is_refused_with_its_place(
    cells: tuple[Cell, ...], code: str, words: str, tmp_path: Path
) -> None:
    with pytest.raises(AutograderError) as raised:
        read_otter(write_source(tmp_path, cells))
    assert raised.value.code == code
    assert words in raised.value.render()
    assert raised.value.where


def test_a_test_that_is_no_function_is_refused_in_an_exception_based_source(tmp_path: Path) -> None:
    cells = tuple(("code", "assert half(2) == 1") if "def test_half" in cell[1] else cell for cell in EXCEPTIONS)
    with pytest.raises(AutograderError) as raised:
        read_otter(write_source(tmp_path, cells))
    assert raised.value.code == "bad-otter-tests"
    assert "q1" in raised.value.render()


def test_reading_executes_nothing(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    cells = (*OK_FORMAT[:2], ("code", f"open({str(mark)!r}, 'w')"), *OK_FORMAT[2:])
    read_otter(write_source(tmp_path / "source", cells))
    assert not mark.exists()
    assert json.loads(source(cells))["nbformat"] == 4
