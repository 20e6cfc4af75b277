"""What the pages show, as plain values ready for a template: text cleaned and bounded, numbers written out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from autograder.course import Assignment, Finding, Measured, Outcome, Reason, Rubric, Verdict
from autograder.course.text import check_title, number, one_line, plain
from autograder.course.written import is_written
from autograder.report.gauge import Gauge, gauge
from autograder.report.plots import Panel, training_panels
from autograder.report.score import (
    Score,
    comment_of,
    exercise_order,
    level_of,
    rejection_of,
    score_of,
    student_name,
)

MAX_GAUGES = 8
MAX_NOTES = 20
MAX_ANSWER = 20_000
"""Characters of an answer that are shown; as many as intake takes."""
_STATES = ("failed", "revise", "partly", "open", "pending", "passed")
"""What is left to do comes first."""
_REASONS = {
    Reason.WRONG_ANSWER: "wrong answer",
    Reason.BELOW_THRESHOLD: "below the threshold",
    Reason.EXCEPTION: "your code raised an exception",
    Reason.TIMEOUT: "took too long",
    Reason.OUT_OF_MEMORY: "used too much memory",
    Reason.UNSOLVED: "not solved yet",
    Reason.MISSING_NAME: "name not found",
    Reason.WRONG_TYPE: "another kind of value was expected",
    Reason.NOT_FINITE: "not a finite number",
    Reason.FORBIDDEN_API: "not allowed in this exercise",
    Reason.MUTATED_INPUT: "changed its input",
    Reason.WORKER_DIED: "your code ended the process",
    Reason.LIMIT: "went over a limit",
    Reason.PROTOCOL: "the answer could not be read",
    Reason.UNREADABLE: "the submission could not be read",
    Reason.UNSAFE_ARCHIVE: "the archive is unsafe",
    Reason.NO_REPORT: "no answer arrived",
    Reason.UNANSWERED: "not answered",
}


@dataclass(frozen=True)
class CheckRow:
    """One check's line."""

    title: str
    points: str
    device: str
    """Where it was judged, where that is worth a word."""


@dataclass(frozen=True)
class LevelRow:
    """One level of a rubric."""

    name: str
    words: str
    given: bool


@dataclass(frozen=True)
class WrittenPart:
    """What there is to see of an answer in words."""

    answer: str
    level: str
    """Empty where nobody has graded it."""
    comment: str
    rubric: tuple[LevelRow, ...]


@dataclass(frozen=True)
class Group:
    """Neighbouring checks of one exercise about which the same is to be said, said once."""

    state: str
    checks: tuple[CheckRow, ...]
    reason: str
    message: str
    diagnosis: str
    hint: str
    detail: str
    gauges: tuple[Gauge, ...]
    panels: tuple[Panel, ...]
    written: WrittenPart | None = None


@dataclass(frozen=True)
class ExercisePart:
    """One exercise of a feedback page."""

    anchor: str
    title: str
    score: Score
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class FeedbackPage:
    """Everything on one student's page."""

    title: str
    slug: str
    student: str
    score: Score
    tally: tuple[tuple[str, int], ...]
    rejected: str
    exercises: tuple[ExercisePart, ...]
    notes: tuple[str, ...]
    more_notes: int
    facts: tuple[tuple[str, str], ...]


def feedback_page(assignment: Assignment, verdict: Verdict) -> FeedbackPage:
    """The page of one student."""
    parts = _exercise_parts(assignment, verdict)
    states = [g.state for part in parts for g in part.groups for _ in g.checks]
    return FeedbackPage(
        title=one_line(assignment.manifest.title),
        slug=assignment.slug,
        student=student_name(verdict),
        score=score_of(verdict.findings),
        tally=tuple(
            (state, states.count(state))
            for state in ("passed", "partly", "failed", "revise", "open", "pending")
            if state in states
        ),
        rejected=_rejection(verdict),
        exercises=parts,
        notes=tuple(plain(note, limit=300, lines=3) for note in verdict.notes[:MAX_NOTES]),
        more_notes=max(0, len(verdict.notes) - MAX_NOTES),
        facts=(
            ("Submission (SHA-256)", one_line(verdict.digest, limit=64)),
            ("Assignment version", one_line(verdict.version, limit=64)),
            ("Isolation", one_line(verdict.isolation, limit=40)),
            ("Grading took", f"{verdict.seconds:.1f} s"),
        ),
    )


