"""Small curves and histograms as inline SVG, drawn by matplotlib's object API. The same numbers give the same bytes.

No untrusted text enters a picture: names stand in the page beside it. Colours are the page's own variables, so a
picture follows the light or the dark scheme.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import matplotlib as mpl
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from autograder.report.phrases import duration

MAX_POINTS = 240
MAX_CURVES = 4
MAX_PANELS = 4
# matplotlib draws in these colours; each is replaced by the page's variable of the same role.
_INK, _GRID = "#010203", "#010204"
_CURVES = ("#010205", "#010206", "#010207", "#010208")
_TINTS = tuple(f"#0102{n:02x}" for n in range(16, 23))
_ROLES = {
    _INK: "--muted",
    _GRID: "--line",
    **{colour: f"--curve-{n}" for n, colour in enumerate(_CURVES, 1)},
    **{colour: f"--tint-{n}" for n, colour in enumerate(_TINTS, 1)},
}
_LARGEST = 1e30


@dataclass(frozen=True)
class Curve:
    """One line of a panel: its name, its colour's number from 1, and in words what the line shows."""

    name: str
    colour: int
    summary: str


@dataclass(frozen=True)
class Panel:
    """One picture and the curves in it."""

    svg: Markup
    curves: tuple[Curve, ...]


def training_panels(series: Mapping[str, Sequence[float]], salt: str) -> tuple[Panel, ...]:
    """Pictures for a finding's series. Those whose names end in the same word (loss, accuracy) share axes."""
    groups: dict[str, list[tuple[str, Sequence[float]]]] = {}
    for name, values in series.items():
        if any(_drawable(v) for v in values):
            last = name.split()[-1].lower() if name.split() else ""
            groups.setdefault(last, []).append((name, values))
    shown = [group[:MAX_CURVES] for group in list(groups.values())[:MAX_PANELS]]
    return tuple(_panel(group, f"{salt}/{position}") for position, group in enumerate(shown))


def _panel(group: Sequence[tuple[str, Sequence[float]]], salt: str) -> Panel:
    def draw(axes: Axes) -> None:
        for (_, values), colour in zip(group, _CURVES, strict=False):
            steps, heights = _thinned(values)
            axes.plot(steps, heights, color=colour, linewidth=1.8, marker="." if len(steps) == 1 else None)
        axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
        axes.yaxis.set_major_locator(MaxNLocator(nbins=4))

    curves = tuple(Curve(name, n, _in_words(values)) for n, (name, values) in enumerate(group, 1))
    return Panel(_svg(draw, salt), curves)


def histogram(shares: Sequence[float], salt: str) -> Markup:
    """How many students reached which share (0 to 1) of the points, in ten bars."""
    counts = [0] * 10
    for share in shares:
        counts[min(9, max(0, int(share * 10)))] += 1

    def draw(axes: Axes) -> None:
        axes.bar([10 * n + 5 for n in range(10)], counts, width=9, color=_CURVES[0])
        axes.set_xlim(0, 100)
        axes.set_xticks(range(0, 101, 20), [f"{n} %" for n in range(0, 101, 20)])
        axes.yaxis.set_major_locator(MaxNLocator(nbins=3, integer=True))

    return _svg(draw, salt)


def stacks(columns: Sequence[Sequence[float]], top: float, salt: str) -> Markup:
    """A stack of times (in seconds) for each column, the n-th of a stack in the page's `--tint-n`; cut off at `top`."""
    places = range(len(columns))

    def draw(axes: Axes) -> None:
        below = [0.0] * len(columns)
        for colour, heights in zip(_TINTS, zip(*columns, strict=True), strict=True):
            # No taller than the picture, which is cut off there anyway: a browser need not draw what nobody sees.
            ends = [min(top, start + height) for start, height in zip(below, heights, strict=True)]
            drawn = [(n, below[n], ends[n] - below[n]) for n in places if ends[n] > below[n]]
            if drawn:
                where, starts, tall = zip(*drawn, strict=True)
                axes.bar(where, tall, bottom=starts, width=0.86, color=colour)
            below = ends
        # A few columns stay slender.
        axes.set_xlim(-0.5, max(len(columns), 8) - 0.5)
        axes.set_ylim(0, top)
        axes.set_xticks([])
        axes.yaxis.set_major_locator(MaxNLocator(nbins=4))
        axes.yaxis.set_major_formatter(lambda seconds, _: duration(seconds))

    return _svg(draw, salt, inches=2.7)


def _drawable(value: float) -> bool:
    return math.isfinite(value) and abs(value) <= _LARGEST


def _in_words(values: Sequence[float]) -> str:
    """What the line shows, for those who cannot see it; and where it stopped being a number, for everyone."""
    finite = [v for v in values if _drawable(v)]
    words = (
        f"from {finite[0]:.3g} to {finite[-1]:.3g} in {len(values)} steps" if len(values) > 1 else f"{finite[0]:.3g}"
    )
    bad = next((n for n, v in enumerate(values, 1) if not _drawable(v)), None)
    return words if bad is None else f"{words}; not a finite number at step {bad}"


def _thinned(values: Sequence[float]) -> tuple[list[int], list[float]]:
    """At most MAX_POINTS points: the lowest and the highest of each stretch, so that a spike stays visible."""
    points = [(n, float(v) if _drawable(v) else math.nan) for n, v in enumerate(values, 1)]
    if len(points) > MAX_POINTS:
        stretch = math.ceil(2 * len(points) / MAX_POINTS)
        kept: set[tuple[int, float]] = {points[0], points[-1]}
        for start in range(0, len(points), stretch):
            part = points[start : start + stretch]
            finite = [p for p in part if not math.isnan(p[1])] or part[:1]
            kept |= {min(finite, key=lambda p: p[1]), max(finite, key=lambda p: p[1])}
        points = sorted(kept, key=lambda p: p[0])
    return [n for n, _ in points], [v for _, v in points]


def _svg(draw: Callable[[Axes], None], salt: str, inches: float = 1.9) -> Markup:
    """The drawing as an `<svg>` element without prolog, metadata, marks of time or ids of its own."""
    with mpl.rc_context({"svg.hashsalt": salt, "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 8.5}):
        figure = Figure(figsize=(4.6, inches), layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        draw(axes)
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.spines["bottom"].set_color(_GRID)
        axes.tick_params(length=0, pad=6, labelcolor=_INK)
        for axis in (axes.xaxis, axes.yaxis):
            axis.get_offset_text().set_color(_INK)
        axes.grid(axis="y", color=_GRID, linewidth=0.7)
        axes.set_axisbelow(True)
        figure.patch.set_visible(False)
        axes.patch.set_visible(False)
        target = io.StringIO()
        nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
        figure.savefig(target, format="svg", metadata=nothing)
    return Markup(_themed(target.getvalue()))  # noqa: S704 - matplotlib's own output, which holds numbers only


def _themed(svg: str) -> str:
    body = svg[svg.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.DOTALL)
    body = re.sub(r"<!--.*?-->\s*", "", body, flags=re.DOTALL)
    body = re.sub(r'<g id="[A-Za-z]+(?:_\d+)?(?:\.\w+)?">', "<g>", body)
    body = re.sub(
        r' width="[\d.]+pt" height="[\d.]+pt"', ' class="plot" aria-hidden="true" focusable="false"', body, count=1
    )
    body = re.sub(r"(\d\.\d\d)\d+", r"\1", body)  # a hundredth of a point is enough
    for colour, role in _ROLES.items():
        body = body.replace(colour, f"var({role})")
    return body.strip()
