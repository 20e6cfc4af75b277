"""Canvas: a flat zip, `{sortable name}[_LATE]_{user id}_{attachment id}_{file}`; `[LATE_]anon_{id}_…` if anonymous.

Source: lib/content_zipper.rb of canvas-lms. Of a name Canvas leaves letters, digits and underscores, or nothing at all.
"""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from dataclasses import replace

from autograder.interop.collect.attempts import Attempt, Fate, File, FileFate, Platform, Reading, Student, Wanted
from autograder.interop.collect.download import Download, Item

_FILE = r"(?:(?P<attachment>\d{1,20})_(?P<file>[^/]+)|(?P<typed>text|link)\.html)"
_NAMED = re.compile(rf"(?P<name>[^/]{{0,200}}?)(?P<late>_LATE)?_(?P<user>\d{{1,20}})_{_FILE}", re.DOTALL)
_ANONYMOUS = re.compile(rf"(?P<late>LATE_)?(?P<name>anon)_(?P<user>[A-Za-z0-9]{{1,40}})_{_FILE}", re.DOTALL)
_NUMBERS = re.compile(r"_(?=\d{1,20}_(?P<attachment>\d{1,20})_)")
_AGAIN = re.compile(r"-\d{1,3}(?=\.[A-Za-z0-9]+\Z)")
"""Canvas numbers a file that is handed in under a name that the student used before."""


def file_name(name: str) -> re.Match[str] | None:
    """The parts of a name: name, late, user, attachment, file; typed instead of the last two."""
    return _ANONYMOUS.fullmatch(name) or _NAMED.fullmatch(name)


def _recognises(download: Download) -> float:
    flat = [item.path for item in download.items]
    return sum(file_name(path) is not None for path in flat) / len(flat) if flat else 0


def _read(download: Download, _wanted: Wanted) -> Reading:
    parsed = [(item, file_name(item.path)) for item in download.items]
    digits = [len(found["attachment"]) for _, found in parsed if found is not None and found["attachment"]]
    usual = statistics.median_low(digits) if digits else 0
    files: dict[Student, list[tuple[int, File]]] = defaultdict(list)
    late: set[Student] = set()
    others: list[FileFate] = []
    for item, found in parsed:
        if found is None:
            others.append(FileFate(item.path, Fate.STRANGE))
            continue
        student = _student(found)
        if found["typed"]:
            why = "a link" if found["typed"] == "link" else "words typed into the platform"
            others.append(FileFate(item.path, Fate.NO_NOTEBOOK, student.name, why))
        elif _is_two_ways(item, found, usual):
            others.append(FileFate(item.path, Fate.UNSAFE, why="its name can be read in two ways: look whose it is"))
        else:
            files[student].append((int(found["attachment"]), File(found["file"], item)))
            late |= {student} if found["late"] else set()
    attempts = []
    for student, numbered in files.items():
        own, older = _newest(numbered)
        others += [FileFate(file.item.path, Fate.OLDER, student.name) for file in older]
        attempts.append(Attempt(student, _also_as_named(own), flagged_late=student in late))
    return Reading(tuple(attempts), tuple(others))


def _student(found: re.Match[str]) -> Student:
    anonymous = found["name"] == "anon"
    return Student(found["user"], f"anonymous {found['user']}" if anonymous else found["name"] or found["user"])


def _is_two_ways(item: Item, found: re.Match[str], usual: int) -> bool:
    """Whether somebody's own name seems to end in a number, so that their files would be taken for another's: what
    would be the attachment's number is far too short, and one further on is not."""
    if len(found["attachment"]) + 1 >= usual:
        return False
    return any(len(other["attachment"]) + 1 >= usual for other in _NUMBERS.finditer(item.path, found.start("user")))


def _newest(numbered: list[tuple[int, File]]) -> tuple[list[File], list[File]]:
    """Of notebooks that are one but for Canvas's number the newest, with all that is no notebook; and the older."""
    kept: dict[str, File] = {}
    older: list[File] = []
    for _, file in sorted(numbered, key=lambda pair: (pair[0], pair[1].name)):
        name = _plain(file.name) if file.name.lower().endswith(".ipynb") else file.name
        older += [kept.pop(name)] if name in kept else []
        kept[name] = file
    return list(kept.values()), older


def _also_as_named(own: list[File]) -> tuple[File, ...]:
    """The files, and those that a notebook may import or open under the name that Canvas took from them as well: nobody
    can tell whether `data-1.csv` was called so."""
    names = {file.name for file in own}
    if not any(name.lower().endswith(".ipynb") for name in names):
        return tuple(own)
    again = {_plain(file.name): file for file in own if not file.name.lower().endswith(".ipynb")}
    return (*own, *(replace(file, name=name) for name, file in again.items() if name not in names))


def _plain(name: str) -> str:
    return _AGAIN.sub("", name)


CANVAS = Platform("canvas", _recognises, _read)
