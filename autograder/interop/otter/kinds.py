"""Notebooks that have to do with otter-grader and are none of its sources in Python: each refused in words."""

from __future__ import annotations

from autograder.errors import AutograderError, Place
from autograder.interop.foreign import ForeignNotebook
from autograder.interop.otter.blocks import Blocks

_PYTHON = ("python", "ipython")


def refuse_others(notebook: ForeignNotebook, blocks: Blocks) -> None:
    """Raises AutograderError where it is in another language, or what `otter assign` made of a source.

    Raises:
        AutograderError: `not-python`, `already-assigned`.
    """
    language = language_of(notebook)
    if language and not language.lower().startswith(_PYTHON):
        raise not_python(language, Place(notebook.name))
    if not blocks.questions and _is_assigned(notebook):
        raise AutograderError(
            "already-assigned",
            "this is what `otter assign` made of a source: students' notebook, or the one for graders",
            where=Place(notebook.name),
            why="It no longer says which cells are solutions, and students' copies hold neither them nor hidden tests.",
            fix="import the source: the notebook that `otter assign` takes, with # BEGIN QUESTION in raw cells",
        )


def language_of(notebook: ForeignNotebook) -> str:
    """The language that the notebook says it is in; "" where it does not say."""
    for table in ("kernelspec", "language_info"):
        told = notebook.metadata.get(table)
        name = told.get("language" if table == "kernelspec" else "name") if isinstance(told, dict) else None
        if isinstance(name, str) and name.strip():
            return name.strip()[:40]
    return ""


def not_python(language: str, where: Place) -> AutograderError:
    """The refusal of a source in another language."""
    return AutograderError(
        "not-python",
        f"the assignment is in {language}, and only Python is graded here",
        where=where,
        why="Nothing was written.",
        fix="keep it with otter-grader, or write it anew in Python",
    )


def _is_assigned(notebook: ForeignNotebook) -> bool:
    told = notebook.metadata.get("otter")
    if isinstance(told, dict) and told.get("tests"):
        return True
    code = [cell.source for cell in notebook.cells if cell.kind == "code"]
    return any("otter.Notebook(" in source for source in code) and any("grader.check" in source for source in code)