def _exercise_parts(assignment: Assignment, verdict: Verdict) -> tuple[ExercisePart, ...]:
    titles = {e.name: e.title for e in assignment.manifest.exercises}
    rubrics = {e.name: e.rubric for e in assignment.manifest.exercises}
    parts = []
    for position, name in enumerate(exercise_order(assignment, [verdict]), 1):
        findings = [f for f in verdict.findings if f.exercise == name]
        findings.sort(key=lambda f: _STATES.index(_state(f)))
        possible = assignment.exercise(name).points if name in titles and not findings else 0.0
        parts.append(
            ExercisePart(
                anchor=f"exercise-{position}",
                title=one_line(titles.get(name, name) or "The whole submission"),
                score=score_of(findings) if findings else Score(0.0, possible, 0.0),
                groups=tuple(_group(list(same), rubrics.get(name)) for _, same in groupby(findings, key=_said)),
            )
        )
    return tuple(parts)


def _said(finding: Finding) -> tuple[object, ...]:
    state = _state(finding)
    if finding.series or is_written(finding):
        return (state, finding.check, id(finding))
    if state == "open":
        return (state,)
    texts = (finding.message, finding.diagnosis, finding.hint, finding.detail)
    return (state, finding.reason, *texts, finding.measured)


def _group(findings: list[Finding], rubric: Rubric | None) -> Group:
    first = findings[0]
    state = _state(first)
    if is_written(first):
        return _written(first, rubric)
    rows = tuple(
        CheckRow(check_title(f.check), f"{number(f.points)}/{number(f.max_points)}", f.device.words) for f in findings
    )
    if state == "open":
        # What a broken check says is for its author, and may hold what the student must not see.
        return Group(state, rows, "", "", "", "", "", (), ())
    wrong = state != "passed"
    return Group(
        state=state,
        checks=rows,
        reason=_REASONS.get(first.reason, "") if wrong else "",
        message=plain(first.message, limit=1500, lines=20),
        diagnosis=plain(first.diagnosis, limit=1000, lines=12) if wrong else "",
        hint=plain(first.hint, limit=1000, lines=12) if wrong else "",
        detail=plain(first.detail, limit=4000, lines=60) if wrong else "",
        gauges=_gauges(first.measured),
        panels=training_panels(first.series, f"{first.exercise}/{first.check}"),
    )


def _written(finding: Finding, rubric: Rubric | None) -> Group:
    state = _state(finding)
    level = level_of(finding)
    levels = rubric.levels if rubric else ()
    so_far = "–" if state == "pending" else number(finding.points)
    return Group(
        state=state,
        checks=(CheckRow("Your answer", f"{so_far}/{number(finding.max_points)}", ""),),
        reason=_REASONS.get(finding.reason, ""),
        # What was said of it stands beside the level, and of what waits the page says it once.
        message="" if level or state == "pending" else plain(finding.message, limit=1500, lines=20),
        diagnosis="",
        hint="",
        detail="",
        gauges=(),
        panels=(),
        written=WrittenPart(
            answer=plain(finding.answer, limit=MAX_ANSWER, lines=MAX_ANSWER),
            level=level.capitalize() if level else "",
            comment=plain(comment_of(finding), limit=4000, lines=100),
            rubric=tuple(
                LevelRow(one.capitalize(), plain(words, limit=1000, lines=20), one is level) for one, words in levels
            ),
        ),
    )


def _gauges(measured: tuple[Measured, ...]) -> tuple[Gauge, ...]:
    several = any(one.run > 1 for one in measured)
    return tuple(gauge(one, several) for one in measured[:MAX_GAUGES])


def _state(finding: Finding) -> str:
    if finding.outcome is Outcome.PENDING:
        return "pending"
    if finding.outcome not in (Outcome.PASSED, Outcome.FAILED):
        return "open"
    if level_of(finding) is not None:
        return "revise" if finding.reason is Reason.REVISE else "passed"
    if finding.outcome is Outcome.PASSED and finding.points >= finding.max_points:
        return "passed"
    return "partly" if finding.points > 0 else "failed"


def _rejection(verdict: Verdict) -> str:
    """Why nothing of the submission could be graded, where that is so."""
    if rejection_of(verdict):
        return plain(verdict.findings[0].message, limit=1500, lines=20) or "It could not be read."
    return ""
