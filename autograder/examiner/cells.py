"""What is known of how the cells of a submission ran, and why a name that they should define is missing."""

from __future__ import annotations

import re
from typing import Any

from autograder.course import CodeCell

MAX_TEXT = 4_000
MAX_OUTPUT = 1 << 20


class CellReports:
    """How each cell ended, by its number."""

    def __init__(self, cells: tuple[CodeCell, ...]) -> None:
        self._cells = cells
        self.problems: dict[int, str] = {c.number: c.problem for c in cells if c.problem}
        self.traces: dict[int, str] = {}
        self.outputs: dict[int, str] = {}

    def note(self, cell: CodeCell, done: Any) -> None:
        """Keep what the worker says of a cell, which may be anything. Of its parts, the first that failed counts."""
        if not isinstance(done, dict) or not all(isinstance(x, str) for pair in done.items() for x in pair):
            done = {"type": "?", "message": "the worker's report of this cell is none"}
        self.outputs[cell.number] = done.get("output", "")[:MAX_OUTPUT]
        if "type" in done and cell.number not in self.problems:
            self.problems[cell.number] = f"{done['type']}: {done.get('message', '')}"[:MAX_TEXT]
            self.traces[cell.number] = done.get("trace", "")[:MAX_TEXT]

    def missing(self, name: str) -> str:
        """Why a name is missing, from the cell that would have defined it."""
        escaped = re.escape(name)
        # [ \t] and not \s, which would begin anew at each of many empty lines.
        pattern = re.compile(rf"\b(def|class)[ \t]+{escaped}\b|^[ \t]*{escaped}[ \t]*[:=]", re.MULTILINE)
        for cell in self._cells:
            problem = self.problems.get(cell.number)
            if problem and (pattern.search(cell.source) or (not cell.source and name in problem)):
                return f"`{name}` is not defined: code cell {cell.number}, which defines it, stopped with {problem}"
        stopped = [f"cell {number} ({problem})" for number, problem in sorted(self.problems.items())]
        more = f" Cells that stopped: {'; '.join(stopped[:3])}." if stopped else ""
        return f"`{name}` is not defined in the notebook. Was it renamed, or its cell deleted?{more}"
