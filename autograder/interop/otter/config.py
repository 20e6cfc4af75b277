"""The YAML of otter's raw cells: bounded, without aliases, and held to what we understand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

MAX_CHARACTERS = 20_000
_LANGUAGES = ("python",)


class BadConfig(ValueError):
    """YAML that otter itself would refuse, or that is not read here; the text says why."""


@dataclass(frozen=True)
class Question:
    """The configuration of one question."""

    name: str
    manual: bool = False
    points: float | None = None
    each: float | None = None
    """Of every test case."""
    by_case: tuple[float | None, ...] | None = None
    all_or_nothing: bool = False


@dataclass(frozen=True)
class AssignmentConfig:
    """What the assignment's configuration says that means something here."""

    name: str = ""
    ok_format: bool = True
    files: tuple[str, ...] = ()
    autograder_files: tuple[str, ...] = ()
    student_files: tuple[str, ...] = ()
    seed: int | None = None
    """Set before every cell when otter grades."""
    seed_variable: str = ""
    requires: tuple[str, ...] = ()
    requirements_file: str = ""
    config_file: str = ""
    strip_everywhere: bool = False


def parse_yaml(text: str) -> dict[str, Any]:
    """A mapping.

    Raises:
        BadConfig: it is none; or it is long, or refers to itself.
    """
    if len(text) > MAX_CHARACTERS:
        raise BadConfig(f"it has {len(text)} characters, and {MAX_CHARACTERS} are the most that are read")
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise BadConfig("it holds an alias (*name), which is not read here")
        value = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, BadConfig):
            raise
        raise BadConfig(f"it is no YAML: {' '.join(str(error).split())[:200]}") from error
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise BadConfig("it is no mapping of names to values")
    return {str(key): content for key, content in value.items()}


def question(values: Mapping[str, Any]) -> Question:
    """The configuration of a question.

    Raises:
        BadConfig: it has no name, or points that are none.
    """
    name = values.get("name")
    if not isinstance(name, str | int | float) or isinstance(name, bool) or not str(name).strip():
        raise BadConfig("the question has no name")
    points, each, by_case = values.get("points"), None, None
    if isinstance(points, dict):
        each, points = number(points.get("each", 1)), None
    elif isinstance(points, list):
        by_case, points = tuple(None if one is None else number(one) for one in points), None
    return Question(
        name=str(name).strip(),
        manual=values.get("manual") is True,
        points=None if points is None else number(points),
        each=each,
        by_case=by_case,
        all_or_nothing=values.get("all_or_nothing") is True,
    )


def assignment(values: Mapping[str, Any]) -> AssignmentConfig:
    """The configuration of an assignment.

    Raises:
        BadConfig: another language than Python, or a list of names that is none.
    """
    tests = values.get("tests")
    tests = tests if isinstance(tests, dict) else {}
    generate = values.get("generate")
    generate = generate if isinstance(generate, dict) else {}
    seed = values.get("seed")
    seed = seed if isinstance(seed, dict) else {}
    value = seed.get("autograder_value", generate.get("seed"))
    variable = seed.get("variable", generate.get("seed_variable"))
    needs = values.get("requirements")
    if str(generate.get("lang", "python")).lower() not in _LANGUAGES:
        raise BadConfig(f"its language is {str(generate['lang'])[:40]!r}, and only Python is graded here")
    return AssignmentConfig(
        name=str(values.get("name") or "")[:200],
        ok_format=tests.get("ok_format") is not False,
        files=_names(values, "files"),
        autograder_files=_names(values, "autograder_files"),
        student_files=_names(values, "student_files"),
        seed=value if isinstance(value, int) and not isinstance(value, bool) else None,
        seed_variable=variable if isinstance(variable, str) and variable.isidentifier() else "",
        requires=tuple(str(one) for one in needs) if isinstance(needs, list) else (),
        requirements_file=needs if isinstance(needs, str) else "",
        config_file=str(values.get("config_file") or ""),
        strip_everywhere=values.get("strip_solutions_from_all_cells") is True,
    )


def number(value: object) -> float:
    """Points.

    Raises:
        BadConfig: they are no number from 0 to a million.
    """
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1_000_000:
        raise BadConfig(f"points are a number from 0, not {str(value)[:40]!r}")
    return float(value)


def _names(values: Mapping[str, Any], key: str) -> tuple[str, ...]:
    found = values.get(key) or []
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise BadConfig(f"{key} is no list of file names")
    return tuple(found)
