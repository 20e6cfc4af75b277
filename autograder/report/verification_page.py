"""The report of `verify` as one self-contained page: no scripts, no requests, every text from elsewhere escaped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course.text import check_title, one_line, plain
from autograder.errors import AutograderError, Place
from autograder.grading.verify.coverage import Cell, Coverage, WrongAnswer, exercises_of
from autograder.grading.verify.result import CheckLine, Kind, Proof, Verification
from autograder.report.phrases import percent, seconds, short
from autograder.report.rendering import render, write_whole
from autograder.report.verification import (
    IDLE,
    REDUNDANT,
    SURVIVORS,
    UNTRIED,
    Findings,
    findings,
)

_LOOKS = {
    Cell.CAUGHT: ("caught", "●"),
    Cell.SOMETIMES: ("sometimes", "◐"),
    Cell.PASSED: ("through", "·"),
    Cell.UNSETTLED: ("unsettled", "?"),
    Cell.NOT_ASKED: ("unasked", ""),
}
"""What a cell says -> its class and its mark."""
_LINES = {"+": "plus", "-": "minus", "@": "at"}


@dataclass(frozen=True)
class MatrixCell:
    """What one check said about one wrong answer."""

    look: str
    mark: str
    words: str


@dataclass(frozen=True)
class MatrixRow:
    """One check against the wrong answers of one exercise."""

    title: str
    name: str
    remark: str
    catches: int
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True)
class MatrixColumn:
    """One wrong answer to an exercise."""

    name: str
    label: str
    """The name without the exercise's."""
    caught: bool


@dataclass(frozen=True)
class Matrix:
    """The checks that can say something about the wrong answers to one exercise."""

    anchor: str
    exercise: str
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    kinds: tuple[tuple[str, int], ...]
    """Neighbouring columns of one kind: its name, and how many."""

    @property
    def caught(self) -> int:
        """How many of the answers some check caught."""
        return sum(column.caught for column in self.columns)


@dataclass(frozen=True)
class Survivor:
    """A mutant that was not caught, ready to be shown."""

    name: str
    lines: tuple[tuple[str, str], ...]
    """Of its diff: a class, and the line."""
    mark: str
    suggestion: str


def write_verification(verified: Sequence[Verification], path: Path) -> Path:
    """Write the report on all of `verified` into the file `path`.

    Raises:
        AutograderError: `report-not-writable`.
    """
    pages = [_page(number, findings(v)) for number, v in enumerate(verified, 1)]
    content = render(
        "verification.html",
        pages=pages,
        looks=[(*_LOOKS[cell], cell.value) for cell in Cell],
        words={"redundant": REDUNDANT, "idle": IDLE, "untried": UNTRIED, "survivors": SURVIVORS},
    )
    try:
        return write_whole(path, content)
    except OSError as error:
        raise AutograderError(
            "report-not-writable",
            "the report cannot be written",
            where=Place(str(path)),
            why=f"The system says: {error.strerror or error}.",
            fix="name a file in a folder that is there, and that you may write to, with --html",
        ) from error


def matrix_of(covered: Coverage, exercise: str, anchor: str = "") -> Matrix:
    """The block of one exercise: its own checks, and others where they failed one of its wrong answers."""
    answers = covered.of(exercise)
    checks = [
        check
        for check in covered.verified.checks
        if check.exercise == exercise or any(a.cell(check.name) in (Cell.CAUGHT, Cell.SOMETIMES) for a in answers)
    ]
    kinds = [answer.kind for answer in answers]
    return Matrix(
        anchor=anchor,
        exercise=one_line(exercise, limit=60),
        columns=tuple(MatrixColumn(one_line(a.name), _label(a.name, exercise), _is_caught(a)) for a in answers),
        rows=tuple(_row(check, exercise, answers) for check in checks),
        kinds=tuple((f"{kind.value}s", kinds.count(kind)) for kind in (Kind.SPECIMEN, Kind.MUTANT) if kind in kinds),
    )


