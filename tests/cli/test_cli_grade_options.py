"""Whom `grade` grades, what it takes from earlier batches, and what it leaves behind: the command's options."""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from real_command import run
from tiny_course import RIGHT, make_course, notebook

from autograder.cli import main
from autograder.cli.grade import grade
from autograder.cli.grade_result import BROKEN, LOST, STOPPED
from autograder.gradebook import Gradebook

WRONG = "def double(x):\n    return x\n"
MISSING = "def mean(x):\n    return no_such_name\n"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four answers of three kinds, ada's and alan's with the same bytes, handed in a day apart; and one wreck."""
    course = make_course(tmp_path_factory.mktemp("options"))
    answers = {
        "ada": notebook(*RIGHT),
        "alan": notebook(*RIGHT),
        "blaise": notebook(*RIGHT, WRONG),
        "carol": notebook(*RIGHT, MISSING),
        "wreck": '{"cells": [',
    }
    for days, (name, answer) in enumerate(answers.items()):
        file = course / "class" / name / "01-sums.ipynb"
        file.parent.mkdir(parents=True)
        file.write_text(answer)
        when = time.time() - 86400 * days - 60
        os.utime(file, (when, when))
    return course


def plan(course: Path, *options: str) -> Result:
    return CliRunner().invoke(
        main, ["grade", "01", str(course / "class"), "--course", str(course), "--dry-run", *options]
    )


def foreseen(course: Path, *options: str) -> dict[str, str]:
    return {s["submission"]: s["prospect"] for s in json.loads(plan(course, "--json", *options).stdout)["submissions"]}


def attempts(course: Path) -> dict[str, int]:
    with Gradebook.open(course / "gradebook.db") as book:
        return {v.submission: len(book.history("01-sums", v.submission)) for v in book.latest("01-sums")}


def log(course: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (course / "gradebook.jsonl").read_text().splitlines()]


# These run in order, on one gradebook.


def test_a_dry_run_says_what_would_be_graded_and_makes_no_gradebook(course: Path) -> None:
    assert foreseen(course) == {
        "ada": "grade",
        "alan": "same_bytes",
        "blaise": "grade",
        "carol": "grade",
        "wreck": "refused",
    }
    said = plan(course)
    assert said.exit_code == 0
    assert said.stdout.splitlines()[0].endswith(", 5 submissions; nothing was run")
    assert "wreck: The notebook is cut off" in said.stdout
    assert not (course / "gradebook.db").exists()


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (("--only", "ada"), {"ada"}),
        (("--only", "a*", "--only", "carol"), {"ada", "alan", "carol"}),
        (("--since", "36h"), {"ada", "alan"}),
        (("--since", "36h", "--only", "alan"), {"alan"}),
        (("--failed-only",), set()),
    ],
)
def test_only_those_that_are_asked_for_are_chosen(course: Path, options: tuple[str, ...], names: set[str]) -> None:
    assert set(foreseen(course, *options)) == names


def test_a_name_that_nobody_has_is_told_with_those_that_are_close(course: Path) -> None:
    said = plan(course, "--only", "blase")
    assert said.exit_code == 1
    assert "error[no-such-submission]: no submission goes by the name blase" in said.stderr
    assert "close to it: blaise" in said.stderr


@pytest.mark.parametrize(
    "options", [("--engine", "slurm"), ("--since", "soon"), ("--gpus", "-1"), ("--gpus", "0.5"), ("--jobs", "0")]
)
def test_options_that_mean_nothing_are_usage_errors(course: Path, options: tuple[str, ...]) -> None:
    said = plan(course, *options)
    assert said.exit_code == 2
    assert "Usage: " in said.stderr


def test_what_is_chosen_is_graded_measured_and_logged(course: Path) -> None:
    done = run(course, "grade", "01", "class", "--only", "ada", "--only", "b*", "--profile", "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert [v["submission"] for v in document["verdicts"]] == ["ada", "blaise"]
    assert list(document)[-1] == "profile"
    assert attempts(course) == {"ada": 1, "blaise": 1}
    lines = log(course)
    assert [line["event"] for line in lines if line["event"] in ("begun", "planned", "ended")] == [
        *("begun", "planned", "ended")
    ]
    assert lines[1] == lines[1] | {"total": 5, "chosen": 2, "recorded": 0}
    assert {line["submission"]: line["standing"] for line in lines if line["event"] == "graded"} == {
        "ada": "full",
        "blaise": "part",
    }


def test_then_the_dry_run_knows_what_stands(course: Path) -> None:
    assert foreseen(course) == {
        "ada": "recorded",
        "alan": "same_bytes",
        "blaise": "recorded",
        "carol": "grade",
        "wreck": "refused",
    }
    assert foreseen(course, "--failed-only") == {"blaise": "recorded"}
    assert foreseen(course, "--failed-only", "--again") == {"blaise": "grade"}


def test_those_that_failed_are_graded_again_where_it_is_asked_for_and_a_log_goes_where_it_is_told(course: Path) -> None:
    done = run(course, "grade", "01", "class", "--failed-only", "--again", "--log", "other.jsonl")
    assert done.returncode == 0, done.stderr
    assert attempts(course) == {"ada": 1, "blaise": 2}
    assert "[1/1] blaise: 4/6" in done.stderr
    assert f"log:       {course / 'other.jsonl'}" in done.stdout.splitlines()
    assert len([line for line in log(course) if line["event"] == "begun"]) == 1
    assert json.loads((course / "other.jsonl").read_text().splitlines()[-1])["how"] == "finished"


def test_without_a_choice_the_rest_is_graded_and_equal_bytes_once(course: Path) -> None:
    done = run(course, "grade", "01", "class", "--all")
    assert done.returncode == 0, done.stderr
    assert attempts(course) == {"ada": 1, "alan": 1, "blaise": 2, "carol": 1, "wreck": 1}
    assert "alan: 6/6, same bytes as another" in done.stderr
    rows = [line.split()[0] for line in done.stdout.splitlines() if "%" in line and "/" in line]
    assert rows == ["ada", "alan", "blaise", "carol", "wreck"]


def test_where_nobody_is_chosen_it_says_so(course: Path) -> None:
    done = run(course, "grade", "01", "class", "--since", "1m")
    assert done.returncode == 0
    assert "Of 5 submissions none is chosen." in done.stdout


@pytest.mark.parametrize(("option", "code"), [("--log", "log-not-writable"), ("--gradebook", "gradebook-not-writable")])
def test_files_that_cannot_be_written_are_found_out_before_anything_starts(
    course: Path, option: str, code: str
) -> None:
    done = run(course, "grade", "01", "class", option, "/proc/nowhere/file.jsonl")
    assert done.returncode == 1
    assert done.stderr.startswith(f"error[{code}]")


def test_the_guide_for_graders_names_every_option_and_every_exit_code() -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs" / "grading.md").read_text(encoding="utf-8")
    options = {name for option in grade.params for name in (*option.opts, *option.secondary_opts) if name[0] == "-"}
    assert {name for name in options - {"--course", "--resume"} if name not in guide} == set()
    assert set(re.findall(r"^\| (\d+) \|", guide, re.MULTILINE)) == {str(n) for n in (0, 1, 2, BROKEN, LOST, STOPPED)}
