"""An assignment as bytes, to be sent to another machine and laid out there in a private folder."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from autograder.course import Assignment, load_assignment
from autograder.errors import AutograderError, Place


def pack(assignment: Assignment) -> bytes:
    """All files of the assignment, the secret ones too; of a link, what it leads to. Same files, same bytes."""
    found = {}
    for path in sorted(p for p in assignment.root.rglob("*") if p.is_file()):
        name = path.relative_to(assignment.root)
        if not any(part.startswith(".") or part == "__pycache__" for part in name.parts):
            found[os.fsencode(name.as_posix())] = path.read_bytes()
    return msgspec.msgpack.encode(found)


def unpack(packed: bytes, folder: Path, slug: str, version: str) -> Assignment:
    """Lay out the assignment `slug` in a new folder below `folder`, which must be private.

    Raises:
        AutograderError: `wrong-bundle`: it is not the assignment of that version; or as load_assignment().
    """
    root = folder / slug
    root.mkdir(mode=0o700)
    for name, content in msgspec.msgpack.decode(packed, type=dict[bytes, bytes]).items():
        path = root / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    assignment = load_assignment(root)
    found = assignment.version()
    if found != version:
        raise AutograderError(
            "wrong-bundle",
            f"{slug} came over as version {found}, not {version}",
            where=Place(str(root)),
            why="Its files changed while they were read, or this machine has another version of autograder.",
            fix="start the batch again, with the same autograder on all machines",
        )
    return assignment
