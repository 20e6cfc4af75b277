"""`grade` on a class of every kind of submission, in real processes."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from real_command import left_in_tmp, run
from tiny_course import RIGHT, make_class, make_course, notebook

from autograder.cli.grade_result import BROKEN
from autograder.course import Outcome
from autograder.gradebook import Gradebook
from autograder.sandbox.levels import strongest

FULL = {"double": 2, "mean": 3, "count": 1}
NO_MEAN = {**FULL, "mean": 0}
VERDICTS: dict[str, tuple[dict[str, int], set[str]]] = {
    "right": (FULL, set()),
    "script": (FULL, set()),
    "zipped": (FULL, set()),
    "wrong": ({**FULL, "double": 0}, {"wrong_answer"}),
    "raises": ({**FULL, "count": 0}, {"exception"}),
    "missing": ({**FULL, "count": 0}, {"missing_name"}),
    "syntax": (NO_MEAN, {"missing_name"}),
    "broken": (dict.fromkeys(FULL, 0), {"unreadable"}),
    "unsafe": (dict.fromkeys(FULL, 0), {"unsafe_archive"}),
    # Its own cell is left out; what the other cells define counts.
    "exit-at-import": (FULL, set()),
    "exit-in-call": (NO_MEAN, {"worker_died"}),
    "endless": (NO_MEAN, {"timeout"}),
    "fork-bomb": (NO_MEAN, {"exception"}),
    "hoard": (NO_MEAN, {"out_of_memory"}),
    "forged-output": (NO_MEAN, {"wrong_answer"}),
    "forged-files": (NO_MEAN, {"wrong_answer"}),
    "patcher": (NO_MEAN, {"wrong_answer"}),
    "always-equal": (NO_MEAN, {"wrong_answer", "wrong_type"}),
    "reader": (NO_MEAN, {"exception", "wrong_answer"}),
}


@dataclass
class Class:
    """The course, and what `grade --json` printed."""

    course: Path
    done: subprocess.CompletedProcess[str]

    @property
    def document(self) -> Any:
        return json.loads(self.done.stdout)

    def attempts(self, student: str) -> list[tuple[int, float]]:
        with Gradebook.open(self.course / "gradebook.db") as book:
            return [(a.verdict.seed, a.verdict.points) for a in book.history("01-sums", student)]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Class:
    course = make_course(tmp_path_factory.mktemp("graded"))
    make_class(course / "class")
    return Class(course, run(course, "grade", "01", "class", "--json"))


@pytest.mark.parametrize("student", VERDICTS)
def test_each_submission_gets_its_own_verdict_and_loses_only_what_it_did_wrong(graded: Class, student: str) -> None:
    points, reasons = VERDICTS[student]
    verdict = next(v for v in graded.document["verdicts"] if v["submission"] == student)
    earned = dict.fromkeys(FULL, 0.0)
    for finding in verdict["findings"]:
        earned[finding["exercise"]] += finding["points"]
    assert earned == points
    failed = [f for f in verdict["findings"] if f["outcome"] != "passed"]
    assert {f["outcome"] for f in failed} <= {"failed"}
    assert {f["reason"] for f in failed} <= reasons
    assert bool(failed) == bool(reasons)
    assert all(f["message"] for f in failed)


def test_the_json_is_exactly_as_documented_and_nothing_else_is_on_stdout(graded: Class) -> None:
    assert graded.done.returncode == 0
    document = graded.document
    assert list(document) == ["schema", "assignment", "version", "verdicts"]
    assert (document["schema"], document["assignment"]) == (1, "01-sums")
    assert [v["submission"] for v in document["verdicts"]] == sorted(VERDICTS)
    verdict_keys = ["submission", "points", "max_points", "pending_points", "seed", "isolation", "seconds", "findings"]
    finding_keys = ["check", "exercise", "outcome", "reason", "points", "max_points", "message", "device"]
    finding_keys += ["diagnosis", "answer", "measured"]
    for verdict in document["verdicts"]:
        assert list(verdict) == verdict_keys
        assert verdict["max_points"] == 6
        assert verdict["isolation"] == strongest()
        assert len(verdict["findings"]) == 5
        assert all(list(finding) == finding_keys for finding in verdict["findings"])


def test_without_a_terminal_each_submission_is_one_line_on_stderr_and_then_there_is_the_sum(graded: Class) -> None:
    *lines, last = graded.done.stderr.splitlines()
    assert len(lines) == len(VERDICTS)
    assert sorted(line.split("] ")[1].split(":")[0] for line in lines) == sorted(VERDICTS)
    assert lines[-1].startswith(f"[{len(VERDICTS)}/{len(VERDICTS)}] ")
    assert last.startswith(f"{len(VERDICTS)} in 0:")
    assert last.endswith(": 4 full, 13 part, 2 unreadable")


def test_no_hidden_value_and_no_secret_name_is_in_what_students_read(graded: Class) -> None:
    assert "secret_rows" not in graded.done.stdout + graded.done.stderr


def test_nothing_is_left_in_the_temporary_folder(graded: Class) -> None:
    assert left_in_tmp(graded.course) == []


def test_nothing_was_written_beside_the_submissions_or_the_checks(graded: Class) -> None:
    written = {p.name for p in graded.course.rglob("*") if "__pycache__" not in p.parts}
    assert not written & {"results.json", "conftest.py", "pytest.ini", "sitecustomize.py", "torch.py", "evil.ipynb"}


def test_the_same_command_grades_nothing_again_and_shows_the_table_and_pages(graded: Class) -> None:
    before = {name: graded.attempts(name) for name in VERDICTS}
    again = run(graded.course, "grade", "01", "class", "--feedback", "feedback")
    assert again.returncode == 0
    assert again.stderr.count("recorded before") == len(VERDICTS)
    assert {name: graded.attempts(name) for name in VERDICTS} == before
    assert {len(attempts) for attempts in before.values()} == {1}
    table = again.stdout.splitlines()
    row = next(line for line in table if line.startswith("right "))
    assert row.split() == ["right", "2", "3", "1", "6", "/", "6", "100", "%"]
    assert next(line for line in table if line.startswith("unsafe ")).rstrip().endswith("unsafe archive")
    assert f"gradebook: {graded.course / 'gradebook.db'}" in table
    pages = list((graded.course / "feedback").glob("*.html"))
    assert len(pages) == len(VERDICTS) + 1


def test_report_writes_the_csv_and_the_pages_of_what_was_graded(graded: Class) -> None:
    done = run(graded.course, "report", "01", "--csv", "class.csv", "--feedback", "pages")
    assert done.returncode == 0
    rows = (graded.course / "class.csv").read_text().splitlines()
    assert len(rows) == len(VERDICTS) + 1
    assert '"unsafe",0.0,0.0,0.0,0.0,6.0,0.0,0.0,0,0,"unsafe archive"' in rows
    page = next((graded.course / "pages").glob("endless-*.html")).read_text()
    assert "did not finish in time" in page
    assert "secret_rows" not in page


def test_a_check_with_a_bug_costs_nothing_and_is_shown_to_the_grader(graded: Class) -> None:
    folder = graded.course / "bug"
    folder.mkdir()
    (folder / "ada.ipynb").write_text(notebook("def one():\n    return 1\n", "def two():\n    return 2\n"))
    done = run(graded.course, "grade", "02", "bug/ada.ipynb")
    assert done.returncode == BROKEN
    assert "ada: 1/4, 1 could not be judged" in done.stderr
    assert "broken check test_two, in 1 of 1: NameError: name 'secrte' is not defined" in done.stderr
    assert "(test_public.py:12)" in done.stderr
    assert next(line for line in done.stdout.splitlines() if line.startswith("ada")).rstrip().endswith("1 broken")
    with Gradebook.open(graded.course / "gradebook.db") as book:
        (verdict,) = book.latest("02-bug")
    broken = next(f for f in verdict.findings if f.exercise == "two")
    assert broken.outcome is Outcome.BROKEN
    assert "secrte" in broken.detail
    assert "secrte" not in broken.message


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        (("07", "class"), "unknown-assignment", "01-sums, 02-bug"),
        (("01", "nowhere"), "no-such-path", "nowhere"),
        (("01", "empty"), "no-submissions", "empty"),
        (("01", "class", "--gradebook", "mysql://localhost/x"), "unsupported-database", "mysql"),
        (("01", "class", "--gradebook", "closed/gradebook.db"), "gradebook-not-writable", "closed"),
        (("01", "class", "--gradebook", "/proc/gradebook.db"), "gradebook-not-writable", "/proc/gradebook.db"),
    ],
)
def test_what_the_grader_got_wrong_is_one_clear_error(
    tmp_path: Path, arguments: tuple[str, ...], code: str, named: str
) -> None:
    course = make_course(tmp_path)
    (course / "empty").mkdir()
    (course / "class").mkdir()
    (course / "class" / "a.ipynb").write_text(notebook(*RIGHT))
    (course / "closed").write_text("a file, where a folder would have to be")
    done = run(course, "grade", *arguments)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(f"error[{code}]: ")
    assert named in done.stderr
    assert "Traceback" not in done.stderr


def test_outside_a_course_the_error_says_so_also_as_json(tmp_path: Path) -> None:
    done = run(tmp_path, "grade", "01", ".", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "no-course"
    assert done.stderr == ""


def test_checks_that_cannot_be_collected_stop_the_batch_with_the_line_to_mend(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    shutil.rmtree(course / "assignments" / "01-sums")
    (course / "a.ipynb").write_text(notebook(*RIGHT))
    (course / "assignments" / "02-bug" / "public" / "test_public.py").write_text("import nothing_of_the_kind\n")
    done = run(course, "grade", "02", "a.ipynb")
    assert done.returncode == 1
    assert "error[broken-checks]" in done.stderr
    assert "nothing_of_the_kind" in done.stderr
    assert left_in_tmp(course) == []
