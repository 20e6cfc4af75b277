"""What a terminal shows of a batch under way: one frame, drawn anew some times a second."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from autograder.cli.columns import cut, ends, packed, padded, shares
from autograder.cli.interrupts import AT_ONCE, STOPPING
from autograder.cli.lines import Line, line_of
from autograder.cli.pace import Pace, clock, per_second
from autograder.course.text import check_title, one_line
from autograder.course.written import is_written
from autograder.grading.batch import Event, Graded, Known, Planned, Retrying, Started, Stop
from autograder.grading.batch.events import SAME_BYTES
from autograder.report.standing import Standing, standing_of

MOST_IN_FLIGHT = 16
"""Submissions in flight that are shown, where the terminal is high enough."""
MOST_LAST = 5
_OTHER_ROWS = 9
"""Of a frame, besides what is in flight and what was graded last; and one for the cursor."""
_NAME, _PLACE = 28, 20
_ALWAYS = (Standing.FULL, Standing.PART, Standing.NONE)


@dataclass
class _InFlight:
    name: str
    place: str
    since: float
    checks: int = 0
    last: str = ""


@dataclass(frozen=True)
class _Waiting:
    until: float
    why: str


class Board:
    """The state of a batch, told event by event from one thread and drawn from another."""

    def __init__(
        self, title: str, place: Callable[[], str], stop: Stop, now: Callable[[], float] = time.monotonic
    ) -> None:
        """`place`: in a few words, by what the batch is graded at the moment."""
        self._title, self._place, self._stop, self._now = title, place, stop, now
        self._lock = threading.Lock()
        self._plan = Planned(0, 0, 0)
        self._standings: Counter[Standing] = Counter()
        self._recorded = self._same_bytes = self._checks = 0
        self._in_flight: dict[str, _InFlight] = {}
        self._waiting: dict[str, _Waiting] = {}
        self._last: deque[Line] = deque(maxlen=MOST_LAST)
        self._pace = Pace(now())
        self._over = False

    def told(self, event: Event) -> None:
        """Take in what happened."""
        with self._lock:
            match event:
                case Known(name, finding):
                    if name in self._in_flight:
                        self._in_flight[name].checks += 1
                        self._in_flight[name].last = finding.check
                case Started(name, place):
                    self._waiting.pop(name, None)
                    self._in_flight[name] = _InFlight(name, place, self._now())
                case Retrying(name, why, _, seconds):
                    self._in_flight.pop(name, None)
                    self._waiting[name] = _Waiting(self._now() + seconds, why)
                case Graded():
                    self._graded(event)
                case Planned():
                    self._plan = event

    def finish(self) -> None:
        """Nothing more comes: the next frame is what stays on the screen."""
        with self._lock:
            self._over = True

    def _graded(self, event: Graded) -> None:
        verdict = event.verdict
        standing = standing_of(verdict)
        self._in_flight.pop(verdict.submission, None)
        self._waiting.pop(verdict.submission, None)
        self._standings[standing] += 1
        self._checks = max(self._checks, sum(not is_written(f) for f in verdict.findings))
        if event.fresh and standing is not Standing.UNREADABLE:
            self._pace.end(self._now())
        elif not event.fresh:
            self._recorded += 1
            self._same_bytes += event.place == SAME_BYTES
        self._last.appendleft(line_of(event, standing))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The frame, as wide as the terminal and never higher."""
        with self._lock:
            yield from self._frame(options.max_width, options.size.height, options.ascii_only)

    def _frame(self, width: int, height: int, ascii_only: bool) -> Iterator[Text]:
        now = self._now()
        yield ends(Text(self._title, style="bold"), Text(self._place(), style="dim"), width)
        yield self._bar(width, ascii_only)
        yield from self._counts(width, ascii_only)
        yield cut(Text(self._times(now)), width)
        if self._over:
            return
        if self._stop.asked:
            yield cut(Text(AT_ONCE if self._stop.at_once else STOPPING, style="bold yellow"), width)
        room = max(2, height - _OTHER_ROWS)
        rows = list(self._rows(now, width, min(MOST_IN_FLIGHT, room)))
        if rows:
            yield Text("")
            yield from rows
        last = list(self._last)[: room - len(rows)]
        if last:
            yield Text("")
            yield from (line.text(width, ascii_only) for line in last)

    def _bar(self, width: int, ascii_only: bool) -> Text:
        done, chosen = self._standings.total(), self._plan.chosen
        count = f"  {done}/{chosen} {100 * done // chosen if chosen else 100:3} %"
        room = max(len(Standing), width - len(count))
        filled, empty = ("#", ".") if ascii_only else ("━", "─")
        ordered = {standing: self._standings[standing] for standing in Standing}
        bar = Text(no_wrap=True)
        for standing, cells in shares(ordered, chosen, room).items():
            bar.append(filled * cells, style=standing.style)
        return bar.append(empty * (room - len(bar)), style="dim").append(count)

    def _counts(self, width: int, ascii_only: bool) -> Iterator[Text]:
        entries = []
        for standing in Standing:
            count = self._standings[standing]
            if count or standing in _ALWAYS:
                mark = standing.ascii_mark if ascii_only else standing.mark
                entries.append(Text.assemble((mark, standing.style if count else "dim"), f" {count} {standing}"))
        if self._recorded:
            same = f", {self._same_bytes} of them with another's bytes" if self._same_bytes else ""
            entries.append(Text(f"({self._recorded} recorded before{same})", style="dim"))
        yield from packed(entries, width)

    def _times(self, now: float) -> str:
        gone = clock(self._pace.seconds(now))
        if self._over:
            graded = self._pace.graded
            overall = f", {per_second(graded / max(self._pace.seconds(now), 1e-6))}" if graded else ""
            return f"{self._standings.total()} in {gone}{overall}"
        rate = self._pace.rate(now)
        parts = [f"{gone} so far"] if rate is None else [per_second(rate), f"{gone} so far"]
        to_look_up = max(0, self._plan.recorded - self._recorded)
        left = self._pace.left(now, max(0, self._plan.chosen - self._standings.total() - to_look_up))
        if left is not None and not self._stop.asked:
            parts.append(f"about {clock(left)} left")
        return ", ".join(parts)

    def _rows(self, now: float, width: int, most: int) -> Iterator[Text]:
        """What is in flight, by place while there is room for all of it, else the longest first; and what waits."""
        running = list(self._in_flight.values())
        waiting = sorted(self._waiting.items(), key=lambda item: item[1].until)
        most -= bool(waiting)
        if len(running) <= most:
            running.sort(key=lambda one: (len(one.place), one.place))
        shown = running if len(running) <= most else running[: most - 1]
        places = min(_PLACE, max((len(one.place) for one in shown), default=0))
        yield from (self._row(one, now, width, places) for one in shown)
        if len(running) > len(shown):
            yield Text(f"and {len(running) - len(shown)} more in flight", style="dim", no_wrap=True)
        if waiting:
            name, soonest = waiting[0]
            more = f" and {len(waiting) - 1} more" if len(waiting) > 1 else ""
            seconds = max(0.0, soonest.until - now)
            words = f"tried again in {seconds:.1f} s: {one_line(name, limit=_NAME)}{more} ({one_line(soonest.why)})"
            yield cut(Text(words, style="magenta"), width)

    def _row(self, one: _InFlight, now: float, width: int, places: int) -> Text:
        left = padded(Text(one_line(one.place), style="dim"), places).append("  ")
        left.append_text(padded(Text(one_line(one.name)), min(_NAME, width // 3)))
        done = f"{one.checks} of {self._checks}" if self._checks else str(one.checks) if one.checks else ""
        left.append(f"  {done:>8}  ", style="dim")
        # What is left are trainings that earn a second run, and the search for known mistakes.
        all_said = 0 < self._checks <= one.checks
        left.append("looked at once more" if all_said else check_title(one.last) if one.last else "")
        return ends(left, Text(f"{now - one.since:.1f} s"), width)
