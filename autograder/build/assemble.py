"""From one source to its release and its solution: the order of the steps, and what is stale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder.build import release, solutions
from autograder.build.leak import refuse_leaks
from autograder.build.points import declared_checks, validate
from autograder.build.strip import Stripped, strip
from autograder.build.write import read_folder, replace_folder
from autograder.course import Assignment, load_course
from autograder.course.source import read_source


@dataclass(frozen=True)
class Built:
    """What one build did."""

    slug: str
    version: str
    exercises: int
    points: float
    public_checks: int
    hidden_checks: int
    release_changed: bool
    solution_executed: bool


@dataclass(frozen=True)
class Prepared:
    """An assignment that passed everything but the execution of its solution. Nothing is written yet."""

    assignment: Assignment
    stripped: Stripped
    files: dict[str, bytes]


def _silent(_: str) -> None:
    """Tell nobody."""


def prepare(assignment: Assignment) -> Prepared:
    """Strip, validate, render and scan, in memory.

    Raises:
        AutograderError: whatever an author has to mend.
    """
    stripped = strip(read_source(assignment.notebook))
    validate(assignment, stripped.source.cells, tuple(bool(found) for found in stripped.regions))
    files = release.release_files(assignment, stripped)
    refuse_leaks(assignment, stripped, files)
    return Prepared(assignment, stripped, files)


def build_assignment(
    assignment: Assignment, course: Path, *, force: bool = False, progress: Callable[[str], None] = _silent
) -> Built:
    """Write release/<slug>/ and solutions/<slug>/ of `course`.

    The solution is executed only where its source changed, or with `force`. Both folders are written at the end, so an
    error leaves both as they were.

    Args:
        assignment: what to build.
        course: the folder that holds release/ and solutions/.
        force: execute the solution in any case.
        progress: called with a few words before each step.

    Raises:
        AutograderError: whatever an author has to mend.
    """
    progress("stripping and scanning")
    ready = prepare(assignment)
    current = solutions.source_hash(assignment, ready.stripped)
    execute = force or solutions.committed_hash(course, assignment) != current
    solved: dict[str, bytes] = {}
    if execute:
        progress("executing the solution")
        solved = solutions.solution_files(assignment, ready.stripped)
    progress("writing")
    changed = replace_folder(release.folder(course, assignment), ready.files)
    if execute:
        replace_folder(solutions.folder(course, assignment), solved)
    public = [c for c in declared_checks(assignment) if Path(c.place.path).parts[-2] == "public"]
    return Built(
        slug=assignment.slug,
        version=assignment.version(),
        exercises=len(assignment.manifest.exercises),
        points=assignment.points,
        public_checks=len(public),
        hidden_checks=len(declared_checks(assignment)) - len(public),
        release_changed=changed,
        solution_executed=execute,
    )


def stale(course: Path) -> list[str]:
    """Why the folders release/ and solutions/ are not what the sources would give; empty where they are.

    Raises:
        AutograderError: as prepare(), for a source that cannot be built at all.
    """
    reasons: list[str] = []
    assignments = load_course(course)
    for assignment in assignments:
        ready = prepare(assignment)
        reasons += _differences(f"release/{assignment.slug}", release.folder(course, assignment), ready.files)
        name = f"{assignment.slug}.ipynb"
        if solutions.committed_hash(course, assignment) != solutions.source_hash(assignment, ready.stripped):
            reasons.append(f"solutions/{assignment.slug}/{name} was made from another source")
        extra = set(read_folder(solutions.folder(course, assignment))) - {name}
        reasons += [f"solutions/{assignment.slug}/{other} is nobody's" for other in sorted(extra)]
    slugs = {assignment.slug for assignment in assignments}
    for kind in ("release", "solutions"):
        folders = sorted((course / kind).iterdir()) if (course / kind).is_dir() else []
        orphans = [p.name for p in folders if p.name not in slugs and not p.name.startswith(".")]
        reasons += [f"{kind}/{name} belongs to no assignment" for name in orphans]
    return reasons


def _differences(label: str, folder: Path, wanted: dict[str, bytes]) -> list[str]:
    there = read_folder(folder)
    if not there:
        return [f"{label} is missing"]
    changed = [name for name in sorted(wanted.keys() & there.keys()) if wanted[name] != there[name]]
    return [
        *(f"{label}/{name} is missing" for name in sorted(wanted.keys() - there.keys())),
        *(f"{label}/{name} is nobody's" for name in sorted(there.keys() - wanted.keys())),
        *(f"{label}/{name} differs from what its source gives" for name in changed),
    ]
