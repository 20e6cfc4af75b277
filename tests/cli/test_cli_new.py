"""`new assignment`: what it writes can be built and proven as it stands, and nothing is ever overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from real_command import run

from autograder.cli import main
from autograder.course import load_assignment, load_settings
from autograder.report.preview import preview_of


def new(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["new", "assignment", *arguments, "--course", str(folder)])


def test_a_new_assignment_in_an_empty_folder_verifies_green_and_builds(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    written = run(tmp_path, "new", "assignment", "05-first-line", "--title", "The first line", cwd=tmp_path / "empty")
    assert written.returncode == 0, written.stderr
    assert "assignments/05-first-line is written" in written.stdout
    assert "autograder verify 05-first-line " in written.stdout
    assert "autograder build 05-first-line " in written.stdout
    proven = run(tmp_path, "verify", "05", "--seeds", "2", "--json", cwd=tmp_path / "empty")
    assert proven.returncode == 0, proven.stdout + proven.stderr
    (assignment,) = json.loads(proven.stdout)["assignments"]
    specimens = [proof["promise"] for proof in assignment["proofs"] if proof["kind"] == "specimen"]
    assert sorted(specimens) == ["fails gradient", "fails loss", "fails loss", "full marks"]
    assert assignment["headline"].endswith("mutants are caught")
    assert (assignment["redundant"], assignment["caught_nothing"], assignment["untried_exercises"]) == ([], [], [])
    built = run(tmp_path, "build", "05", cwd=tmp_path / "empty")
    assert built.returncode == 0, built.stderr
    released = (tmp_path / "empty" / "release" / "05-first-line" / "05-first-line.ipynb").read_text(encoding="utf-8")
    assert "The first line" in released
    assert "difference**2" not in released


def test_it_is_written_into_the_course_that_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "assignments" / "01-old").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "assignments" / "01-old")
    done = CliRunner().invoke(main, ["new", "assignment", "02-self-attention"])
    assert done.exit_code == 0, done.output
    assert load_assignment(tmp_path / "assignments" / "02-self-attention").manifest.title == "Self attention"


def test_what_exists_is_never_overwritten(tmp_path: Path) -> None:
    kept = tmp_path / "assignments" / "01-mine" / "notebook.py"
    kept.parent.mkdir(parents=True)
    kept.write_text("mine")
    done = new(tmp_path, "01-mine")
    assert done.exit_code == 1
    assert "error[already-there]" in done.stderr
    assert list(kept.parent.rglob("*")) == [kept]
    assert kept.read_text() == "mine"


@pytest.mark.parametrize("slug", ["../up", "Upper", "a b", "", "-", "a--b", "/tmp/x", "a/b", "é"])
def test_a_name_that_cannot_be_a_folders_is_refused(tmp_path: Path, slug: str) -> None:
    done = new(tmp_path, "--", slug) if slug.startswith("-") else new(tmp_path, slug)
    assert done.exit_code != 0
    assert not (tmp_path / "assignments").exists()


@pytest.mark.parametrize("title", ["", "  ", "two\nlines", "bell\a", "hidden\u202e"])
def test_a_title_that_is_no_line_of_words_is_refused(tmp_path: Path, title: str) -> None:
    done = new(tmp_path, "01-x", "--title", title)
    assert "error[bad-title]" in done.stderr
    assert not (tmp_path / "assignments").exists()


@given(title=st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
def test_any_printable_title_arrives_as_it_was_given(tmp_path_factory: pytest.TempPathFactory, title: str) -> None:
    root = tmp_path_factory.mktemp("course")
    done = new(root, "01-x", "--title", title)
    assert done.exit_code == 0, done.output
    assignment = load_assignment(root / "assignments" / "01-x")
    assert assignment.manifest.title == title
    assert f"# # {title}\n" in assignment.notebook.read_text(encoding="utf-8")


def test_a_file_where_a_folder_should_be_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "assignments").write_text("a file")
    done = new(tmp_path, "01-x")
    assert done.exit_code == 1
    assert done.stderr.startswith("error[")


def test_a_new_course_builds_as_it_stands_and_hides_what_students_handed_in(tmp_path: Path) -> None:
    made = CliRunner().invoke(main, ["new", "course", str(tmp_path / "deep_learning")])
    assert made.exit_code == 0, made.output
    root = tmp_path / "deep_learning"
    assert load_settings(root).title == "Deep learning"
    assert {"gradebook.db*", "submissions/", "feedback/"} <= set((root / ".gitignore").read_text().split())
    for name in ("course.toml", "README.md", "assignments/01-first-steps/notebook.py"):
        assert name in made.stdout
        assert (root / name).is_file()
    assert preview_of(load_assignment(root / "assignments" / "01-first-steps")).title == "First steps"


def test_a_course_is_never_written_over_another(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    again = CliRunner().invoke(main, ["new", "course", str(tmp_path / "mine")])
    assert again.exit_code == 1
    assert "error[already-there]" in again.stderr
    assert list((tmp_path / "mine").iterdir()) == []


def test_the_title_of_a_course_arrives_as_it_was_given(tmp_path: Path) -> None:
    title = 'Deep "learning" \\ für alle'
    made = CliRunner().invoke(main, ["new", "course", str(tmp_path / "c"), "--title", title])
    assert made.exit_code == 0, made.output
    assert load_settings(tmp_path / "c").title == title
