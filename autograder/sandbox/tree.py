"""The only code of ours that a worker can read: copies of wire/ and worker/ in a folder of their own."""

from __future__ import annotations

import shutil
from pathlib import Path

START = (
    "import sys; tree, entry, *rest = sys.argv[1:]; sys.path.insert(0, tree); "
    "module = __import__(f'autograder.worker.{entry}', fromlist=['main']); module.main(*map(int, rest))"
)
"""The program of a worker's interpreter: arguments are the tree, the entry's module, and its numbers."""


def worker_tree(folder: Path) -> Path:
    """Copy wire/ and worker/ below `folder` and return it: what goes on the worker's import path."""
    package = folder / "autograder"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text('"""What there is of autograder inside the walls."""\n', encoding="utf-8")
    source = Path(__file__).resolve().parent.parent
    for room in ("wire", "worker"):
        shutil.copytree(source / room, package / room, ignore=shutil.ignore_patterns("__pycache__"))
    return folder
