"""The real nbgrader on an exported assignment: its commands, submissions made for it, and the points that it gives."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from autograder.course import CodeCell
from autograder.interop.nbgrader.gradebook_in import read_gradebook

PATIENCE = 900.0
"""Seconds until a command counts as hung."""


_GRADE = """
import os, sys
from nbgrader.apps import NbGraderAPI
from traitlets.config import PyFileConfigLoader
config = PyFileConfigLoader("nbgrader_config.py").load_config()
config.CourseDirectory.root = os.getcwd()
api = NbGraderAPI(config=config)
slug, *students = sys.argv[1:]
for done in (api.generate_assignment(slug), *(api.autograde(slug, student) for student in students)):
    assert done["success"], done
"""


def nbgrader(course: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of nbgrader's commands in its course folder; it must succeed."""
    return _run(course, "-m", "nbgrader", *arguments)


def generate_and_grade(course: Path, slug: str) -> None:
    """What `nbgrader generate_assignment` and `nbgrader autograde` do, for all who handed in; in one process, since
    each command takes seconds to start."""
    _run(course, "-c", _GRADE, slug, *sorted(path.name for path in (course / "submitted").iterdir()))


def _run(course: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    bin_ = Path(sys.executable).parent
    (course / ".home").mkdir(exist_ok=True)
    environment = {
        **os.environ,
        "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(course / ".home"),
        "OMP_NUM_THREADS": "1",
        "JUPYTER_PLATFORM_DIRS": "1",
    }
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=course,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-6000:]
    return done


def cells(notebook: Path) -> list[dict[str, Any]]:
    """The cells of a notebook, each source as one string."""
    found: list[dict[str, Any]] = json.loads(notebook.read_bytes())["cells"]
    return [{**cell, "source": "".join(cell["source"])} for cell in found]


def hand_in(course: Path, slug: str, student: str, code: Sequence[CodeCell], *, quick: bool = False) -> None:
    """Put a submission where nbgrader looks for it: the release, with `code` in the place of its own code cells.

    The cells that the builder added (check cells, test cells) stay; with `quick`, the check cells do not. A cell more
    than the release has is put where it stands in `code`.
    """
    release = course / "release" / slug / f"{slug}.ipynb"
    notebook = json.loads(release.read_bytes())
    notebook["cells"] = _replaced(notebook["cells"], list(code))
    if quick:
        notebook["cells"] = [
            cell for cell in notebook["cells"] if "check" not in cell["metadata"].get("autograder", {})
        ]
    folder = course / "submitted" / student / slug
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{slug}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    for path in release.parent.rglob("*"):
        if path.is_file() and path != release:
            (folder / path.relative_to(release.parent)).parent.mkdir(parents=True, exist_ok=True)
            (folder / path.relative_to(release.parent)).write_bytes(path.read_bytes())


def _replaced(released: list[dict[str, Any]], code: list[CodeCell]) -> list[dict[str, Any]]:
    known = sum(1 for cell in released if _students(cell))
    extra = len(code) - known
    assert extra in (0, 1)
    added = max(code, key=lambda cell: cell.number) if extra else None
    made: list[dict[str, Any]] = []
    waiting = list(code)
    for cell in released:
        if not _students(cell):
            made.append(cell)
            continue
        one = waiting.pop(0)
        if one is added:
            made.append(_plain(one))
            one = waiting.pop(0)
        made.append({**cell, "source": one.source})
    at = len(made) - sum(1 for cell in released[-30:] if "nbgrader" in cell["metadata"] and _is_grading(cell))
    return [*made[:at], *(_plain(one) for one in waiting), *made[at:]]


def _students(cell: Mapping[str, Any]) -> bool:
    return (
        cell["cell_type"] == "code" and not _is_grading(cell) and "check" not in cell["metadata"].get("autograder", {})
    )


def _is_grading(cell: Mapping[str, Any]) -> bool:
    own = cell["metadata"].get("nbgrader", {})
    return bool(own.get("locked"))


def _plain(cell: CodeCell) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": "the-specimen",
        "metadata": {},
        "outputs": [],
        "source": cell.source,
    }


def exported(course: Path) -> dict[str, float]:
    """Each student's points, from nbgrader's own export."""
    nbgrader(course, "export")
    with (course / "grades.csv").open(encoding="utf-8") as file:
        return {row["student_id"]: float(row["score"]) for row in csv.DictReader(file) if row["score"]}


def scores(course: Path) -> dict[str, float]:
    """Each student's points, as its gradebook holds them: `nbgrader export` takes seconds to start."""
    found: dict[str, float] = {}
    for row in read_gradebook(course / "gradebook.db"):
        found[row.student] = found.get(row.student, 0.0) + row.score
    return found
