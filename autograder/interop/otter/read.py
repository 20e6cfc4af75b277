"""otter-grader's source notebooks -> imported assignments. Nothing of them is executed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Rubric
from autograder.course.magics import as_python
from autograder.errors import AutograderError, Place
from autograder.interop.foreign import ForeignNotebook, read_notebook
from autograder.interop.hoisting import imports_of, libraries_of
from autograder.interop.imported import ImportedAssignment, ImportedCell, ImportedExercise, Note, NoteKind
from autograder.interop.libraries import not_here, requirements_of
from autograder.interop.names import identifier, names_of, slug_of, unlike
from autograder.interop.nbgrader.beside import PLACE, at_new_place, files_beside, writing_cells
from autograder.interop.otter import config as configuration
from autograder.interop.otter.blocks import BadBlocks, Blocks, Part, Placed, blocks_of
from autograder.interop.otter.config import AssignmentConfig, BadConfig, Question
from autograder.interop.otter.files import Beside, read_source_files
from autograder.interop.otter.outputs import outputs_of
from autograder.interop.otter.solutions import BadSolution, has_markers, ours, without_ignored
from autograder.interop.otter.tests import Tested, case_of, check_files

_RUBRIC = Rubric(
    excellent="Complete and right.",
    meets="Right in the main; something is missing or not quite right.",
    revise="Not there yet, or mostly wrong.",
)
_NO_ANSWER = "The original gives no answer of its own."
_MARKS = re.compile(r"[*_`#>]+")


@dataclass(frozen=True)
class _Source:
    """What was read, before it is put together."""

    notebook: ForeignNotebook
    blocks: Blocks
    config: AssignmentConfig
    tested: tuple[Tested, ...]
    manual: dict[str, str]
    """Questions that a person grades, and their exercises."""
    beside: Beside


def read_otter(path: Path, slug: str = "") -> ImportedAssignment:
    """The assignment whose source notebook is at `path`.

    Args:
        path: the notebook, or the folder or zip that holds it and the files that it names.
        slug: the name of the assignment; else it is made of the notebook's.

    Raises:
        AutograderError: `cannot-import`, `nothing-to-import`, `bad-otter-source`, `bad-otter-tests`,
            `nothing-to-grade`.
    """
    name, content, open_beside = read_source_files(path)
    notebook = read_notebook(name, content)
    try:
        blocks = blocks_of(notebook.cells)
        config = _config(blocks, open_beside)
        source = _source(notebook, blocks, config, outputs_of(content), open_beside)
        return _assignment(source, slug or slug_of(Path(name).stem))
    except BadBlocks as error:
        raise _bad(str(error), notebook.place(error.cell)) from error
    except (BadConfig, BadSolution) as error:
        raise _bad(str(error), Place(notebook.name)) from error


def _config(blocks: Blocks, beside: Beside) -> AssignmentConfig:
    settings = dict(blocks.settings)
    named = settings.get("config_file")
    if isinstance(named, str) and named:
        content = beside.read(named)
        if content is None:
            raise BadConfig(f"its config_file {named[:80]!r} is not beside the notebook")
        settings = configuration.parse_yaml(content.decode("utf-8", "replace")) | settings
    return configuration.assignment(settings)


def _source(
    notebook: ForeignNotebook, blocks: Blocks, config: AssignmentConfig, outputs: dict[int, str], beside: Beside
) -> _Source:
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
            fix="import otter's source notebook (with # BEGIN QUESTION cells), not what `otter assign` made of it",
        )
    return _Source(notebook, blocks, config, tuple(tested), manual, beside)


def _assignment(source: _Source, slug: str) -> ImportedAssignment:
    config, blocks = source.config, source.blocks
    data, modules = files_beside(source.beside.named((*config.files, *config.student_files)))
    exercises = {one.question.name: one.exercise for one in source.tested} | source.manual
    cells = [cell for placed in blocks.cells for cell in _cells(placed, source, exercises, data)]
    cells = [*writing_cells(modules), *cells]
    for one in source.tested:
        if not any(cell.exercise == one.exercise for cell in cells):
            cells.append(ImportedCell("code", ours("pass", whole=True), one.exercise))
    for name, exercise in source.manual.items():
        if not any(cell.exercise == exercise for cell in cells):
            cells = _with_answer(cells, source, name, exercise)
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
        requires=_requires(source),
        notes=tuple(_notes(source, data, modules, hidden)),
    )  # fmt: skip


def _cells(placed: Placed, source: _Source, exercises: dict[str, str], data: dict[str, bytes]) -> list[ImportedCell]:
    """What becomes of one cell."""
    cell, question = placed.cell, placed.question
    if placed.part is Part.TESTS:
        return []
    text = at_new_place(cell.kind, without_ignored(cell.source), data)
    exercise = exercises.get(question.name) if question is not None else None
    if cell.kind != "code":
        return _text(placed, text, source, exercise)
    text = _seeded(text, placed, source.config)
    if placed.part is not Part.SOLUTION:
        plain = ours(text) if source.config.strip_everywhere else text
        return [ImportedCell("code", plain)]
    assert question is not None
    own = [p for p in source.blocks.cells if p.question is question and p.part is Part.SOLUTION]
    unmarked = not any(has_markers(p.cell.source) for p in own if p.cell.kind == "code")
    if question.name in source.manual:
        last = next(p for p in reversed(own) if p.cell.kind == "code")
        answers = placed is last and not any(p.cell.kind == "markdown" for p in own)
        return [ImportedCell("code", ours(text, whole=answers), exercise if answers else None)]
    return [ImportedCell("code", ours(text, whole=unmarked), exercise)]


def _text(placed: Placed, text: str, source: _Source, exercise: str | None) -> list[ImportedCell]:
    """A text cell; of a question that a person grades, the solution's text is the answer to compare with."""
    cell, question = placed.cell, placed.question
    kept = [ImportedCell(cell.kind, text, None, cell.attachments)]
    tags = cell.metadata.get("tags")
    if question is None or placed.part is Part.TEXT or (isinstance(tags, list) and "otter_include" in tags):
        return kept
    manual = question.name in source.manual
    if placed.part is Part.PROMPT:
        return [] if manual else kept
    first = next(p for p in source.blocks.cells if p.question is question and p.part is Part.SOLUTION
        and p.cell.kind == "markdown")  # fmt: skip
    return [ImportedCell("markdown", text, exercise, cell.attachments)] if manual and placed is first else []


