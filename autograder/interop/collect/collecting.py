"""A platform's download -> a folder for `grade`, with a word on every file."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from autograder.errors import AutograderError, Place
from autograder.grading.paths import Refused, shown
from autograder.interop.collect.attempts import Fate, File, FileFate, Platform, Reading, Wanted
from autograder.interop.collect.blackboard import BLACKBOARD
from autograder.interop.collect.brightspace import BRIGHTSPACE
from autograder.interop.collect.canvas import CANVAS
from autograder.interop.collect.choosing import Chosen, Which, choose, to_grade
from autograder.interop.collect.download import Download, open_download
from autograder.interop.collect.gradescope import GRADESCOPE
from autograder.interop.collect.moodle import MOODLE
from autograder.interop.collect.naming import folder_names
from autograder.interop.collect.nbgrader import NBGRADER
from autograder.interop.collect.roster import is_rostered
from autograder.interop.collect.writing import (
    contents_of,
    digest_of,
    place_of,
    put,
    read_manifest,
    set_aside,
    there,
    write_manifest,
)

PLATFORMS = {p.name: p for p in (NBGRADER, GRADESCOPE, CANVAS, MOODLE, BLACKBOARD, BRIGHTSPACE)}
_AT_LEAST = 0.5
"""So much of a download must look like a platform's for it to be taken for one."""
_RECOGNISED_IN_ORDER = (GRADESCOPE, MOODLE, BLACKBOARD, BRIGHTSPACE, NBGRADER, CANVAS)
"""The most particular names first: Canvas's are like many."""

_OF_A_NAME = frozenset((errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ, errno.EEXIST, errno.ENOTEMPTY))
"""What a file system may say of one student's names; all else, such as a full disk, is true for the others, too."""


@dataclass(frozen=True)
class Asked:
    """What to collect, and how."""

    download: Path
    to: Path
    platform: str = "auto"
    wanted: Wanted = field(default_factory=Wanted)
    which: Which = Which.NEWEST
    due: datetime | None = None
    roster: Mapping[str, str] | None = None
    update: bool = False
    """Put newer files in place of those that were collected before, which are set aside."""
    dry_run: bool = False


@dataclass(frozen=True)
class Collected:
    """One student."""

    key: str
    name: str
    """For people."""
    place: str
    """Folder or file below the target; what `grade` calls them."""
    moment: datetime | None
    late: bool | None
    late_by_seconds: float | None
    attempt: int
    attempts: int
    files: tuple[str, ...]
    fate: Fate
    why: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For `--json` and the manifest."""
        return {
            "attempt": self.attempt,
            "attempts": self.attempts,
            "files": list(self.files),
            "late": self.late,
            "late_by_seconds": self.late_by_seconds,
            "name": self.name,
            "place": self.place,
            "submitted": self.moment and self.moment.isoformat(),
        }


@dataclass(frozen=True)
class Collection:
    """What came of a download."""

    platform: str
    students: tuple[Collected, ...]
    files: tuple[FileFate, ...]
    """Every file of the download, by path; one that several people handed in, once for each."""


def collect(asked: Asked) -> Collection:
    """Collect a download.

    Raises:
        AutograderError: nothing of it can be collected; the code says why.
    """
    download = _without_wrapper(open_download(asked.download))
    platform = _platform(download, asked)
    return collect_from(platform.name, platform.read(download, asked.wanted), asked)


def collect_from(platform: str, reading: Reading, asked: Asked) -> Collection:
    """Collect what was found at that platform.

    Raises:
        AutograderError: nothing of it can be collected; the code says why.
    """
    reading, fates = _without_impostors(reading)
    known = [a for a in reading.attempts if is_rostered(a.student, asked.roster)]
    if reading.attempts and not known:
        raise _nobody(reading)
    fates += [*reading.others, *_unknown(reading, asked)]
    chosen, others = choose(known, asked.which, asked.due)
    fates += others
    manifest = read_manifest(asked.to)
    before = {
        key.partition(":")[2]: str(one["name"])
        for key, one in manifest["students"].items()
        if key.startswith(f"{platform}:")
    }
    taken = {key: str(one["name"]) for key, one in manifest["students"].items()}
    names = folder_names((c.attempt.student for c in chosen), before | taken, asked.roster)
    students: list[Collected] = []
    try:
        if not asked.dry_run:
            asked.to.mkdir(parents=True, exist_ok=True)
        for one in chosen:
            student, own = _collected(one, names[one.attempt.student.key], asked)
            students.append(student)
            fates += own
            if student.fate in (Fate.COLLECTED, Fate.UNCHANGED) and not asked.dry_run:
                told = student.as_dict() | {"name": names[student.key], "student": student.name}
                if manifest["students"].get(key := f"{platform}:{student.key}") != told:
                    manifest["students"][key] = told
                    write_manifest(asked.to, manifest)
    except OSError as error:
        raise _not_written(asked.to, error, len(students), len(chosen)) from error
    return Collection(platform, tuple(students), tuple(sorted(fates, key=lambda f: (f.path, f.student))))


def _not_written(to: Path, error: OSError, done: int, of: int) -> AutograderError:
    return AutograderError(
        "not-written",
        f"cannot be written: {error.strerror or error}",
        where=Place(str(to)),
        why=f"{done} of {of} students are there." if done else "Nothing was collected.",
        fix="make room, or see that you may write there, and give the command again; or name another folder with --to",
    )


def _without_wrapper(download: Download) -> Download:
    """Many downloads lie in a folder of their own."""
    for _ in range(3):
        mine = any(platform.recognises(download) >= _AT_LEAST for platform in PLATFORMS.values())
        wrapped = len(download.tops) == 1 and all(len(item.parts) > 1 for item in download.items)
        if mine or not wrapped or download.tops[0] == "submitted":
            return download
        download = download.below(download.tops[0])
    return download


def _platform(download: Download, asked: Asked) -> Platform:
    if asked.platform != "auto":
        chosen = PLATFORMS[asked.platform]
        if chosen.recognises(download) == 0 and chosen is not NBGRADER:
            raise _strange(asked.download, f"nothing in it is named as {chosen.name} names its downloads")
        return chosen
    for platform in _RECOGNISED_IN_ORDER:
        if platform.recognises(download) >= _AT_LEAST:
            return platform
    raise _strange(asked.download, "it looks like no platform's download that is known here")


def _strange(path: Path, why: str) -> AutograderError:
    return AutograderError(
        "unknown-download",
        "this cannot be collected",
        where=Place(str(path)),
        why=why,
        fix=f"say where it comes from with --from ({', '.join(PLATFORMS)}); or give the folder to `autograder grade`",
    )


def _without_impostors(reading: Reading) -> tuple[Reading, list[FileFate]]:
    """The reading without attempts under two names, or addresses, for one number: somebody uses another's."""
    names: dict[str, set[tuple[str, ...]]] = {}
    for attempt in reading.attempts:
        student = attempt.student
        names.setdefault(student.key, set()).add((student.name, *student.others))
    doubtful = [a for a in reading.attempts if len(names[a.student.key]) > 1]
    why = "two people go by one number: look whose it is"
    fates = [FileFate(f.item.path, Fate.UNSAFE, a.student.name, why) for a in doubtful for f in a.files]
    return replace(reading, attempts=tuple(a for a in reading.attempts if a not in doubtful)), fates


