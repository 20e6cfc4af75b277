"""The class and its checks as tables for a terminal of any width. Colour only repeats what numbers and marks say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from autograder.course import Assignment, Device, Outcome, Verdict
from autograder.course.text import check_title, number, one_line
from autograder.report.counts import CheckCount
from autograder.report.score import BY_A_PERSON, Score, exercise_order, rejection_of, score_of, student_name

_MARKS = {
    "passed": ("●", "#", "full", "green"),
    "partly": ("◐", "+", "part", "yellow"),
    "failed": ("○", "-", "none", "red"),
    "open": ("?", "?", "not judged", "magenta"),
    "pending": ("◇", "~", "to be graded by a person", "cyan"),
    "absent": ("·", ".", "not checked", "dim"),
}
"""State of an exercise -> its mark, the mark in ASCII, the word for it, and a colour."""
_GROUP = 5
_STUDENT_WIDTH, _STUDENT_LEAST = 24, 6
"""Characters of a name that must be seen for the columns to be shown, and at all."""
_UNLIMITED = 100_000


class _Squeezed(Table):
    """A table whose first column alone gives way where the terminal is narrow."""

    def fits(self, console: Console, options: ConsoleOptions, shortest: int) -> bool:
        """Whether all of it can be shown with `shortest` characters, or fewer, of the first column."""
        return self._room(console, options) >= min(shortest, self._first(console, options))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        self.columns[0].max_width = max(_STUDENT_LEAST, self._room(console, options))
        yield from super().__rich_console__(console, options)

    def _room(self, console: Console, options: ConsoleOptions) -> int:
        """What the other columns leave to the first."""
        self.columns[0].max_width = None
        unlimited = options.update(max_width=_UNLIMITED)
        whole = Measurement.get(console, unlimited, self).maximum
        return options.max_width - whole + self._first(console, options)

    def _first(self, console: Console, options: ConsoleOptions) -> int:
        cells = [self.columns[0].header, *self.columns[0].cells]
        return max(Measurement.get(console, options.update(max_width=_UNLIMITED), cell).maximum for cell in cells)


@dataclass(frozen=True)
class _Row:
    student: str
    exercises: tuple[Score | None, ...]
    """In the order of the assignment; None where nothing was checked."""
    total: Score
    note: str


@dataclass(frozen=True)
class TerminalTable:
    """The class, one line a student. Exercises are columns of points where they fit, else a mark each."""

    title: str
    exercises: tuple[str, ...]
    rows: tuple[_Row, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Title, table, and the marks' legend where there are marks."""
        if self.title:
            yield Text(self.title, style="italic", no_wrap=True, overflow="ellipsis")
        wide = self._columns(options.ascii_only)
        if wide.fits(console, options, shortest=_STUDENT_WIDTH):
            yield wide
            yield from self._about_pending(options, table_has_marks=False)
            return
        yield self._marks(options.ascii_only)
        yield Text("")
        yield from self._legend(options)
        yield from self._about_pending(options, table_has_marks=True)

    def _about_pending(self, options: ConsoleOptions, table_has_marks: bool) -> Iterator[Text]:
        if not any(row.total.pending for row in self.rows):
            return
        if not table_has_marks:
            yield Text("")
        mark = _MARKS["pending"][1 if options.ascii_only else 0]
        for line in _packed([f"{mark} {BY_A_PERSON}", "percent is of what is decided"], options.max_width - 1):
            yield Text(f" {line}", style="dim", no_wrap=True, overflow="ellipsis")

    def _columns(self, ascii_only: bool) -> _Squeezed:
        table = _table("student")
        for name in self.exercises:
            table.add_column(Text(one_line(name, limit=24)), justify="right", no_wrap=True)
        self._finish(table, [[_points(score, ascii_only) for score in row.exercises] for row in self.rows])
        return table

    def _marks(self, ascii_only: bool) -> _Squeezed:
        table = _table("student")
        digits = "".join(str(n % 10) for n in range(1, len(self.exercises) + 1))
        table.add_column(Text(_grouped(list(digits))), no_wrap=True)
        cells = []
        for row in self.rows:
            marks = [_MARKS[_state(score)] for score in row.exercises]
            text = Text(_grouped([ascii_mark if ascii_only else mark for mark, ascii_mark, _, _ in marks]))
            for position, (_, _, _, style) in enumerate(marks):
                at = position + position // _GROUP
                text.stylize(style, at, at + 1)
            cells.append([text])
        self._finish(table, cells)
        return table

    def _finish(self, table: Table, cells: list[list[Text]]) -> None:
        """Add what both forms share: total, percent, and a note where anybody has one."""
        table.add_column("total", justify="right", style="bold", no_wrap=True)
        table.add_column("percent", justify="right", no_wrap=True)
        waiting = any(row.total.pending for row in self.rows)
        if waiting:
            table.add_column("pending", justify="right", no_wrap=True)
        noted = any(row.note for row in self.rows)
        if noted:
            table.add_column("note", no_wrap=True)
        for row, middle in zip(self.rows, cells, strict=True):
            percent = row.total.percent if row.total.decided else None
            style = "" if percent is None else "green" if percent >= 90 else "yellow" if percent >= 50 else "red"
            table.add_row(
                Text(row.student),
                *middle,
                Text(f"{number(row.total.earned)} / {number(row.total.possible)}"),
                Text("–" if percent is None else f"{percent:.0f} %", style=style),
                *([Text(number(row.total.pending) if row.total.pending else "", style="cyan")] if waiting else []),
                *([Text(row.note, style="magenta")] if noted else []),
            )

    def _legend(self, options: ConsoleOptions) -> Iterator[Text]:
        seen = {_state(score) for row in self.rows for score in row.exercises} - {"pending"}
        marks = [
            f"{ascii_mark if options.ascii_only else mark} {word}"
            for state, (mark, ascii_mark, word, _) in _MARKS.items()
            if state in seen
        ]
        names = [f"{place} {one_line(name, limit=40)}" for place, name in enumerate(self.exercises, 1)]
        for entries in (marks, names):
            for line in _packed(entries, options.max_width - 1):
                yield Text(f" {line}", style="dim", no_wrap=True, overflow="ellipsis")


