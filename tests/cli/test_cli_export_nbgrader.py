"""`autograder export nbgrader` and `export gradebook`: what is written where, and what is said of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tiny_course import make_course

from autograder.cli import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["export", *arguments])


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return make_course(tmp_path / "course")


def test_an_export_names_its_folders_and_the_next_step(tmp_path: Path, course: Path) -> None:
    slug = min(path.name for path in (course / "assignments").iterdir())
    done = run("nbgrader", slug, "--out", str(tmp_path / "nb"), "--course", str(course))
    assert done.exit_code == 0, done.output
    for room in ("source", "release", "autograder"):
        assert (tmp_path / "nb" / room / slug).is_dir()
        assert str(tmp_path / "nb" / room / slug) in done.output
    assert "hold solutions and hidden checks" in done.output
    assert f"nbgrader generate_assignment --force {slug}" in done.output
    again = run("nbgrader", slug, "--out", str(tmp_path / "nb"), "--course", str(course))
    assert "was there: see that it sets c.Execute.timeout to" in again.output


def test_json_names_the_folders(tmp_path: Path, course: Path) -> None:
    slug = min(path.name for path in (course / "assignments").iterdir())
    done = run("nbgrader", slug, "--json", "--out", str(tmp_path / "nb"), "--course", str(course))
    told = json.loads(done.output)
    assert told["folders"] == [str(tmp_path / "nb" / room / slug) for room in ("source", "release", "autograder")]
    assert told["config_written"]


def test_without_verdicts_there_is_nothing_to_record(tmp_path: Path, course: Path) -> None:
    slug = min(path.name for path in (course / "assignments").iterdir())
    done = run("gradebook", slug, "--nbgrader", str(tmp_path / "g.db"), "--course", str(course))
    assert "error[no-gradebook]" in done.stderr
    assert not (tmp_path / "g.db").exists()
