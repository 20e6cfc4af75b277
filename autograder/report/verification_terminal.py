"""The report of `verify` for a terminal, to be read in a minute. Colour only repeats what words say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from autograder.course.text import one_line, plain
from autograder.grading.verify.result import CheckLine, Proof, Verification
from autograder.report.phrases import percent, seconds, short
from autograder.report.verification import (
    IDLE,
    LENIENT,
    REDUNDANT,
    SURVIVORS,
    UNTRIED,
    BrokenPromise,
    Findings,
    findings,
)

MOST = 10
"""Of anything. The JSON and the HTML hold them all."""
_SLOWEST = 3
_Item = TypeVar("_Item")
_DIFF = {"+": "green", "-": "red", "@": "cyan"}


@dataclass(frozen=True)
class TerminalVerification:
    """The report; it takes the width that there is when it is printed."""

    found: Findings

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The verdict, the counts, then each thing that asks for the author."""
        found, covered = self.found, self.found.coverage
        yield _verdict(found)
        yield _facts(found.facts)
        yield from _listed("Broken promises", "", found.broken, _promise)
        yield from _listed("Survivors", SURVIVORS, found.survivors, _survivor)
        yield from _named("Redundant checks", REDUNDANT, covered.redundant)
        yield from _named("Checks that caught nothing", IDLE, covered.idle)
        if covered.untried:
            yield _heading("Exercises without a wrong answer", len(covered.untried))
            yield _indented(Text(f"{UNTRIED}\n{', '.join(one_line(name) for name in covered.untried)}"))
        yield from self._lenient()
        yield from self._flaky()
        yield from self._slow()
        if found.verified.notes:
            yield _heading("Notes", len(found.verified.notes))
            yield from (_indented(Text(plain(note))) for note in found.verified.notes)

    def _lenient(self) -> Iterator[RenderableType]:
        if not self.found.lenient:
            return
        yield _heading("Lenient checks", len(self.found.lenient))
        yield _indented(Text(LENIENT))
        for check, names in self.found.lenient[:MOST]:
            yield _indented(Text.assemble(_name(check), f": {one_line(', '.join(names))}"))
        if len(self.found.lenient) > MOST:
            yield _indented(Text(f"… and {len(self.found.lenient) - MOST} more"))

    def _flaky(self) -> Iterator[RenderableType]:
        if not self.found.flaky:
            return
        yield _heading("Checks that fail right answers", len(self.found.flaky))
        for line in self.found.flaky:
            share = (
                f"{line.flakes.failures} of {line.flakes.runs} seeds, below {percent(line.flakes.bound)} (95 % sure)"
            )
            yield _indented(Text.assemble(_name(line.check), f": {share}"))

    def _slow(self) -> Iterator[RenderableType]:
        if not self.found.times:
            return
        tight = [time for time in self.found.times if time.tight]
        shown = tight[:MOST] if len(tight) > _SLOWEST else self.found.times[:_SLOWEST]
        yield _heading("Slowest checks", None)
        table = Table.grid(padding=(0, 2, 0, 0))
        for time in shown:
            limit = f"of {seconds(time.check.seconds)}" if time.check.seconds else ""
            remark = Text(": near its limit for slower code", style="yellow") if time.tight else Text("")
            table.add_row(seconds(time.seconds), limit, Text.assemble(_name(time.check), remark))
        yield _indented(table)


def terminal_verification(verified: Verification) -> TerminalVerification:
    """The report on one assignment."""
    return TerminalVerification(findings(verified))


def _verdict(found: Findings) -> Text:
    style = "bold green" if found.verified.green else "bold red"
    return Text.assemble(
        (f"{one_line(found.verified.assignment)}: ", "bold"), (one_line(found.headline, limit=600), style)
    )


def _facts(facts: Iterable[tuple[str, str]]) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, text in facts:
        table.add_row(Text(name), Text(text))
    return _indented(table)


def _listed(
    title: str, meaning: str, items: Sequence[_Item], show: Callable[[_Item], RenderableType]
) -> Iterator[RenderableType]:
    """A section with an entry for each of the first items."""
    if not items:
        return
    yield _heading(title, len(items))
    if meaning:
        yield _indented(Text(meaning))
    for item in items[:MOST]:
        yield Text("")
        yield _indented(show(item))
    if len(items) > MOST:
        yield _indented(Text(f"\n… and {len(items) - MOST} more: `--html FILE` and `--json` show them all"))


def _named(title: str, meaning: str, checks: Sequence[CheckLine]) -> Iterator[RenderableType]:
    if not checks:
        return
    yield _heading(title, len(checks))
    yield _indented(Text(meaning))
    for check in checks[:MOST]:
        yield _indented(_name(check))
    if len(checks) > MOST:
        yield _indented(Text(f"… and {len(checks) - MOST} more"))


def _promise(promise: BrokenPromise) -> RenderableType:
    promised = f"  promised: {one_line(promise.promise)}" if promise.promise else ""
    lines = [Text.assemble((one_line(promise.title, limit=400), "bold"), promised)]
    lines += [Text(plain(problem, limit=1200, lines=12)) for problem in promise.problems[:MOST]]
    if len(promise.problems) > MOST:
        lines.append(Text(f"… and {len(promise.problems) - MOST} more problems"))
    lines.append(Text(f"-> {promise.advice}", style="cyan"))
    return Group(lines[0], *(Padding(line, (0, 0, 0, 2)) for line in lines[1:]))


def _survivor(proof: Proof) -> RenderableType:
    parts: list[RenderableType] = [Text(one_line(proof.name), style="bold"), _diff(proof.diff)]
    if proof.mark:
        parts.append(Text(f"Its author says: {plain(proof.mark)}"))
    elif proof.suggestion:
        parts.append(Text("For mutants.toml, once you know why it need not be caught:", style="dim"))
        parts.append(Padding(Text(plain(proof.suggestion), overflow="fold"), (0, 0, 0, 2)))
    return Group(*parts)


def _diff(diff: str) -> Text:
    text = Text(overflow="fold")
    for line in plain(diff, limit=4000, lines=40).split("\n"):
        if not line.startswith(("+++", "---")):
            text.append(f"{line}\n", style=_DIFF.get(line[:1], ""))
    text.rstrip()
    return text


def _name(check: CheckLine) -> Text:
    return Text.assemble(one_line(short(check.name)), (f"  {one_line(check.exercise)}", "dim"))


def _heading(title: str, how_many: int | None) -> Text:
    return Text.assemble("\n", (title if how_many is None else f"{title} ({how_many})", "bold"))


def _indented(what: RenderableType) -> Padding:
    return Padding(what, (0, 0, 0, 2))
