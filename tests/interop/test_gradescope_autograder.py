"""The autograder zip in Gradescope's documented layout: /autograder/{source,submission,results}, here in a folder."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from export_course import ANSWERS, DOUBLE, HEAD, SIGN, SLUG, make_course, notebook

from autograder.cli.export import export
from autograder.course import Outcome, Verdict, load_assignment
from autograder.grading.attempt import Grader, open_grader
from autograder.grading.intake import Source, read_submission
from autograder.grading.specimen import load_specimens, submission_of
from autograder.interop.gradescope.metadata import submitter
from autograder.interop.gradescope.run import seed_there

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def grader(course: Path) -> Iterator[Grader]:
    with open_grader(load_assignment(course / "assignments" / SLUG)) as opened:
        yield opened


def exported(course: Path, file: Path, *options: str, slug: str = "01") -> Result:
    return CliRunner().invoke(export, ["gradescope", slug, "--course", str(course), "--out", str(file), *options])


@pytest.fixture(scope="module")
def autograder_zip(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("zip") / "autograder.zip"
    done = exported(course, file)
    assert done.exit_code == 0, done.output
    return file


def laid_out(folder: Path, autograder_zip: Path, submission: dict[str, str], metadata: object = None) -> Path:
    """What Gradescope has made before it starts run_autograder."""
    with zipfile.ZipFile(autograder_zip) as archive:
        archive.extractall(folder / "source")
    (folder / "source" / "run_autograder").chmod(0o755)
    for name, content in submission.items():
        path = folder / "submission" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (folder / "results").mkdir()
    told = json.dumps(metadata) if not isinstance(metadata, str) else metadata
    (folder / "submission_metadata.json").write_text(told, encoding="utf-8")
    return folder


def started(folder: Path) -> subprocess.Popen[str]:
    environment = os.environ | {"AUTOGRADER_ROOT": str(folder), "AUTOGRADER_PYTHON": sys.executable}
    return subprocess.Popen(
        [folder / "source" / "run_autograder"], cwd=folder, env=environment, text=True, stdout=subprocess.PIPE
    )


def results(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / "results" / "results.json").read_text(encoding="utf-8"))
    return document


def graded(folder: Path) -> dict[str, Any]:
    process = started(folder)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    return results(folder)


def ours(grader: Grader, folder: Path) -> Verdict:
    """The verdict of `autograder grade` on the same files, with the draws of there."""
    submission = read_submission(Source("x", folder / "submission"), grader.assignment)
    return grader.grade(submission, seed_there(grader.assignment, submission.digest))


def points(document: dict[str, Any]) -> float:
    scores: list[float] = [test.get("score", 0) for test in document["tests"]]
    return round(sum(scores), 6)


@pytest.mark.parametrize(
    "name",
    ["partly", *(pytest.param(name, marks=pytest.mark.slow) for name in ("right", "stub", "forgets-one-shape"))],
)
def test_the_same_submission_gets_the_same_points_there_and_here(
    name: str, tmp_path: Path, autograder_zip: Path, grader: Grader
) -> None:
    cells, least = ANSWERS[name]
    folder = laid_out(tmp_path, autograder_zip, {f"{SLUG}.ipynb": notebook(*cells)})
    document = graded(folder)
    verdict = ours(grader, folder)
    assert points(document) == verdict.points >= least
    per_check = [test["score"] for test in document["tests"] if "score" in test]
    assert per_check == [f.points for f in verdict.findings if f.outcome is not Outcome.PENDING]


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory, autograder_zip: Path) -> dict[str, Any]:
    """The results of a right answer, beside which lies hostile metadata."""
    cells, _ = ANSWERS["right"]
    hostile = '{"users": [{"email": "' + "\\u0000../" * 50 + '"}], "id": [' + "[" * 5000
    folder = tmp_path_factory.mktemp("right")
    return graded(laid_out(folder, autograder_zip, {"x.ipynb": notebook(*cells)}, hostile))


def test_words_wait_for_a_person(right: dict[str, Any]) -> None:
    (words,) = [test for test in right["tests"] if "person" in test["output"]]
    assert "score" not in words
    assert "2 points more are given by a person" in right["output"]


def test_no_sum_tells_of_checks_that_are_not_shown_yet(right: dict[str, Any]) -> None:
    assert "1 of 1 points by the checks you see." in right["output"]
    assert "6 points more are given by checks that are not shown yet." in right["output"]


def test_accuracy_is_on_the_leaderboard(right: dict[str, Any]) -> None:
    assert right["leaderboard"] == [{"name": "Which side of zero: accuracy", "value": 1.0}]


def test_the_walls_are_named_and_what_instructors_read_is_hidden(right: dict[str, Any]) -> None:
    assert "Your code ran behind walls: a locked process" in right["output"]
    assert right["stdout_visibility"] == "hidden"


def test_nothing_that_metadata_say_breaks_or_changes_a_grading(right: dict[str, Any]) -> None:
    assert points(right) == ANSWERS["right"][1]


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ('{"id": 7, "users": [{"email": "a@b.org", "name": "A"}, {"name": "B"}]}', "a@b.org, B"),
        ('{"id": 7, "users": []}', "7"),
        ('{"id": 7, "users": "many"}', "submission"),
        ("[" * 100_000, "submission"),
        ("", "submission"),
        ('{"users": [{"email": "\\ud800"}]}', "submission"),
    ],
)
def test_metadata_name_a_submission_or_nobody(told: str, name: str, tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text(told)
    assert submitter(tmp_path / "m.json") == name


def _sleeps(seconds: int) -> tuple[str, ...]:
    return (HEAD, DOUBLE, f"import time\n{SIGN.replace('return', f'time.sleep({seconds}); return')}")


def _wait_for_points(folder: Path, wanted: float) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if (folder / "results" / "results.json").exists() and points(results(folder)) >= wanted:
            return
        time.sleep(0.05)
    pytest.fail(f"no {wanted:g} points in time: {results(folder)}")


@pytest.mark.parametrize("kind", [signal.SIGKILL, signal.SIGTERM])
def test_what_was_found_before_a_sudden_end_stays_scored(
    kind: signal.Signals, tmp_path: Path, autograder_zip: Path
) -> None:
    folder = laid_out(tmp_path, autograder_zip, {"x.ipynb": notebook(*_sleeps(18))})
    process = started(folder)
    _wait_for_points(folder, 3)
    process.send_signal(kind)
    process.communicate(timeout=PATIENCE)
    document = results(folder)
    assert points(document) == 3
    assert sum(test["max_score"] for test in document["tests"]) == 7
    if kind is signal.SIGTERM:
        assert "time ran out after 2 of 3 checks" in document["output"]


def test_a_hostile_submission_neither_reads_the_checks_nor_writes_the_results(
    tmp_path: Path, autograder_zip: Path
) -> None:
    attack = f"""