def _with_answer(cells: list[ImportedCell], source: _Source, name: str, exercise: str) -> list[ImportedCell]:
    """With a cell for the answer below the question's own text, which otter leaves to the student to find."""
    own = [p.cell.source for p in source.blocks.cells if p.question is not None and p.question.name == name]
    at = max((i for i, cell in enumerate(cells) if cell.source in own), default=len(cells) - 1) + 1
    return [*cells[:at], ImportedCell("markdown", _NO_ANSWER, exercise), *cells[at:]]


def _seeded(text: str, placed: Placed, config: AssignmentConfig) -> str:
    """otter seeds before every cell when it grades. Here the cells do it themselves, in sight of students."""
    if config.seed is None:
        return text
    if config.seed_variable:
        return re.sub(
            rf"(?m)^(\s*){config.seed_variable}\s*=(?!=).*$", rf"\g<1>{config.seed_variable} = {config.seed}", text
        )
    if placed.part is Part.SOLUTION and "random" in text and "# SEED" not in text and not text.startswith("%%"):
        seed = config.seed
        return f"import random, numpy\n\nrandom.seed({seed})\nnumpy.random.seed({seed})\n{text}"
    return text


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
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue  # writing the assignment says what is wrong with the cell
        imports |= own
        bound |= here - own.keys()
    return {name: line for name, line in imports.items() if name not in bound}, frozenset(bound | imports.keys())


