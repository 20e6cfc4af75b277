"""A class too large for a table: how its points are spread, who asks for a look, what failed most. Added up verdict by
verdict; no more than some tens of them are kept."""

from __future__ import annotations

import heapq
import statistics
from array import array
from collections.abc import Iterator, Sequence
from itertools import count

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.text import Text

from autograder.course import Assignment, Outcome, Verdict
from autograder.course.text import number, one_line
from autograder.report.counts import CheckCounts
from autograder.report.phrases import count as count_of
from autograder.report.score import BY_A_PERSON, score_of
from autograder.report.standing import Standing, standing_of
from autograder.report.terminal import terminal_statistics, terminal_table

MOST_IN_TABLE = 40
"""Submissions up to which every one has its row."""
MOST_OF_EACH = 5
MOST_LOWEST = 8
MOST_CHECKS = 8
_OPEN = (Standing.LOST, Standing.BROKEN, Standing.UNREADABLE)
_BINS = ((100.0, "100"), *((10.0 * ten, f"{10 * ten:>2} – {10 * ten + 9}") for ten in reversed(range(10))))
"""From which percentage on, and the words; the first that fits."""
_BAR = 48


class ClassSummary:
    """What a grader wants to know of a class at the end of a batch."""

    def __init__(self, assignment: Assignment) -> None:
        self._assignment = assignment
        self._first: list[Verdict] = []
        self._percents = array("d")
        self._points = array("d")
        self._possible = 0.0
        self._open: dict[Standing, list[Verdict]] = {standing: [] for standing in _OPEN}
        self._opened = self._undecided = 0
        self._waiting = self._answers = 0
        self._pending = 0.0
        self._lowest: list[tuple[float, int, Verdict]] = []
        self._numbers = count()
        self._checks = CheckCounts()

    def add(self, verdict: Verdict) -> None:
        """Take in one verdict of the class."""
        score, standing = score_of(verdict.findings), standing_of(verdict)
        if len(self._first) <= MOST_IN_TABLE:
            self._first.append(verdict)
        self._checks.add(verdict)
        if score.pending:
            self._waiting += 1
            self._answers += sum(f.outcome is Outcome.PENDING for f in verdict.findings)
            self._pending = max(self._pending, score.pending)
        if standing is Standing.PENDING:
            self._undecided += 1
            return
        if standing in self._open:
            self._opened += 1
            if len(self._open[standing]) < MOST_OF_EACH:
                self._open[standing].append(verdict)
            return
        self._percents.append(score.percent)
        self._points.append(score.earned)
        self._possible = max(self._possible, score.possible)
        if standing is not Standing.FULL:
            entry = (-score.percent, next(self._numbers), verdict)
            (heapq.heappush if len(self._lowest) < MOST_LOWEST else heapq.heappushpop)(self._lowest, entry)

    @property
    def whole(self) -> bool:
        """Whether it shows every submission."""
        return len(self._first) <= MOST_IN_TABLE

    def __len__(self) -> int:
        return len(self._percents) + self._opened + self._undecided

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The table of a small class; of a larger one the spread, those to look at, and the checks that failed most."""
        if self.whole:
            yield terminal_table(self._assignment, sorted(self._first, key=lambda verdict: verdict.submission))
            yield from self._for_people()
            return
        title = f"{one_line(self._assignment.manifest.title)}: {count_of(len(self), 'submission')}"
        yield Text(title, style="bold", no_wrap=True, overflow="ellipsis")
        yield from self._spread(options.max_width, options.ascii_only)
        opened = [verdict for standing in _OPEN for verdict in self._open[standing]]
        yield from self._rows("not judged or not read", opened, self._opened)
        lowest = [verdict for _, _, verdict in sorted(self._lowest, key=lambda entry: (-entry[0], entry[1]))]
        yield from self._rows("lowest", lowest, len(self._percents))
        checks = terminal_statistics(self._checks.ordered(), limit=MOST_CHECKS)
        if checks.row_count:
            yield Text("")
            yield checks
        yield from self._for_people()

    def _for_people(self) -> Iterator[Text]:
        """What is left to do for a person, and how."""
        if self._answers:
            yield Text("")
            who = f"{count_of(self._answers, 'answer')} of {count_of(self._waiting, 'submission')} {BY_A_PERSON}"
            yield Text(f"{who}:", style="cyan")
            yield Text(f"autograder written {self._assignment.slug}", style="cyan")

    def _spread(self, width: int, ascii_only: bool) -> Iterator[Text]:
        """One line for each ten percent of what is decided, and the usual figures. Those with open checks are not in
        it."""
        counts = [0] * len(_BINS)
        for percent in self._percents:
            counts[next(place for place, (least, _) in enumerate(_BINS) if percent >= least)] += 1
        most, digits = max(counts), len(str(max(counts)))
        room = max(1, min(_BAR, width - 16 - digits))
        fill = "#" if ascii_only else "█"
        yield Text("")
        for (least, words), many in zip(_BINS, counts, strict=True):
            style = "green" if least >= 90 else "yellow" if least >= 50 else "red"
            cells = -(-room * many // most) if most else 0
            shown = words.replace("–", "-") if ascii_only else words
            yield Text.assemble(f"{shown:>9} %  {many:>{digits}}  ", (fill * cells, style), no_wrap=True)
        if self._points:
            yield Text("")
            yield Text(self._figures())

    def _figures(self) -> str:
        points = sorted(self._points)
        low, median, high = statistics.quantiles(points, n=4) if len(points) > 1 else (points[0],) * 3
        mean = number(statistics.fmean(points))
        middle = f"the middle half {number(low)} to {number(high)}"
        waiting = f" so far, up to {number(self._pending)} {BY_A_PERSON}" if self._pending else ""
        return f"Of {number(self._possible)} points{waiting}: median {number(median)}, mean {mean}, {middle}"

    def _rows(self, title: str, verdicts: Sequence[Verdict], whole: int) -> Iterator[RenderableType]:
        if verdicts:
            yield Text("")
            of = f" ({len(verdicts)} of {whole})" if whole > len(verdicts) else ""
            yield terminal_table(self._assignment, verdicts, title=f"{title}{of}")
