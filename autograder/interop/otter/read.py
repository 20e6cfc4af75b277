"""otter-grader's source notebooks -> imported assignments. Nothing of them is executed."""

from __future__ import annotations

import re
from pathlib import Path

from autograder.course.magics import as_python
from autograder.errors import AutograderError, Place
from autograder.interop.beside import PLACE, files_beside, writing_cells
from autograder.interop.foreign import ForeignNotebook, read_notebook
from autograder.interop.hoisting import imports_of
from autograder.interop.imported import RUBRIC, ImportedAssignment, ImportedCell, ImportedExercise
from autograder.interop.names import identifier, names_of, slug_of, unlike
from autograder.interop.otter import config as configuration
from autograder.interop.otter.blocks import BadBlocks, Blocks, Part, Placed, blocks_of
from autograder.interop.otter.cells import cells_of, with_answer
from autograder.interop.otter.config import AssignmentConfig, BadConfig, Question
from autograder.interop.otter.files import Beside, read_source_files
from autograder.interop.otter.kinds import refuse_others
from autograder.interop.otter.notes import notes, requires
from autograder.interop.otter.older import renewed
from autograder.interop.otter.outputs import outputs_of
from autograder.interop.otter.solutions import BadSolution, ours
from autograder.interop.otter.source import Source, libraries
from autograder.interop.otter.tests import Tested, case_of, check_files

_MARKS = re.compile(r"[*_`#>]+")


def read_otter(path: Path, slug: str = "") -> ImportedAssignment:
    """The assignment whose source notebook is at `path`.

    Args:
        path: the notebook, or the folder or zip that holds it and the files that it names.
        slug: the name of the assignment; else it is made of the notebook's.

    Raises:
        AutograderError: `cannot-import`, `nothing-to-import`, `which-notebook`, `not-python`, `already-assigned`,
            `bad-otter-source`, `bad-otter-tests`, `nothing-to-grade`.
    """
    name, content, open_beside = read_source_files(path)
    notebook = read_notebook(name, content)
    try:
        blocks = blocks_of(renewed(notebook.cells))
        refuse_others(notebook, blocks)
        config = _config(blocks, open_beside)
        source = _source(notebook, blocks, config, outputs_of(content), open_beside)
        return _assignment(source, slug or slug_of(Path(name).stem))
    except BadBlocks as error:
        raise _bad(error, notebook.place(error.cell)) from error
    except (BadConfig, BadSolution) as error:
        raise _bad(error, Place(notebook.name)) from error


def _config(blocks: Blocks, beside: Beside) -> AssignmentConfig:
    settings = dict(blocks.settings)
    named = settings.get("config_file")
    if isinstance(named, str) and named:
        content = beside.read(named)
        if content is None:
            raise BadConfig(
                f"its config_file {named[:80]!r} is not beside the notebook, and no path out of its folder is followed"
            )
        settings = configuration.parse_yaml(content.decode("utf-8", "replace")) | settings
    return configuration.assignment(settings)


def _source(
    notebook: ForeignNotebook, blocks: Blocks, config: AssignmentConfig, outputs: dict[int, str], beside: Beside
) -> Source:
    taken: set[str] = set()
    tested: list[Tested] = []
    manual: dict[str, str] = {}
    for question in blocks.questions:
        exercise = unlike(identifier(question.name, "question"), taken)
        cells = [placed for placed in blocks.cells if placed.question is question]
        tests = [placed.cell for placed in cells if placed.part is Part.TESTS]
        for cell in tests:
            if cell.kind != "code":
                raise BadBlocks("a cell of tests that holds no code", cell)
        if tests:
            cases = tuple(case_of(cell, outputs.get(cell.number, "")) for cell in tests)
            tested.append(Tested(question, exercise, cases))
        elif question.manual:
            manual[question.name] = exercise
    if not tested and not manual:
        raise AutograderError(
            "nothing-to-grade",
            "no question of the notebook has tests, and none is graded by a person",
            where=Place(notebook.name),
            why="An assignment has at least one exercise with points.",
            fix="import the notebook that `otter assign` takes: the one with # BEGIN QUESTION in raw cells",
        )
    return Source(notebook, blocks, config, tuple(tested), manual, beside)


