"""Answers in words from the notebook to the mark and back to the student, by the real command."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from real_command import run
from written_course import BECAUSE, DOUBLE, WRONG, hand_in, make_course

from autograder.cli import main


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course whose class was graded once. The tests copy its gradebook."""
    course = make_course(tmp_path_factory.mktemp("course"))
    hand_in(course / "in", ada=(DOUBLE, BECAUSE), bob=(WRONG, "No idea."), dan=(DOUBLE, ""), twin=(DOUBLE, BECAUSE))
    done = run(course, "grade", "01", "in")
    assert done.returncode == 0, done.stderr
    (course / "table").write_text(done.stdout)
    (course / "lines").write_text(done.stderr)
    return course


@pytest.fixture
def course(graded: Path, tmp_path: Path) -> Path:
    """The same with a gradebook of its own, which `book` names."""
    (tmp_path / "gradebook.db").write_bytes((graded / "gradebook.db").read_bytes())
    return graded


def call(course: Path, book: Path, verb: str, *arguments: str) -> Result:
    """The command in this process, which starts in a second less."""
    given = [verb, "01", *arguments, "--course", str(course), "--gradebook", str(book / "gradebook.db")]
    return CliRunner().invoke(main, given)


def said(course: Path, book: Path, verb: str, *arguments: str) -> Any:
    result = call(course, book, verb, *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def points(course: Path, book: Path) -> dict[str, tuple[float, float, float | None]]:
    """Total, pending and percent by student."""
    return {s["student"]: (s["total"], s["pending"], s["percent"]) for s in said(course, book, "report")["students"]}


def test_a_batch_says_what_a_person_is_to_grade_and_exits_0(graded: Path) -> None:
    lines = (graded / "lines").read_text()
    assert "ada: 4/7, 3 to be graded by a person" in lines
    assert "bob: 0/7, 1 check failed, 3 to be graded by a person" in lines
    assert "dan: 4/7, 1 not answered" in lines
    assert "2 full, 1 part, 1 none" in lines
    table = (graded / "table").read_text()
    assert "3 answers of 3 submissions to be graded by a person:\nautograder written 01-sums\n" in table
    log = [json.loads(line) for line in (graded / "gradebook.jsonl").read_text().splitlines()]
    (ada,) = [line for line in log if line["event"] == "graded" and line["submission"] == "ada"]
    assert (ada["pending_points"], ada["not_passed"]) == (3.0, [])
    assert ada["outcomes"] == {"passed": 1, "pending": 1}


def test_the_answers_that_wait_are_listed(course: Path, tmp_path: Path) -> None:
    result = call(course, tmp_path, "written")
    assert result.exit_code == 0, result.output
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["why", "3", "3", "0", "1"] in lines
    assert ["bob", "why", "2", "No", "idea."] in lines
    assert ["ada", "why", "9", "Because", "it", "is", "**two**:"] in lines
    document = said(course, tmp_path, "written")
    assert document["exercises"] == [
        {"exercise": "why", "title": "Why twice", "points": 3.0, "waiting": 3, "graded": 0, "unanswered": 1}
    ]
    assert [one["submission"] for one in document["answers"]] == ["ada", "bob", "twin"]
    assert document["answers"][0]["answer"] == BECAUSE


def test_one_answer_is_graded_and_is_on_the_page_of_the_student_alone(course: Path, tmp_path: Path) -> None:
    result = call(course, tmp_path, "mark", "ada", "why", "meets", "--comment", "And where does it end?", "--by", "Eve")
    assert result.exit_code == 0, result.output
    assert result.stdout == "ada, why: meets, 2 of 3 points; 2 more to be graded\n"
    again = call(course, tmp_path, "mark", "ada", "why", "meets", "--comment", "And where does it end?")
    assert "as it was" in again.stdout
    assert "2 answers to be graded by a person: autograder written 01-sums" in call(course, tmp_path, "report").stdout
    of_all = {"ada": (6, 0, 85.71), "bob": (0, 3, 0), "dan": (4, 0, 57.14), "twin": (4, 3, 100)}
    assert points(course, tmp_path) == of_all, "not of the one with the same bytes"
    assert call(course, tmp_path, "report", "--feedback", str(tmp_path / "pages")).exit_code == 0
    (ada,) = (tmp_path / "pages").glob("ada-*.html")
    (twin,) = (tmp_path / "pages").glob("twin-*.html")
    assert "And where does it end?" in ada.read_text(encoding="utf-8")
    assert "To be graded by a person" in twin.read_text(encoding="utf-8")
    graded = said(course, tmp_path, "written", "--all")["answers"]
    assert [(one["level"], one["by"]) for one in graded] == [("meets", "Eve"), (None, None), (None, None)]


def test_a_class_is_graded_in_a_spreadsheet_and_the_same_file_twice_changes_nothing(
    course: Path, tmp_path: Path
) -> None:
    file = tmp_path / "why.csv"
    assert call(course, tmp_path, "written", "--export", str(file)).exit_code == 0
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["submission"] for row in rows] == ["ada", "bob", "twin"]
    for row, level in zip(rows, ("excellent", "revise", "splendid"), strict=True):
        row["level"] = level
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    result = call(course, tmp_path, "written", "--import", str(file), "--by", "Grace")
    assert result.exit_code == 1
    assert result.stdout == "2 marks recorded, 1 rows not taken\n"
    assert result.stderr == "row 4: 'splendid' is no level\n  fix: write one of: excellent, meets, revise\n"
    assert points(course, tmp_path) == {"ada": (7, 0, 100), "bob": (0, 0, 0), "dan": (4, 0, 57.14), "twin": (4, 3, 100)}
    document = json.loads(call(course, tmp_path, "written", "--import", str(file), "--json").stdout)
    assert (document["recorded"], document["unchanged"]) == (0, 2)
    assert document["problems"][0]["row"] == 4


