"""The roster: what students are called here, by whatever a platform calls them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from autograder.errors import AutograderError, Place
from autograder.grading.paths import shown
from autograder.interop.collect.attempts import Student
from autograder.interop.collect.tables import table_rows

_IDS = frozenset(
    (
        *("id", "sid", "studentid", "studentnumber", "userid", "canvasuserid", "orgdefinedid", "sisuserid", "key"),
        *("login", "loginid", "sisloginid", "username", "user", "email", "emailaddress"),
    )
)
_NAMES = ("name", "student", "fullname", "studentname", "displayname")
_FIRST, _LAST = ("firstname", "givenname", "forename"), ("lastname", "surname", "familyname")


def read_roster(text: str) -> dict[str, str]:
    """A name for each thing that a platform may call a student, from a table with a header: a column of names (or two,
    of first and last names), and one or more of ids, logins or addresses.

    Raises:
        AutograderError: `bad-roster`.
    """
    try:
        rows = table_rows(text)
    except ValueError as error:
        raise _bad(str(error)) from error
    header = [re.sub(r"[\W_]+", "", column.casefold()) for column in rows[0]] if rows else []
    ids = [at for at, column in enumerate(header) if column in _IDS]
    if not ids:
        named = ", ".join(shown(column.strip()) for column in rows[0][:20]) if rows else ""
        raise _bad(f"its first line names no column of ids; it names {named or 'none'}")
    found: dict[str, str] = {}
    for line, row in enumerate(rows[1:], start=2):
        cells = [cell.strip() for cell in row] + [""] * (len(header) - len(row))
        called = [cells[at].removeprefix("#") for at in ids if cells[at].removeprefix("#")]  # as Brightspace marks them
        name = _name(header, cells) or (called[0] if called else "")
        for one in map(alike, called):
            if found.setdefault(one, name) != name:
                first = shown(found[one])
                raise _bad(f"row {line}: {shown(one)} is {shown(name)} here, and {first} in a row before")
    return found


def _name(header: list[str], cells: list[str]) -> str:
    whole = next((cells[at] for at, column in enumerate(header) if column in _NAMES and cells[at]), "")
    first, last = (
        next((cells[at] for at, column in enumerate(header) if column in names), "") for names in (_FIRST, _LAST)
    )
    return whole or f"{first} {last}".strip()


def rostered(student: Student, roster: Mapping[str, str] | None) -> str:
    """What the student is called here; "" where the roster does not say."""
    if not roster:
        return ""
    called = (student.key, *student.others, student.name)
    return next((roster[alike(one)] for one in called if alike(one) in roster), "")


def is_rostered(student: Student, roster: Mapping[str, str] | None) -> bool:
    """Whether a student is to be collected: where there is no roster, everybody."""
    return roster is None or bool(rostered(student, roster))


def alike(name: str) -> str:
    """The same for names that people or machines take for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())


def _bad(why: str) -> AutograderError:
    return AutograderError(
        "bad-roster",
        "the roster cannot be read",
        where=Place("roster"),
        why=why,
        fix="a CSV with a header: name, and id, login or email as the platform has them",
    )
