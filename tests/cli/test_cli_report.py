from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.cli.report import report
from autograder.course import Finding, Outcome, Part, Profile, Reason, Span, Verdict
from autograder.gradebook import Gradebook

TOML = """
title = "Tensors"

[[exercise]]
name = "mean"
title = "A mean"
points = 2
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course" / "assignments" / "01-tensors"
    folder.mkdir(parents=True)
    (folder / "assignment.toml").write_text(TOML)
    (folder / "notebook.py").write_text("# %%\n")
    return tmp_path / "course"


def _grade(course: Path, student: str, points: float) -> None:
    finding = Finding(
        check="test_mean_of_rows",
        exercise="mean",
        outcome=Outcome.PASSED if points == 2 else Outcome.FAILED,
        reason=Reason.NONE if points == 2 else Reason.WRONG_ANSWER,
        points=points,
        max_points=2,
    )
    verdict = Verdict(
        submission=student,
        digest="0",
        assignment="01-tensors",
        version="1",
        seed=1,
        isolation="process",
        seconds=0.1,
        findings=(finding,),
    )
    with Gradebook.open(course / "gradebook.db") as book:
        book.record(verdict, grader_version="0.1.0", versions={})


def _profile(course: Path, attempt: int, student: str, seconds: float) -> None:
    """Grade, which makes the attempt of that number, and say where its time went."""
    _grade(course, student, 2)
    check = Span(part=Part.CHECK, name="test_mean_of_rows", start=0.0, seconds=seconds)
    with Gradebook.open(course / "gradebook.db") as book:
        book.profiles.record({attempt: Profile(spans=(check,), seconds=seconds)})


def _report(course: Path, *arguments: str) -> Result:
    return CliRunner().invoke(report, ["01", "--course", str(course), *arguments])


def test_the_table_of_the_class_is_printed(course: Path) -> None:
    _grade(course, "ada", 2)
    _grade(course, "bob", 0)
    result = _report(course)
    assert result.exit_code == 0, result.output
    assert "2 / 2" in result.stdout
    assert "Mean of rows" in result.stdout
    assert "1 of 2" in result.stdout


def test_pages_and_csv_are_written_where_asked(course: Path, tmp_path: Path) -> None:
    _grade(course, "ada", 2)
    result = _report(course, "--feedback", str(tmp_path / "pages"), "--csv", str(tmp_path / "class.csv"))
    assert result.exit_code == 0, result.output
    assert len(list((tmp_path / "pages").glob("ada-*.html"))) == 1
    assert str(tmp_path / "pages" / "index.html") in result.stderr
    with (tmp_path / "class.csv").open(newline="") as file:
        assert next(csv.DictReader(file))["total"] == "2.0"


def test_json_is_one_document_on_stdout(course: Path) -> None:
    _grade(course, "ada", 0.5)
    document = json.loads(_report(course, "--json").stdout)
    assert document["assignment"] == "01-tensors"
    assert document["students"] == [
        {
            "student": "ada",
            "mean": 0.5,
            "total": 0.5,
            "max": 2.0,
            "pending": 0.0,
            "percent": 25.0,
            "broken": 0,
            "lost": 0,
            "rejected": "",
        }
    ]
    assert document["checks"][0]["failed"] == 1


def test_a_gradebook_can_be_named_by_url(course: Path, tmp_path: Path) -> None:
    _grade(course, "ada", 2)
    (course / "gradebook.db").rename(tmp_path / "elsewhere.db")
    assert "ada" in _report(course, "--gradebook", f"sqlite:///{tmp_path}/elsewhere.db").stdout


def test_a_missing_gradebook_is_an_error_with_a_way_out_and_is_not_made(course: Path) -> None:
    result = _report(course)
    assert result.exit_code == 1
    assert "error[no-gradebook]" in result.stderr
    assert "autograder grade" in result.stderr
    assert not (course / "gradebook.db").exists()
    assert json.loads(_report(course, "--json").stdout)["error"]["code"] == "no-gradebook"


def test_a_class_without_verdicts_says_what_to_do(course: Path) -> None:
    Gradebook.open(course / "gradebook.db").close()
    assert "Nobody has been graded" in _report(course).stdout
    assert json.loads(_report(course, "--json").stdout)["students"] == []


def test_a_csv_that_cannot_be_written_is_named(course: Path, tmp_path: Path) -> None:
    _grade(course, "ada", 2)
    result = _report(course, "--csv", str(tmp_path / "nowhere" / "class.csv"))
    assert result.exit_code == 1
    assert "error[csv-not-writable]" in result.stderr


def test_where_the_time_went_is_told_where_it_is_asked_for(course: Path) -> None:
    _profile(course, 1, "ada", 0.25)
    _profile(course, 2, "bob", 0.75)
    assert "where the time" not in _report(course).stdout
    result = _report(course, "--profile")
    assert result.exit_code == 0, result.output
    assert "2 / 2" in result.stdout
    assert "where the time of 2 submissions went: 250 ms at the median, 750 ms at most" in result.stdout
    document = json.loads(_report(course, "--profile", "--json").stdout)
    assert document["profile"]["checks"][0]["check"] == "test_mean_of_rows"
    assert document["profile"]["slowest"][0] == {"submission": "bob", "seconds": 0.75}
    assert "profile" not in json.loads(_report(course, "--json").stdout)


def test_where_nobody_was_profiled_that_is_said_with_the_way_to_it(course: Path) -> None:
    _grade(course, "ada", 2)
    result = _report(course, "--profile")
    assert result.exit_code == 0
    assert "autograder grade 01-tensors PATH --again --profile" in result.stderr
    assert json.loads(_report(course, "--profile", "--json").stdout)["profile"] is None


def test_the_overview_shows_where_the_time_went_and_no_students_page_does(course: Path, tmp_path: Path) -> None:
    _profile(course, 1, "ada", 0.25)
    assert _report(course, "--feedback", str(tmp_path / "pages")).exit_code == 0
    assert "Where the time went" in (tmp_path / "pages" / "index.html").read_text()
    (page,) = (tmp_path / "pages").glob("ada-*.html")
    assert "time went" not in page.read_text()


def test_report_writes_what_other_programs_read(course: Path, tmp_path: Path) -> None:
    _grade(course, "ada", 2)
    _grade(course, "../bob", 0)
    files = {"--junit": tmp_path / "junit.xml", "--ctrf": tmp_path / "ctrf.json", "--results": tmp_path / "results"}
    wanted = [part for option, path in files.items() for part in (option, str(path))]
    done = CliRunner().invoke(report, ["01", "--course", str(course), *wanted])
    assert done.exit_code == 0, done.output
    assert '<testsuite name="ada" tests="1" failures="0"' in files["--junit"].read_text()
    assert json.loads(files["--ctrf"].read_text())["results"]["summary"]["failed"] == 1
    scores = [json.loads(path.read_text())["tests"][0]["score"] for path in sorted(files["--results"].iterdir())]
    assert sorted(scores) == [0, 2]
