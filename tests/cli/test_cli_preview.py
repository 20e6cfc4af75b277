"""`preview` shows what students will get, and writes nothing into the course."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from autograder.cli import main


def preview(course: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["preview", "--course", str(course), *arguments])


def a_course(tmp_path: Path) -> Path:
    assert CliRunner().invoke(main, ["new", "course", str(tmp_path / "course")]).exit_code == 0
    return tmp_path / "course"


def test_the_page_is_the_students_notebook_without_the_solution(tmp_path: Path) -> None:
    root, page = a_course(tmp_path), tmp_path / "page.html"
    before = sorted(root.rglob("*"))
    shown = preview(root, "01", "--html", str(page))
    assert shown.exit_code == 0, shown.output
    assert sorted(root.rglob("*")) == before
    assert "01-first-steps.ipynb" in shown.stdout
    assert "public/test_line.py" in shown.stdout
    assert "hidden/" not in shown.stdout
    html = page.read_text(encoding="utf-8")
    assert "First steps" in html
    assert "NotImplementedError" in html
    assert "difference**2" not in html


def test_points_checks_and_cut_lines_are_told_for_scripts(tmp_path: Path) -> None:
    shown = preview(a_course(tmp_path), "--json")
    assert shown.exit_code == 0, shown.output
    (told,) = json.loads(shown.stdout)["previews"]
    loss = told["exercises"][0]
    assert (loss["name"], loss["points"], loss["public"], loss["hidden"], loss["hints"]) == ("loss", 3.0, 1, 1, 3)
    assert loss["solution_lines"] == 2
    assert Path(told["page"]).is_file()
    assert "notebook" not in told


def test_a_leak_is_refused_here_already(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    source = root / "assignments" / "01-first-steps"
    (source / "public" / "notes.md").write_text((source / "notebook.py").read_text())
    shown = preview(root, "01")
    assert shown.exit_code == 1
    assert "error[leak" in shown.stderr or "error[" in shown.stderr


def test_one_file_holds_one_assignment(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    assert CliRunner().invoke(main, ["new", "assignment", "02-more", "--course", str(root)]).exit_code == 0
    assert preview(root, "--html", str(tmp_path / "page.html")).exit_code == 2
