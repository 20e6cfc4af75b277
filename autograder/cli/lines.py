"""One verdict in one line: in a log of lines, and among the last ones on a board."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.text import Text

from autograder.cli.columns import ends, padded
from autograder.course import Outcome, Reason, Verdict
from autograder.course.text import check_title, number, one_line
from autograder.course.written import is_written
from autograder.grading.batch import Graded
from autograder.grading.batch.events import RECORDED
from autograder.report.score import BY_A_PERSON, rejection_of
from autograder.report.standing import Standing

_POINTS, _NAME = 9, 28


@dataclass(frozen=True)
class Line:
    """What there is to say of a verdict at a glance."""

    standing: Standing
    name: str
    points: str
    failed: str
    unjudged: str
    pending: str
    """What waits for a person."""
    how: str
    """How long it took, or where it stood."""
    said: str
    """More of what failed, where there is room."""

    def plain(self) -> str:
        """For a file or a pipe."""
        words = (f"{self.name}: {self.points}", self.failed, self.unjudged, self.pending, self.how)
        return ", ".join(filter(None, words))

    def text(self, width: int, ascii_only: bool) -> Text:
        """For a terminal: in columns."""
        mark = self.standing.ascii_mark if ascii_only else self.standing.mark
        left = Text.assemble((mark, self.standing.style), " ")
        left.append_text(padded(Text(self.points), _POINTS)).append("  ")
        left.append_text(padded(Text(self.name), min(_NAME, width // 3))).append("  ")
        left.append(", ".join(filter(None, (self.unjudged, self.failed))))
        if self.said:
            left.append(f": {self.said}", style="dim")
        if self.pending:
            left.append(f"{', ' if self.unjudged or self.failed else ''}{self.pending}", style="cyan")
        return ends(left, Text(self.how, style="dim"), width)


def line_of(graded: Graded, standing: Standing) -> Line:
    """The line about a verdict. Names and titles in it are fit to show."""
    verdict = graded.verdict
    failed = [f for f in verdict.findings if f.outcome is Outcome.FAILED and not is_written(f)]
    unjudged = sum(f.outcome in (Outcome.BROKEN, Outcome.LOST) for f in verdict.findings)
    rejected = rejection_of(verdict)
    return Line(
        standing=standing,
        name=one_line(verdict.submission, limit=40) or "(no name)",
        points=f"{number(verdict.points)}/{number(verdict.max_points)}",
        failed=f"{len(failed)} check{'' if len(failed) == 1 else 's'} failed" if failed else "",
        pending="" if rejected else ", ".join(_for_people(verdict)),
        unjudged=f"{unjudged} could not be judged" if unjudged else "",
        how=f"{verdict.seconds:.1f} s" if graded.fresh else graded.place or RECORDED,
        said=rejected or ", ".join(check_title(f.check) for f in failed[:3]),
    )


def _for_people(verdict: Verdict) -> Iterator[str]:
    """Of answers in words: points that wait, answers that are not there, and those that were sent back."""
    if verdict.pending_points:
        yield f"{number(verdict.pending_points)} {BY_A_PERSON}"
    for reason, word in ((Reason.UNANSWERED, "not answered"), (Reason.REVISE, "sent back")):
        many = sum(f.reason is reason for f in verdict.findings)
        if many:
            yield f"{many} {word}"
