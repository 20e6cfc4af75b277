"""Every damaged notebook gets the verdict that is promised for it, from the real grader, and none stops a batch."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import further_damages  # noqa: F401 (its damages are registered)
import pytest
from damages import DAMAGES, EVERYTHING, WORDS, WROTE, Damage
from notebooks import ROOT, assignment_of
from tiny_course import make_course

from autograder.course import Outcome, Submission, Verdict
from autograder.course.written import written_check
from autograder.grading.alignment import expected_of
from autograder.grading.attempt import Grader, open_grader
from autograder.grading.intake import parse_submission, read_submission
from autograder.grading.sources import Source

IN_WORDS = [damage for damage in DAMAGES if damage.number == "03"]
GRADED = [damage for damage in DAMAGES if damage not in IN_WORDS]
"""What happens to words changes nothing in the checks; the whole batch, which is slow, has them too."""
STRANGEST = [damage for damage in DAMAGES if damage.refused or damage.name.startswith("a_cell_that_")]


@pytest.fixture(scope="module")
def graders() -> Iterator[dict[str, Grader]]:
    """One for each assignment, opened when it is first asked for."""
    opened: dict[str, Grader] = {}
    yield opened
    for grader in opened.values():
        grader.close()


def autograder(*arguments: str, course: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autograder", *arguments, "--course", str(course)]
    return subprocess.run(command, capture_output=True, text=True, timeout=1800, check=False)


def written(damage: Damage, folder: Path) -> Path:
    """What was handed in, on the disk: a file on its own, or a folder of them."""
    files = damage.files()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder / next(iter(files)) if len(files) == 1 else folder


def graded(damage: Damage, folder: Path, graders: dict[str, Grader]) -> Verdict:
    """By the public check of each exercise."""
    assignment = assignment_of(damage.number)
    if damage.number not in graders:
        graders[damage.number] = open_grader(assignment)
    grader = graders[damage.number]
    submission = read_submission(Source(damage.name, written(damage, folder)), assignment)
    public = tuple(check.name for check in grader.checks if check.public)
    return grader.grade(submission, 1, public)


def test_there_are_enough_of_them_and_each_is_told_apart() -> None:
    assert len(DAMAGES) >= 60
    assert len({damage.name for damage in DAMAGES}) == len(DAMAGES)


@pytest.mark.parametrize("damage", GRADED, ids=lambda damage: damage.name)
def test_a_damaged_notebook_gets_its_promised_verdict(
    damage: Damage, tmp_path: Path, graders: dict[str, Grader]
) -> None:
    verdict = graded(damage, tmp_path, graders)
    checked = {finding.exercise for finding in verdict.findings}
    if damage.refused:
        assert all(f.outcome is Outcome.FAILED and damage.refused in f.message for f in verdict.findings)
        return
    lost = {f.exercise for f in verdict.findings if f.outcome is not Outcome.PASSED}
    assert lost == (checked if EVERYTHING in damage.loses else damage.loses & checked), verdict.findings
    for words in damage.says:
        assert any(words in note for note in verdict.notes), verdict.notes
    if damage.silent:
        assert not verdict.notes


@pytest.mark.parametrize("damage", IN_WORDS, ids=lambda damage: damage.name)
def test_an_answer_in_words_is_found_where_it_was_written(damage: Damage) -> None:
    expected = expected_of(assignment_of("03"))
    read = parse_submission("ada", tuple(damage.files().items()), expected.slug, expected)
    assert isinstance(read, Submission)
    for words in damage.says:
        assert any(words in note for note in read.notes), read.notes
    assert not (damage.silent and read.notes)
    assert dict(read.answers).get(WORDS) == (None if WORDS in damage.loses else WROTE)
    assert dict(read.answers).keys() == expected.written - (damage.loses & {WORDS})
    assert written_check(WORDS) not in {cell.exercise for cell in read.cells}


@pytest.mark.parametrize(
    "damages", [STRANGEST, pytest.param(DAMAGES, marks=pytest.mark.slow)], ids=["strangest", "all"]
)
def test_none_of_them_stops_a_batch(damages: list[Damage], tmp_path: Path) -> None:
    """To an assignment of four lines they are all wrong, which is quick; each still gets its verdict."""
    course, batch = make_course(tmp_path / "course"), tmp_path / "batch"
    for damage in damages:
        written(damage, batch / damage.name)
    done = autograder("grade", "01", str(batch), "--jobs", "2", "--json", course=course)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)["verdicts"]
    assert sorted(verdict["submission"] for verdict in told) == sorted(damage.name for damage in damages)
    outcomes = {finding["outcome"] for verdict in told for finding in verdict["findings"]}
    assert outcomes == {"failed"}


@pytest.mark.slow
@pytest.mark.parametrize("number", sorted({damage.number for damage in DAMAGES}))
def test_a_batch_of_them_gets_the_promised_points(number: str, tmp_path: Path) -> None:
    damages = [damage for damage in DAMAGES if damage.number == number]
    for damage in damages:
        written(damage, tmp_path / "batch" / damage.name)
    book = f"sqlite:///{tmp_path / 'book.db'}"
    done = autograder("grade", number, str(tmp_path / "batch"), "--gradebook", book, "--json", course=ROOT)
    assert done.returncode == 0, done.stderr
    told = {verdict["submission"]: verdict for verdict in json.loads(done.stdout)["verdicts"]}
    unkept = {}
    for damage in damages:
        # A check that took too long says how busy the machine was.
        findings = [f for f in told[damage.name]["findings"] if f["reason"] != "timeout"]
        lost = {f["exercise"] for f in findings if f["outcome"] not in ("passed", "pending")}
        everything = {f["exercise"] for f in findings}
        if lost != (everything if damage.refused or EVERYTHING in damage.loses else damage.loses):
            unkept[damage.name] = lost
    assert not unkept
