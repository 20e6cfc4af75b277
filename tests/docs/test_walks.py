"""Each user's day, as the documentation tells it, gone through."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from walks import Step, steps, walk

from autograder.cli import main
from autograder.exchange import desk_at

SLUG = "01-first-steps"

AUTHOR = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Author"), ("EMAIL", "author@example.org"))
}


def test_an_instructors_day_goes_as_the_page_tells_it(tmp_path: Path) -> None:
    assert walk("instructor.md", tmp_path, AUTHOR) == ""


@pytest.fixture
def after_the_due_date(tmp_path: Path) -> Path:
    """A course whose first assignment was released, and handed in by two students."""
    root, exchange = tmp_path / "deep-learning", tmp_path / "exchange"
    exchange.mkdir()
    autograder("new", "course", str(root))
    (root / "course.toml").write_text(f'exchange = "{exchange}"\n')
    autograder("build", "--course", str(root))
    desk_at(str(exchange)).publish(root / "release" / SLUG)
    for student, room in (("ada", "solutions"), ("bob", "release")):
        shutil.copytree(root / "release" / SLUG, tmp_path / student)
        shutil.copy(root / room / SLUG / f"{SLUG}.ipynb", tmp_path / student)
        notebook = str(tmp_path / student / f"{SLUG}.ipynb")
        autograder("submit", notebook, "--student", student, "--yes", "--skip-run")
    return root


def autograder(*arguments: str) -> None:
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output


def test_a_graders_day_goes_as_the_page_tells_it(after_the_due_date: Path) -> None:
    assert walk("grader.md", after_the_due_date) == ""
    assert len(list((after_the_due_date / "feedback").glob("*.html"))) == 3


def test_a_page_that_tells_something_else_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "docs" / "page.md"
    page.parent.mkdir()
    page.write_text("```console\n$ echo one\none\n$ echo two\n...\n$ cd /\n$ pwd\n/tmp\n```\n")
    monkeypatch.setattr("walks.ROOT", tmp_path)
    assert steps("page.md")[:2] == [Step("echo one", "one\n"), Step("echo two", "...\n")]
    assert walk("page.md", tmp_path) == "$ pwd\n--- the page says\n/tmp\n--- it prints\n/\n"