def _nobody(reading: Reading) -> AutograderError:
    student = reading.attempts[0].student
    called = ", ".join(shown(one) for one in (student.key, *student.others, student.name))
    return AutograderError(
        "nobody-on-roster",
        f"of {len({a.student.key for a in reading.attempts})} students none is on the roster",
        where=Place("roster"),
        why=f"The first is called {called} here, and the roster has none of these as an id, a login or an address.",
        fix="export the roster from the same platform, or leave --roster out",
    )


def _unknown(reading: Reading, asked: Asked) -> list[FileFate]:
    unknown = [a for a in reading.attempts if not is_rostered(a.student, asked.roster)]
    why = "is not on the roster"
    return [FileFate(f.item.path, Fate.UNKNOWN, a.student.name, why) for a in unknown for f in a.files]


def _collected(chosen: Chosen, name: str, asked: Asked) -> tuple[Collected, list[FileFate]]:
    """One student's files, written; and what became of each."""
    attempt = chosen.attempt
    files, fates, has_notebook = to_grade(attempt)
    why = attempt.doubts if has_notebook else "there is no notebook among the files"
    place, fate = name, Fate.UNREADABLE
    try:
        contents = contents_of(files)
        place = place_of(name, contents)
        fate, why = _nothing(fates) if not files else (fate, why)
        if files:
            fate = _put(name, contents, asked)
    except Refused as refused:
        why = refused.message
    except OSError as error:
        if error.errno not in _OF_A_NAME:
            raise
        why = f"it could not be written: {error.strerror}"
    once = {file.item.path: file for file in files}.values()  # a file may be handed on under two names
    fates += [_fate_of(file, fate, has_notebook, attempt.student.name, why) for file in once]
    seconds = chosen.late_by.total_seconds() if chosen.late_by else None
    student = Collected(
        key=attempt.student.key,
        name=attempt.student.name,
        place=place,
        moment=attempt.moment,
        late=chosen.late,
        late_by_seconds=seconds,
        attempt=chosen.number,
        attempts=chosen.of,
        files=tuple(sorted(file.name for file in files)),
        fate=fate,
        why=why,
    )
    return student, fates


def _nothing(left: list[FileFate]) -> tuple[Fate, str]:
    """What to say of a student of whose files none is handed on: of the first that was refused why."""
    for one in left:
        if one.fate is Fate.UNSAFE:
            return Fate.UNSAFE, f"{shown(PurePosixPath(one.path).name)}: {one.why}"
    return Fate.NO_NOTEBOOK, "there is no file that can be handed on"


def _fate_of(file: File, fate: Fate, has_notebook: bool, student: str, why: str) -> FileFate:
    no_notebook = fate is Fate.COLLECTED and not has_notebook
    return FileFate(file.item.path, Fate.NO_NOTEBOOK if no_notebook else fate, student, why)


def _put(name: str, contents: tuple[tuple[str, bytes], ...], asked: Asked) -> Fate:
    """Write them, unless the same or something else is there."""
    lying = there(asked.to, name)
    is_zip = place_of(name, contents) != name
    if lying is not None and lying == digest_of([("", contents[0][1])] if is_zip else contents):
        return Fate.UNCHANGED
    if lying is not None and not asked.update:
        return Fate.KEPT
    if asked.dry_run:
        return Fate.COLLECTED
    if lying is not None:
        set_aside(asked.to, name)
    put(asked.to, name, contents)
    return Fate.COLLECTED
