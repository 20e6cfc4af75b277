"""otter's markers in a code cell as ours: what is stripped becomes the solution, what replaces it the stub."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_MARKER = re.compile(r"# ?SOLUTION")
_AT_END = re.compile(r"# ?(SOLUTION( NO PROMPT)?|SEED)$")
_BEGIN = re.compile(r"(\s*)# BEGIN SOLUTION( NO PROMPT)?")
_END, _NO_PROMPT, _SEED = "# END SOLUTION", "# SOLUTION NO PROMPT", "# SEED"
_BEGIN_PROMPT = re.compile(r"\s*[\"']{3}\s*# BEGIN PROMPT\s*$")
_END_PROMPT = re.compile(r"\s*[\"']{3};?\s*# END PROMPT\s*$")
_IGNORE_BLOCK = re.compile(r"\s*#\s*BEGIN\s*IGNORE\s*", re.IGNORECASE)


class BadSolution(ValueError):
    """Markers that otter itself would refuse; the text says why."""


@dataclass
class _Piece:
    """Kept lines, or a region."""

    kept: list[str] = field(default_factory=list)
    solution: list[str] = field(default_factory=list)
    stub: list[str] = field(default_factory=list)


def without_ignored(source: str) -> str:
    """A cell without what otter keeps out of every notebook that it writes.

    Raises:
        BadSolution: an ignored block that does not end, or ends twice.
    """
    kept: list[str] = []
    inside = False
    for line in source.split("\n"):
        if line.rstrip().endswith("# END IGNORE"):
            if not inside:
                raise BadSolution("END IGNORE without BEGIN IGNORE")
            inside = False
        elif inside or line.rstrip().endswith("# IGNORE"):
            continue
        elif _IGNORE_BLOCK.match(line):
            inside = True
        else:
            kept.append(line)
    if inside:
        raise BadSolution("BEGIN IGNORE without END IGNORE")
    return "\n".join(kept)


def has_markers(source: str) -> bool:
    """Whether otter would strip anything from the cell."""
    return any(_marks(line) for line in source.split("\n"))


def ours(source: str, *, whole: bool = False) -> str:
    """The cell with our markers.

    Args:
        source: of a code cell.
        whole: a cell without markers becomes a region all the same, whose stub says the same as the solution: otter
            shows it to students.

    Raises:
        BadSolution: a region within another, or without end.
    """
    lines = source.split("\n")
    if whole and not has_markers(source):
        return "\n".join(_region(lines, lines))
    written: list[str] = []
    for piece in _pieces(lines):
        written += piece.kept if piece.kept else _region(piece.solution, piece.stub)
    return "\n".join(written)


def _pieces(lines: list[str]) -> list[_Piece]:
    """The lines, neighbouring regions as one."""
    found: list[_Piece] = []
    block: _Piece | None = None
    prompt: _Piece | None = None
    for line in lines:
        if prompt is not None:
            if _END_PROMPT.match(line):
                prompt = None
            elif _BEGIN_PROMPT.match(line) or _BEGIN.match(line) or _ends(line, _END):
                raise BadSolution(f"{line.strip()!r} within a prompt")
            else:
                prompt.stub.append(_unmarked(line))
        elif block is not None:
            if _ends(line, _END):
                block.solution += [code for code in [line.rstrip().removesuffix(_END).rstrip()] if code]
                block = None
            elif _BEGIN.match(line) or _BEGIN_PROMPT.match(line):
                raise BadSolution(f"{line.strip()!r} within a solution")
            elif not _END_PROMPT.match(line):
                block.solution.append(_unmarked(line))
        elif _ends(line, _END) or _END_PROMPT.match(line):
            raise BadSolution(f"{line.strip()!r} without its beginning")
        elif _BEGIN_PROMPT.match(line):
            prompt = _last(found)
        elif begin := _BEGIN.match(line):
            block = _last(found)
            block.stub += [] if begin[2] else [f"{begin[1]}..."]
        else:
            _line(line, found)
    if block is not None or prompt is not None:
        raise BadSolution("a region that never ends")
    return found


def _line(line: str, found: list[_Piece]) -> None:
    if _ends(line, _SEED):
        _keep(_unmarked(line), found)  # otter seeds before every cell instead, which nothing does here
    elif _MARKER.search(line):
        piece = _last(found)
        piece.solution.append(_unmarked(line))
        piece.stub += [] if _ends(line, _NO_PROMPT) else [f"{_assigned(line) or _margin(line)}..."]
    else:
        _keep(line, found)


def _assigned(line: str) -> str:
    """Of an assignment to names, attributes and items: what stands before its value, `=` and a space included."""
    depth = 0
    for at, character in enumerate(line):
        if character == "=" and depth == 0:
            return f"{line[: at + 1]} " if line[:at].strip() and line[at + 1 : at + 2] != "=" else ""
        depth += (character == "[") - (character == "]")
        if depth == 0 and not (character.isalnum() or character in "_., \t]"):
            break
    return ""


def _ends(line: str, mark: str) -> bool:
    return line.rstrip().endswith(mark)


def _unmarked(line: str) -> str:
    """The line without a marker at its end. Words behind a marker stay, as a comment."""
    mark = _AT_END.search(line.rstrip())
    return line[: mark.start()].rstrip() if mark else line


def _keep(line: str, found: list[_Piece]) -> None:
    if not found or not found[-1].kept:
        found.append(_Piece())
    found[-1].kept.append(line)


def _last(found: list[_Piece]) -> _Piece:
    """The region that ends here, or a new one."""
    if not found or found[-1].kept:
        found.append(_Piece())
    return found[-1]


def _region(solution: list[str], stub: list[str]) -> list[str]:
    """One region. A solution without code gets a `pass`, a stub without lines `...`: ours may not be empty."""
    first = next((line for line in [*solution, *stub] if line.strip()), "")
    margin = first[: len(first) - len(first.lstrip())]
    code = any(line.strip() and not line.strip().startswith("#") for line in solution)
    body = solution if code else [*solution, f"{margin}pass"]
    shown = stub if any(line.strip() for line in stub) else [f"{margin}..."]
    commented = [f"{_margin(line)}# {line.lstrip()}".rstrip() if line.strip() else f"{margin}#" for line in shown]
    return [f"{margin}# BEGIN SOLUTION", *body, f"{margin}# STUB", *commented, f"{margin}# END SOLUTION"]


def _margin(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _marks(line: str) -> bool:
    return any(pattern.search(line) for pattern in (_MARKER, _BEGIN, _BEGIN_PROMPT))
