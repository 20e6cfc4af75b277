"""`autograder import`: another tool's assignment becomes a folder that builds, and what became of it is said."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from nbgrader_small_notebook import EMPTY, NOTEBOOK, database

from autograder.build import prepare
from autograder.cli import main
from autograder.course import load_course


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["import", *arguments])


@pytest.fixture
def original(tmp_path: Path) -> Path:
    path = tmp_path / "source" / "ps1" / "squares.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(NOTEBOOK), encoding="utf-8")
    (tmp_path / "ours").mkdir()
    return path


def test_an_assignment_is_written_and_can_be_built(tmp_path: Path, original: Path) -> None:
    done = run("nbgrader", str(original.parent), "--course", str(tmp_path / "ours"))
    assert done.exit_code == 0, done.output
    (assignment,) = load_course(tmp_path / "ours")
    assert prepare(assignment).files
    assert "ps1: 3 points in 2 exercises" in done.output
    assert "understood:  1 solution cells, 1 test cells: 1 exercises with 1 checks" in done.output
    assert "graded by a person, by a rubric that you should write: in_words" in done.output
    assert "autograder verify ps1" in done.output


def test_json_says_the_same(tmp_path: Path, original: Path) -> None:
    done = run("nbgrader", str(original), "--slug", "07-squares", "--json", "--course", str(tmp_path / "ours"))
    (told,) = json.loads(done.output)["imported"]
    assert (told["slug"], told["points"]) == ("07-squares", 3.0)
    assert [(e["name"], e["points"], e["written"]) for e in told["exercises"]] == [
        ("squares", 2.0, False),
        ("in_words", 1.0, True),
    ]
    assert {note["kind"] for note in told["notes"]} == {"understood", "changed"}
    assert "public/test_imported.py" in told["files"]


def test_what_exists_is_never_overwritten_and_of_several_none_is_left_half_way(tmp_path: Path, original: Path) -> None:
    (original.parent / "another.ipynb").write_text(json.dumps(NOTEBOOK), encoding="utf-8")
    kept = tmp_path / "ours" / "assignments" / "ps1-squares" / "notebook.py"
    kept.parent.mkdir(parents=True)
    kept.write_text("mine")
    done = run("nbgrader", str(original.parent), "--course", str(tmp_path / "ours"))
    assert done.exit_code == 1
    assert "error[already-there]" in done.stderr
    assert sorted(p.name for p in (tmp_path / "ours" / "assignments").iterdir()) == ["ps1-squares"]
    assert kept.read_text() == "mine"


@pytest.mark.parametrize("slug", ["../up", "Upper", "a b", "é"])
def test_a_slug_that_cannot_be_a_folders_is_refused(tmp_path: Path, original: Path, slug: str) -> None:
    done = run("nbgrader", str(original), "--slug", slug, "--course", str(tmp_path / "ours"))
    assert "error[bad-slug]" in done.stderr
    assert not (tmp_path / "ours" / "assignments").exists()


def test_a_notebook_without_points_is_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "empty.ipynb"
    path.write_text(json.dumps(EMPTY), encoding="utf-8")
    done = run("nbgrader", str(path), "--json", "--course", str(tmp_path))
    assert json.loads(done.output)["error"]["code"] == "nothing-to-grade"


def test_scores_of_a_gradebook_become_a_table_in_which_nothing_is_a_formula(tmp_path: Path) -> None:
    book = database(tmp_path / "gradebook.db")
    done = run("gradebook", str(book), "--csv", str(tmp_path / "scores.csv"))
    assert done.exit_code == 0, done.output
    assert "2 scores of 2 students" in done.output
    with (tmp_path / "scores.csv").open(encoding="utf-8-sig", newline="") as file:
        rows: list[dict[str, Any]] = list(csv.DictReader(file))
    assert [(row["student"], row["score"], row["max score"], row["needs manual grade"]) for row in rows] == [
        ("'=cmd()", "0.5", "2", "yes"),
        ("ada", "2.5", "2", ""),
    ]
    assert [row["comment"] for row in rows] == ["'@home", "Well done,\nAda"]


def test_a_file_that_is_no_gradebook_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("words")
    assert "error[bad-gradebook]" in run("gradebook", str(tmp_path / "x.db")).stderr