import os
seen = []
for place in ({str(tmp_path)!r}, "/autograder"):
    for attempt in (
        lambda: os.listdir(place + "/source/assignment"),
        lambda: open(place + "/source/assignment/{SLUG}/hidden/test_hidden.py").read(),
        lambda: open(place + "/results/results.json", "w").write('{{"score": 1000}}'),
    ):
        try:
            attempt()
            seen.append(place)
        except OSError:
            pass

def double(x):
    return x if not seen else 2 * x
"""
    document = graded(laid_out(tmp_path, autograder_zip, {"x.ipynb": notebook(HEAD, attack)}))
    assert "score" not in document
    assert points(document) == 0


@pytest.mark.slow
def test_a_submission_without_a_notebook_gets_a_reason_and_no_points(tmp_path: Path, autograder_zip: Path) -> None:
    document = graded(laid_out(tmp_path, autograder_zip, {"essay.txt": "sorry"}))
    assert points(document) == 0
    assert "no notebook" in document["tests"][0]["output"]


def test_a_zip_that_was_tampered_with_grades_nobody_and_says_so(tmp_path: Path, autograder_zip: Path) -> None:
    folder = laid_out(tmp_path, autograder_zip, {"x.ipynb": notebook(HEAD)})
    with (folder / "source" / "assignment" / SLUG / "hidden" / "test_hidden.py").open("a") as file:
        file.write("\n")
    process = started(folder)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert "wrong-bundle" in said
    assert results(folder)["tests"] == []
    assert "no fault of yours" in results(folder)["output"]


@pytest.mark.parametrize("lost", ["settings.json", "assignment"])
def test_a_zip_that_lacks_a_part_grades_nobody_and_says_so(lost: str, tmp_path: Path, autograder_zip: Path) -> None:
    folder = laid_out(tmp_path, autograder_zip, {"x.ipynb": notebook(HEAD)})
    (folder / "source" / lost).rename(tmp_path / "elsewhere")
    process = started(folder)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert "bad-settings" in said
    assert "no fault of yours" in results(folder)["output"]


def test_only_its_owner_may_read_the_zip(autograder_zip: Path) -> None:
    assert stat.S_IMODE(autograder_zip.stat().st_mode) == 0o600


def test_the_zip_is_what_gradescope_unpacks_and_the_same_twice(course: Path, tmp_path: Path) -> None:
    for name in ("one.zip", "other.zip"):
        assert exported(course, tmp_path / name).exit_code == 0
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        modes = {entry.filename: entry.external_attr >> 16 for entry in archive.infolist()}
        setup = archive.read("setup.sh").decode()
    assert all(modes[name] & stat.S_IXUSR for name in ("setup.sh", "run_autograder"))
    assert f"assignment/{SLUG}/hidden/test_hidden.py" in modes
    assert "http" not in setup, "no address of a package index"


def test_setup_installs_the_wheel_of_the_zip_into_an_environment_of_its_own(
    tmp_path: Path, autograder_zip: Path
) -> None:
    folder = laid_out(tmp_path, autograder_zip, {})
    environment = os.environ | {
        "AUTOGRADER_ROOT": str(folder),
        "AUTOGRADER_PYTHON": sys.executable,
        "AUTOGRADER_PIP": "--no-deps --no-index",
    }
    (folder / "source" / "requirements.txt").write_text("")  # nothing but the wheel can be had without an index
    done = subprocess.run(
        ["bash", folder / "source" / "setup.sh"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    python = folder / "source" / ".venv" / "bin" / "python"
    (package,) = (folder / "source" / ".venv").glob("lib/python*/site-packages/autograder")
    wanted = {p.relative_to(ROOT / "autograder") for p in (ROOT / "autograder").rglob("*.py")}
    assert {p.relative_to(package) for p in package.rglob("*.py")} == wanted
    told = subprocess.run([python, "-m", "pip", "show", "autograder"], capture_output=True, text=True, check=True)
    assert "Requires: " in told.stdout
    assert "msgspec" in told.stdout
    assert stat.S_IMODE((folder / "source" / "assignment").stat().st_mode) & 0o077 == 0


@pytest.mark.parametrize(("minutes", "words"), [("0.5", "1 to 40"), ("41", "1 to 40")])
def test_minutes_that_gradescope_does_not_give_are_refused(
    minutes: str, words: str, course: Path, tmp_path: Path
) -> None:
    done = exported(course, tmp_path / "autograder.zip", "--minutes", minutes)
    assert done.exit_code == 1
    assert words in done.output
    assert not (tmp_path / "autograder.zip").exists()


def test_options_of_pip_with_an_open_quote_are_refused(course: Path, tmp_path: Path) -> None:
    done = exported(course, tmp_path / "autograder.zip", "--pip", "--index-url 'x")
    assert done.exit_code == 1
    assert "error[bad-pip]" in done.output


SPECIMENS_OF_04 = (
    *("accuracy_sum_top_two", "binary_overflow", "cross_entropy_sum_for_mean", "epoch_mean_of_means"),
    *("initial_loss_tensor", "log_softmax_log_of_softmax", "mlp_softmax_at_end", "notes_loss_unmended"),
    *("softmax_detached", "right_textbook_formulas"),
)


@pytest.mark.slow
def test_assignment_04_gets_the_same_points_there_for_reference_stub_and_specimens(tmp_path: Path) -> None:
    file = tmp_path / "04.zip"
    assert exported(ROOT, file, slug="04").exit_code == 0
    slug = "04-softmax-classifier"
    assignment = load_assignment(ROOT / "assignments" / slug)
    with open_grader(assignment) as opened:
        answers = {kind: (ROOT / kind / slug / f"{slug}.ipynb").read_text() for kind in ("solutions", "release")}
        specimens = {specimen.name: specimen for specimen in load_specimens(assignment)}
        for name in SPECIMENS_OF_04:
            cells = submission_of(specimens[name], opened.base().cells).cells
            answers[name] = notebook(*(cell.source for cell in cells if cell.source.strip()))
        differences = {}
        for name, content in answers.items():
            folder = laid_out(tmp_path / name, file, {f"{slug}.ipynb": content})
            there, here = points(graded(folder)), ours(opened, folder).points
            if there != here:
                differences[name] = (there, here)
    assert not differences
