"""Finding solution regions in a cell. Fails closed: whatever looks like a marker and is none is an error."""

from __future__ import annotations

import io
import re
import tokenize
import unicodedata
from dataclasses import dataclass
from typing import NoReturn

from autograder.course.magics import as_python
from autograder.course.source import SourceCell, SourceNotebook
from autograder.errors import AutograderError

BEGIN, STUB, END = "# BEGIN SOLUTION", "# STUB", "# END SOLUTION"
_SPELLED = {"beginsolution": BEGIN, "endsolution": END}
_FOREIGN = re.compile(r"#\s*(SOLUTION( NO PROMPT)?|HIDDEN|SEED|(BEGIN|END) (HIDDEN TESTS?|PROMPT|TESTS?|QUESTION))\s*$")
_ANYWHERE = re.compile(r"#.*?\b(begin|end)[\W_]{0,3}solutions?\b", re.IGNORECASE)
# Whole-line comments such as "# START SOLN": begin or end, and soon after a word that starts like solution.
_LOOSELY = re.compile(r"^\s*#+\W*(begin|start|end|stop|finish)\w*\W+(?:\w+\W+){0,2}sol\w*\W*$", re.IGNORECASE)


@dataclass(frozen=True)
class Region:
    """Line indices (from 0) of one region's markers in its cell. `stub` is None where there is no `# STUB`."""

    begin: int
    end: int
    stub: int | None = None

    @property
    def solution(self) -> range:
        """The lines of the solution itself."""
        return range(self.begin + 1, self.end if self.stub is None else self.stub)

    @property
    def replacement(self) -> range:
        """The comment lines after `# STUB`."""
        return range(self.end if self.stub is None else self.stub + 1, self.end)


def find_regions(notebook: SourceNotebook) -> tuple[tuple[Region, ...], ...]:
    """The solution regions of every cell, in order.

    Raises:
        AutograderError: one of `misspelt-marker`, `trailing-code`, `foreign-marker`, `marker-in-text`,
            `marker-in-string`, `nested-solution`, `unclosed-solution`, `solution-crosses-cells`, `end-without-begin`,
            `stub-outside-solution`, `stub-twice`, `stub-not-comment`, `empty-solution`.
    """
    for cell in notebook.cells:
        _refuse_metadata(cell)
        _refuse_lookalikes(cell)
    regions: list[tuple[Region, ...]] = []
    for number, cell in enumerate(notebook.cells):
        later = notebook.cells[number + 1 :]
        regions.append(_regions(cell, later) if cell.kind == "code" else ())
    return tuple(regions)


def marker(line: str) -> str | None:
    """Which marker a line is, white space around it aside."""
    text = line.strip(" \t\f")
    return text if text in (BEGIN, STUB, END) else None


def _regions(cell: SourceCell, later: tuple[SourceCell, ...]) -> tuple[Region, ...]:
    lines = cell.source.split("\n")
    _refuse_strings(cell, lines)
    found: list[Region] = []
    begin: int | None = None
    stub: int | None = None
    for index, line in enumerate(lines):
        kind = marker(line)
        if kind == BEGIN:
            if begin is not None:
                _fail(
                    cell,
                    index,
                    "nested-solution",
                    "a solution begins inside a solution",
                    f"end the one of line {cell.place(begin).line} first, or take this marker out",
                )
            begin = index
        elif kind == STUB:
            if begin is None:
                _fail(
                    cell,
                    index,
                    "stub-outside-solution",
                    "a stub outside a solution",
                    f"put `{STUB}` between `{BEGIN}` and `{END}`",
                )
            if stub is not None:
                _fail(cell, index, "stub-twice", "a second stub in one solution", f"keep one `{STUB}` a solution")
            stub = index
        elif kind == END:
            if begin is None:
                _fail(
                    cell,
                    index,
                    "end-without-begin",
                    "a solution ends that never began",
                    f"add `{BEGIN}` above it, or take this marker out",
                )
            found.append(_checked(cell, lines, Region(begin, index, stub)))
            begin = stub = None
        elif begin is not None:
            _refuse_stub_lookalike(cell, index, line, inside_stub=stub is not None)
    if begin is not None:
        _never_ends(cell, begin, later)
    return tuple(found)


def _checked(cell: SourceCell, lines: list[str], region: Region) -> Region:
    if not any(lines[i].strip() and not lines[i].strip().startswith("#") for i in region.solution):
        _fail(
            cell,
            region.begin,
            "empty-solution",
            "a solution without a line of code",
            "write the solution between its markers, or take the markers out",
        )
    return region


