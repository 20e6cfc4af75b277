"""The one shape of error that people see: what, where, why, how to fix, and a stable code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A spot in a file. `line` counts from 1; `text` is that line as it stands."""

    path: str
    line: int | None = None
    text: str | None = None

    def render(self) -> str:
        """The place as lines of text."""
        head = f"  {self.path}" if self.line is None else f"  {self.path}:{self.line}"
        if self.text is None or self.line is None:
            return head
        return f"{head}\n  {self.line} | {self.text.rstrip()}"


class AutograderError(Exception):
    """Something a person has to mend.

    Args:
        code: stable kebab-case name, for scripts and for searching the docs.
        what: one line, what happened.
        why: what follows from it, or why it is refused.
        fix: what to do about it.
        where: the places concerned, most important first.
    """

    def __init__(
        self, code: str, what: str, *, why: str = "", fix: str = "", where: Place | tuple[Place, ...] = ()
    ) -> None:
        super().__init__(what)
        self.code = code
        self.what = what
        self.why = why
        self.fix = fix
        self.where = (where,) if isinstance(where, Place) else where

    def render(self) -> str:
        """The error as text, several lines, no colour."""
        lines = [f"error[{self.code}]: {self.what}"]
        lines += [place.render() for place in self.where]
        if self.why:
            lines.append(f"  {self.why}")
        if self.fix:
            lines.append(f"  fix: {self.fix}")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, object]:
        """The error as plain values, for `--json`."""
        where = [{"path": p.path, "line": p.line, "text": p.text} for p in self.where]
        return {"code": self.code, "what": self.what, "why": self.why, "fix": self.fix, "where": where}

    def __str__(self) -> str:
        return self.render()
