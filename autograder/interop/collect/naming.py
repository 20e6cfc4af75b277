"""Names of folders for students: safe on every machine and in every shell, each once, the same in every download."""

from __future__ import annotations

import csv
import io
import itertools
import unicodedata
from collections.abc import Collection, Iterable, Mapping

from autograder.errors import AutograderError, Place
from autograder.interop.collect.attempts import Student

MAX_NAME_BYTES = 100
MAX_ROSTER = 100_000
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))})
_ID_COLUMNS = (
    "id",
    "sid",
    "student_id",
    "user_id",
    "login",
    "username",
    "email",
    "email address",
    "sis user id",
    "key",
)
_NAME_COLUMNS = ("name", "student", "full name", "student name")


def safe_name(text: str) -> str:
    """A name of letters, digits, dots and single hyphens, in lower case: `Zoë O'Neil-Šmíd` becomes `zoë-o-neil-šmíd`.
    "" where nothing of it is left."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    kept = "".join(c if unicodedata.category(c)[0] in "LMN" or c in "._@" else "-" for c in plain if not _unseen(c))
    name = "-".join(part for part in kept.replace("@", ".").split("-") if part).strip("._-")
    while len(name.encode()) > MAX_NAME_BYTES:
        name = name[:-1].rstrip("._-")
    return f"{name}-student" if name.split(".")[0] in _RESERVED else name


def _unseen(character: str) -> bool:
    """Marks of direction and joiners, which make two names look like one."""
    return unicodedata.category(character) == "Cf"


def folder_names(
    students: Iterable[Student], known: Mapping[str, str], roster: Mapping[str, str] | None = None
) -> dict[str, str]:
    """A name for each student's key. `known`: names that were given before, which stay; `roster`: names to use.

    Those whose names would be alike have their keys in them, all of them, so that nobody's name hangs on the order.
    """
    wanted = {s.key: safe_name(_rostered(s, roster) or s.name) or "student" for s in students}
    by_name: dict[str, list[str]] = {}
    for key, name in wanted.items():
        by_name.setdefault(_alike(name), []).append(key)
    named: dict[str, str] = {key: known[key] for key in wanted if key in known}
    taken = {_alike(name) for name in known.values()}
    for key in sorted(wanted):
        if key in named:
            continue
        alone = len(by_name[_alike(wanted[key])]) == 1 and _alike(wanted[key]) not in taken
        named[key] = wanted[key] if alone else _free(f"{wanted[key]}-{safe_name(key) or 'x'}", taken)
        taken.add(_alike(named[key]))
    return named


def _alike(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())


def _free(name: str, taken: Collection[str]) -> str:
    number, tried = 1, name
    while _alike(tried) in taken:
        number += 1
        tried = f"{name}-{number}"
    return tried


def _rostered(student: Student, roster: Mapping[str, str] | None) -> str:
    if not roster:
        return ""
    called = (student.key, *student.others, student.name)
    return next((roster[_alike(one)] for one in called if _alike(one) in roster), "")


def is_rostered(student: Student, roster: Mapping[str, str] | None) -> bool:
    """Whether a student is to be collected: where there is no roster, everybody."""
    return roster is None or bool(_rostered(student, roster))


def read_roster(text: str) -> dict[str, str]:
    """A name for each thing that a platform may call a student, from a CSV with a header: a column of names, and one or
    more of ids, logins or addresses.

    Raises:
        AutograderError: `bad-roster`.
    """
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    try:
        rows = list(itertools.islice(csv.reader(io.StringIO(plain)), MAX_ROSTER + 2))
    except csv.Error as error:
        raise _bad(str(error)) from error
    if len(rows) > MAX_ROSTER + 1:
        raise _bad(f"it has more than {MAX_ROSTER:,} rows")
    header = [column.strip().casefold() for column in rows[0]] if rows else []
    names = [at for at, column in enumerate(header) if column in _NAME_COLUMNS]
    ids = [at for at, column in enumerate(header) if column in _ID_COLUMNS]
    if not ids:
        raise _bad(f"it has no column of ids; there are {', '.join(header)[:200] or 'none'}")
    found: dict[str, str] = {}
    for row in rows[1:]:
        cells = [cell.strip() for cell in row] + [""] * (len(header) - len(row))
        called = [cells[at] for at in ids if cells[at]]
        name = next((cells[at] for at in names if cells[at]), "")
        found |= {_alike(one): name or called[0] for one in called}
    return found


def _bad(why: str) -> AutograderError:
    return AutograderError(
        "bad-roster",
        "the roster cannot be read",
        where=Place("roster"),
        why=why,
        fix="a CSV with a header: name, and id, login or email as the platform has them",
    )
