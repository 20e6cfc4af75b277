"""What an exported test cell runs, in the kernel of the notebook: our checks of one exercise, and its points.

There is no wall between the student's code and the checks here: that is nbgrader's model. `autograder grade` has one.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from autograder.course import Finding, Outcome
from autograder.interop.in_notebook import no_checks, run_checks

CHECKS = "autograder"
"""The folder beside nbgrader's source/ that holds each exported assignment's checks, which are never released."""
_MOST_FOLDERS_UP = 8


def points(slug: str, exercise: str, worth: float, *, hidden: bool = False) -> float:
    """Run the checks of one exercise on the names of the notebook, print what they say, and give the points.

    Args:
        slug: the assignment.
        exercise: the exercise.
        worth: its points. More are never given.
        hidden: also run the hidden checks, which lie in autograder/SLUG/ of the course's folder; else the public ones,
            beside the notebook.

    Raises:
        AutograderError: `no-checks`: they are not where they should be, or cannot be collected. nbgrader gives no
            points for such a cell, and shows the error.
    """
    shell: Any = sys.modules["IPython"].get_ipython()
    with _silent():
        findings = run_checks(_folders(slug, hidden), shell.user_ns, tuple(shell.user_ns.get("In", ())), exercise)
    for finding in findings:
        print(_line(finding))
    return min(round(sum(finding.points for finding in findings), 2), float(worth))


def _folders(slug: str, hidden: bool) -> tuple[Path, ...]:
    """Where the checks lie: beside the notebook, or above it in the course's folder, where no student writes."""
    here = Path.cwd()
    if not hidden:
        return (here / "public",)
    for folder in (here, *here.parents)[:_MOST_FOLDERS_UP]:
        checks = folder / CHECKS / slug
        if (checks / "hidden").is_dir():
            return (checks / "public", checks / "hidden")
    raise no_checks(f"the folder {CHECKS}/{slug}/ is nowhere above", here)


def _line(finding: Finding) -> str:
    name = finding.check.removeprefix("test_").replace("_", " ")
    told = "" if finding.outcome is Outcome.PASSED else f": {finding.message} {finding.hint}".rstrip()
    return f"{finding.points:g} of {finding.max_points:g}  {name}{told}"


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    """Keep back what is written meanwhile, to the file descriptors too: nbgrader gives no points to a cell that writes
    anything to stderr, be it a warning of a library's."""
    with contextlib.ExitStack() as stack:
        kept = stack.enter_context(tempfile.TemporaryFile())
        for descriptor in (1, 2):
            stack.callback(_put_back(descriptor))
            os.dup2(kept.fileno(), descriptor)
        stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
        stack.enter_context(contextlib.redirect_stderr(io.StringIO()))
        yield


def _put_back(descriptor: int) -> Callable[[], None]:
    saved = os.dup(descriptor)

    def put_back() -> None:
        os.dup2(saved, descriptor)
        os.close(saved)

    return put_back
