"""Writes one self-contained page per student and an index of the class for the instructor. No scripts, no requests."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.course import Assignment, Verdict
from autograder.course.text import file_stem
from autograder.errors import AutograderError, Place
from autograder.report.overview import Overview
from autograder.report.pages import feedback_page
from autograder.report.rendering import render, write_whole

if TYPE_CHECKING:
    from autograder.gradebook import Profiled


def write_feedback(
    assignment: Assignment, verdicts: Iterable[Verdict], folder: Path, *, profiles: Iterable[Profiled] = ()
) -> list[Path]:
    """Write a page for each verdict, and index.html for the instructor, which alone shows where the time went.

    The same verdicts give the same bytes. Each file is replaced as a whole, so a reader never meets half a page. The
    verdicts are taken one by one, and none is kept.

    Returns:
        The students' pages in the order of `verdicts`, then the index.

    Raises:
        AutograderError: `feedback-not-writable`.
    """
    overview = Overview(assignment)
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for verdict in verdicts:
            name = f"{file_stem(verdict.submission)}.html"
            content = render("feedback.html", page=feedback_page(assignment, verdict))
            written.append(write_whole(folder / name, content))
            overview.add(name, verdict)
        return [*written, write_whole(folder / "index.html", overview.page(profiles))]
    except OSError as error:
        raise AutograderError(
            "feedback-not-writable",
            "the feedback pages cannot be written",
            where=Place(str(error.filename or folder)),
            why=f"The system says: {error.strerror or error}. Pages written before stay.",
            fix="choose a folder that you may write to with --feedback",
        ) from error
