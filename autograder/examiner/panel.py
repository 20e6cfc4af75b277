"""What public checks said: a small HTML panel for notebooks, without scripts, and the same words for terminals.

Colours come from the notebook's theme, and those of the badges with their ground: they can be read in light and dark.
Everything that came from a student's code is bounded, cleaned and escaped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from autograder.course import Finding, Outcome, Reason
from autograder.course.released import Released
from autograder.course.text import number, one_line, plain
from autograder.course.written import is_written

MORE = "The hidden checks try more."


class Look(StrEnum):
    """How a finding is told: in a word or two, and never by a colour alone. From the best to what matters most."""

    PASSED = "passed"
    ANSWERED = "answered"
    UNJUDGED = "could not be judged"
    OPEN = "open"
    """Nothing is there yet: no fault."""
    WRONG = "not yet"


_GROUNDS = {
    Look.PASSED: "#1a7f37",
    Look.ANSWERED: "#1a7f37",
    Look.UNJUDGED: "#57606a",
    Look.OPEN: "#57606a",
    Look.WRONG: "#b3261e",
}
"""White on each has a contrast of at least 5 to 1."""
_COMPARED = re.compile(
    r"(?P<before>.*?)(?:At \[(?P<place>[^\]]*)\] )?[Ee]xpected (?P<want>\S.*), got (?P<got>[^;\n]+)(?P<after>;.*)?\Z",
    re.DOTALL,
)


@dataclass(frozen=True)
class Shown:
    """One finding, fit to show."""

    look: Look
    title: str
    message: str = ""
    expected: str = ""
    got: str = ""
    place: str = ""
    """Where in the result the two were seen."""
    detail: str = ""
    """The student's own lines."""
    hint: str = ""


def look_of(finding: Finding) -> Look:
    """How the finding is told."""
    match finding.outcome:
        case Outcome.PASSED:
            return Look.PASSED
        case Outcome.PENDING:
            return Look.ANSWERED
        case Outcome.FAILED:
            nothing = finding.reason in (Reason.UNSOLVED, Reason.MISSING_NAME, Reason.UNANSWERED)
            return Look.OPEN if nothing else Look.WRONG
        case _:
            return Look.UNJUDGED


def shown(finding: Finding) -> Shown:
    """The finding in parts: `expected` and `got` are taken out of the sentence that names both."""
    title = title_of(finding)
    if finding.outcome is Outcome.PASSED:
        return Shown(Look.PASSED, title)
    message = plain(finding.message, limit=1200, lines=12)
    want = got = place = ""
    found = _COMPARED.fullmatch(message)
    if found is not None and "\n" not in found["want"]:
        want, got, place = one_line(found["want"], limit=200), one_line(found["got"], limit=200), found["place"] or ""
        message = " ".join(filter(None, (found["before"].strip(), (found["after"] or "").lstrip("; "))))
        message = message[:1].upper() + message[1:]
    detail = plain(finding.detail, limit=1500, lines=16)
    hint = plain(finding.hint, limit=1200, lines=12)
    return Shown(look_of(finding), title, message, want, got, place, detail, hint)


def title_of(finding: Finding) -> str:
    """A check's name as words, and where it was judged, where that is worth a word."""
    name = one_line(finding.check.removeprefix("test_").replace("_", " "), limit=160)
    return ", ".join(filter(None, (name, finding.device.words)))


def summary(findings: Sequence[Finding]) -> str:
    """How many passed, of those that run."""
    ran = [f for f in findings if not is_written(f)]
    if not ran:
        return ""
    passed = sum(f.outcome is Outcome.PASSED for f in ran)
    return f"{passed} of {len(ran)} public checks passed."


def left(findings: Sequence[Finding], released: Released | None) -> str:
    """Which exercises are still open, and what they are worth; "" where that is not known or there is none."""
    not_yet = dict.fromkeys(f.exercise for f in findings if f.outcome is Outcome.FAILED)
    if released is None or not not_yet:
        return ""
    worth = sum(e.points for e in released.exercises if e.name in not_yet)
    return f"Left: {', '.join(map(one_line, not_yet))} ({_points(worth)})."


def text(findings: Sequence[Finding], released: Released | None = None) -> list[tuple[str, Look | None]]:
    """The panel as lines of text; with each line that begins with a look's words, that look."""
    lines: list[tuple[str, Look | None]] = []
    for f in findings:
        one = shown(f)
        lines.append((f"{one.look:>9}  {one_line(f.exercise)}: {one.title}", one.look))
        body = [one.message]
        if one.expected:
            at = f"   at [{one.place}]" if one.place else ""
            body += [f"expected  {one.expected}{at}", f"got       {one.got}"]
        body += [one.detail, one.hint and f"hint: {one.hint}"]
        lines += [(f"{'':11}{line}", None) for part in body if part for line in part.splitlines()]
    said = summary(findings)
    if said:
        lines += [("", None), (f"{said} {MORE}", None)]
    if len({f.exercise for f in findings}) > 1 and (still := left(findings, released)):
        lines.append((still, None))
    return lines


