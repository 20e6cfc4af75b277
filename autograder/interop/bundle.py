"""One zip with all that it takes to teach and grade an assignment elsewhere: release, source, checks, autograder."""

from __future__ import annotations

from pathlib import Path

from autograder.build import prepare
from autograder.build.write import read_folder
from autograder.course import Assignment
from autograder.interop.wheel import own_wheel
from autograder.interop.zips import zip_bytes


def bundle_zip(assignment: Assignment, course: Path) -> bytes:
    """The zip. The same assignment and autograder give the same bytes.

    It holds the hidden checks, and is for graders alone.

    Args:
        assignment: one that builds.
        course: its course, whose course.toml goes along.

    Raises:
        AutograderError: whatever an author has to mend before the assignment builds.
    """
    slug = assignment.slug
    wheel, content = own_wheel()
    files = {"README.md": _readme(assignment, wheel).encode(), wheel: content}
    files |= {f"release/{slug}/{name}": kept for name, kept in prepare(assignment).files.items()}
    files |= {f"course/assignments/{slug}/{name}": kept for name, kept in read_folder(assignment.root).items()}
    settings = course / "course.toml"
    if settings.is_file():
        files["course/course.toml"] = settings.read_bytes()
    return zip_bytes(files)


def _readme(assignment: Assignment, wheel: str) -> str:
    slug, requires = assignment.slug, " ".join(f'"{one}"' for one in assignment.manifest.environment.requires)
    return f"""# {assignment.manifest.title}: to be graded elsewhere

Version {assignment.version()}, {assignment.points:g} points. **`course/` holds the hidden checks and the solution: keep
this bundle from students.** What they get is `release/{slug}/`.

Grading needs Linux 6.2 or newer and Python 3.11 or newer:

    python3 -m venv .venv
    . .venv/bin/activate
    pip install "./{wheel}[grader]" {requires}
    autograder doctor
    autograder grade {slug} SUBMISSIONS --course course --feedback feedback

`SUBMISSIONS` is a notebook, a .py, a zip, a folder, or a folder of those. `autograder verify {slug} --course course`
proves first that the checks say here what they said where this was made.
"""
