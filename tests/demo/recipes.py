"""How a submission of the demo is made and what must come of it: plain values, one row per student."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compose import Kit, Notebook, as_bytes, code_cell, exercise_cell, set_source, source_of

Make = Callable[[Kit, Path], None]
"""Writes the submission; the path is OUT/<slug>/<student>, to which a suffix may be added."""
Edit = Callable[[Notebook], None]


@dataclass(frozen=True)
class Recipe:
    """One student's submission.

    `loses`: the exercises that must lose points. `rest`: all others must get full marks. `rejected`: the reason where
    nothing can be graded.
    """

    student: str
    story: str
    make: Make
    loses: tuple[str, ...] = ()
    rest: bool = True
    rejected: str = ""

    @property
    def full(self) -> bool:
        """Must the submission get all points?"""
        return not self.loses and self.rest and not self.rejected


def notebook(
    *codes: str, specimens: tuple[str, ...] = (), only: tuple[str, ...] | None = None, edits: tuple[Edit, ...] = ()
) -> Make:
    """An .ipynb: the reference, but for the definitions in specimens and codes."""

    def make(kit: Kit, path: Path) -> None:
        path.with_name(path.name + ".ipynb").write_bytes(as_bytes(_made(kit, codes, specimens, only, edits)))

    return make


def folder(files: dict[str, str], *codes: str, edits: tuple[Edit, ...] = (), named_as_released: bool = False) -> Make:
    """A folder with the notebook and other files beside it."""

    def make(kit: Kit, path: Path) -> None:
        path.mkdir()
        name = kit.assignment.slug if named_as_released else "my_solution"
        (path / f"{name}.ipynb").write_bytes(as_bytes(_made(kit, codes, (), None, edits)))
        for file, text in files.items():
            (path / file).parent.mkdir(parents=True, exist_ok=True)
            (path / file).write_text(text, encoding="utf-8")

    return make


def zipped(*codes: str, specimens: tuple[str, ...] = (), below: str = "") -> Make:
    """A zip of the notebook, in a folder as most systems make it."""

    def make(kit: Kit, path: Path) -> None:
        content = as_bytes(_made(kit, codes, specimens, None, ()))
        _write_zip(path, [(f"{below}{kit.assignment.slug}.ipynb", content), (f"__MACOSX/{below}._x", b"\0\5")])

    return make


def script(*codes: str, specimens: tuple[str, ...] = ()) -> Make:
    """All code cells in one .py file."""

    def make(kit: Kit, path: Path) -> None:
        cells = [c for c in _made(kit, codes, specimens, None, ())["cells"] if c["cell_type"] == "code"]
        text = "\n\n\n".join(source_of(c).strip() for c in cells) + "\n"
        path.with_name(path.name + ".py").write_text(text, encoding="utf-8")

    return make


def raw(content: bytes, suffix: str = ".ipynb") -> Make:
    """These very bytes."""

    def make(_: Kit, path: Path) -> None:
        path.with_name(path.name + suffix).write_bytes(content)

    return make


def cut_off(keep: float) -> Make:
    """A notebook whose upload broke off."""

    def make(kit: Kit, path: Path) -> None:
        content = as_bytes(kit.solved())
        path.with_name(path.name + ".ipynb").write_bytes(content[: int(len(content) * keep)])

    return make


def conflicted(kit: Kit, path: Path) -> None:
    """A notebook with the markers of an unresolved merge in its JSON."""
    lines = as_bytes(kit.solved()).decode().split("\n")
    middle = len(lines) // 2
    lines[middle:middle] = ["<<<<<<< HEAD", lines[middle], "=======", lines[middle + 1], ">>>>>>> origin/main"]
    path.with_name(path.name + ".ipynb").write_text("\n".join(lines), encoding="utf-8")


def escaping_zip(kit: Kit, path: Path) -> None:
    """A zip that would write outside of where it is unpacked."""
    _write_zip(
        path, [(f"{kit.assignment.slug}.ipynb", as_bytes(kit.solved())), ("../../escaped.py", b"print('out')\n")]
    )


def linked_zip(kit: Kit, path: Path) -> None:
    """A zip whose notebook is a symbolic link to a file of the host."""
    link = zipfile.ZipInfo(f"{kit.assignment.slug}.ipynb", _DATE)
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    path.with_name(path.name + ".zip").write_bytes(buffer.getvalue())


def bomb(kit: Kit, path: Path) -> None:
    """600 MB of zeros in 600 KB."""
    zeros = bytes(60 * 2**20)
    files = [(f"data/part{number}.bin", zeros) for number in range(10)]
    _write_zip(path, [(f"{kit.assignment.slug}.ipynb", as_bytes(kit.solved())), *files])


def linked_folder(kit: Kit, path: Path) -> None:
    """A folder in which a file is a symbolic link to a file of the host."""
    path.mkdir()
    (path / f"{kit.assignment.slug}.ipynb").write_bytes(as_bytes(kit.solved()))
    (path / "notes.txt").symlink_to("/etc/passwd")


def two_notebooks(kit: Kit, path: Path) -> None:
    """A folder with two notebooks whose answers differ, neither of them named as released."""
    path.mkdir()
    first_alone = kit.assignment.manifest.exercises[0].name
    for name, made in (("final.ipynb", kit.solved()), ("final_really.ipynb", kit.solved(only=[first_alone]))):
        (path / name).write_bytes(as_bytes(made))


# edits ----------------------------------------------------------------------------------------------------------------


def first(source: str) -> Edit:
    """Add a cell at the head of the notebook."""
    return lambda notebook: notebook["cells"].insert(0, code_cell(source))


def last(source: str) -> Edit:
    """Add a cell at the end."""
    return lambda notebook: notebook["cells"].append(code_cell(source))


def after(exercise: str, text: str) -> Edit:
    """Add lines to the end of an exercise's cell."""

    def edit(notebook: Notebook) -> None:
        cell = exercise_cell(notebook, exercise)
        set_source(cell, source_of(cell).rstrip("\n") + "\n\n\n" + text)

    return edit


def instead(exercise: str, old: str, new: str) -> Edit:
    """Change text in an exercise's cell."""

    def edit(notebook: Notebook) -> None:
        cell = exercise_cell(notebook, exercise)
        if old not in source_of(cell):
            raise ValueError(f"{exercise} does not hold {old!r}")
        set_source(cell, source_of(cell).replace(old, new))

    return edit


def without_cells(notebook: Notebook) -> None:
    """Delete every cell."""
    notebook["cells"] = []


def two_swapped(one: str, other: str) -> Edit:
    """Exchange two exercises' cells, as after dragging them about."""

    def edit(notebook: Notebook) -> None:
        cells: list[dict[str, Any]] = notebook["cells"]
        i, j = (cells.index(exercise_cell(notebook, name)) for name in (one, other))
        cells[i], cells[j] = cells[j], cells[i]

    return edit


def without_metadata(notebook: Notebook) -> None:
    """Drop all metadata, as some editors do."""
    for cell in notebook["cells"]:
        cell["metadata"] = {}


_DATE = (2026, 1, 1, 0, 0, 0)


def _made(
    kit: Kit, codes: tuple[str, ...], specimens: tuple[str, ...], only: tuple[str, ...] | None, edits: tuple[Edit, ...]
) -> Notebook:
    made = kit.solved(*(kit.specimen(name) for name in specimens), *codes, only=only)
    for edit in edits:
        edit(made)
    return made


def _write_zip(path: Path, files: list[tuple[str, bytes]]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, _DATE), content, compress_type=zipfile.ZIP_DEFLATED)
    path.with_name(path.name + ".zip").write_bytes(buffer.getvalue())
