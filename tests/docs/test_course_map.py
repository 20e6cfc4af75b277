"""docs/course.md says what is taught and checked where: held here against the assignments themselves."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "course.md").read_text(encoding="utf-8")
FOLDERS = {path.parent.name[:2]: path.parent for path in sorted((ROOT / "assignments").glob("*/assignment.toml"))}
PLACE = re.compile(r"(\d\d) \*([^*]+)\*(?: \(((?:`\w+`(?:, )?)+)\))?")
LATER = re.compile(r"\*later: \d\d(?: and \d\d)*\*")


def rows(head: str) -> list[list[str]]:
    """The cells of all tables of the page whose first line is `head`."""
    found = []
    for table in re.findall(rf"^{re.escape(head)}\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE):
        found += [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()]
    return found


TOPICS = rows("| | topic | kind | where |")


def exercises(number: str) -> list[dict[str, Any]]:
    return list(tomllib.loads((FOLDERS[number] / "assignment.toml").read_text(encoding="utf-8"))["exercise"])


def sections(number: str) -> dict[str, set[str]]:
    """The headings of a notebook, without their numbers, each with the exercises that stand under it."""
    found: dict[str, set[str]] = {}
    here = ""
    for line in (FOLDERS[number] / "notebook.py").read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"# #{2,4} (?:\d+\. )?(.+)", line):
            here = heading[1].strip()
            found.setdefault(here, set())
        elif exercise := re.match(r"#\| exercise: (\w+)|# <!-- exercise: (\w+) -->", line):
            found[here].add(exercise[1] or exercise[2])
    return found


def places(where: str) -> list[tuple[str, str, list[str]]]:
    """What a row names: (assignment, section, exercises)."""
    return [(number, section, re.findall(r"`(\w+)`", names)) for number, section, names in PLACE.findall(where)]


def test_the_topics_of_each_document_are_numbered_without_a_gap_and_as_many_as_is_said() -> None:
    said = [int(number) for number in re.findall(r"^(\d+) topics: ", PAGE, re.MULTILINE)]
    assert [row[0] for row in TOPICS] == [
        f"{letter}{number}" for letter, last in zip("OGNL", said, strict=True) for number in range(1, last + 1)
    ]
    assert len(TOPICS) >= 140


@pytest.mark.parametrize("row", TOPICS, ids=lambda row: row[0])
def test_a_topic_is_taught_where_the_map_says(row: list[str]) -> None:
    name, topic, kinds, where = row
    assert topic
    assert set(kinds.split()) <= {"C", "S", "B"}
    later = LATER.findall(where)
    named = places(where)
    if kinds == "B":
        assert where
        return
    assert re.sub(r"[; ]", "", PLACE.sub("", LATER.sub("", where))) == "", f"{name}: not understood: {where}"
    for number, section, names in named:
        assert section in sections(number), f"{name}: {number} has no section {section!r}"
        assert set(names) <= sections(number)[section], f"{name}: {names} do not stand in {number} {section!r}"
    if "C" in kinds.split():
        checked = {(n, e["name"]) for n in FOLDERS for e in exercises(n) if "rubric" not in e}
        asked = {(number, exercise) for number, _, names in named for exercise in names}
        assert asked & checked or later, f"{name}: kind C, and no exercise with checks"
    if "S" in kinds.split():
        assert named or later, f"{name}: kind S, and neither a section nor a written answer"


def test_later_names_assignments_that_are_not_here() -> None:
    named = {number for row in TOPICS for words in LATER.findall(row[3]) for number in re.findall(r"\d\d", words)}
    announced = {row[0] for row in rows("| | assignment |")}
    assert named <= announced
    assert not announced & set(FOLDERS)


def test_every_exercise_of_the_course_serves_a_topic() -> None:
    named = {(number, name) for row in TOPICS for number, _, names in places(row[3]) for name in names}
    assert {(number, exercise["name"]) for number in FOLDERS for exercise in exercises(number)} - named == set()


def test_the_table_of_assignments_counts_right() -> None:
    table = rows("| | assignment | what it teaches | exercises: code + written | points: code + written | hours |")
    assert [row[0] for row in table] == list(FOLDERS)
    for number, title, _, count, points, _ in table:
        written = [e for e in exercises(number) if "rubric" in e]
        checked = [e for e in exercises(number) if "rubric" not in e]
        manifest = tomllib.loads((FOLDERS[number] / "assignment.toml").read_text(encoding="utf-8"))
        assert title == manifest["title"]
        assert count == f"{len(checked)} + {len(written)}"
        assert points == f"{sum(e['points'] for e in checked):g} + {sum(e['points'] for e in written):g}"


def thresholds_asked_for() -> Iterator[tuple[str, str, float, float]]:
    """(assignment, check, half, full) of every metric in the hidden checks that has full= and half=."""
    for number, folder in FOLDERS.items():
        for path in sorted((folder / "hidden").glob("test_*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for function in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
                for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                    given = {k.arg: k.value for k in call.keywords}
                    if {"full", "half"} <= given.keys():
                        for half, full in _levels(given["half"], given["full"], [tree, function]):
                            yield number, function.name, half, full


def _levels(half: ast.expr, full: ast.expr, scopes: list[ast.AST]) -> list[tuple[float, float]]:
    """Both written out where they are used, or all pairs that one line gives to both names."""
    if isinstance(half, ast.Constant) and isinstance(full, ast.Constant):
        return [(ast.literal_eval(half), ast.literal_eval(full))]
    assert isinstance(half, ast.Name)
    assert isinstance(full, ast.Name)
    found = []
    for line in (node for scope in scopes for node in ast.walk(scope) if isinstance(node, ast.Assign)):
        names = [name.id for name in ast.walk(line.targets[0]) if isinstance(name, ast.Name)]
        if set(names) == {half.id, full.id}:
            pairs = [ast.literal_eval(node) for node in ast.walk(line.value) if isinstance(node, ast.Tuple)]
            found += [(pair[names.index(half.id)], pair[names.index(full.id)]) for pair in pairs]
    assert found, f"write out the thresholds that are called {half.id} and {full.id}"
    return found


THRESHOLDS = rows("| assignment | check | quantity | seeds | mean | SD | worst | half | full | seconds |")


def test_the_thresholds_of_the_table_are_those_that_the_checks_ask_for() -> None:
    said = {(row[0], row[1].strip("`"), float(row[7]), float(row[8])) for row in THRESHOLDS}
    assert said == set(thresholds_asked_for())


def test_the_reference_keeps_every_threshold_of_the_table() -> None:
    """On its worst seed as well; whether more or less is better shows in half and full."""
    for row in THRESHOLDS:
        seeds, mean, _, worst, half, full = (float(cell) for cell in row[3:9])
        better = 1 if full > half else -1
        assert seeds >= 20, row
        assert better * mean >= better * worst >= better * full, row
