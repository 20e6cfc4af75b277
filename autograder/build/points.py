"""Reading the points of checks from their source, and holding them against assignment.toml. Runs nothing."""

from __future__ import annotations

import ast
import difflib
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Assignment, Exercise
from autograder.course.parsing import parse
from autograder.course.source import SourceCell, shown
from autograder.course.written import marker
from autograder.errors import AutograderError, Place

_ORDER = ("exercise", "points")


@dataclass(frozen=True)
class DeclaredCheck:
    """A check as its decorator declares it."""

    name: str
    exercise: str
    points: float
    place: Place


def declared_checks(assignment: Assignment) -> tuple[DeclaredCheck, ...]:
    """Every `@check(...)` of public/ and hidden/, in the order of the files.

    Raises:
        AutograderError: `bad-check-file`, `bad-check`, `test-without-check`, `check-not-collected`, `check-twice`.
    """
    found: list[DeclaredCheck] = []
    for folder in (assignment.public, assignment.hidden):
        for path in sorted(folder.rglob("test_*.py")):
            found += _checks_of(path)
    return tuple(found)


def validate(assignment: Assignment, cells: tuple[SourceCell, ...], has_region: tuple[bool, ...]) -> None:
    """Hold cells, checks and assignment.toml against each other.

    Args:
        assignment: what assignment.toml declares.
        cells: the source's cells.
        has_region: for each cell, whether a solution was stripped from it.

    Raises:
        AutograderError: as declared_checks(); `unknown-exercise`, `exercise-without-cell`,
            `exercise-without-solution`, `points-differ`, `answer-in-wrong-cell`, `answer-in-two-cells`,
            `check-of-written`.
    """
    names = [e.name for e in assignment.manifest.exercises]
    toml = shown(assignment.root / "assignment.toml")
    for cell in cells:
        if cell.exercise is not None and cell.exercise not in names:
            raise _unknown(cell.exercise, names, cell.place())
    checks = declared_checks(assignment)
    for check in checks:
        if check.exercise not in names:
            raise _unknown(check.exercise, names, check.place)
    for exercise in assignment.manifest.exercises:
        _validate_kind(exercise, cells, checks)
        own = [solved for cell, solved in zip(cells, has_region, strict=True) if cell.exercise == exercise.name]
        if not own:
            raise AutograderError(
                "exercise-without-cell",
                f"no cell belongs to exercise {exercise.name!r}",
                where=(Place(shown(assignment.notebook)), Place(toml)),
                fix=f"write `{marker(exercise.name) if exercise.rubric else f'#| exercise: {exercise.name}'}` at the "
                "head of its cell",
            )
        if exercise.rubric and _in_words(exercise, cells):
            continue
        if not any(own):
            raise AutograderError(
                "exercise-without-solution",
                f"no solution is marked in exercise {exercise.name!r}",
                where=next(cell.place() for cell in cells if cell.exercise == exercise.name),
                why="Students would be given the answer. Nothing was written.",
                fix="put `# BEGIN SOLUTION` and `# END SOLUTION` around it",
            )
        if exercise.rubric:
            continue
        _require_points(exercise, tuple(check for check in checks if check.exercise == exercise.name), toml)


def _require_points(exercise: Exercise, checks: tuple[DeclaredCheck, ...], toml: str) -> None:
    """`checks`: the exercise's own."""
    total = sum(check.points for check in checks)
    if abs(total - exercise.points) > 1e-9:
        raise AutograderError(
            "points-differ",
            f"exercise {exercise.name!r} promises {exercise.points:g} points and its checks sum to {total:g}",
            where=(Place(toml), *(check.place for check in checks)),
            why="Nobody could earn what the assignment promises.",
            fix=f"set points = {total:g} in assignment.toml, or mend the points of the checks",
        )


