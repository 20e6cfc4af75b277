"""Students' files into a folder that `grade` takes: nothing is overwritten, and each student is there whole or not."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from autograder.errors import AutograderError, Place
from autograder.grading import paths
from autograder.grading.paths import Refused, shown
from autograder.interop.collect.attempts import File

MANIFEST = "collected.json"
SCHEMA = 1
MAX_MANIFEST_BYTES = 64 << 20


def read_manifest(to: Path) -> dict[str, Any]:
    """What was collected into `to` before; students by their platform and key.

    Raises:
        AutograderError: `bad-manifest`: something else lies there under its name.
    """
    path = to / MANIFEST
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(MAX_MANIFEST_BYTES))
        if not isinstance(found, dict) or found.get("schema") != SCHEMA or not isinstance(found.get("students"), dict):
            raise ValueError("it was not written by this version of autograder collect")
        for key, one in found["students"].items():
            _check(key, one)
        return found
    except FileNotFoundError:
        return {"schema": SCHEMA, "students": {}}
    except (OSError, ValueError, RecursionError) as error:
        raise AutograderError(
            "bad-manifest",
            f"{MANIFEST} cannot be read: {error}",
            where=Place(str(path)),
            why="It says whose folder is whose, and what may be changed.",
            fix="collect into a new folder, or put the file back as it was",
        ) from error


def _check(key: str, one: object) -> None:
    """A name of the manifest becomes a path: it must be one that could have been given.

    Raises:
        ValueError: it is not.
    """
    name = one.get("name") if isinstance(one, dict) else None
    if not isinstance(name, str) or paths.name_fault(name) or "/" in name or name[0] in "._-":
        raise ValueError(f"what it says of {shown(key)} is no folder's name")


def write_manifest(to: Path, manifest: Mapping[str, Any]) -> None:
    """Put the manifest in place of the one before, in one step. A line for each student: this is done for every one."""
    coded = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
    lines = ",\n".join(f"{coded(key)}: {coded(one)}" for key, one in sorted(manifest["students"].items()))
    content = f'{{"schema": {SCHEMA}, "students": {{\n{lines}\n}}}}\n'
    made, beside = tempfile.mkstemp(dir=to, prefix=".collected-")
    try:
        with os.fdopen(made, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(content)
        os.replace(beside, to / MANIFEST)  # noqa: PTH105 (one system call)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)  # noqa: PTH108
        raise


def contents_of(files: Iterable[File]) -> tuple[tuple[str, bytes], ...]:
    """Names and contents, within what is read of one submission.

    Raises:
        Refused: one of them cannot be read, or they are too large.
    """
    total = 0
    found: list[tuple[str, bytes]] = []
    for file in files:
        is_zip = file.name.lower().endswith(".zip")
        content = file.item.read(paths.MAX_TOTAL_BYTES if is_zip else paths.MAX_FILE_BYTES)
        total += len(content)
        if total > paths.MAX_TOTAL_BYTES or len(found) >= paths.MAX_ENTRIES:
            raise Refused("limit", f"it holds more than {paths.MAX_TOTAL_BYTES >> 20} MB or {paths.MAX_ENTRIES} files")
        found.append((file.name, content))
    return tuple(sorted(found))


def digest_of(files: Iterable[tuple[str, bytes]]) -> str:
    """SHA-256 (hex) over names and contents."""
    total = hashlib.sha256()
    for name, content in sorted(files):
        total.update(f"{len(name.encode())}\0{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def place_of(name: str, files: Iterable[tuple[str, bytes]]) -> str:
    """Where a student's files go below the folder: a folder of their own, or, of a zip alone, a zip."""
    only = list(files)
    is_zip = len(only) == 1 and PurePosixPath(only[0][0]).suffix.lower() == ".zip"
    return f"{name}.zip" if is_zip else name


def there(to: Path, name: str) -> str | None:
    """The digest of what lies in a student's place, folder or zip; None where nothing is, "" for what is neither."""
    zipped, place = to / f"{name}.zip", to / name
    if os.path.lexists(zipped):
        return digest_of([("", zipped.read_bytes())]) if zipped.is_file() and not zipped.is_symlink() else ""
    if not os.path.lexists(place):
        return None
    if place.is_symlink() or not place.is_dir():
        return ""
    files = (
        (PurePosixPath(p.relative_to(place)), p) for p in sorted(place.rglob("*")) if p.is_file() and not p.is_symlink()
    )
    # What an editor leaves beside it is none of the student's: caches, checkpoints.
    return digest_of((str(name), path.read_bytes()) for name, path in files if not paths.ignored(name))


def put(to: Path, name: str, files: tuple[tuple[str, bytes], ...]) -> str:
    """Write a student's files, in one step at the end; the place, from `to`.

    Raises:
        OSError: the disk is full, or somebody else wrote there meanwhile.
    """
    place = place_of(name, files)
    work = Path(tempfile.mkdtemp(prefix=".collecting-", dir=to))
    try:
        if place.endswith(".zip"):
            made = work / "zip"
            made.write_bytes(files[0][1])
            os.link(made, to / place)  # fails where something is there, unlike a rename
        else:
            made = work / "folder"
            for file, content in files:
                path = made / file
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("xb") as out:
                    out.write(content)
            os.rename(made, to / place)  # noqa: PTH104 (fails where files are there)
    finally:
        shutil.rmtree(work)
    return place


def set_aside(to: Path, name: str) -> None:
    """Move what lies in a student's place to a hidden folder, which `grade` passes over."""
    old = to / ".older"
    old.mkdir(exist_ok=True)
    for place in (name, f"{name}.zip"):
        if not os.path.lexists(to / place):
            continue
        number = 1
        while os.path.lexists(old / f"{place}.{number}"):
            number += 1
        os.rename(to / place, old / f"{place}.{number}")  # noqa: PTH104
