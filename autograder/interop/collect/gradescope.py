"""Gradescope: `assignment_N_export/`, a folder for each submission and submission_metadata.yml, which says whose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import yaml

from autograder.course.text import one_line
from autograder.errors import AutograderError, Place
from autograder.grading.paths import Refused
from autograder.interop.collect.attempts import Attempt, Fate, File, FileFate, Platform, Reading, Student, Wanted
from autograder.interop.collect.download import Download, Item
from autograder.interop.collect.moments import moment_in

METADATA = "submission_metadata.yml"
MAX_BYTES = 64 << 20
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Written in C where that is there: the file also holds all results of all tests."""


class _Loader(_Safe):  # type: ignore[misc]
    """Plain values only; without merge keys, which can double what they hold at each step."""

    def flatten_mapping(self, node: Any) -> None:
        """Leave merge keys as they are: no constructor takes them, and so the file is refused."""


def _recognises(download: Download) -> float:
    return 1.0 if any(item.path == METADATA for item in download.items) else 0.0


def _read(download: Download, _wanted: Wanted) -> Reading:
    metadata = next(item for item in download.items if item.path == METADATA)
    told = read_metadata(metadata)
    files: dict[str, list[File]] = defaultdict(list)
    others = [FileFate(METADATA, Fate.PLATFORM)]
    for item in download.items:
        if item is metadata:
            continue
        if len(item.parts) > 1 and item.parts[0] in told:
            files[item.parts[0]].append(File("/".join(item.parts[1:]), item))
        else:
            others.append(FileFate(item.path, Fate.STRANGE))
    attempts: list[Attempt] = []
    for name, own in files.items():
        students, moment = told[name]
        if not students:
            others += [FileFate(file.item.path, Fate.UNKNOWN, why="nobody is named for it") for file in own]
        attempts += [Attempt(student, tuple(own), moment) for student in students]  # each of a group handed it in
    return Reading(tuple(attempts), tuple(others))


def read_metadata(item: Item) -> dict[str, tuple[tuple[Student, ...], datetime | None]]:
    """Of each folder, its submitters and when they handed in.

    Raises:
        AutograderError: `bad-metadata`.
    """
    try:
        content = item.read(MAX_BYTES).decode("utf-8-sig")
        found = yaml.load(content, Loader=_Loader)  # noqa: S506 (a safe loader)
    except Refused as refused:
        raise _bad(refused.message) from refused
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError, MemoryError, OverflowError) as error:
        raise _bad(one_line(str(error), limit=300) or type(error).__name__) from error
    if not isinstance(found, dict):
        raise _bad("it is no list of submissions")
    return {
        str(name): (tuple(_students(one)), moment_in(_value(one, "created_at")))
        for name, one in found.items()
        if isinstance(one, dict)
    }


def _students(one: dict[Any, Any]) -> Iterator[Student]:
    people = _value(one, "submitters")
    for person in people[:100] if isinstance(people, list) else ():
        if not isinstance(person, dict):
            continue
        name, sid, address = (_text(_value(person, key)) for key in ("name", "sid", "email"))
        key = sid or address or name
        if key:
            yield Student(key, name or key, tuple(other for other in (address,) if other and other != key))


def _value(of: dict[Any, Any], key: str) -> Any:
    """Keys have a leading colon, as Ruby writes symbols."""
    return of.get(f":{key}", of.get(key))


def _text(value: object) -> str:
    return str(value).strip()[:200] if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _bad(why: str) -> AutograderError:
    return AutograderError(
        "bad-metadata",
        f"{METADATA} cannot be read",
        where=Place(METADATA),
        why=why,
        fix="export the submissions of the assignment from Gradescope again",
    )


GRADESCOPE = Platform("gradescope", _recognises, _read)
