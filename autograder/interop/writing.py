"""Writing an imported assignment into a course: all of it, proven to build, or nothing."""

from __future__ import annotations

import builtins
import contextlib
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.build.leak import refuse_leaks
from autograder.build.points import validate
from autograder.build.release import release_files
from autograder.build.secrets import secrets_of
from autograder.build.strip import Stripped, strip
from autograder.build.views import Budget, View, views
from autograder.course import Assignment, load_assignment
from autograder.course.assignment import SLUG
from autograder.course.magics import as_python
from autograder.course.parsing import as_syntax_error
from autograder.course.source import read_source, shown
from autograder.errors import AutograderError, Place
from autograder.grading.paths import clash, name_fault
from autograder.interop.beside import written_modules
from autograder.interop.check_source import check_source
from autograder.interop.imported import ImportedAssignment, Note, NoteKind
from autograder.interop.manifest import manifest
from autograder.interop.names import names_of
from autograder.interop.notebook_source import with_check_import, write_notebook

_ALLOW_LENGTH = 12
"""Shorter text cannot be allowed; the leak scan says so itself."""


@dataclass(frozen=True)
class Written:
    """What was written, and what there is to say about it."""

    assignment: Assignment
    files: tuple[str, ...]
    notes: tuple[Note, ...]


def write_assignments(imported: Sequence[ImportedAssignment], course: Path, origin: str) -> tuple[Written, ...]:
    """As write_assignment(), for several: where one of them cannot be written, none is.

    Raises:
        AutograderError: as write_assignment().
    """
    written: list[Written] = []
    try:
        for one in imported:
            written.append(write_assignment(one, course, origin))
    except AutograderError:
        for one_written in written:
            shutil.rmtree(one_written.assignment.root)
        raise
    return tuple(written)


def write_assignment(imported: ImportedAssignment, course: Path, origin: str) -> Written:
    """Write assignments/<slug>/ of `course`.

    It is made beside its place, held against all that `autograder build` asks before it executes the solution, and
    then moved there. What students see of solutions and hidden checks in the original (a test that is shown in part, an
    answer in the text) is allowed by name in assignment.toml, and noted.

    Args:
        imported: what to write.
        course: the folder that holds assignments/.
        origin: what it was imported from, in words, for the heads of the check files.

    Raises:
        AutograderError: `bad-slug`, `already-there`, `not-writable`, `unsafe-name`, `bad-test`; or what the build asks
            for and the source does not give.
    """
    target = course / "assignments" / imported.slug
    _refuse(imported, target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=".import-", dir=target.parent))
    except OSError as error:
        raise _not_writable(target, error) from error
    try:
        root = stage / imported.slug
        root.mkdir()
        notes = _write(imported, root, origin)
        if target.exists():
            raise _already_there(target)
        root.rename(target)
    except OSError as error:
        raise _not_writable(target, error) from error
    except AutograderError as error:
        raise _moved(error, shown(stage / imported.slug), shown(target)) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    names = tuple(sorted(p.relative_to(target).as_posix() for p in target.rglob("*") if p.is_file()))
    return Written(load_assignment(target), names, (*imported.notes, *notes))


def _refuse(imported: ImportedAssignment, target: Path) -> None:
    if not SLUG.fullmatch(imported.slug):
        raise AutograderError(
            "bad-slug",
            f"{imported.slug!r} cannot name an assignment",
            why="The folder's name becomes file names and identifiers.",
            fix="give one with --slug: lower-case letters, digits and single hyphens, such as 05-attention",
        )
    if target.exists():
        raise _already_there(target)
    names = _names(imported)
    for name in names:
        fault = name_fault(name)
        if fault:
            raise _unsafe(f"the name {name[:80]!r} {fault}", target)
    twice = clash(names)
    if twice is not None:
        raise _unsafe(f"{twice[0]!r} and {twice[1]!r} are one name on some machines", target)


def _names(imported: ImportedAssignment) -> list[str]:
    rooms = {True: "public", False: "hidden"}
    return [
        "assignment.toml",
        "notebook.py",
        *(f"{rooms[file.public]}/{file.name}" for file in imported.check_files),
        *imported.files,
        *(f"specimens/{name}.py" for name in imported.specimens),
    ]


