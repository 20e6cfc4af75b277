"""The notebook of an imported assignment as notebook.py, or as notebook.ipynb where text cannot hold it."""

from __future__ import annotations

import json
from pathlib import Path

from autograder.course.source import read_source
from autograder.course.written import marker
from autograder.errors import AutograderError
from autograder.interop.imported import ImportedCell

_CHECK = "from autograder import check"


def write_notebook(folder: Path, cells: tuple[ImportedCell, ...]) -> Path:
    """Write the cells into `folder`; the file.

    Percent format where it reads back as it was; else (pictures in cells, lines that would be read as something else)
    an .ipynb.

    Raises:
        AutograderError: as read_source(): a cell holds what looks like a directive of ours.
    """
    script = folder / "notebook.py"
    if not any(cell.attachments for cell in cells):
        script.write_text(_percent(cells), encoding="utf-8", newline="\n")
        try:
            if _reads_back(script, cells):
                return script
        except AutograderError:
            pass  # told below, of the .ipynb, if it is not the form's fault
        script.unlink()
    notebook = folder / "notebook.ipynb"
    notebook.write_text(_ipynb(cells), encoding="utf-8", newline="\n")
    read_source(notebook)
    return notebook


def with_check_import(cells: tuple[ImportedCell, ...]) -> tuple[ImportedCell, ...]:
    """The cells with one that imports `check`, which the builder calls below each exercise; after an opening text."""
    if any(cell.kind == "code" and _CHECK in cell.source for cell in cells):
        return cells
    at = 1 if cells and cells[0].kind == "markdown" and cells[0].exercise is None else 0
    return (*cells[:at], ImportedCell("code", _CHECK), *cells[at:])


def _reads_back(path: Path, cells: tuple[ImportedCell, ...]) -> bool:
    found = [(cell.kind, cell.source.strip("\n"), cell.exercise) for cell in read_source(path).cells]
    return found == [(cell.kind, cell.source.strip("\n"), cell.exercise) for cell in cells]


def _percent(cells: tuple[ImportedCell, ...]) -> str:
    parts = []
    for cell in cells:
        text = _directed(cell).strip("\n")
        if cell.kind == "code":
            parts.append(f"# %%\n{text}\n")
        else:
            lines = (f"# {line}".rstrip() for line in text.split("\n"))
            parts.append("\n".join([f"# %% [{cell.kind}]", *lines]) + "\n")
    return "\n".join(parts)


def _ipynb(cells: tuple[ImportedCell, ...]) -> str:
    made = []
    for number, cell in enumerate(cells):
        one: dict[str, object] = {
            "cell_type": cell.kind,
            "id": f"cell-{number}",
            "metadata": {},
            "source": _directed(cell).splitlines(keepends=True),
        }
        if cell.kind == "code":
            one |= {"execution_count": None, "outputs": []}
        if cell.attachments:
            one["attachments"] = dict(cell.attachments)
        made.append(one)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _directed(cell: ImportedCell) -> str:
    """The source below the line that names its exercise."""
    if cell.exercise is None:
        return cell.source
    head = f"#| exercise: {cell.exercise}" if cell.kind == "code" else marker(cell.exercise)
    return f"{head}\n{cell.source}"