def test_a_page_to_read_has_the_rubric_the_authors_answer_and_no_names_where_asked(
    course: Path, tmp_path: Path
) -> None:
    page, anonymous = tmp_path / "why.html", tmp_path / "anonymous.html"
    assert call(course, tmp_path, "written", "--html", str(page)).exit_code == 0
    assert call(course, tmp_path, "written", "--html", str(anonymous), "--anonymous").exit_code == 0
    named, unnamed = page.read_text(encoding="utf-8"), anonymous.read_text(encoding="utf-8")
    for words in ("Names the reason and its limit.", "until the numbers overflow", "- one\n- and another"):
        assert words in named
        assert words in unnamed
    assert named.count("- and another") == 1, "the same words once"
    assert "<bdi>ada</bdi>, <bdi>twin</bdi>" in named
    assert "Without an answer: <bdi>dan</bdi>" in named
    assert not any(f"<bdi>{name}" in unnamed for name in ("ada", "bob", "dan", "twin"))
    assert "2 students" in unnamed


def test_who_is_graded_again_by_failed_only_is_who_failed_and_not_who_waits(course: Path, tmp_path: Path) -> None:
    call(course, tmp_path, "mark", "ada", "why", "revise")
    book = ("--gradebook", str(tmp_path / "gradebook.db"))
    done = run(course, "grade", "01", "in", "--failed-only", "--dry-run", "--all", *book)
    assert done.returncode == 0, done.stderr
    assert "2  recorded before" in done.stdout
    assert "2  not chosen" in done.stdout


def test_a_batch_that_finds_a_marked_answer_again_shows_its_mark(course: Path, tmp_path: Path) -> None:
    call(course, tmp_path, "mark", "ada", "why", "excellent")
    book = ("--gradebook", str(tmp_path / "gradebook.db"))
    recorded = run(course, "grade", "01", "in", "--only", "ada", *book)
    assert "ada: 7/7, recorded before" in recorded.stderr
    afresh = run(course, "grade", "01", "in", "--only", "ada", "--again", "--json", *book)
    (verdict,) = json.loads(afresh.stdout)["verdicts"]
    assert (verdict["points"], verdict["pending_points"]) == (7.0, 0.0)
    assert "ada: 7/7" in afresh.stderr


def test_other_words_wait_again_and_a_mark_of_the_old_ones_is_not_taken(course: Path, tmp_path: Path) -> None:
    file = tmp_path / "why.csv"
    call(course, tmp_path, "written", "--export", str(file))
    call(course, tmp_path, "mark", "bob", "why", "revise")
    newer = hand_in(tmp_path / "in", bob=(DOUBLE, "Now I know.")) / "bob.ipynb"
    done = run(course, "grade", "01", str(newer), "--gradebook", str(tmp_path / "gradebook.db"))
    assert "bob: 4/7, 3 to be graded by a person" in done.stderr
    file.write_bytes(file.read_bytes().replace(b'"",""\r\n', b'"meets",""\r\n'))
    result = call(course, tmp_path, "written", "--import", str(file))
    assert result.stdout == "2 marks recorded, 1 rows not taken\n"
    assert "row 3: the answer of bob has changed since it was exported" in result.stderr


@pytest.mark.parametrize(
    ("verb", "arguments", "code", "fix"),
    [
        ("mark", ("adda", "why", "meets"), "no-such-submission", "autograder written"),
        ("mark", ("dan", "why", "meets"), "no-answer", "handed in"),
        ("mark", ("ada", "double", "meets"), "no-such-exercise", "why"),
        ("written", ("--exercise", "double"), "no-such-exercise", "why"),
        ("written", ("--export", "/nowhere/why.csv"), "answers-not-writable", "folder"),
        ("written", ("--import", "/nowhere/why.csv"), "marks-not-readable", "--export"),
    ],
)
def test_what_cannot_be_done_is_said_with_a_way_out(
    course: Path, tmp_path: Path, verb: str, arguments: tuple[str, ...], code: str, fix: str
) -> None:
    result = call(course, tmp_path, verb, *arguments)
    assert result.exit_code == 1
    assert f"error[{code}]" in result.stderr
    assert fix in result.stderr
    assert json.loads(call(course, tmp_path, verb, *arguments, "--json").stdout)["error"]["code"] == code


@pytest.mark.parametrize(
    ("verb", "arguments"),
    [
        ("mark", ("ada", "why", "good")),
        ("written", ("--by", "Eve")),
        ("written", ("--import", "x.csv", "--export", "y.csv")),
    ],
)
def test_what_was_mistyped_exits_2(course: Path, tmp_path: Path, verb: str, arguments: tuple[str, ...]) -> None:
    assert call(course, tmp_path, verb, *arguments).exit_code == 2
