"""The Python of a cell that also holds IPython's magics and shell lines, line for line."""

from __future__ import annotations

import ast
import re

# Cell magics whose body is ordinary Python of the same namespace.
PYTHON_CELL_MAGICS = ("time", "timeit", "capture", "prun")

_LINE_MAGIC = re.compile(r"^(\s*)(?:%|!|\?).*$")
_HELP = re.compile(r"^(\s*)[A-Za-z_][\w.]*\?{1,2}\s*$")
_ASSIGNED = re.compile(r"^(\s*[A-Za-z_][\w, ]*=\s*)(?:!|%[A-Za-z]).*$")


def as_python(source: str) -> str | None:
    """The cell with every magic replaced by a statement on the same line; None where it is no Python at all.

    What stays unparsable is returned as it is: the caller's ast.parse() then names the line.
    """
    first = source.split("\n", 1)[0].strip()
    if first.startswith("%%"):
        name = first[2:].split(" ", 1)[0]
        if name not in PYTHON_CELL_MAGICS:
            return None
        source = "#" + source.split("%%", 1)[1]
    try:
        ast.parse(source)
    except (SyntaxError, ValueError):
        return "\n".join(_without_magic(line) for line in source.split("\n"))
    return source


def _without_magic(line: str) -> str:
    assigned = _ASSIGNED.match(line)
    if assigned:
        return f"{assigned.group(1)}None"
    magic = _LINE_MAGIC.match(line) or _HELP.match(line)
    return f"{magic.group(1)}pass" if magic else line
