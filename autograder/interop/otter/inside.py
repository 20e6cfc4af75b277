"""What the cases of an exported test file call, in the student's process: otter-grader has no other.

There is no wall between the student's code and the checks there. `autograder grade` has one.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path
from typing import Any

from autograder.course import Finding, Outcome, digest
from autograder.course.text import plain
from autograder.errors import AutograderError, Place
from autograder.interop.in_notebook import run_checks
from autograder.interop.otter.tests_files import chosen, shares

CHECKS = "autograder_checks"
"""The folder below tests/ with the public (and, for graders, the hidden) checks of each assignment."""

_found: dict[tuple[str, str], dict[str, Finding]] = {}
"""Of the last run of each exercise: its cases follow one another."""


class NotPassed(AssertionError):
    """The check's words for the student."""


def require(slug: str, exercise: str, check: str, env: dict[str, Any], *, first: bool) -> None:
    """Pass where the check does.

    Args:
        slug: the assignment.
        exercise: whose checks are run, all together, at the first case of its file.
        check: the one that is asked about.
        env: the notebook's names.
        first: whether this is the first case of its file.

    Raises:
        NotPassed: with what the check says.
    """
    finding = _finding(slug, exercise, check, env, first)
    if finding.outcome is not Outcome.PASSED:
        raise NotPassed(_words(finding))


def require_part(slug: str, exercise: str, check: str, env: dict[str, Any], *, first: bool, part: int) -> None:
    """As require, for one part of the points of a check that gives parts.

    Raises:
        NotPassed: these points were not earned.
    """
    finding = _finding(slug, exercise, check, env, first)
    parts = shares(finding.max_points)
    if not chosen(parts, finding.points, finding.max_points)[part]:
        raise NotPassed(_words(finding))


def _finding(slug: str, exercise: str, check: str, env: dict[str, Any], first: bool) -> Finding:
    key = (slug, exercise)
    if first or key not in _found:
        _found[key] = {finding.check: finding for finding in _run(slug, exercise, env)}
    return _found[key][check]


def _run(slug: str, exercise: str, env: dict[str, Any]) -> tuple[Finding, ...]:
    source = tuple(str(cell) for cell in env.get("In", ()))
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        root = _checks(slug)
        folders = tuple(folder for folder in (root / "public", root / "hidden") if folder.is_dir())
        return run_checks(folders, env, source, exercise, seed_of(root))


def seed_of(root: Path) -> int:
    """The seed of every grading with the checks in root/hidden/: all students get the same draws, and who has not these
    checks cannot tell them."""
    return int.from_bytes(bytes.fromhex(digest(root / "hidden"))[:7])


def _checks(slug: str) -> Path:
    """The folder of the checks: below tests/, here or where otter says that the submission lies."""
    for place in (Path.cwd(), *(Path(entry) for entry in sys.path if entry)):
        found = place / "tests" / CHECKS / slug
        if found.is_dir():
            return found
    raise AutograderError(
        "no-checks",
        f"the checks of {slug} are not here",
        where=Place(f"tests/{CHECKS}/{slug}"),
        fix="keep the notebook beside the folder tests/ that came with it",
    )


def _words(finding: Finding) -> str:
    texts = [plain(finding.message, limit=1500, lines=20), plain(finding.detail, limit=2000, lines=30)]
    if finding.outcome is Outcome.FAILED and finding.hint:
        texts.append(f"Hint: {plain(finding.hint, limit=1000, lines=12)}")
    return "\n".join(text for text in texts if text) or "It did not pass."
