"""What a student hands in, as it lies beside the notebook: the notebook, weights, and files that are named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.course.submission import CODE_WITH_WEIGHTS
from autograder.errors import AutograderError, Place
from autograder.grading import folder, paths
from autograder.grading.paths import Refused, shown

WEIGHTS = ".safetensors"
CONVERT = (
    "from safetensors.torch import save_model",
    'save_model(model, "{stem}.safetensors")',
)
"""Python that writes a model's weights as they may be handed in."""


@dataclass(frozen=True)
class Work:
    """The files of a submission, and those that look as if they belonged to it and do not."""

    files: tuple[tuple[str, bytes], ...]
    """Relative POSIX names and contents, the notebook first, by the name that graders look for."""
    left_out: tuple[str, ...]
    """Weights in formats that may run code when they are read."""


def gather(notebook: Path, slug: str, named: Iterable[Path]) -> Work:
    """The notebook, every *.safetensors in its folder, and the files of `named`, which lie there or below.

    Raises:
        AutograderError: `unreadable-file`, `pickled-weights`, `outside-folder`.
    """
    home = notebook.parent.resolve()
    files = {f"{slug}{notebook.suffix}": _read(notebook, paths.MAX_NOTEBOOK_BYTES)}
    beside = sorted(path for path in home.iterdir() if not path.name.startswith("."))
    for path in (*(p for p in beside if p.suffix == WEIGHTS), *named):
        name = _relative(path, home)
        if name == notebook.name:
            continue
        if path.suffix.lower() in CODE_WITH_WEIGHTS:
            raise pickled(path)
        if name in files and path.resolve() != (home / name).resolve():
            raise AutograderError("bad-file-name", f"{shown(name)} is the notebook's own name", fix="rename the file")
        files[name] = _read(path, paths.MAX_FILE_BYTES)
    left_out = tuple(p.name for p in beside if p.suffix.lower() in CODE_WITH_WEIGHTS)
    return Work(tuple(files.items()), left_out)


def pickled(path: Path) -> AutograderError:
    """Why weights in a pickle are refused, and how to write them otherwise."""
    first, second = CONVERT
    return AutograderError(
        "pickled-weights",
        f"{shown(path.name)} is not handed in: its format may run code when it is read",
        where=Place(str(path)),
        why="Graders read weights from safetensors files only.",
        fix=f"in the notebook: {first}; {second.format(stem=shown(path.stem))}",
    )


def _relative(path: Path, home: Path) -> str:
    """The file's place below the notebook's folder, whose links are resolved; the file's own are not."""
    whole = path if path.is_absolute() else Path.cwd() / path
    try:
        return (whole.parent.resolve() / whole.name).relative_to(home).as_posix()
    except ValueError:
        raise AutograderError(
            "outside-folder",
            f"{shown(path.name)} does not lie in the notebook's folder",
            where=Place(str(path)),
            why="What is handed in keeps its place beside the notebook, which looks for it there when it is graded.",
            fix=f"copy it to {home} and use it from there",
        ) from None


def _read(path: Path, limit: int) -> bytes:
    try:
        return folder.read_file(path, limit)
    except Refused as refused:
        raise AutograderError("unreadable-file", refused.message, where=Place(str(path))) from refused
