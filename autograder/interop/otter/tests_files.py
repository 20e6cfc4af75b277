"""Our checks as otter-grader's test files, in its exception-based format: each case calls a check of ours in process.

A case of otter's passes or fails. A check that gives parts of its points becomes several cases, whose points are 0.01,
0.02, 0.04, ... so that every sum to a hundredth can be told by which of them pass.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.build import DeclaredCheck, declared_checks
from autograder.course import Assignment
from autograder.course.parsing import parse
from autograder.course.text import check_title, number

CENTS = 100
_HEAD = '''\
"""Checks of {slug}, exercise {exercise}. Each case calls a check of autograder's in this process."""

from autograder.interop.otter.inside import require, require_part
from otter.test_files import test_case

OK_FORMAT = False

name = {exercise!r}
points = None
'''


@dataclass(frozen=True)
class Case:
    """A check as otter is to see it."""

    check: DeclaredCheck
    public: bool
    parts: tuple[float, ...]
    """Points of its cases: one, where it passes or fails as a whole."""


def cases_of(assignment: Assignment) -> tuple[Case, ...]:
    """Every check, in the order of the files."""
    scored = _scored(assignment)
    return tuple(
        Case(
            check,
            Path(check.place.path).parts[-2] == "public",
            shares(check.points) if check.name in scored else (check.points,),
        )
        for check in declared_checks(assignment)
    )


def shares(points: float) -> tuple[float, ...]:
    """Points 0.01, 0.02, 0.04, ... and a rest, which add up to `points`: every hundredth is the sum of some of them."""
    left = round(points * CENTS)
    found: list[int] = []
    step = 1
    while left > 0:
        found.append(min(step, left))
        left -= step
        step *= 2
    parts = [cents / CENTS for cents in sorted(found)]
    return (*parts[:-1], round(points - sum(parts[:-1]), 6)) if parts else (points,)


def chosen(parts: Sequence[float], earned: float, points: float) -> tuple[bool, ...]:
    """Which parts pass, so that they add up to what was earned."""
    if earned >= points:
        return (True,) * len(parts)
    left = round(earned * CENTS)
    passed = [False] * len(parts)
    for index in sorted(range(len(parts)), key=lambda i: -parts[i]):
        cents = round(parts[index] * CENTS)
        if 0 < cents <= left:
            passed[index] = True
            left -= cents
    return tuple(passed)


def test_file(assignment: Assignment, exercise: str, cases: Sequence[Case]) -> bytes:
    """tests/EXERCISE.py for the cases given, all of that exercise."""
    written = [_HEAD.format(slug=assignment.slug, exercise=exercise)]
    first = True
    for case in cases:
        title = check_title(case.check.name)
        for index, points in enumerate(case.parts):
            whole = len(case.parts) == 1
            shown = title if whole else f"{title}, {number(points)} of {number(case.check.points)} points"
            arguments = f"{assignment.slug!r}, {exercise!r}, {case.check.name!r}, env, first={first}"
            call = f"require({arguments})" if whole else f"require_part({arguments}, part={index})"
            written.append(
                f"\n\n@test_case(name={shown!r}, points={points!r}, hidden={not case.public})\n"
                f"def {case.check.name}{'' if whole else f'_{index}'}(env):\n    {call}\n"
            )
            first = False
    return "".join(written).encode()


def _scored(assignment: Assignment) -> frozenset[str]:
    """The checks that may give a part of their points: those that return something."""
    found: set[str] = set()
    for folder in (assignment.public, assignment.hidden):
        for path in sorted(folder.rglob("test_*.py")):
            tree = parse(path.read_text(encoding="utf-8"))
            found |= {n.name for n in tree.body if isinstance(n, ast.FunctionDef) and _gives(n)}
    return frozenset(found)


def _gives(function: ast.FunctionDef) -> bool:
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Return) and node.value is not None:
            return True
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            waiting += ast.iter_child_nodes(node)
    return any(ast.unparse(one).startswith("cell(") for one in function.decorator_list)