def _write(imported: ImportedAssignment, root: Path, origin: str) -> tuple[Note, ...]:
    """Write all files into `root`; what there is to say about it."""
    for room in ("public", "hidden", "specimens"):
        (root / room).mkdir()
    write_notebook(root, with_check_import(imported.cells) if imported.check_files else imported.cells)
    theirs, modules = _builtins_bound(imported), written_modules(imported.cells)
    for file in imported.check_files:
        path = root / ("public" if file.public else "hidden") / file.name
        try:
            with as_syntax_error():
                text = check_source(file, origin, theirs, modules)
        except SyntaxError as error:
            raise AutograderError(
                "bad-test",
                f"a test is no Python: {error.msg}",
                where=Place(shown(path)),
                fix="mend it in the original",
            ) from error
        path.write_text(text, encoding="utf-8", newline="\n")
    for name, content in imported.files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for name, source in imported.specimens.items():
        (root / "specimens" / f"{name}.py").write_text(source, encoding="utf-8", newline="\n")
    toml = root / "assignment.toml"
    toml.write_text(manifest(imported), encoding="utf-8", newline="\n")
    assignment = load_assignment(root)
    stripped = strip(read_source(assignment.notebook))
    validate(assignment, stripped.source.cells, tuple(bool(found) for found in stripped.regions))
    allow = _shown_already(assignment, stripped)
    if allow:
        toml.write_text(manifest(imported, allow), encoding="utf-8", newline="\n")
        assignment = load_assignment(root)
    refuse_leaks(assignment, stripped, release_files(assignment, stripped))
    count = f"{len(allow)} piece{'' if len(allow) == 1 else 's'} of text"
    told = Note(NoteKind.CHANGED, f"{count} that the original shows to students: allowed in assignment.toml")
    return (told,) if allow else ()


def _builtins_bound(imported: ImportedAssignment) -> frozenset[str]:
    """The builtins that the notebook gives another meaning, as an exercise does that asks for a `sum`."""
    bound = set[str]()
    for cell in imported.cells:
        source = as_python(cell.source) if cell.kind == "code" else None
        with contextlib.suppress(SyntaxError):  # the build says which
            bound |= names_of(source or "").binds
    return frozenset(bound & vars(builtins).keys())


def _shown_already(assignment: Assignment, stripped: Stripped) -> tuple[str, ...]:
    """The secrets that the release shows, since the original shows them."""
    budget, texts = Budget(), set[str]()
    for name, content in release_files(assignment, stripped).items():
        texts |= {view.text for view in views(name, content, budget) if isinstance(view, View)}
    kept: list[str] = []
    for secret in secrets_of(assignment, stripped):  # the longest first
        known = len(secret.text) < _ALLOW_LENGTH or any(secret.text in longer for longer in kept)
        if not known and any(secret.text in text for text in texts):
            kept.append(secret.text)
    return tuple(kept)


def _moved(error: AutograderError, stage: str, target: str) -> AutograderError:
    """The error as of the place where the files would have been."""
    where = tuple(replace(place, path=place.path.replace(stage, target)) for place in error.where)
    return AutograderError(error.code, error.what, why=error.why, fix=error.fix, where=where)


def _already_there(target: Path) -> AutograderError:
    return AutograderError(
        "already-there",
        f"there is a {target.name} already",
        where=Place(shown(target)),
        why="Nothing was written.",
        fix="choose another name with --slug, or move it away",
    )


def _unsafe(what: str, target: Path) -> AutograderError:
    return AutograderError(
        "unsafe-name", f"a file cannot be written: {what}", where=Place(shown(target)), fix="rename it in the original"
    )


def _not_writable(target: Path, error: OSError) -> AutograderError:
    return AutograderError(
        "not-writable",
        "the assignment cannot be written",
        where=Place(str(error.filename or target)),
        why=f"The system says: {error.strerror or error}.",
        fix="run the command in a folder that you may write to, or name one with --course DIR",
    )
