"""Written answers in a terminal: how many wait in each exercise, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from autograder.course.text import number, one_line
from autograder.gradebook import Answered


class AnswersTable:
    """The exercises with their counts, then the answers, as many as are asked for."""

    def __init__(self, exercises: Sequence[str], answers: Sequence[Answered], shown: Sequence[Answered], most: int):
        """`answers`: all that there are; `shown`: those to be listed, of which `most` are."""
        self._exercises, self._answers, self._shown, self._most = exercises, answers, shown, most

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The two tables."""
        yield self._counts()
        if self._shown:
            yield Text("")
            yield from self._list()

    def _counts(self) -> Table:
        table = _table("exercise", "points", "to be graded", "graded", "no answer")
        for name in self._exercises:
            of_it = [one for one in self._answers if one.exercise == name]
            waiting, graded = sum(one.waits for one in of_it), sum(one.mark is not None for one in of_it)
            counts = (waiting, graded, len(of_it) - waiting - graded)
            points = number(of_it[0].points) if of_it else "–"
            table.add_row(Text(one_line(name, limit=40)), Text(points), *(Text(str(count)) for count in counts))
        return table

    def _list(self) -> Iterator[RenderableType]:
        leveled = any(one.mark for one in self._shown)
        table = _table("student", "exercise", "words", *(["level"] if leveled else []), "begins with")
        for name in ("exercise", "level", "begins with"):
            for column in table.columns:
                if column.header == name:
                    column.justify = "left"
        for one in self._shown[: self._most]:
            cells = [
                Text(one_line(one.submission, limit=32) or "(no name)"),
                Text(one_line(one.exercise, limit=24)),
                Text(str(len(one.answer.split()))),
                *([Text(one.mark.level.value if one.mark else "")] if leveled else []),
                Text(one_line(one.answer.strip().split("\n", 1)[0], limit=100)),
            ]
            table.add_row(*cells)
        yield table
        if len(self._shown) > self._most:
            yield Text(f"and {len(self._shown) - self._most} more: --html FILE and --export FILE hold all", style="dim")


def _table(*columns: str) -> Table:
    table = Table(header_style="bold", box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    for position, name in enumerate(columns):
        justify = "right" if position else "left"
        table.add_column(name, justify=justify, no_wrap=True, overflow="ellipsis")  # type: ignore[arg-type]
    return table
