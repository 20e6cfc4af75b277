"""A course folder of nbgrader's: where the parts of an exported assignment lie in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder.build.assemble import prepare
from autograder.build.leak import refuse_leaks
from autograder.build.release import release_files
from autograder.build.write import read_folder, replace_folder
from autograder.course import Assignment
from autograder.errors import AutograderError, Place
from autograder.interop.nbgrader.kernel import CHECKS
from autograder.interop.nbgrader.write import notebooks

CONFIG = "nbgrader_config.py"


@dataclass(frozen=True)
class Exported:
    """What was written, relative to the course folder of nbgrader's."""

    root: Path
    folders: tuple[str, ...]
    config: bool
    """nbgrader_config.py was written; where there was one, it was left alone."""
    seconds: int
    """Which limit for a cell nbgrader needs."""


def export_assignment(assignment: Assignment, out: Path) -> Exported:
    """Write the assignment into nbgrader's course folder `out`:

    source/SLUG/ with solutions, for `nbgrader generate_assignment`; release/SLUG/ as that makes it, for students;
    autograder/SLUG/ with all checks and their data, which nbgrader neither releases nor copies, and finds when it
    grades in this folder.

    Raises:
        AutograderError: whatever `autograder build` would refuse; `not-writable`.
    """
    ready = prepare(assignment)
    made = notebooks(assignment, ready.stripped)
    beside = release_files(assignment, ready.stripped)
    name = f"{assignment.slug}.ipynb"
    release = {**beside, name: made.release}
    refuse_leaks(assignment, ready.stripped, release)
    checks = {
        f"{room}/{path}": content
        for room, folder in (("public", assignment.public), ("hidden", assignment.hidden))
        for path, content in read_folder(folder).items()
    }
    folders = {
        f"source/{assignment.slug}": {**beside, name: made.source},
        f"release/{assignment.slug}": release,
        f"{CHECKS}/{assignment.slug}": checks,
    }
    seconds = _cell_seconds(assignment)
    try:
        for folder, files in folders.items():
            replace_folder(out / folder, files)
        (out / CHECKS / assignment.slug / "hidden").mkdir(exist_ok=True)
        fresh = not (out / CONFIG).exists()
        if fresh:
            (out / CONFIG).write_text(_config(out.resolve().name, seconds), encoding="utf-8", newline="\n")
    except OSError as error:
        raise AutograderError(
            "not-writable",
            "the export cannot be written",
            where=Place(str(error.filename or out)),
            why=f"The system says: {error.strerror or error}.",
            fix="name a folder that you may write to with --out DIR",
        ) from error
    return Exported(out, tuple(folders), fresh, seconds)


def _cell_seconds(assignment: Assignment) -> int:
    """One cell runs all checks of an exercise, and may train; twice the assignment's limit leaves room for a student's
    slower code, and ends an endless one."""
    return int(2 * assignment.manifest.limits.seconds)


def _config(course: str, seconds: int) -> str:
    return f"""# Written by `autograder export nbgrader`, and left alone from now on.
c = get_config()

c.CourseDirectory.course_id = {course!r}
# One cell runs all checks of an exercise. nbgrader's own limit is 30 seconds.
c.Execute.timeout = {seconds}
"""
