"""Replacing a folder in one step: readers see the old one or the new one, never a mixture."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

Files = Mapping[str, bytes]


def replace_folder(target: Path, files: Files) -> bool:
    """Make `target` hold exactly `files` (POSIX path -> content). False where it already did.

    Written beside the target and swapped in. On any error the old folder stays as it was.
    """
    if read_folder(target) == dict(files):
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        fresh, old = work / "new", work / "old"
        _write(fresh, files)
        if target.exists():
            target.rename(old)
        try:
            fresh.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return True


def read_folder(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` that git would keep, by POSIX path. Empty where there is none."""
    if not folder.is_dir():
        return {}
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not is_cache(path.relative_to(folder))
    }


def is_cache(relative: Path) -> bool:
    """Files that tools leave behind and nobody wrote."""
    return any(part == "__pycache__" or part.startswith(".") for part in relative.parts) or relative.suffix == ".pyc"


def _write(folder: Path, files: Files) -> None:
    """Modes are set outright: the umask of the machine must not show."""
    folder.mkdir()
    folder.chmod(0o755)
    for name, content in sorted(files.items()):
        path = folder / name
        for parent in reversed(path.relative_to(folder).parents[:-1]):
            (folder / parent).mkdir(exist_ok=True)
            (folder / parent).chmod(0o755)
        path.write_bytes(content)
        path.chmod(0o644)
