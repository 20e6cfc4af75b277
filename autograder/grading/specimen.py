"""Specimens: answers with a promised verdict. One replaces what it defines; the reference gives the rest."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.course import Assignment, CodeCell, Submission
from autograder.course.parsing import parse
from autograder.errors import AutograderError, Place

NOTHING = "nothing"
_PROMISE = re.compile(r"#\s*(fails|reason|says|hint)\s*:\s*(.*?)\s*$")
_CONTINUED = re.compile(r"#\s{3,}(\S.*?)\s*$")


@dataclass(frozen=True)
class Specimen:
    """One answer. `fails`: the exercises that must lose points; every other must get full marks.

    `reason` and `says`: a reason, and a piece of text, that must occur among the failed findings.
    `hint`: what a student is told whose answer behaves the same.
    """

    name: str
    path: Path
    source: str
    story: str
    fails: tuple[str, ...]
    reason: str = ""
    says: str = ""
    hint: str = ""


def load_specimens(assignment: Assignment, folder: Path | None = None) -> tuple[Specimen, ...]:
    """The specimens of an assignment, or those in another `folder`, by name.

    Raises:
        AutograderError: `bad-specimen`: no promise, an unknown exercise, or no Python.
    """
    root = folder or assignment.specimens
    files = sorted(path for path in root.glob("*.py") if path.is_file()) if root.is_dir() else []
    return tuple(_read(assignment, path) for path in files)


def submission_of(specimen: Specimen, reference: tuple[CodeCell, ...]) -> Submission:
    """The reference with the specimen's definitions in place of its own."""
    defined = set(_definitions(parse(specimen.source)))
    cells: list[CodeCell] = []
    last = -1
    for index, cell in enumerate(reference):
        without = _without(cell.source, defined)
        if without != cell.source:
            last = index
        cells.append(replace(cell, source=without))
    number = max((c.number for c in reference), default=0) + 1
    position = last + 1 if last >= 0 else len(cells)
    cells.insert(position, CodeCell(number, specimen.source))
    return Submission(specimen.name, "", tuple(cells))


def definitions_only(reference: tuple[CodeCell, ...]) -> tuple[CodeCell, ...]:
    """The reference without what it merely runs: imports, definitions and exercise cells stay.

    Demonstrations and figures cost most of a notebook's time, and no check asks for them.
    """
    return tuple(cell if cell.exercise else replace(cell, source=_defining(cell.source)) for cell in reference)


def _defining(source: str) -> str:
    return "\n".join(_with_decorators(source, node) for node in parse(source).body if _defines(node))


def _defines(node: ast.stmt) -> bool:
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))


def _with_decorators(source: str, node: ast.stmt) -> str:
    """The node's source; to Python's ast, decorators lie before it."""
    decorators = source.split("\n")[_first_line(node) - 1 : node.lineno - 1]
    return "\n".join([*decorators, ast.get_source_segment(source, node) or ""])


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _definitions(tree: ast.Module) -> list[str]:
    names: list[str] = []
    for node in tree.body:
        names += _names(node)
    return names


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return [node.target.id]
    return []


def _without(source: str, names: set[str]) -> str:
    """`source` without the top-level functions and classes called `names`; line numbers stay."""
    lines = source.split("\n")
    for node in parse(source).body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and node.name in names:
            for index in range(_first_line(node) - 1, node.end_lineno or node.lineno):
                lines[index] = ""
    return "\n".join(lines)


def _read(assignment: Assignment, path: Path) -> Specimen:
    source = path.read_text(encoding="utf-8")
    try:
        tree = parse(source)
    except SyntaxError as error:
        raise _bad(path, f"no Python: {error.msg}", error.lineno) from error
    promised = _promised(source)
    if "fails" not in promised:
        raise _bad(path, "no promise: add a line `# fails: EXERCISE` or `# fails: nothing`")
    fails = tuple(part.strip() for part in promised["fails"].split(",") if part.strip() and part.strip() != NOTHING)
    known = [exercise.name for exercise in assignment.manifest.exercises]
    unknown = [name for name in fails if name not in known]
    if unknown:
        raise _bad(path, f"no exercise is called {unknown[0]!r}; there are {', '.join(known)}")
    return Specimen(
        name=path.stem,
        path=path,
        source=source,
        story=(ast.get_docstring(tree) or "").strip(),
        fails=fails,
        reason=promised.get("reason", ""),
        says=promised.get("says", ""),
        hint=promised.get("hint", ""),
    )


def _promised(source: str) -> dict[str, str]:
    """The lines `# key: text` by their keys. A line `#     more` right below one goes on with its text."""
    promised: dict[str, str] = {}
    key = ""
    for line in source.split("\n"):
        match, more = _PROMISE.match(line), _CONTINUED.match(line)
        if match:
            key = str(match[1])
            promised[key] = str(match[2])
        elif more and key:
            promised[key] = f"{promised[key]} {more[1]}"
        else:
            key = ""
    return promised


def _bad(path: Path, what: str, line: int | None = None) -> AutograderError:
    return AutograderError(
        "bad-specimen", what, where=Place(str(path), line), fix="see specimens in docs/writing-an-assignment.md"
    )
