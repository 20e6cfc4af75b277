"""otter's test cells as checks: OK-format ones as examples, exception-based ones as cells, over the student's names."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.course.parsing import parse
from autograder.errors import AutograderError, Place
from autograder.interop.foreign import ForeignCell
from autograder.interop.hoisting import head_of
from autograder.interop.imported import CheckFile, ImportedCheck, Style
from autograder.interop.names import Statement, names_of, segment, unlike
from autograder.interop.otter.config import BadConfig, Question, number, parse_yaml
from autograder.interop.otter.points import resolved

_BEGIN = re.compile(r'(?:.\s*=\s*)?""?"?\s*#\s*BEGIN\s*TEST\s*CONFIG', re.IGNORECASE)
_END = re.compile(r'""?"?\s*#\s*END\s*TEST\s*CONFIG', re.IGNORECASE)
_HIDDEN = re.compile(r"#.*\bhidden\b", re.IGNORECASE)
SECONDS = 60.0


@dataclass(frozen=True)
class Case:
    """One test cell, understood."""

    body: str
    """Python, without configuration."""
    hidden: bool
    points: float | None
    hint: str
    output: str
    """What the cell showed when the author last ran it: what an OK-format test expects."""


@dataclass(frozen=True)
class Tested:
    """A question that has tests."""

    question: Question
    exercise: str
    cases: tuple[Case, ...]


def case_of(cell: ForeignCell, output: str) -> Case:
    """A test cell.

    Raises:
        BadConfig: its configuration is none, or it is no Python.
    """
    lines = cell.source.split("\n")
    hidden = bool(_HIDDEN.match(lines[0].lstrip()))
    config: Mapping[str, object] = {}
    if _BEGIN.match(lines[0]):
        end = next((i for i, line in enumerate(lines) if _END.match(line)), None)
        if end is None:
            raise BadConfig("a test's configuration never ends")
        config = parse_yaml("\n".join(lines[1:end]))
        lines = lines[end + 1 :]
    elif hidden:
        lines = lines[1:]
    body = "\n".join(lines).strip("\n")
    try:
        parse(body)
    except SyntaxError as error:
        raise BadConfig(f"a test is no Python: {error.msg}") from error
    said = config.get("failure_message")
    points = config.get("points")
    return Case(
        body=body,
        hidden=config.get("hidden", hidden) is True,
        points=None if points is None else number(points),
        hint=str(said)[:2000] if said else "",
        output=output,
    )


def check_files(
    tested: Sequence[Tested], imports: Mapping[str, str], theirs: frozenset[str], *, ok_format: bool
) -> tuple[CheckFile, ...]:
    """The checks of all questions: a file of those that students see, and one of those that they do not.

    Args:
        tested: the questions, in the order of the notebook.
        imports: what the notebook imports from stateless libraries, by name.
        theirs: names that cells of the student's bind. Others are looked for in earlier tests: otter's share theirs.
        ok_format: whether tests are examples; else they are functions.

    Raises:
        AutograderError: `bad-otter-tests`: points or functions that otter would refuse.
    """
    made: list[tuple[ImportedCheck, bool]] = []
    earlier: list[Statement] = []
    taken: set[str] = set()
    for one in tested:
        try:
            points = resolved(one.question, [case.points for case in one.cases])
            bodies = [_examples(case, earlier, theirs) if ok_format else _called(case) for case in one.cases]
        except BadConfig as error:
            raise AutograderError(
                "bad-otter-tests",
                f"the tests of question {one.question.name!r} are none that otter would run: {error}",
                where=Place(f"question {one.question.name}"),
                why="Nothing was written.",
                fix="`otter assign` shows it too: mend them, and import again",
            ) from error
        style = Style.EXAMPLES if ok_format else Style.CELL
        if one.question.all_or_nothing and len(one.cases) > 1:
            made += _together(one, points, bodies, style, taken)
            continue
        for case, worth, body in zip(one.cases, points, bodies, strict=True):
            made.append((_check(one, worth, body, style, taken, case.hint), not case.hidden))
    return tuple(
        _file(public, [check for check, shown in made if shown is public], imports)
        for public in (True, False)
        if any(shown is public for _, shown in made)
    )


def _check(
    one: Tested, worth: float, body: str, style: Style, taken: set[str], hint: str = "", name: str = ""
) -> ImportedCheck:
    own = unlike(name or f"test_{one.exercise}_1", taken)
    return ImportedCheck(own, one.exercise, worth, body, style, seconds=SECONDS, hint=hint)


def _together(
    one: Tested, points: Sequence[float], bodies: Sequence[str], style: Style, taken: set[str]
) -> list[tuple[ImportedCheck, bool]]:
    """All points or none: one check of all cases, and for no points what students see of them."""
    hidden = any(case.hidden for case in one.cases)
    hint = "\n".join(case.hint for case in one.cases if case.hint)
    whole = _check(one, sum(points), "\n\n".join(bodies), style, taken, hint, f"test_{one.exercise}_all_or_nothing")
    shown = [
        (_check(one, 0.0, body, style, taken, case.hint), True)
        for case, body in zip(one.cases, bodies, strict=True)
        if hidden and not case.hidden
    ]
    return [(whole, not hidden), *shown]


def _examples(case: Case, earlier: list[Statement], theirs: frozenset[str]) -> str:
    """The case as a session at the prompt; before it, what it needs of earlier tests, which share their names."""
    own = names_of(case.body).statements
    wanted = frozenset[str]().union(*(one.needs for one in own)) - theirs if own else frozenset[str]()
    chosen: list[Statement] = []
    for one in reversed(earlier):
        if one.binds & wanted:
            chosen.insert(0, one)
            wanted = (wanted - one.binds) | (one.needs - theirs)
    earlier += own
    lines = [line for one in chosen for line in _prompted(one.source)]
    lines += [line for node in parse(case.body).body for line in _prompted(segment(case.body, node))]
    return "\n".join([*(lines or [">>> None"]), *case.output.split("\n")]).rstrip("\n")


def _prompted(source: str) -> list[str]:
    first, *rest = source.split("\n")
    return [f">>> {first}", *(f"... {line}".rstrip() if not line.strip() else f"... {line}" for line in rest)]


def _called(case: Case) -> str:
    """The function of an exception-based test, and a call with the student's names for its parameters."""
    tree = parse(case.body)
    if not tree.body or not isinstance(tree.body[0], ast.FunctionDef) or len(tree.body) > 2:
        raise BadConfig("an exception-based test is one function, and a call of it")
    function = tree.body[0]
    names = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
    only = [one.arg for one in function.args.kwonlyargs]
    call = ", ".join([*names, *(f"{name}={name}" for name in only)])
    return f"{segment(case.body, function)}\n\n{function.name}({call})"


def _file(public: bool, checks: list[ImportedCheck], imports: Mapping[str, str]) -> CheckFile:
    needed = sorted({name for check in checks for name in imports if re.search(rf"\b{re.escape(name)}\b", check.body)})
    name = "test_imported.py" if public else "test_imported_hidden.py"
    return CheckFile(name, public, tuple(checks), head_of(dict(imports), needed))
