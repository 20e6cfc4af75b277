"""Names of folders for students: safe on every machine and in every shell, each once, the same in every download."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping

from autograder.interop.collect.attempts import Student
from autograder.interop.collect.roster import alike, rostered

MAX_NAME_BYTES = 100
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))})
_OURS = (".zip", ".json")
"""So end what else lies among the students' folders: somebody's zip, the manifest."""


def safe_name(text: str) -> str:
    """A name of letters, digits, dots and single hyphens, in lower case: `Zoë O'Neil-Šmíd` becomes `zoë-o-neil-šmíd`.
    "" where nothing of it is left."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    kept = "".join(c if unicodedata.category(c)[0] in "LMN" or c in "._@" else "-" for c in plain if not _unseen(c))
    name = "-".join(part for part in kept.replace("@", ".").split("-") if part).strip("._-")
    while len(name.encode()) > MAX_NAME_BYTES:
        name = name[:-1].rstrip("._-")
    reserved = name.split(".")[0] in _RESERVED or name.endswith(_OURS)
    return f"{name}-student" if reserved else name


def _unseen(character: str) -> bool:
    """Marks of direction and joiners, which make two names look like one."""
    return unicodedata.category(character) == "Cf"


def folder_names(
    students: Iterable[Student], known: Mapping[str, str], roster: Mapping[str, str] | None = None
) -> dict[str, str]:
    """A name for each student's key. `known`: names that were given before, which stay; `roster`: names to use.

    Those whose names would be alike have their keys in them, all of them, so that nobody's name hangs on the order.
    """
    wanted = {s.key: safe_name(rostered(s, roster) or s.name) or "student" for s in students}
    by_name: dict[str, list[str]] = {}
    for key, name in wanted.items():
        by_name.setdefault(alike(name), []).append(key)
    named: dict[str, str] = {key: known[key] for key in wanted if key in known}
    taken = {alike(name) for name in known.values()}
    for key in sorted(wanted):
        if key in named:
            continue
        alone = len(by_name[alike(wanted[key])]) == 1 and alike(wanted[key]) not in taken
        named[key] = wanted[key] if alone else _free(f"{wanted[key]}-{safe_name(key) or 'x'}", taken)
        taken.add(alike(named[key]))
    return named


def _free(name: str, taken: Collection[str]) -> str:
    number, tried = 1, name
    while alike(tried) in taken:
        number += 1
        tried = f"{name}-{number}"
    return tried
