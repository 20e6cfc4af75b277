"""The only files of ours that a worker can read: copies of wire/ and worker/, and an assignment's public data."""

from __future__ import annotations

import shutil
from pathlib import Path

DATA = "data"
START = (
    "import sys; tree, entry, *rest = sys.argv[1:]; sys.path.insert(0, tree); "
    "module = __import__(f'autograder.worker.{entry}', fromlist=['main']); module.main(*map(int, rest))"
)
"""The program of a worker's interpreter: arguments are the tree, the entry's module, and its numbers."""


def worker_tree(folder: Path, data: Path | None = None) -> Path:
    """Copy wire/ and worker/ below `folder` and return it: what goes on the worker's import path.

    `data`: a folder of public data, copied to `folder`/data. Links in it are left out.
    """
    package = folder / "autograder"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text('"""What there is of autograder inside the walls."""\n', encoding="utf-8")
    source = Path(__file__).resolve().parent.parent
    for room in ("wire", "worker"):
        shutil.copytree(source / room, package / room, ignore=shutil.ignore_patterns("__pycache__"))
    if data is not None:
        _copy_data(data, folder / DATA)
    return folder


def _copy_data(source: Path, target: Path) -> None:
    """Readable for all, so that a worker of any user may map it; one copy in memory serves all that do."""
    for path in sorted(source.rglob("*")):
        if path.is_file() and not path.is_symlink():
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            copy.chmod(0o444)
    for folder in (target, *target.rglob("*")):
        if folder.is_dir():
            folder.chmod(0o755)
