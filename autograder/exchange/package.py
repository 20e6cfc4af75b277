"""A submission as one zip: the files and a manifest. The same files and manifest give the same bytes everywhere."""

from __future__ import annotations

import hashlib
import io
import platform
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from typing import BinaryIO

from autograder.errors import AutograderError
from autograder.exchange.manifest import (
    MANIFEST,
    MAX_MANIFEST_BYTES,
    HandedIn,
    Manifest,
    checked_student,
    manifest_from,
)
from autograder.grading import archive, intake, paths
from autograder.grading.paths import Refused, shown

_NO_TIME = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3


@dataclass(frozen=True)
class Package:
    """A submission, ready to be handed in."""

    manifest: Manifest
    content: bytes
    """The zip."""

    @property
    def sha256(self) -> str:
        """Of the zip, hex: what a receipt names."""
        return hashlib.sha256(self.content).hexdigest()


def pack(slug: str, version: str, student: str, files: tuple[tuple[str, bytes], ...], now: datetime) -> Package:
    """The package of these files (relative POSIX names and contents), handed in at `now`.

    Raises:
        AutograderError: `bad-student`; `bad-file-name`; `too-large`.
    """
    files = tuple(sorted(files))
    _refuse(files)
    manifest = Manifest(
        slug=slug,
        version=version,
        student=checked_student(student),
        created=now.astimezone(UTC).isoformat(timespec="seconds"),
        digest=intake.digest_of(files),
        files=tuple(HandedIn(name, len(content), hashlib.sha256(content).hexdigest()) for name, content in files),
        autograder=_installed("autograder"),
        python=platform.python_version(),
        torch=_installed("torch"),
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in ((MANIFEST, manifest.as_bytes()), *files):
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
            # Stored, not packed: what zlib makes of the same bytes differs from machine to machine.
            entry.compress_type = zipfile.ZIP_STORED
            file.writestr(entry, content)
    return Package(manifest, buffer.getvalue())


def _refuse(files: tuple[tuple[str, bytes], ...]) -> None:
    """What no grader would read is refused on the student's machine already."""
    names = [name for name, _ in files]
    for name, content in files:
        fault = paths.name_fault(name)
        if fault:
            raise AutograderError(
                "bad-file-name", f"{shown(name)} cannot be handed in: its name {fault}", fix="rename it"
            )
        if len(content) > paths.MAX_FILE_BYTES:
            what = f"{shown(name)} is larger than {paths.MAX_FILE_BYTES >> 20} MB, which is the most that is read"
            raise AutograderError("too-large", what, fix="hand in less: clear outputs, keep data out")
    twice = paths.clash(names)
    if twice is not None:
        what = f"two files have one name on some systems: {shown(twice[0])} and {shown(twice[1])}"
        raise AutograderError("bad-file-name", what, fix="rename one of them")
    if sum(len(content) for _, content in files) > paths.MAX_TOTAL_BYTES or len(files) > paths.MAX_ENTRIES - 1:
        raise AutograderError(
            "too-large",
            f"more than {paths.MAX_TOTAL_BYTES >> 20} MB, or more than {paths.MAX_ENTRIES - 1} files",
            fix="leave data and models out",
        )


def read_manifest(file: BinaryIO) -> Manifest:
    """The manifest in a stranger's zip. What it says of the files is not compared with them here.

    Raises:
        ValueError: the zip holds none that can be used; the message is one line and may quote the zip.
    """
    try:
        entry = next((e for e in archive.list_entries(file) if e.name == MANIFEST), None)
        if entry is None:
            raise ValueError("the zip holds no manifest: it was not made by `autograder submit`")
        if entry.size > MAX_MANIFEST_BYTES:
            raise ValueError("the manifest is too large")
        return manifest_from(archive.read_checked(file, entry))
    except Refused as refused:
        raise ValueError(refused.message) from refused


def _installed(name: str) -> str:
    try:
        return installed(name)
    except PackageNotFoundError:
        return ""