def _page(number: int, found: Findings) -> dict[str, object]:
    verified, covered = found.verified, found.coverage
    names = exercises_of(verified)
    matrices = [matrix_of(covered, name, f"a{number}-e{place}") for place, name in enumerate(names, 1)]
    return {
        "anchor": f"a{number}",
        "green": verified.green,
        "title": one_line(verified.title),
        "slug": one_line(verified.assignment),
        "version": one_line(verified.version, limit=40),
        "headline": one_line(found.headline, limit=600),
        "facts": [(name, text) for name, text in found.facts],
        "broken": found.broken,
        "survivors": [_survivor(proof) for proof in found.survivors],
        "matrices": [matrix for matrix in matrices if matrix.columns],
        "untried": [one_line(name) for name in covered.untried],
        "checks": _checks(found),
        "redundant": bool(covered.redundant),
        "idle": bool(covered.idle),
        "notes": [plain(note) for note in verified.notes],
    }


def _label(name: str, exercise: str) -> str:
    return one_line(name.removeprefix(f"{exercise}:").removeprefix(f"{exercise}_").strip() or name)


def _is_caught(answer: WrongAnswer) -> bool:
    return any(cell in (Cell.CAUGHT, Cell.SOMETIMES) for cell in answer.cells.values())


def _row(check: CheckLine, exercise: str, answers: Sequence[WrongAnswer]) -> MatrixRow:
    remarks = [*(["public"] if check.public else []), *([f"of {check.exercise}"] if check.exercise != exercise else [])]
    return MatrixRow(
        title=check_title(check.name),
        name=one_line(check.name),
        remark=one_line(", ".join(remarks)),
        catches=sum(answer.cell(check.name) is Cell.CAUGHT for answer in answers),
        cells=tuple(_cell(answer.name, answer.cell(check.name)) for answer in answers),
    )


def _cell(answer: str, cell: Cell) -> MatrixCell:
    look, mark = _LOOKS[cell]
    return MatrixCell(look, mark, f"{one_line(answer, limit=80)}: {cell.value}" if mark else "")


def _survivor(proof: Proof) -> Survivor:
    lines = [line for line in plain(proof.diff, limit=20_000, lines=200).split("\n") if line[:3] not in ("+++", "---")]
    return Survivor(
        name=one_line(proof.name),
        lines=tuple((_LINES.get(line[:1], ""), line) for line in lines),
        mark=plain(proof.mark),
        suggestion=plain(proof.suggestion),
    )


def _checks(found: Findings) -> list[dict[str, object]]:
    """One row of the table of checks for each, with what is to be said against it."""
    times = {time.check.name: time for time in found.times}
    redundant = {check.name for check in found.coverage.redundant}
    idle = {check.name for check in found.coverage.idle}
    rows: list[dict[str, object]] = []
    for line, flaky in zip(found.coverage.checks, found.flakes, strict=True):
        check, time = line.check, times.get(line.check.name)
        remarks = [
            *(["fails right answers"] if flaky.flakes.failures else []),
            *(["caught nothing"] if check.name in idle else []),
            *(["redundant"] if check.name in redundant else []),
            *([f"would accept {', '.join(check.blunt)}"] if check.blunt else []),
            *(["near its limit"] if time is not None and time.tight else []),
        ]
        rows.append(
            {
                "title": check_title(check.name),
                "name": one_line(short(check.name)),
                "exercise": one_line(check.exercise, limit=60),
                "public": check.public,
                "points": check.points,
                "catches": line.catches,
                "asked": line.asked,
                "alone": line.alone,
                "failures": flaky.flakes.failures,
                "runs": flaky.flakes.runs,
                "bound": percent(flaky.flakes.bound),
                "seconds": seconds(time.seconds) if time is not None else "",
                "limit": seconds(check.seconds) if check.seconds else "",
                "remarks": one_line("; ".join(remarks), limit=400),
            }
        )
    return rows
