"""Which modules an assignment's notebook imports: submissions will most likely import the same.

It is read line by line, without jupytext, because this stands before the first verdict.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

_IMPORT = re.compile(r"\s*import\s+([\w.]+(?:\s+as\s+\w+)?(?:\s*,\s*[\w.]+(?:\s+as\s+\w+)?)*)")
_FROM = re.compile(r"\s*from\s+([A-Za-z_][\w.]*)\s+import\b")


def imported_modules(notebook: Path) -> tuple[str, ...]:
    """Full names of the modules that the notebook (.py or .ipynb) imports, in order; autograder's own left out."""
    text = notebook.read_text(encoding="utf-8")
    names = _imported(_code(text) if notebook.suffix == ".ipynb" else text)
    return tuple(dict.fromkeys(name for name in names if name.split(".")[0] != "autograder"))


def _code(text: str) -> str:
    cells = json.loads(text).get("cells", [])
    return "\n".join("".join(cell["source"]) for cell in cells if cell.get("cell_type") == "code")


def _imported(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if found := _FROM.match(line):
            yield found[1]
        elif found := _IMPORT.match(line):
            yield from (name.split()[0] for name in found[1].split(","))