def page(findings: Sequence[Finding], released: Released | None = None) -> str:
    """The panel as HTML: one exercise in full; of several, those that do not pass yet are folded."""
    grouped: dict[str, list[Finding]] = {}
    for finding in findings:
        grouped.setdefault(finding.exercise, []).append(finding)
    worst = max(map(look_of, findings), key=_severity, default=Look.PASSED)
    several = len(grouped) > 1
    parts = [_exercise(name, of, released, folded=several) for name, of in grouped.items()]
    foot = " ".join(filter(None, (summary(findings), left(findings, released) if several else "")))
    foot = f"{foot} {MORE}" if summary(findings) else foot
    return (
        f'<div role="group" aria-label="Checks: {html.escape(foot)}" style="border-left:4px solid {_GROUNDS[worst]};'
        'margin:.3em 0;padding:.1em 0 .1em 1em;max-width:52em;line-height:1.45;overflow-wrap:anywhere">'
        f'{"".join(parts)}<p style="margin:.4em 0 .2em 0">{html.escape(foot)}</p></div>'
    )


def notice(what: str, steps: Sequence[str] = ()) -> str:
    """Words in place of a panel, where nothing could be checked: what is the matter, and what to do."""
    todo = "".join(f'<li style="margin:.15em 0">{_with_code(step)}</li>' for step in steps)
    listed = f'<ul style="margin:.2em 0;padding-left:1.4em">{todo}</ul>' if todo else ""
    return (
        f'<div role="group" aria-label="Checks" style="border-left:4px solid {_GROUNDS[Look.UNJUDGED]};margin:.3em 0;'
        'padding:.1em 0 .1em 1em;max-width:52em;line-height:1.45;overflow-wrap:anywhere">'
        f'<p style="margin:.2em 0">{_with_code(what)}</p>{listed}</div>'
    )


def _severity(look: Look) -> int:
    return list(Look).index(look)


def _exercise(name: str, findings: Sequence[Finding], released: Released | None, *, folded: bool) -> str:
    about = released.named(name) if released is not None else None
    title = f"{html.escape(one_line(about.title))} " if about is not None and about.title else ""
    worth = f" · {_points(about.points)}" if about is not None else ""
    worst = max(map(look_of, findings), key=_severity)
    head = f"{_badge(worst)} <strong>{title}</strong><code{_CODE}>{html.escape(one_line(name))}</code>{worth}"
    rows = "".join(_row(shown(f)) for f in findings)
    body = f'<ul style="margin:.2em 0;padding-left:1.4em">{rows}</ul>'
    if not folded:
        return f'<p style="margin:.2em 0">{head}</p>{body}'
    if worst is Look.PASSED:
        return f'<p style="margin:.2em 0">{head}</p>'
    return f'<details style="margin:.2em 0"><summary>{head}</summary>{body}</details>'


def _row(one: Shown) -> str:
    parts = [f"{html.escape(one.title)}: {one.look}"]
    if one.message:
        parts.append(f'<p style="margin:.2em 0;white-space:pre-wrap">{_with_code(one.message)}</p>')
    if one.expected:
        at = f" at [{html.escape(one.place)}]" if one.place else ""
        pairs = ((f"expected{at}", one.expected), ("got", one.got))
        rows = "".join(
            f'<div><dt style="display:inline-block;font-weight:400;margin:0">{term}:</dt> '
            f'<dd style="display:inline;margin:0"><code{_CODE}>{html.escape(value)}</code></dd></div>'
            for term, value in pairs
        )
        parts.append(f'<dl style="margin:.2em 0">{rows}</dl>')
    if one.detail:
        parts.append(f'<pre style="margin:.3em 0;white-space:pre-wrap">{html.escape(one.detail)}</pre>')
    if one.hint:
        hint = _with_code(one.hint)
        parts.append(f'<details style="margin:.2em 0"><summary>Hint</summary><div>{hint}</div></details>')
    return f'<li style="margin:.25em 0">{"".join(parts)}</li>'


_CODE = ' style="background:none;color:inherit;padding:0"'


def _badge(look: Look) -> str:
    return (
        f'<span style="background-color:{_GROUNDS[look]};color:#ffffff;padding:.05em .5em;border-radius:.5em;'
        f'font-weight:600;white-space:nowrap">{look}</span>'
    )


def _with_code(words: str) -> str:
    """Escaped, and what stands between back-ticks as code."""
    return re.sub(r"`([^`]+)`", rf"<code{_CODE}>\1</code>", html.escape(words))


def _points(value: float) -> str:
    return f"{number(value)} point{'' if value == 1 else 's'}"
