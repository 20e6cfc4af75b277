"""The folder on this machine in which downloaded archives stay, and the reasons why it may not take one."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from autograder.errors import AutograderError, Place

VARIABLE = "AUTOGRADER_DATA"
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def data_folder(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Where data sets are kept: what AUTOGRADER_DATA names, or else a folder among the caches of the platform."""
    if environment.get(VARIABLE):
        return Path(environment[VARIABLE]).expanduser()
    if platform == "win32":
        caches = Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif platform == "darwin":
        caches = Path.home() / "Library" / "Caches"
    else:
        caches = Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return caches / "autograder" / "datasets"


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Turns what the file system says against writing into `folder` into an AutograderError."""
    try:
        yield
    except OSError as refused:
        if refused.errno in FULL:
            code, what, fix = "data-disk-full", "the disk is full", "make room on this disk, or set"
        else:
            code, what, fix = "data-not-writable", "the folder for data sets cannot be written to", "set"
        raise AutograderError(
            code,
            what,
            where=Place(str(folder)),
            why=f"Data sets are kept there between sessions. The system says: {refused.strerror or refused}.",
            fix=f"{fix} the environment variable {VARIABLE} to a folder that has room and can be written to",
        ) from refused
