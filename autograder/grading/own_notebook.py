"""A student's own notebook, where only its folder is named."""

from __future__ import annotations

from pathlib import Path

from autograder.errors import AutograderError, Place


def only_notebook(folder: Path, verb: str) -> Path:
    """The one notebook of `folder`, for the command `autograder {verb}`.

    Raises:
        AutograderError: `which-notebook`: there is none, or there are several.
    """
    found = sorted(folder.glob("*.ipynb"))
    if len(found) == 1:
        return found[0]
    what = "there is no notebook here" if not found else f"there are {len(found)} notebooks here"
    go = "" if found else "go to the folder of your notebook (cd FOLDER), or "
    raise AutograderError(
        "which-notebook", what, where=Place(str(folder)), fix=f"{go}name it: autograder {verb} NOTEBOOK.ipynb"
    )
