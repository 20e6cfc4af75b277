"""The notebooks with every exercise solved: they run from top to bottom in a fresh kernel, and say nothing untoward.

That the committed ones are made from today's sources is tested in tests/build/test_committed_output_is_current.py.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from shipped import COURSE, SLUGS, notebook_of, text_of

from autograder.build import prepare
from autograder.build.solutions import solution_files
from autograder.course import load_assignment

EXECUTED_AGAIN = ["01-tensors", "05-autodiff"]
"""Those that take seconds. `autograder build --force` executes all."""


def said(notebook: Any) -> list[Any]:
    """All outputs, in order."""
    return [output for cell in notebook["cells"] if cell["cell_type"] == "code" for output in cell["outputs"]]


def text_said(output: Any) -> str:
    """An output as text; empty for a picture."""
    return "".join(output.get("text", output.get("data", {}).get("text/plain", "")))


def complaints(notebook: Any) -> list[str]:
    """Errors, warnings and whatever went to stderr."""
    return [
        text_said(output) or output.get("evalue", "")
        for output in said(notebook)
        if output["output_type"] == "error" or output.get("name") == "stderr" or "Warning" in text_said(output)
    ]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_solution_ran_from_top_to_bottom_without_a_complaint(slug: str) -> None:
    notebook = notebook_of("solutions", slug)
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    assert complaints(notebook) == []


@pytest.mark.parametrize("slug", SLUGS)
def test_a_solution_shows_figures_and_no_empty_ones(slug: str) -> None:
    pictures = [output for output in said(notebook_of("solutions", slug)) if "image/png" in output.get("data", {})]
    assert len(pictures) >= 2
    assert [words for words in map(text_said, pictures) if "with 0 Axes" in words] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_each_exercise_of_a_solution_passes_its_public_checks_in_the_notebook(slug: str) -> None:
    cells = notebook_of("solutions", slug)["cells"]
    asked = [cell for cell in cells if "check" in cell["metadata"].get("autograder", {})]
    assert asked
    for cell in asked:
        told = "".join(text_said(output) for output in cell["outputs"]).splitlines()
        assert told, text_of(cell)
        assert [line for line in told if not line.endswith(": passed")] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_a_release_holds_no_word_that_stood_in_for_another(slug: str) -> None:
    text = "\n".join(text_of(cell) for cell in notebook_of("release", slug)["cells"])
    assert re.findall(r"\b(?:TODO|FIXME|XXX|WRITTEN\d*|FULL|HALF)\b", text) == []


@pytest.mark.parametrize("slug", EXECUTED_AGAIN)
def test_a_solution_runs_here_and_now_as_it_ran_then(slug: str) -> None:
    assignment = load_assignment(COURSE / "assignments" / slug)
    files = solution_files(assignment, prepare(assignment).stripped)
    notebook = json.loads(files[f"{slug}.ipynb"])
    assert complaints(notebook) == []
    kinds = [[output["output_type"] for output in said(book)] for book in (notebook, notebook_of("solutions", slug))]
    assert kinds[0] == kinds[1]
