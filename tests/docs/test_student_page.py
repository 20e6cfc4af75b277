"""A student's day, as the documentation tells it, gone through."""

from __future__ import annotations

from pathlib import Path

from walks import ROOT, walk

from autograder.exchange import publish


def test_a_students_day_goes_as_the_page_tells_it(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "home").mkdir()
    publish(tmp_path / "shared", ROOT / "release" / "01-tensors")
    environment = {"AUTOGRADER_EXCHANGE": str(tmp_path / "shared"), "AUTOGRADER_STUDENT": "ada"}
    assert walk("student.md", tmp_path / "home", environment) == ""