def _validate_kind(exercise: Exercise, cells: tuple[SourceCell, ...], checks: tuple[DeclaredCheck, ...]) -> None:
    """What a person judges by a rubric is in one cell, of text or code; what checks judge is in code cells."""
    own = [cell for cell in cells if cell.exercise == exercise.name]
    for cell in own:
        if cell.kind != "code" and not (exercise.rubric and cell.kind == "markdown"):
            raise AutograderError(
                "answer-in-wrong-cell",
                f"exercise {exercise.name!r} has {'a' if exercise.rubric else 'no'} rubric, and its answer is in a "
                "text cell",
                where=cell.place(),
                why="With a rubric, a person grades the answer; without one, checks judge a code cell.",
                fix="move the answer, or mend [exercise.rubric] in assignment.toml",
            )
    if exercise.rubric and len(own) > 1:
        raise AutograderError(
            "answer-in-two-cells",
            f"the written exercise {exercise.name!r} has {len(own)} cells for its answer",
            where=tuple(cell.place() for cell in own),
            fix="keep one, or make two exercises of it",
        )
    judged = [check.place for check in checks if check.exercise == exercise.name]
    if exercise.rubric and judged:
        raise AutograderError(
            "check-of-written",
            f"exercise {exercise.name!r} has a rubric, so a person grades it, and it has a check",
            where=tuple(judged),
            fix="take the rubric or the check away",
        )


def _in_words(exercise: Exercise, cells: tuple[SourceCell, ...]) -> bool:
    return any(cell.kind == "markdown" for cell in cells if cell.exercise == exercise.name)


def _unknown(name: str, names: list[str], where: Place) -> AutograderError:
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.0)[0]
    return AutograderError(
        "unknown-exercise",
        f"no exercise is called {name!r}",
        where=where,
        why="assignment.toml declares " + ", ".join(names) + ".",
        fix=f"did you mean {close!r}?",
    )


def _checks_of(path: Path) -> list[DeclaredCheck]:
    text = path.read_text(encoding="utf-8", errors="replace")
    lines = text.splitlines()
    try:
        tree = parse(text)
    except SyntaxError as error:
        line = error.lineno
        raise AutograderError(
            "bad-check-file",
            f"a file of checks is no Python: {error.msg}",
            where=Place(shown(path), line, lines[line - 1] if line and line <= len(lines) else None),
            fix="mend the line",
        ) from error
    found: list[DeclaredCheck] = []
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        place = Place(shown(path), node.lineno, lines[node.lineno - 1])
        decorators = [d for d in node.decorator_list if isinstance(d, ast.Call) and called(d) == "check"]
        if not decorators and node.name.startswith("test"):
            raise AutograderError(
                "test-without-check",
                f"{node.name} belongs to no exercise",
                where=place,
                why="pytest would run it, and it would earn nothing.",
                fix='put `@check("EXERCISE", points=N)` above it',
            )
        for decorator in decorators:
            if not node.name.startswith("test"):
                raise AutograderError(
                    "check-not-collected",
                    f"{node.name} is a check that pytest does not collect",
                    where=place,
                    why="Its points could never be earned.",
                    fix=f"call it test_{node.name}",
                )
            if any(check.name == node.name for check in found):
                raise AutograderError(
                    "check-twice",
                    f"{node.name} is defined twice in one file",
                    where=place,
                    why="Python keeps only the second, so the points of the first are lost.",
                    fix="give one of them another name",
                )
            found.append(
                _declared(node.name, decorator, Place(shown(path), decorator.lineno, lines[decorator.lineno - 1]))
            )
    return found


def _declared(name: str, call: ast.Call, place: Place) -> DeclaredCheck:
    given: dict[str, ast.expr] = dict(zip(_ORDER, call.args, strict=False))
    given |= {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    exercise = _constant(given.get("exercise"))
    points = _constant(given["points"]) if "points" in given else 1.0
    sound = isinstance(points, int | float) and not isinstance(points, bool) and points >= 0
    if not isinstance(exercise, str) or not sound or any(k.arg is None for k in call.keywords):
        raise AutograderError(
            "bad-check",
            "a check whose exercise or points are not written out",
            where=place,
            why="Points are counted without running the checks.",
            fix='write them out, as in `@check("softmax", points=2)`',
        )
    assert isinstance(points, int | float)
    return DeclaredCheck(name, exercise, float(points), place)


def _constant(node: ast.expr | None) -> object:
    try:
        return ast.literal_eval(node) if node is not None else None
    except ValueError:
        return None


def called(call: ast.Call) -> str:
    """The last name of what is called."""
    func = call.func
    return func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""
