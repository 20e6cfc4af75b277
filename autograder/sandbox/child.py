"""What a warm child process leaves behind: its last words, and its end."""

from __future__ import annotations

import os
import subprocess
from typing import IO

_LAST_BYTES = 2000


def said(log: IO[bytes]) -> str:
    """The end of what the process and its children printed. They share the file's offset, which stays where it is."""
    size = os.fstat(log.fileno()).st_size
    return os.pread(log.fileno(), _LAST_BYTES, max(0, size - _LAST_BYTES)).decode("utf-8", "replace").strip()


def end(process: subprocess.Popen[bytes]) -> None:
    """End a zygote at once: it has nothing to put in order, and to leave by itself would take Python a second."""
    process.kill()
    process.wait()
