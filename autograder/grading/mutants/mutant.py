"""A mutant: the reference solution with one small mistake in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from autograder.course import CodeCell, Submission

CONTEXT = 2
"""Unchanged lines above and below the changed ones in a diff."""


@dataclass(frozen=True)
class Mutant:
    """One small mistake in the solution of one exercise."""

    name: str
    """Such as `softmax:18-mean-for-sum`: exercise, line of the cell, and what was done."""
    exercise: str
    definition: str
    """The top-level function or class that the change lies in; "" outside of all."""
    operator: str
    """The name of the operator in autograder.grading.mutants.operators."""
    line: int
    """The first changed line, counted from 1 in the reference's cell."""
    before: str
    """The changed lines, stripped."""
    after: str
    """What they became; "" where they were left out."""
    diff: str
    """Unified, with line numbers of the source notebook where those are known."""
    cell: int
    """The changed code cell's number."""
    source: str
    """That cell's new source."""

    def submission(self, reference: tuple[CodeCell, ...]) -> Submission:
        """The reference with the changed cell in place of its own."""
        cells = tuple(replace(cell, source=self.source) if cell.number == self.cell else cell for cell in reference)
        return Submission(self.name, "", cells)


@dataclass(frozen=True)
class Hunk:
    """What differs between two texts, as lines: `first` is the index (from 0) of the first that differs."""

    first: int
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def stripped(self) -> tuple[str, str]:
        """Both sides without indentation, a line each."""
        return (
            "\n".join(line.strip() for line in self.before).strip(),
            "\n".join(line.strip() for line in self.after).strip(),
        )


def hunk_of(before: str, after: str) -> Hunk:
    """The lines from the first that differs to the last."""
    old, new = before.split("\n"), after.split("\n")
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    return Hunk(first, tuple(old[first : len(old) - last]), tuple(new[first : len(new) - last]))


def diff_of(source: str, hunk: Hunk, exercise: str, words: str, shown_line: int) -> str:
    """A unified diff. `shown_line`: the number to show for the hunk's first line."""
    lines = source.split("\n")
    above = lines[max(hunk.first - CONTEXT, 0) : hunk.first]
    behind = hunk.first + len(hunk.before)
    below = lines[behind : behind + CONTEXT]
    while below and not below[-1].strip():
        below.pop()
    start = shown_line - len(above)
    around = len(above) + len(below)
    head = f"@@ -{start},{around + len(hunk.before)} +{start},{around + len(hunk.after)} @@"
    body = [f" {line}" for line in above]
    body += [f"-{line}" for line in hunk.before]
    body += [f"+{line}" for line in hunk.after]
    body += [f" {line}" for line in below]
    return "\n".join([f"--- {exercise}", f"+++ {exercise}, {words}", head, *(line.rstrip() for line in body)])
