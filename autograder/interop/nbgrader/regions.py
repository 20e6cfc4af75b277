"""nbgrader's regions in a cell: solutions, hidden tests, mark schemes. A marker may stand anywhere in its line."""

from __future__ import annotations

from dataclasses import dataclass

SOLUTION = ("BEGIN SOLUTION", "END SOLUTION")
HIDDEN_TESTS = ("BEGIN HIDDEN TESTS", "END HIDDEN TESTS")
MARK_SCHEME = ("BEGIN MARK SCHEME", "END MARK SCHEME")
AUTOTEST = "AUTOTEST"


class BadRegions(ValueError):
    """Regions that nbgrader itself would refuse; the text says why."""


@dataclass(frozen=True)
class Split:
    """A cell's lines, outside and inside its regions of one kind."""

    outside: str
    inside: str
    whole: str
    """All of it, without the markers' lines."""
    found: bool


def split(source: str, markers: tuple[str, str]) -> Split:
    """Tell the regions of a cell from the rest.

    Raises:
        BadRegions: a region begins within another, or never ends.
    """
    begin, end = markers
    parts: dict[bool, list[str]] = {False: [], True: []}
    whole: list[str] = []
    open_, found = False, False
    for line in source.split("\n"):
        if begin in line:
            if open_:
                raise BadRegions(f"{begin} within {begin}")
            open_ = found = True
        elif end in line:
            open_ = False
        else:
            parts[open_].append(line)
            whole.append(line)
    if open_:
        raise BadRegions(f"no {end}")
    return Split("\n".join(parts[False]), "\n".join(parts[True]), "\n".join(whole), found)


def ours(source: str) -> str:
    """A solution's cell with our markers: nbgrader's regions, or all of the cell where it has none.

    What shares its line with a marker is put on a line of its own: nbgrader takes that away with the marker.

    Raises:
        BadRegions: as split().
    """
    begin, end = SOLUTION
    if not split(source, SOLUTION).found:
        return _around(source)
    lines: list[str] = []
    inside: list[str] = []
    margin, open_ = "", False
    for line in source.split("\n"):
        code = line.split("#", 1)[0].rstrip() if begin in line or end in line else ""
        if begin in line:
            open_ = True
            margin = line[: len(line) - len(line.lstrip())]
            inside = [code] if code else []
        elif end in line:
            if open_:
                lines += _region(margin, [*inside, *([code] if code else [])])
            open_ = False
        else:
            (inside if open_ else lines).append(line)
    return "\n".join(lines)


def _around(source: str) -> str:
    lines = source.strip("\n").split("\n")
    return "\n".join(_region("", lines))


def _region(margin: str, lines: list[str]) -> list[str]:
    """A region; one without any code is given a `pass`, since ours may not be empty."""
    code = [line for line in lines if line.strip() and not line.strip().startswith("#")]
    if code:  # a marker may stand further left than what it marks: what takes its place goes where the code is
        margin = code[0][: len(code[0]) - len(code[0].lstrip())]
    return [f"{margin}# BEGIN SOLUTION", *lines, *([] if code else [f"{margin}pass"]), f"{margin}# END SOLUTION"]
