"""Zip archives whose bytes depend on what is in them alone: not on the day, the machine or its compression library."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping

_DAY = (1980, 1, 1, 0, 0, 0)
"""The first that a zip can say."""
_UNIX = 3


def zip_bytes(files: Mapping[str, bytes], executable: Collection[str] = ()) -> bytes:
    """An archive of `files` (POSIX path -> content), in the order of their names. Stored, not compressed: compressed
    bytes differ from one zlib to the next.

    `executable`: names of files that Unix may run.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _DAY)
            entry.create_system = _UNIX
            entry.external_attr = (0o100755 if name in executable else 0o100644) << 16
            archive.writestr(entry, content)
    return buffer.getvalue()
