"""nbgrader's source assignments -> imported ones. Nothing of them is executed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from autograder.course.source import shown
from autograder.errors import AutograderError, Place
from autograder.interop.beside import PLACE, at_new_place, files_beside, writing_cells
from autograder.interop.foreign import ForeignNotebook, read_files, read_notebook
from autograder.interop.hoisting import libraries_of
from autograder.interop.imported import (
    NO_ANSWER,
    RUBRIC,
    CheckFile,
    ImportedAssignment,
    ImportedCell,
    ImportedExercise,
    Note,
    NoteKind,
)
from autograder.interop.libraries import not_here, requirements_of
from autograder.interop.names import slug_of
from autograder.interop.nbgrader.cells import Cell, understood
from autograder.interop.nbgrader.exercises import Group, groups_of
from autograder.interop.nbgrader.handed_on import with_handed_on
from autograder.interop.nbgrader.metadata import Role
from autograder.interop.nbgrader.regions import MARK_SCHEME, SOLUTION, ours, split
from autograder.interop.nbgrader.tests import check_files

_OPTION = re.compile(r"^(\s*)#\|", re.MULTILINE)


def read_nbgrader(path: Path, slug: str = "") -> tuple[ImportedAssignment, ...]:
    """The assignments at `path`, one for each notebook.

    Args:
        path: a source notebook; the folder of an assignment, such as source/ps1; a course's folder, which holds
            source/; or a zip of one of these.
        slug: the name of the assignment; with several notebooks, the beginning of their names.

    Raises:
        AutograderError: `cannot-import`, `nothing-to-import`, or what is wrong with a notebook, naming its cell.
    """
    files = dict(_files(path))
    notebooks = _source_notebooks(files)
    if not notebooks:
        raise AutograderError(
            "nothing-to-import",
            "there is no notebook here",
            where=Place(shown(path)),
            fix="name a source notebook, the folder of an assignment (source/ps1), or a course that holds source/",
        )
    found: list[ImportedAssignment] = []
    taken: set[str] = set()
    for name in notebooks:
        here = PurePosixPath(name)
        folder = str(here.parent) if str(here.parent) != "." else ""
        beside = [(n[len(folder) :].lstrip("/"), c) for n, c in files.items() if n.startswith(folder)]
        own = slug if slug and len(notebooks) == 1 else _slug(slug, path, here, alone=_alone(name, notebooks))
        if own in taken:
            raise AutograderError(
                "two-of-one-name", f"two notebooks would both be called {own!r}", where=Place(name), fix="rename one"
            )
        taken.add(own)
        found.append(_assignment(read_notebook(name, files[name]), own, beside))
    return tuple(found)


def _files(path: Path) -> tuple[tuple[str, bytes], ...]:
    """The files at `path`; of a course's folder only source/, since submissions and databases may be many."""
    source = path / "source"
    if source.is_dir() and not source.is_symlink():
        return tuple((f"source/{name}", content) for name, content in read_files(source))
    return read_files(path)


def _source_notebooks(files: dict[str, bytes]) -> list[str]:
    """Those that are assignments: below source/ where there is one, no headers beside the folders of assignments."""
    names = sorted(name for name in files if name.lower().endswith(".ipynb"))
    below = [name for name in names if "source" in PurePosixPath(name).parts[:-2]]
    return below or [name for name in names if name.count("/") == min(n.count("/") for n in names)]


def _alone(name: str, notebooks: list[str]) -> bool:
    return sum(PurePosixPath(other).parent == PurePosixPath(name).parent for other in notebooks) == 1


def _slug(given: str, path: Path, notebook: PurePosixPath, *, alone: bool) -> str:
    stem = path.stem if path.suffix else path.resolve().name
    folder = notebook.parent.name or stem
    if path.suffix.lower() == ".ipynb":
        return slug_of(notebook.stem)
    return slug_of(given or folder) if alone else slug_of(f"{given or folder}-{notebook.stem}")


def _assignment(notebook: ForeignNotebook, slug: str, beside: list[tuple[str, bytes]]) -> ImportedAssignment:
    alone = understood(notebook)
    cells = with_handed_on(alone)
    groups = groups_of(cells, Place(notebook.name))
    data, modules = files_beside(beside)
    data = {name: content for name, content in data.items() if _used(name, cells)}
    made = _cells(cells, groups, data)
    checks = check_files(cells, groups)
    return ImportedAssignment(
        slug=slug,
        title=_title(cells) or PurePosixPath(notebook.name).stem,
        cells=(*writing_cells({n: t for n, t in modules.items() if _used(n.removesuffix(".py"), cells)}), *made),
        exercises=tuple(_exercise(cells, group) for group in groups),
        check_files=checks,
        files={f"{PLACE}/{name}": content for name, content in data.items()},
        requires=requirements_of(_libraries(cells)),
        notes=(*_notes(cells, groups, checks, data, modules), *_moved_notes(notebook, alone, cells)),
    )


def _used(name: str, cells: tuple[Cell, ...]) -> bool:
    return any(name in cell.foreign.source for cell in cells)


def _title(cells: tuple[Cell, ...]) -> str:
    first = next((c.foreign.source.strip().split("\n")[0] for c in cells if c.foreign.kind == "markdown"), "")
    plain = "".join(c for c in first.lstrip("# ") if c.isprintable()).strip()
    return plain if first.startswith("#") and len(plain) <= 120 else ""