def terminal_table(assignment: Assignment, verdicts: Sequence[Verdict], title: str | None = None) -> TerminalTable:
    """The class table for a terminal; it takes the form that fits when it is printed.

    `title`: the assignment's where it is None.
    """
    exercises = tuple(exercise_order(assignment, verdicts))
    return TerminalTable(
        title=one_line(assignment.manifest.title if title is None else title),
        exercises=exercises,
        rows=tuple(_row(verdict, exercises) for verdict in verdicts),
    )


def terminal_statistics(counts: Sequence[CheckCount], limit: int = 10) -> Table:
    """The most failed of `counts`, which come in that order, and every check that broke or was lost. What a person
    decides on is no check."""
    counts = [count for count in counts if not count.written]
    table = _table("checks that failed most")
    table.add_column("exercise", no_wrap=True)
    table.add_column("failed", justify="right", no_wrap=True)
    failed = [count for count in counts if count.failed][:limit]
    troubled = [count for count in counts if count.broken + count.lost and count not in failed]
    if any(count.broken + count.lost for count in counts):
        table.add_column("note", no_wrap=True)
    for count in [*failed, *troubled]:
        cells = [
            Text(one_line(check_title(count.check), limit=60)),
            Text(one_line(count.exercise, limit=24)),
            Text(f"{count.failed} of {count.judged}"),
            Text(_not_judged(count.broken, count.lost), style="magenta"),
        ]
        table.add_row(*cells[: len(table.columns)])
    return table


def _table(first: str) -> _Squeezed:
    table = _Squeezed(header_style="bold", box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column(first, overflow="ellipsis", no_wrap=True)
    return table


def _row(verdict: Verdict, exercises: tuple[str, ...]) -> _Row:
    of_exercise = [[f for f in verdict.findings if f.exercise == name] for name in exercises]
    outcomes = Counter(f.outcome for f in verdict.findings)
    not_judged = _not_judged(outcomes[Outcome.BROKEN], outcomes[Outcome.LOST])
    on_cpu = sum(f.device is Device.CPU_INSTEAD for f in verdict.findings)
    fallen_back = f"{on_cpu} on the CPU, for want of a GPU" if on_cpu else ""
    return _Row(
        student=one_line(student_name(verdict), limit=32),
        exercises=tuple(score_of(found) if found else None for found in of_exercise),
        total=score_of(verdict.findings),
        note=rejection_of(verdict) or ", ".join(filter(None, (not_judged, fallen_back))),
    )


def _points(score: Score | None, ascii_only: bool) -> Text:
    if score is None:
        return Text("–")
    mark, ascii_mark, _, style = _MARKS["pending"]
    if score.state == "pending":
        return Text(ascii_mark if ascii_only else mark, style=style)
    return Text(number(score.earned))


def _state(score: Score | None) -> str:
    return "absent" if score is None else score.state


def _grouped(marks: list[str]) -> str:
    """Marks in groups of five, which can be counted at a glance."""
    return " ".join("".join(marks[start : start + _GROUP]) for start in range(0, len(marks), _GROUP))


def _packed(entries: list[str], width: int) -> Iterator[str]:
    """Entries side by side, in as many lines as they need."""
    line = ""
    for entry in entries:
        if line and len(line) + 3 + len(entry) > width:
            yield line
            line = ""
        line = f"{line}   {entry}" if line else entry
    if line:
        yield line


def _not_judged(broken: int, lost: int) -> str:
    return ", ".join(f"{count} {word}" for count, word in ((broken, "broken"), (lost, "lost")) if count)
