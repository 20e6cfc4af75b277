"""What is wrong with a bout, in words: broken promises, leaked secrets, traces, and markup that got through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import numpy as np
from attack import Attack
from ring import Bout, Ring

from autograder.course import Outcome, Verdict

BREACH = "BREACH"
"""What an attack says when it got through, in any text of its own: as an exception's message, mostly."""
_HARMLESS_TAG = re.compile(
    "html|head|meta|title|style|link|body|main|header|footer|section|nav|article|p|div|span|h[1-6]|[ou]l|li|d[ldt]|a|b|i"
    "|strong|em|small|bdi|pre|code|table|t(head|body|r|h|d)|caption|figure|figcaption|details|summary|[bh]r|svg|g|path"
    "|line|polyline|polygon|rect|circle|text|tspan|defs|use|clippath|desc"
)


def complaints(attack: Attack, bout: Bout, ring: Ring) -> list[str]:
    """All that went wrong."""
    told = _texts(bout.verdict)
    shown = {name: text for name, text in bout.shown.items() if name != "index"}
    return [
        *broken_promises(attack, bout.verdict),
        *(f"a cell stopped: {note}" for note in bout.verdict.notes if attack.is_honest and " stopped with " in note),
        *_neighbour(bout.neighbour),
        *(f"left: {thing}" for thing in bout.left),
        *_leaks(secrets(ring, bout.verdict), {**told, **shown}),
        *_breaches({**told, **bout.shown}),
        *_markup(bout.shown),
    ]


def secrets(ring: Ring, verdict: Verdict) -> dict[str, str]:
    """Texts that no student may read, by what they are."""
    hidden = ring.assignment.hidden
    found = {"the host's canary": ring.canary.read_text(encoding="utf-8").strip()}
    for path in (hidden / "test_arena.py", hidden / "data" / "canary.txt"):
        for word in path.read_text(encoding="utf-8").replace('"', " ").split():
            if word.startswith("CANARY-"):
                found[f"{word} of {path.name}"] = word
    labels = [str(int(label)) for label in _labels(hidden / "data" / "points.npz")[:24]]
    found |= {f"held-out labels, joined by {glue!r}": glue.join(labels) for glue in ("", " ", ", ", ",", "\n")}
    found |= {"the course's key": ring.key.hex(), "the key of the course": repr(ring.key)[2:-1]}
    return found | {"the seed": str(verdict.seed), "the seed in hex": f"{verdict.seed:x}"}


def _labels(path: Path) -> list[int]:
    with np.load(path) as arrays:
        return [int(label) for label in arrays["y_held"]]


def broken_promises(attack: Attack, verdict: Verdict) -> Iterable[str]:
    """Checks that did not end as promised."""
    checks = {finding.check for finding in verdict.findings}
    for name in (*attack.promises, *attack.says):
        if name not in checks and name != "*":
            yield f"the arena has no check {name}; there are {', '.join(sorted(checks))}"
    for finding in verdict.findings:
        promise = attack.promise(finding.check)
        if not promise.kept_by(finding):
            points = f"{finding.points:g} of {finding.max_points:g}"
            words = f"{finding.outcome} {finding.reason} ({points}): {finding.message} {finding.detail}"
            yield f"{finding.check}: promised {promise.text}, got {words[:600]}"
        said = attack.says.get(finding.check, "")
        if said.casefold() not in f"{finding.message} {finding.hint} {finding.detail}".casefold():
            yield f"{finding.check}: does not say {said!r}, but {finding.message!r}"


def _neighbour(verdict: Verdict) -> Iterable[str]:
    for finding in verdict.findings:
        if finding.outcome is not Outcome.PASSED or finding.points < finding.max_points:
            yield f"the neighbour lost {finding.check}: {finding.outcome} {finding.reason}: {finding.message}"
    for note in verdict.notes:
        yield f"the neighbour got a note: {note}"


def _texts(verdict: Verdict) -> dict[str, str]:
    """What a verdict says in words: all but the fields that the instructor's copy has to hold."""
    whole = msgspec.structs.replace(verdict, seed=0)
    return {"verdict": msgspec.json.encode(whole).decode()}


def _leaks(known: Mapping[str, str], texts: Mapping[str, str]) -> Iterable[str]:
    for where, text in texts.items():
        for what, secret in known.items():
            if secret in text:
                yield f"{what} stands in the {where}"


def _breaches(texts: Mapping[str, str]) -> Iterable[str]:
    for where, text in texts.items():
        if BREACH in text:
            at = text.index(BREACH)
            yield f"a breach is reported in the {where}: {text[at : at + 200]}"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not _HARMLESS_TAG.fullmatch(tag):
            self.found.append(f"<{tag}>")
        self.found += [f"{tag} {name}=" for name, _ in attrs if name.startswith("on")]
        links = (value or "" for name, value in attrs if name in ("href", "src", "action", "xlink:href"))
        self.found += [f"{tag} to {link[:80]}" for link in links if not _is_local(link)]


def _is_local(link: str) -> bool:
    """Another page of the same folder, or a place on this one."""
    return link.startswith(("#", "data:")) or (":" not in link and "//" not in link)


def _is_control(character: str) -> bool:
    code = ord(character)
    return (code < 32 and character not in "\n\t\r") or 0x7F <= code < 0xA0


def _markup(shown: Mapping[str, str]) -> Iterable[str]:
    for name, text in shown.items():
        raw = sorted({f"U+{ord(c):04X}" for c in text if _is_control(c)})
        if raw:
            yield f"raw control characters in the {name}: {', '.join(raw)}"
        if name not in ("table", "CSV"):
            tags = _Tags()
            tags.feed(text)
            yield from (f"unescaped markup in the {name}: {tag}" for tag in tags.found)