def _exercise(question: Question, source: _Source, exercises: dict[str, str]) -> ImportedExercise:
    name = exercises[question.name]
    own = [placed for placed in source.blocks.cells if placed.question is question]
    title = next((_plain(p.cell.source) for p in own if p.cell.kind == "markdown" and p.part is Part.TEXT), "")
    title = title or question.name
    if question.name in source.manual:
        return ImportedExercise(name, title, rubric=_RUBRIC, points=question.points or 1.0)
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


def _requires(source: _Source) -> tuple[str, ...]:
    """Requirements, as far as they are names and versions: no options, no addresses, not otter itself. And what the
    notebook imports."""
    lines = list(source.config.requires)
    if source.config.requirements_file:
        content = source.beside.read(source.config.requirements_file) or b""
        lines += content.decode("utf-8", "replace").splitlines()
    plain = [line.split("#", 1)[0].strip() for line in lines]
    named = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(\[[\w,-]+\])?\s*([<>=!~]=?[\w.*,<>=!~ ]+)?")
    found = [line for line in plain if named.fullmatch(line) and not line.lower().startswith(("otter-grader", "torch"))]
    known = requirements_of(_libraries(source))
    named_there = {re.split(r"[\[<>=!~ ]", line, maxsplit=1)[0].lower() for line in found}
    return tuple(dict.fromkeys([*(one for one in known if one.lower() not in named_there), *found]))


def _libraries(source: _Source) -> frozenset[str]:
    """What the cells and the tests import, modules beside the notebook left out."""
    beside = {Path(name).stem for name in (*source.config.files, *source.config.student_files)}
    found = frozenset[str]()
    for placed in source.blocks.cells:
        python = as_python(placed.cell.source) if placed.cell.kind == "code" else None
        try:
            found |= libraries_of(python or "")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue  # writing the assignment says what is wrong with the cell
    return found - beside


def _notes(source: _Source, data: dict[str, bytes], modules: dict[str, str], hidden: dict[str, bytes]) -> list[Note]:
    checks = sum(len(one.cases) for one in source.tested)
    ungraded = [q.name for q in source.blocks.questions
        if not q.manual and q.name not in {one.question.name for one in source.tested}]  # fmt: skip
    pointless = [q.name for q in source.blocks.questions if q.name in source.manual and not q.points]
    seeded = source.config.seed is not None or any("# SEED" in p.cell.source for p in source.blocks.cells)
    missing = source.beside.missing((*source.config.files, *source.config.autograder_files))
    absent = not_here(_libraries(source))
    understood, changed, left_out = NoteKind.UNDERSTOOD, NoteKind.CHANGED, NoteKind.LEFT_OUT
    told = [
        (understood, True, f"{len(source.tested)} questions with {checks} tests"),
        (changed, source.manual, f"graded by a person, by a rubric that you should write: {', '.join(source.manual)}"),
        (changed, pointless, f"worth 1 point each, since the original says nothing: {', '.join(pointless)}"),
        (changed, [one for one in source.tested if one.question.all_or_nothing],
            "a question of all points or none is one check of all its tests"),
        (changed, seeded, "cells seed themselves, where students see it: nothing seeds between cells"),
        (changed, data, f"files beside the notebook are in {PLACE}/ now: {', '.join(sorted(data))}"),
        (changed, modules, f"modules beside the notebook are written by a cell: {', '.join(sorted(modules))}"),
        (changed, hidden, f"files for the tests are in hidden/ now, where a test must look for them: "
            f"{', '.join(sorted(hidden))}"),
        (left_out, ungraded, f"neither tests nor a person grade it, so it is no exercise: {', '.join(ungraded)}"),
        (left_out, missing, f"named and not there: {', '.join(missing)}"),
        (left_out, absent, f"not installed here, so what imports it will fail: {', '.join(absent)}"),
        (left_out, True, "what otter says after a test that passes; exports to PDF; its plug-ins"),
    ]  # fmt: skip
    return [Note(kind, text) for kind, there, text in told if there]


def _bad(what: str, where: Place) -> AutograderError:
    return AutograderError(
        "bad-otter-source",
        f"a notebook that otter would refuse: {what}",
        where=where,
        why="Nothing was written.",
        fix="`otter assign` shows it too: mend it, and import again",
    )