def _libraries(cells: tuple[Cell, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(libraries_of(cell.python) for cell in cells))


def _missing(cells: tuple[Cell, ...], modules: Iterable[str]) -> list[str]:
    """Libraries that are neither here nor beside the notebook."""
    return not_here(_libraries(cells) - {name.removesuffix(".py") for name in modules})


def _exercise(cells: tuple[Cell, ...], group: Group) -> ImportedExercise:
    if group.manual:
        points = cells[group.solutions[0]].marked.points
        return ImportedExercise(group.name, group.title, rubric=RUBRIC, points=points)
    binds = [name for index in group.solutions for one in cells[index].names.statements for name in sorted(one.binds)]
    return ImportedExercise(group.name, group.title, defines=tuple(dict.fromkeys(n for n in binds if n.isidentifier())))


def _cells(cells: tuple[Cell, ...], groups: tuple[Group, ...], data: dict[str, bytes]) -> tuple[ImportedCell, ...]:
    owner = {index: group.name for group in groups for index in (group.solutions if group.manual else group.cells)}
    made: list[ImportedCell] = []
    for index, cell in enumerate(cells):
        source = at_new_place(cell.foreign.kind, cell.foreign.source, data)
        if cell.foreign.kind == "code":
            source = _OPTION.sub(r"\1# |", source)
        if cell.role is Role.TEST:
            continue
        if cell.role is Role.TASK:
            made += _task(cell, source, owner.get(index))
        elif cell.role is Role.SOLUTION or (cell.role is Role.MANUAL and cell.foreign.kind == "code"):
            made.append(ImportedCell("code", ours(source), owner.get(index)))
        elif cell.role is Role.MANUAL:
            answer = split(split(source, SOLUTION).whole, MARK_SCHEME).whole.strip()
            made.append(ImportedCell("markdown", answer or NO_ANSWER, owner.get(index), cell.foreign.attachments))
        else:
            made.append(ImportedCell(cell.foreign.kind, source, owner.get(index), cell.foreign.attachments))
    return tuple(made)


def _task(cell: Cell, source: str, exercise: str | None) -> list[ImportedCell]:
    """The task's text, and a cell for the answer, which nbgrader leaves to the student to make. The mark scheme is what
    whoever grades compares with, and stays hidden."""
    scheme = split(source, MARK_SCHEME)
    text = ImportedCell("markdown", scheme.outside.strip(), None, cell.foreign.attachments)
    if exercise is None:
        return [text]
    return [text, ImportedCell("markdown", scheme.inside.strip() or NO_ANSWER, exercise)]


def _moved_notes(notebook: ForeignNotebook, alone: tuple[Cell, ...], cells: tuple[Cell, ...]) -> list[Note]:
    """What is a cell of another kind, or stands elsewhere."""
    kinds = {cell.number: cell.kind for cell in notebook.cells}
    failing = [str(cell.foreign.number) for cell in alone if cell.foreign.kind != kinds[cell.foreign.number]]
    handed = sorted({name for cell in cells if cell not in alone for name in cell.names.binds})
    told = [
        (failing, f"no Python, so it is shown as text: cell {', '.join(failing)}"),
        (handed, f"the notebook takes names from tests, so cells of their own make them: {', '.join(handed)}"),
    ]
    return [Note(NoteKind.CHANGED, text) for there, text in told if there]


def _notes(
    cells: tuple[Cell, ...],
    groups: tuple[Group, ...],
    files: tuple[CheckFile, ...],
    data: dict[str, bytes],
    modules: dict[str, str],
) -> list[Note]:
    roles = Counter(cell.role for cell in cells)
    checks = sum(len(file.checks) for file in files)
    understood, changed, left_out = NoteKind.UNDERSTOOD, NoteKind.CHANGED, NoteKind.LEFT_OUT
    manual = [group.name for group in groups if group.manual]
    worthless = [c.marked.grade_id for c in cells if c.role in (Role.MANUAL, Role.TASK) and not c.marked.points]
    missing = _missing(cells, modules)
    told = [
        (understood, roles[Role.SOLUTION], f"{roles[Role.SOLUTION]} solution cells, {roles[Role.TEST]} test cells: "
            f"{len(groups) - len(manual)} exercises with {checks} checks"),
        (changed, manual, f"graded by a person, by a rubric that you should write: {', '.join(manual)}"),
        (changed, roles[Role.TASK], "a task got a cell for its answer; its mark scheme is the answer to compare with"),
        (changed, roles[Role.LOCKED], f"{roles[Role.LOCKED]} read-only cells: a student may change them here, and what "
            "they changed is run"),
        (changed, data, f"files beside the notebook are in {PLACE}/ now: {', '.join(sorted(data))}"),
        (changed, modules, f"modules beside the notebook are written by a cell: {', '.join(sorted(modules))}"),
        (left_out, missing, f"not installed here, so what imports it will fail: {', '.join(missing)}"),
        (left_out, worthless, f"worth no points, so it is text like any other: {', '.join(worthless)}"),
    ]  # fmt: skip
    return [Note(kind, text) for kind, there, text in told if there]
