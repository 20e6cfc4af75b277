"""Each user's day, as the documentation tells it, gone through."""

from __future__ import annotations

from pathlib import Path

import pytest
from walks import Step, steps, walk

AUTHOR = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Author"), ("EMAIL", "author@example.org"))
}


def test_an_instructors_day_goes_as_the_page_tells_it(tmp_path: Path) -> None:
    assert walk("instructor.md", tmp_path, AUTHOR) == ""


def test_a_page_that_tells_something_else_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "docs" / "page.md"
    page.parent.mkdir()
    page.write_text("```console\n$ echo one\none\n$ echo two\n...\n$ cd /\n$ pwd\n/tmp\n```\n")
    monkeypatch.setattr("walks.ROOT", tmp_path)
    assert steps("page.md")[:2] == [Step("echo one", "one\n"), Step("echo two", "...\n")]
    assert walk("page.md", tmp_path) == "$ pwd\n--- the page says\n/tmp\n--- it prints\n/\n"
