"""One attack of the corpus as its file declares it: what it tries, and the verdict that is promised for it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.course import Finding, Outcome

CORPUS = Path(__file__).parent / "corpus"
EVERY_CHECK = "*"
_METADATA = re.compile(r"(?m)^# /// attack\n((?:#(?: .*)?\n)+?)# ///$")
_KEYS = {"title", "threat", "quick", "place", "needs", "promise", "says"}
_PLACES = ("after", "before", "alone")


class BadAttack(ValueError):
    """A file of the corpus that does not follow the format."""


@dataclass(frozen=True)
class Promise:
    """What becomes of one check: `passed`, `failed`, `failed reason|reason`, or `any` (passed or failed)."""

    text: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"passed|any|failed( [a-z_]+(\|[a-z_]+)*)?", self.text):
            raise BadAttack(f"no promise: {self.text!r}; write passed, failed, failed REASON|REASON or any")

    def kept_by(self, finding: Finding) -> bool:
        """Whether a check ended as promised. One that broke or was lost never did."""
        outcome, _, reasons = self.text.partition(" ")
        if outcome == "any":
            return finding.outcome in (Outcome.PASSED, Outcome.FAILED)
        if outcome == "passed":
            return finding.outcome is Outcome.PASSED and finding.points == finding.max_points
        right_reason = not reasons or finding.reason.value in reasons.split("|")
        return finding.outcome is Outcome.FAILED and finding.points == 0 and right_reason


@dataclass(frozen=True)
class Attack:
    """One submission that tries something, or (in the group `honest`) does nothing but its work."""

    group: str
    name: str
    path: Path
    """The file, or the folder with attack.toml and make.py."""
    title: str
    threat: int | str | None = None
    """The number on the list of threats, `"wire"` for its section on the wire, None for our own."""
    quick: bool = False
    place: str = "after"
    """Where its cells go: after or before those of the honest submission, or alone."""
    needs: tuple[str, ...] = ()
    """Modules without which it proves nothing."""
    promises: dict[str, Promise] = field(default_factory=dict)
    """By check; `*` for all others, which pass unless it says otherwise."""
    says: dict[str, str] = field(default_factory=dict)
    """By check: words that the student must be told."""

    @property
    def id(self) -> str:
        """The name in reports."""
        return f"{self.group}/{self.name}"

    @property
    def is_honest(self) -> bool:
        """Whether it tries nothing at all: every check passes, and every cell runs to its end."""
        return self.group == "honest"

    @property
    def is_folder(self) -> bool:
        """Whether make.py writes the submission."""
        return self.path.is_dir()

    @property
    def source(self) -> str:
        """The cells, in percent format."""
        return _METADATA.sub("", self.path.read_text(encoding="utf-8"), count=1).strip("\n") + "\n"

    def promise(self, check: str) -> Promise:
        """What is promised for a check."""
        return self.promises.get(check) or self.promises.get(EVERY_CHECK) or Promise("passed")


def load_corpus(corpus: Path = CORPUS) -> tuple[Attack, ...]:
    """Every attack below `corpus`, by group and name.

    Raises:
        BadAttack: a file or folder that is none.
    """
    found = []
    for group in sorted(p for p in corpus.iterdir() if p.is_dir()):
        for path in sorted(p for p in group.iterdir() if p.name != "__pycache__"):
            found.append(load_attack(path))
    return tuple(found)


def load_attack(path: Path) -> Attack:
    """The attack in a file or folder.

    Raises:
        BadAttack: it does not follow the format.
    """
    try:
        return _made(path, tomllib.loads(_metadata(path)))
    except (BadAttack, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadAttack(f"{path.parent.name}/{path.name}: {error}") from error


def _metadata(path: Path) -> str:
    if path.is_dir():
        if not (path / "make.py").is_file() or not (path / "attack.toml").is_file():
            raise BadAttack("a folder needs attack.toml and make.py")
        return (path / "attack.toml").read_text(encoding="utf-8")
    if path.suffix != ".py":
        raise BadAttack("neither a .py file nor a folder")
    found = _METADATA.search(path.read_text(encoding="utf-8"))
    if found is None:
        raise BadAttack("no metadata: begin with `# /// attack`, TOML in comments, and `# ///`")
    return "\n".join(line.removeprefix("#").removeprefix(" ") for line in found[1].splitlines())


def _made(path: Path, data: dict[str, Any]) -> Attack:
    unknown = sorted(data.keys() - _KEYS)
    if unknown:
        raise BadAttack(f"unknown key {unknown[0]!r}; there are {', '.join(sorted(_KEYS))}")
    title, place = data.get("title"), data.get("place", "after")
    if not isinstance(title, str) or not title:
        raise BadAttack("no title")
    if place not in _PLACES:
        raise BadAttack(f"place {place!r}; there are {', '.join(_PLACES)}")
    return Attack(
        group=path.parent.name,
        name=path.stem,
        path=path,
        title=title,
        threat=data.get("threat"),
        quick=bool(data.get("quick", False)),
        place=place,
        needs=tuple(data.get("needs", ())),
        promises={check: Promise(text) for check, text in data.get("promise", {}).items()},
        says=dict(data.get("says", {})),
    )
