"""The instructor's side of the folder exchange: a release goes out, and feedback goes back."""

from __future__ import annotations

import io
import secrets
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from autograder.course.released import read_released
from autograder.errors import AutograderError, Place
from autograder.exchange.landing import make_folder, write_new, write_over
from autograder.exchange.manifest import checked_student, quoted
from autograder.exchange.names import DROP_BOX, OPEN, UNLISTED, rooms
from autograder.exchange.receipt import feedback_key

PAGE = "feedback.html"
SUMMARY = "summary.json"
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def publish(exchange: Path, release: Path) -> Path:
    """Copy the release in `release` to the exchange's outbound/, as a folder and as a zip, and begin to collect.

    Nothing that was given out before is changed: another release of the same assignment lies beside it, and what is
    there already, byte by byte, is not copied again.

    Returns:
        The folder that students copy: `{exchange}/{slug}/outbound/{time}-{version}/{slug}/`.

    Raises:
        AutograderError: `no-release`, `no-exchange`, `not-published`.
    """
    about = read_released(release)
    if about is None:
        raise AutograderError(
            "no-release", "this folder holds no release", where=Place(str(release)), fix="autograder build, first"
        )
    place = rooms(exchange, about.slug)
    version = quoted(about.version)[:40]
    try:
        if not exchange.is_dir():
            raise AutograderError(
                "no-exchange", "there is no such folder", where=Place(str(exchange)), fix="make it, or mount the share"
            )
        for folder, mode in (
            (place.root, OPEN),
            (place.outbound, OPEN),
            (place.inbound, DROP_BOX),
            (place.feedback, UNLISTED),
        ):
            make_folder(folder, mode)
        files = _files(release)
        newest = max((p for p in place.outbound.iterdir() if not p.name.startswith(".")), default=None)
        if newest is not None and (newest / about.slug).is_dir() and _files(newest / about.slug) == files:
            return newest / about.slug
        when = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        return _copy(place.outbound, f"{when}-{version}", about.slug, files) / about.slug
    except OSError as error:
        raise AutograderError(
            "not-published",
            f"the release cannot be written into the exchange: {error.strerror or error}",
            where=Place(str(error.filename or place.root)),
            fix="check that you may write there",
        ) from error


def give_back(exchange: Path, slug: str, student: str, sha256: str, page: bytes, summary: bytes) -> Path:
    """Put feedback on one package where its student finds it, in place of any earlier. Returns the page's place.

    The folder's name follows from the package's hash: who has the package or its receipt finds it, and no one else,
    for feedback/ cannot be listed. No account of a student's is needed for that.

    Raises:
        AutograderError: `not-returned`.
    """
    place = rooms(exchange, slug)
    folder = feedback_folder(exchange, slug, student, sha256)
    try:
        make_folder(place.feedback, UNLISTED)
        make_folder(folder.parent, UNLISTED)
        make_folder(folder, OPEN)
        for name, content in ((PAGE, page), (SUMMARY, summary)):
            write_over(folder / name, content)
    except OSError as error:
        raise AutograderError(
            "not-returned",
            f"feedback cannot be written into the exchange: {error.strerror or error}",
            where=Place(str(error.filename or folder)),
            fix="check that you may write there",
        ) from error
    return folder / PAGE


def feedback_folder(exchange: Path, slug: str, student: str, sha256: str) -> Path:
    """Where feedback on a package lies, whether or not there is any."""
    student = checked_student(student)
    return rooms(exchange, slug).feedback / quoted(student) / feedback_key(sha256, student)


def _files(folder: Path) -> dict[str, bytes]:
    """The plain files below `folder` by POSIX path; links and hidden files are no part of a release."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
    }


def _copy(outbound: Path, name: str, slug: str, files: dict[str, bytes]) -> Path:
    """All of it under a hidden name first; then the rename shows it at once."""
    hidden = outbound / f".{secrets.token_hex(16)}"
    make_folder(hidden, OPEN)
    try:
        make_folder(hidden / slug, OPEN)
        for path, content in files.items():
            target = hidden / slug
            for part in Path(path).parts[:-1]:
                target = target / part
                make_folder(target, OPEN)
            write_new(hidden / slug / path, content)
        write_new(hidden / f"{slug}.zip", _zipped(slug, files))
        hidden.rename(outbound / name)
    except BaseException:
        shutil.rmtree(hidden, ignore_errors=True)
        raise
    return outbound / name


def _zipped(slug: str, files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{slug}/{name}", _NO_TIME)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o100644 << 16, 3
            archive.writestr(entry, content)
    return buffer.getvalue()
