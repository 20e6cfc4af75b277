"""Where the time of a batch went, for a terminal of any width."""

from __future__ import annotations

from dataclasses import dataclass

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from autograder.course.text import check_title, one_line
from autograder.report.phrases import count, duration, share
from autograder.report.profile import MAX_CHECKS, ProfileSummary, Spread

_BAR = 20
_NAME_LEAST = 16
"""Characters of a name that must be seen for another column to be shown."""


@dataclass(frozen=True)
class _Column:
    title: str
    cells: tuple[str, ...]
    rank: int
    """Those of the lowest ranks are shown where not all fit."""

    @property
    def width(self) -> int:
        """Characters, with the space around."""
        return 2 + max(cell_len(cell) for cell in (self.title, *self.cells))


@dataclass(frozen=True)
class TerminalProfile:
    """The parts of a typical submission and the slowest checks. What does not fit is left out, a whole column each."""

    summary: ProfileSummary

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """A line, and two tables."""
        whole = self.summary.spread
        took = f"{duration(whole.median)} at the median, {duration(whole.longest)} at most"
        if self._single:
            took = duration(whole.median)
        went = f"where the time of {count(self.summary.submissions, 'submission')} went: {took}"
        yield Text(went, style="italic")
        yield Text("")
        yield self._parts(options)
        if self.summary.checks:
            yield Text("")
            yield self._checks(options)

    @property
    def _single(self) -> bool:
        return self.summary.submissions == 1

    def _parts(self, options: ConsoleOptions) -> Table:
        times = self.summary.slices
        largest = max((one.share for one in times), default=1.0)
        line = "=" if options.ascii_only else "━"
        bars = [line * max(1, round(_BAR * one.share / largest)) for one in times]
        columns = [
            *self._spread([one.spread for one in times], options),
            _Column("share", tuple(share(one.share) for one in times), 1),
            _Column("", tuple(bars), 3),
        ]
        return _table(options, "part", [one.slice.words for one in times], columns)

    def _checks(self, options: ConsoleOptions) -> Table:
        times = self.summary.checks[:MAX_CHECKS]
        names = [one_line(check_title(one.check), limit=60) for one in times]
        columns = [
            *self._spread([one.spread for one in times], options),
            *([] if self._single else [_Column("longest", tuple(duration(one.spread.longest) for one in times), 1)]),
            _Column("student's code", tuple(share(one.student) for one in times), 3),
        ]
        return _table(options, "slowest checks", names, columns)

    def _spread(self, spreads: list[Spread], options: ConsoleOptions) -> list[_Column]:
        if self._single:
            return [_Column("seconds", tuple(duration(one.median) for one in spreads), 0)]
        to = " - " if options.ascii_only else " – "
        return [
            _Column("median", tuple(duration(one.median) for one in spreads), 0),
            _Column("8 of 10 within", tuple(f"{duration(one.low)}{to}{duration(one.high)}" for one in spreads), 2),
        ]


def terminal_profile(summary: ProfileSummary) -> TerminalProfile:
    """What `grade --profile` and `report --profile` print."""
    return TerminalProfile(summary)


def _table(options: ConsoleOptions, first: str, names: list[str], columns: list[_Column]) -> Table:
    """A table of the columns that leave room for the names."""
    longest = 2 + max(cell_len(name) for name in (first, *names))
    room = options.max_width
    shown: set[str] = set()
    for column in sorted(columns, key=lambda one: one.rank):
        least = longest if column.rank > 1 else min(longest, _NAME_LEAST)
        if room - column.width < least:
            break
        room -= column.width
        shown.add(column.title)
    table = Table(header_style="bold", box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column(first, overflow="ellipsis", no_wrap=True)
    kept = [column for column in columns if column.title in shown]
    for column in kept:
        table.add_column(
            column.title,
            justify="right" if column.title else "left",
            no_wrap=True,
            style="" if column.title else "cyan",
        )
    for position, name in enumerate(names):
        table.add_row(Text(name), *(Text(column.cells[position]) for column in kept))
    return table
