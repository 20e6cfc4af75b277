"""Where the time of a class went, as the overview shows it to graders. No student's own page holds any of it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from autograder.course.text import check_title, one_line
from autograder.report.phrases import count, duration, share
from autograder.report.plots import stacks
from autograder.report.profile import MAX_CHECKS, ProfileSummary, Profiling, Slice, Slow, Spread, Tint

if TYPE_CHECKING:
    from autograder.gradebook import Profiled

_TALLEST = 2.5
"""A column that is so many times as tall as the one that nine of ten stay below is cut off, for the others' sake."""
_NARROWEST = 0.25
"""Percent: a stretch of a bar that is shorter than this is not drawn, unless it is the longest of its bar."""


@dataclass(frozen=True)
class Row:
    """One part: its colour's number, and its times in words."""

    tint: int
    words: str
    median: str
    spread: str
    share: str


@dataclass(frozen=True)
class Stretch:
    """A piece of a bar, in percent of the width."""

    tint: int
    width: str


@dataclass(frozen=True)
class Bar:
    """Something slow: a check, or a submission."""

    title: str
    beside: str
    """What is said behind the title, small."""
    seconds: str
    stretches: tuple[Stretch, ...]
    page: str = ""
    """The student's, where there is one."""


@dataclass(frozen=True)
class ProfileSection:
    """Everything in the overview's section about time."""

    summary: str
    picture: Markup
    """Empty where there is only one submission, which is then a bar."""
    bar: tuple[Stretch, ...]
    caption: str
    rows: tuple[Row, ...]
    checks: tuple[Bar, ...]
    slowest: tuple[Bar, ...]
    """Empty where there is only one submission."""


def profile_section(profiles: Iterable[Profiled], pages: Mapping[str, str], salt: str) -> ProfileSection | None:
    """The section, or None where nothing was profiled. `pages`: of each submission, the name of its page."""
    profiling = Profiling()
    for one in profiles:
        profiling.add(one.submission, one.profile)
    return _section(profiling.summary(), pages, salt) if profiling else None


def _section(summary: ProfileSummary, pages: Mapping[str, str], salt: str) -> ProfileSection:
    columns = [_heights(column) for column in summary.columns]
    top = _top(summary)
    single = summary.submissions == 1
    return ProfileSection(
        summary=_in_words(summary),
        picture=Markup("") if single else stacks(columns, top, f"{salt}/time"),
        bar=_whole_bar(summary.slowest[0], summary.slowest[0]) if single else (),
        caption=_caption(summary, top),
        rows=tuple(
            Row(
                tint=one.slice.tint.value,
                words=one.slice.words[:1].upper() + one.slice.words[1:],
                median=duration(one.spread.median),
                spread="" if single else _spread(one.spread),
                share=share(one.share),
            )
            for one in summary.slices
        ),
        checks=_checks(summary),
        slowest=() if single else tuple(_slow(one, summary.slowest[0], pages) for one in summary.slowest),
    )


def _in_words(summary: ProfileSummary) -> str:
    if summary.submissions == 1:
        return f"One submission, {duration(summary.spread.median)}."
    return (
        f"{summary.submissions} submissions. Half of them took at most {duration(summary.spread.median)}, "
        f"nine of ten at most {duration(summary.spread.high)}, the slowest {duration(summary.spread.longest)}."
    )


def _top(summary: ProfileSummary) -> float:
    """Where the picture ends, in seconds."""
    tallest = max(math.fsum(column.values()) for column in summary.columns)
    return max(1e-6, 1.04 * min(tallest, _TALLEST * summary.spread.high))


def _caption(summary: ProfileSummary, top: float) -> str:
    if summary.submissions == 1:
        return "Its parts, in the colours of the table."
    shown = len(summary.columns)
    what = (
        "Each column is a submission" if shown == summary.submissions else f"{shown} of the submissions, evenly chosen"
    )
    cut = sum(math.fsum(column.values()) > top for column in summary.columns)
    beyond = (
        f" {count(cut, 'column')} of the slowest are cut off." if cut > 1 else " The slowest is cut off." if cut else ""
    )
    return f"{what}, the fastest at the left, in the colours of the table.{beyond}"


def _heights(column: Mapping[Slice, float]) -> list[float]:
    """Seconds of each colour, in the order of stacking."""
    return [math.fsum(seconds for one, seconds in column.items() if one.tint is tint) for tint in Tint]


def _spread(spread: Spread) -> str:
    return duration(spread.low) if spread.low == spread.high else f"{duration(spread.low)} – {duration(spread.high)}"


def _checks(summary: ProfileSummary) -> tuple[Bar, ...]:
    """The slowest checks: of each bar, what is the student's code, and the rest."""
    if not summary.checks:
        return ()
    longest = summary.checks[0].spread.median or 1.0
    bars = []
    for one in summary.checks[:MAX_CHECKS]:
        whole = 100 * one.spread.median / longest
        own = 1 - one.student - one.wire
        parts = [(Tint.STUDENT, whole * one.student), (Tint.CHECKS, whole * own), (Tint.WIRE, whole * one.wire)]
        single = summary.submissions == 1
        beside = "" if single else f"at most {duration(one.spread.longest)}"
        bars.append(
            Bar(one_line(check_title(one.check), limit=80), beside, duration(one.spread.median), _stretches(parts))
        )
    return tuple(bars)


def _slow(one: Slow, slowest: Slow, pages: Mapping[str, str]) -> Bar:
    return Bar(
        title=one_line(one.submission, limit=80) or "(no name)",
        beside="",
        seconds=duration(one.seconds),
        stretches=_whole_bar(one, slowest),
        page=pages.get(one.submission, ""),
    )


def _whole_bar(one: Slow, longest: Slow) -> tuple[Stretch, ...]:
    """The bar of a submission, beside that of the longest."""
    whole = math.fsum(longest.slices.values()) or 1.0
    return _stretches([(tint, 100 * height / whole) for tint, height in zip(Tint, _heights(one.slices), strict=True)])


def _stretches(parts: Sequence[tuple[Tint, float]]) -> tuple[Stretch, ...]:
    longest = max(width for _, width in parts)
    return tuple(
        Stretch(tint.value, f"{max(width, _NARROWEST):.2f}")
        for tint, width in parts
        if width >= _NARROWEST or width == longest
    )