def _assignment(source: Source, slug: str) -> ImportedAssignment:
    config, blocks = source.config, source.blocks
    beside = source.beside.named((*config.files, *config.student_files))
    data, modules = files_beside(beside, libraries(source))
    exercises = {one.question.name: one.exercise for one in source.tested} | source.manual
    cells = [cell for placed in blocks.cells for cell in cells_of(placed, source, exercises, data)]
    cells = [*writing_cells(modules), *cells]
    for one in source.tested:
        if not any(cell.exercise == one.exercise for cell in cells):
            cells.append(ImportedCell("code", ours("pass", whole=True), one.exercise))
    for name, exercise in source.manual.items():
        if not any(cell.exercise == exercise for cell in cells):
            cells = with_answer(cells, source, name, exercise)
    student = [placed for placed in blocks.cells if placed.part is not Part.TESTS]
    imports, theirs = _names(student)
    files = check_files(source.tested, imports, theirs, ok_format=config.ok_format)
    hidden = {f"hidden/{name}": content for name, content in source.beside.named(config.autograder_files)}
    return ImportedAssignment(
        slug=slug,
        title=_title(source.notebook) or config.name or slug,
        cells=tuple(cells),
        exercises=tuple(_exercise(question, source, exercises) for question in blocks.questions
            if question.name in exercises),
        check_files=files,
        files={f"{PLACE}/{name}": content for name, content in data.items()} | hidden,
        requires=requires(source),
        notes=tuple(notes(source, data, modules, hidden)),
    )  # fmt: skip


def _names(cells: list[Placed]) -> tuple[dict[str, str], frozenset[str]]:
    """Imports of stateless libraries by their names, and all names that the student's cells bind."""
    imports: dict[str, str] = {}
    bound: set[str] = set()
    for placed in cells:
        python = as_python(placed.cell.source) if placed.cell.kind == "code" else None
        if not python:
            continue
        try:
            own = imports_of(python) if placed.part is not Part.SOLUTION else {}
            here = names_of(python).binds
        except SyntaxError:
            continue  # writing the assignment says what is wrong with the cell
        imports |= own
        bound |= here - own.keys()
    return {name: line for name, line in imports.items() if name not in bound}, frozenset(bound | imports.keys())


def _exercise(question: Question, source: Source, exercises: dict[str, str]) -> ImportedExercise:
    name = exercises[question.name]
    own = [placed for placed in source.blocks.cells if placed.question is question]
    title = next((_plain(p.cell.source) for p in own if p.cell.kind == "markdown" and p.part is Part.TEXT), "")
    title = title or question.name
    if question.name in source.manual:
        return ImportedExercise(name, title, rubric=RUBRIC, points=question.points or 1.0)
    _, binds = _names([placed for placed in own if placed.part is Part.SOLUTION])
    ordered = sorted(n for n in binds if n.isidentifier())
    return ImportedExercise(name, title, defines=tuple(ordered))


def _title(notebook: ForeignNotebook) -> str:
    for cell in notebook.cells:
        if cell.kind == "markdown" and cell.source.lstrip().startswith("# "):
            return _plain(cell.source.lstrip())
    return ""


def _plain(markdown: str) -> str:
    """The first line of a text, without its marks."""
    line = next((one for one in markdown.split("\n") if one.strip() and not one.lstrip().startswith("<")), "")
    return " ".join("".join(c for c in _MARKS.sub("", line) if c.isprintable()).split())[:120]


def _bad(error: ValueError, where: Place) -> AutograderError:
    return AutograderError(
        "bad-otter-source",
        f"this is no source of otter's that can be read: {error}",
        where=where,
        why="Nothing was written.",
        fix="mend it, and import again; `otter assign` tells of what otter itself cannot read",
    )
