"""`autograder export zip`: unpacked elsewhere it grades as here, and its bytes do not depend on the day."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

from click.testing import CliRunner
from export_course import ANSWERS, SLUG, make_course, notebook

from autograder.cli.export import export


def exported(course: Path, file: Path) -> Path:
    done = CliRunner().invoke(export, ["zip", "01", "--course", str(course), "--out", str(file), "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.output)["bytes"] == file.stat().st_size
    return file


def test_the_bundle_grades_elsewhere_with_the_points_of_here(tmp_path: Path) -> None:
    file = exported(make_course(tmp_path / "course"), tmp_path / "bundle.zip")
    with zipfile.ZipFile(file) as archive:
        archive.extractall(tmp_path / "elsewhere")
    (tmp_path / "class").mkdir()
    for name, (cells, _) in ANSWERS.items():
        (tmp_path / "class" / f"{name}.ipynb").write_text(notebook(*cells))
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "grade", SLUG, tmp_path / "class", "--course", "course", "--json"],
        cwd=tmp_path / "elsewhere",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    points = {verdict["submission"]: verdict["points"] for verdict in json.loads(done.stdout)["verdicts"]}
    assert points.keys() == ANSWERS.keys()
    assert all(points[name] >= least for name, (_, least) in ANSWERS.items())
    assert points["right"] == 7
    assert points["stub"] == 0


def test_the_release_in_the_bundle_holds_no_hidden_check(tmp_path: Path) -> None:
    file = exported(make_course(tmp_path / "course"), tmp_path / "bundle.zip")
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        readme = archive.read("README.md").decode()
    released = [name for name in names if name.startswith("release/")]
    assert f"release/{SLUG}/{SLUG}.ipynb" in released
    assert not [name for name in released if "hidden" in name]
    (wheel,) = [name for name in names if name.endswith(".whl")]
    assert wheel in readme


def test_the_same_assignment_gives_the_same_bytes(tmp_path: Path) -> None:
    course = make_course(tmp_path / "course")
    one, other = exported(course, tmp_path / "one.zip"), exported(course, tmp_path / "other.zip")
    assert one.read_bytes() == other.read_bytes()
