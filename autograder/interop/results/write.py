"""Files that other programs read: each written as a whole, so that nobody meets half of one."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from autograder.build.write import replace_folder
from autograder.course import Assignment, Verdict
from autograder.course.text import file_stem
from autograder.errors import AutograderError, Place
from autograder.interop.results.gradescope import Shown, gradescope_results


def as_json(document: object) -> bytes:
    """UTF-8 and a line end. No NaN: JSON has none."""
    return (json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8", "replace")


def replace_file(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write `content` in one step: a reader, or who comes after a sudden end, finds the old file or the new one.

    `private`: nobody else on this machine may read it.

    Raises:
        AutograderError: `not-writable`.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        try:
            beside.unlink(missing_ok=True)
            beside.touch(0o600 if private else 0o666)
            beside.write_bytes(content)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise _not_writable(path, error) from error


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make `folder` hold exactly `files`, in one step. A folder with anything else in it is left alone.

    Raises:
        AutograderError: `not-empty`, `not-writable`.
    """
    own = {name.partition("/")[0] for name in files}
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()  # dot files too: they would be lost
    kept = sorted(there - own)
    if kept:
        raise AutograderError(
            "not-empty",
            f"the folder holds {kept[0]}, which is none of the files to be written",
            where=Place(str(folder)),
            why="Nothing was written.",
            fix="name an empty folder, or one that is not there yet, with --out",
        )
    try:
        replace_folder(folder, files)
    except OSError as error:
        raise _not_writable(folder, error) from error


def write_results(assignment: Assignment, verdicts: Iterable[Verdict], folder: Path, shown: Shown) -> list[Path]:
    """A results.json, as Gradescope reads it, for each verdict, under a name that is safe on every file system.

    Raises:
        AutograderError: `not-writable`.
    """
    written = []
    for verdict in verdicts:
        path = folder / f"{file_stem(verdict.submission)}.json"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _not_writable(folder, error) from error
        replace_file(path, as_json(gradescope_results(assignment, verdict.findings, shown, seconds=verdict.seconds)))
        written.append(path)
    return written


def _not_writable(path: Path, error: OSError) -> AutograderError:
    return AutograderError(
        "not-writable",
        "what was asked for cannot be written",
        where=Place(str(path)),
        why=f"The system says: {error.strerror or error}.",
        fix="name a place in a folder that exists and that you may write to",
    )
