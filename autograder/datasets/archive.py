"""A file from the network, trusted only while its checksum is right: when it comes, and each time it is used again."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import BinaryIO
from urllib.request import Request, urlopen

from autograder.datasets.cache import writing_to
from autograder.errors import AutograderError, Place

PIECE = 1 << 18
PATIENCE = 30.0  # seconds without a byte
OTHER_FILE = "what came has another checksum than the published file"


@dataclass(frozen=True)
class Archive:
    """A published file: its name, the MD5 sum of its bytes as hex digits, and where it may be had, best first."""

    name: str
    md5: str
    addresses: tuple[str, ...]


def fetched(archive: Archive, folder: Path) -> Path:
    """The archive's file in `folder`, downloaded if it is not there or not what it should be.

    Raises:
        AutograderError: no address gives the file (data-unreachable), what came is another one (data-broken), or
            `folder` cannot take it (data-disk-full, data-not-writable).
    """
    path = folder / archive.name
    with writing_to(folder):
        folder.mkdir(parents=True, exist_ok=True)
        spoilt = path.exists()
        if spoilt and _md5_of(path) == archive.md5:
            return path
    refusals: list[str] = []
    for address in archive.addresses:
        try:
            _download(address, archive, path)
            return path
        except _Refused as refusal:
            refusals.append(f"{address}: {refusal}")
    raise _unavailable(path, refusals, spoilt, any(OTHER_FILE in refusal for refusal in refusals))


class _Refused(Exception):
    """An address does not give the file. Says why."""


def _download(address: str, archive: Archive, path: Path) -> None:
    """Puts the file in place, whole, or not at all: whoever reads or downloads it besides never sees a part of it."""
    with writing_to(path.parent):
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                if _copy(address, file, progress_of(archive.name)) != archive.md5:
                    raise _Refused(OTHER_FILE)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)


def _copy(address: str, file: BinaryIO, progress: Callable[[int, int], None]) -> str:
    """Copies what is at `address` into `file`. Its MD5 sum."""
    digest = hashlib.md5(usedforsecurity=False)
    done = 0
    try:
        answer = urlopen(Request(address, headers={"User-Agent": "autograder"}), timeout=PATIENCE)  # noqa: S310
    except (OSError, HTTPException, ValueError) as refused:
        raise _Refused(str(refused)) from refused
    with answer:
        whole = int(answer.headers.get("Content-Length") or 0)
        while True:
            try:
                piece = answer.read(PIECE)
            except (OSError, HTTPException) as cut:
                raise _Refused(f"the connection broke after {done} bytes: {cut}") from cut
            if not piece and done < whole:
                raise _Refused(f"the connection broke after {done} of {whole} bytes")
            if not piece:
                return digest.hexdigest()
            file.write(piece)
            digest.update(piece)
            done += len(piece)
            progress(done, whole)


def progress_of(name: str) -> Callable[[int, int], None]:
    """Shows how much of a file has come, on a terminal. In a notebook and in a log it says nothing."""

    def show(done: int, whole: int) -> None:
        if not sys.stderr.isatty():
            return
        part = f"{done / whole:4.0%}" if whole else f"{done / 1e6:.0f} MB"
        sys.stderr.write(f"\r{name} {part}" + ("\n" if done == whole else ""))
        sys.stderr.flush()

    return show


def _md5_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def _unavailable(path: Path, refusals: list[str], spoilt: bool, came: bool) -> AutograderError:
    """The error for a file that no address gave."""
    kept = "The file that is there has the wrong checksum: it is not used. " if spoilt else ""
    tried = "".join(f"\n    {refusal}" for refusal in refusals)
    return AutograderError(
        "data-broken" if came else "data-unreachable",
        f"{path.name} could not be downloaded" if not came else f"{path.name} did not come as it was published",
        where=Place(str(path)),
        why=f"{kept}Tried:{tried}",
        fix="try again later; behind a login page of the network (hotel, campus), log in with a browser first"
        if came
        else "connect this machine to the internet and run the cell again; everything that is graded works without it",
    )
