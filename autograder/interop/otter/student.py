"""What students get to work with otter-grader: our release, whose check cells ask otter."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from autograder.build.notebook import as_bytes
from autograder.course import Assignment
from autograder.interop.otter.inside import CHECKS
from autograder.interop.otter.tests_files import Case, test_file


def student_files(assignment: Assignment, release: Mapping[str, bytes], cases: tuple[Case, ...]) -> dict[str, bytes]:
    """The folder for students, by POSIX path: notebook, public data, public checks as otter's tests."""
    slug = assignment.slug
    public = [case for case in cases if case.public]
    asked = list(dict.fromkeys(case.check.exercise for case in public))
    files = {
        f"{slug}.ipynb": _notebook(slug, json.loads(release[f"{slug}.ipynb"]), asked),
        "requirements.txt": b"otter-grader>=7.0\n" + release["requirements.txt"],
        "assignment.json": release["assignment.json"],
    }
    for name, content in release.items():
        if name.startswith("public/"):
            files[f"tests/{CHECKS}/{slug}/{name}"] = content
        if name.startswith("public/data/"):
            files[name] = content
    for exercise in asked:
        own = [case for case in public if case.check.exercise == exercise]
        files[f"tests/{exercise}.py"] = test_file(assignment, exercise, own)
    return files


def _notebook(slug: str, notebook: dict[str, Any], asked: list[str]) -> bytes:
    """The release's notebook, with a cell that starts otter and check cells that ask it."""
    start = _cell("start", f'import otter\n\ngrader = otter.Notebook("{slug}.ipynb")')
    cells = [start]
    for cell in notebook["cells"]:
        exercise = cell["metadata"].get("autograder", {}).get("check")
        if exercise is None:
            cells.append(cell)
        elif exercise in asked:
            cells.append({**cell, "source": [f'grader.check("{exercise}")']})
    # Without a name: otter refuses a submission whose notebook does not carry the same.
    told = {**notebook["metadata"], "otter": {"OK_FORMAT": False, "tests": {}}}
    for cell in cells:
        cell["source"] = "".join(cell["source"])
    return as_bytes({**notebook, "cells": cells, "metadata": told})


def _cell(name: str, source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": f"otter-{name}",
        "metadata": {"otter": {"ignore": True}},
        "outputs": [],
        "source": [source],
    }