def _never_ends(cell: SourceCell, begin: int, later: tuple[SourceCell, ...]) -> NoReturn:
    for other in later:
        kinds = [marker(line) for line in other.source.split("\n")]
        first = next((kind for kind in kinds if kind in (BEGIN, END)), None)
        if first == END:
            raise AutograderError(
                "solution-crosses-cells",
                "a solution ends in another cell than it began in",
                where=(cell.place(begin), other.place(kinds.index(END))),
                why="What lies between would have been released. Nothing was written.",
                fix=f"close it with `{END}` in its own cell, and begin a new one in the next",
            )
        if first == BEGIN:
            break
    last = cell.place(len(cell.source.split("\n")) - 1).line
    raise AutograderError(
        "unclosed-solution",
        "solution never ends",
        where=cell.place(begin),
        why=f"The cell ends at line {last}, so the solution would have been released. Nothing was written.",
        fix=f"add `{END}` after the solution's last line",
    )


def _refuse_lookalikes(cell: SourceCell) -> None:
    for index, line in enumerate(cell.source.split("\n")):
        if marker(line) in (BEGIN, END) and cell.kind == "code":
            continue
        meant = _meant(line)
        if meant is None and not _FOREIGN.search(line):
            continue
        if cell.kind != "code":
            _fail(
                cell,
                index,
                "marker-in-text",
                f"a solution marker in a {cell.kind} cell",
                "put the markers into a code cell, or word this line differently",
            )
        if meant is None:
            _fail(
                cell,
                index,
                "foreign-marker",
                "a marker of another grader",
                f"write `{BEGIN}` and `{END}` around the solution",
            )
        if line.strip() and not line.strip().startswith("#") and "#" in line:
            _fail(
                cell,
                index,
                "trailing-code",
                "a solution marker that shares its line with code",
                f"put `{meant}` on a line of its own",
            )
        if _compact(line) != next(k for k, v in _SPELLED.items() if v == meant) and _starts(line, meant):
            _fail(
                cell,
                index,
                "trailing-code",
                "a solution marker with more text behind it",
                f"put `{meant}` on a line of its own",
            )
        _fail(cell, index, "misspelt-marker", "a misspelt solution marker", f"write `{meant}`, exactly so")


def _refuse_metadata(cell: SourceCell) -> None:
    for value in (str(value) for value in cell.metadata.values()):
        if _meant(value) is not None or _meant(f"# {value}") is not None:
            _fail(
                cell,
                0,
                "misspelt-marker",
                f"a solution marker as the cell's title or metadata: {value!r}",
                f"write `{BEGIN}` on a line of its own inside the cell",
            )


def _refuse_strings(cell: SourceCell, lines: list[str]) -> None:
    """A marker is a comment. One inside a string would cut the string in two."""
    wanted = {index for index, line in enumerate(lines) if marker(line)}
    if not wanted:
        return
    source = as_python(cell.source)
    if source is None:
        _fail(
            cell,
            min(wanted),
            "marker-in-string",
            "a solution marker in a cell that is no Python",
            "take the cell magic out, or the marker",
        )
    comments: set[int] = set()
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                comments.add(token.start[0] - 1)
    except (tokenize.TokenError, SyntaxError):
        return  # the cell does not parse; strip reports that with its own line
    for index in sorted(wanted - comments):
        _fail(
            cell,
            index,
            "marker-in-string",
            "a solution marker inside a string",
            "end the string before the marker, or word the line differently",
        )


def _refuse_stub_lookalike(cell: SourceCell, index: int, line: str, *, inside_stub: bool) -> None:
    text = line.strip()
    if text.startswith("#"):
        compact = _compact(text)
        shouted = text.lstrip("# ").isupper() and _distance(compact, "stub", 1) <= 1
        if shouted or compact in ("stub", "stubs", "beginstub", "endstub"):
            _fail(cell, index, "misspelt-marker", "a misspelt stub marker", f"write `{STUB}`, exactly so")
    elif inside_stub and text:
        _fail(
            cell,
            index,
            "stub-not-comment",
            "a stub line that is no comment",
            "put `# ` before each line of the stub; the release has them without it",
        )


def _meant(line: str) -> str | None:
    """The marker that a line seems to mean: nearly its letters, or its words within a comment."""
    compact = _compact(line)
    for letters, spelled in _SPELLED.items():
        if len(compact) <= len(letters) + 2 and _distance(compact, letters, 2) <= 2:
            return spelled
    plain = unicodedata.normalize("NFKC", line)
    words = _ANYWHERE.search(plain) or _LOOSELY.match(plain)
    return (BEGIN if words.group(1).lower() in ("begin", "start") else END) if words else None


def _starts(line: str, meant: str) -> bool:
    return " ".join(line.strip().split()).startswith(f"{meant} ")


def _compact(line: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", line).casefold() if c.isalpha())


def _distance(a: str, b: str, most: int) -> int:
    """How many letters differ (inserted, dropped, replaced), or most + 1 where it is more."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        above, row = row, [i]
        for j, y in enumerate(b, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (x != y)))
    return row[-1]


def _fail(cell: SourceCell, index: int, code: str, what: str, fix: str) -> NoReturn:
    raise AutograderError(
        code,
        what,
        where=cell.place(index),
        why="The solution could have been released. Nothing was written.",
        fix=fix,
    )
