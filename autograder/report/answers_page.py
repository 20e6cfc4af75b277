"""Written answers on one page, for whoever grades them: by exercise, the rubric on top, the same words once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.course import Assignment
from autograder.course.text import number, one_line, plain
from autograder.gradebook import Answered
from autograder.report.answers_csv import same_words
from autograder.report.pages import MAX_ANSWER, LevelRow
from autograder.report.rendering import render

MOST_NAMES = 60
"""Beside one answer."""


@dataclass(frozen=True)
class _Same:
    names: tuple[str, ...]
    more: int
    code: str
    words: int
    answer: str
    level: str
    comment: str


@dataclass(frozen=True)
class _Section:
    anchor: str
    name: str
    title: str
    points: str
    rubric: tuple[LevelRow, ...]
    model: str
    answers: tuple[_Same, ...]
    waiting: int
    graded: int
    nothing: tuple[str, ...]
    nobody: int
    """How many wrote nothing."""


def answers_page(
    assignment: Assignment, answers: Sequence[Answered], models: Mapping[str, str], *, anonymous: bool = False
) -> str:
    """The page, as HTML. `models`: the author's own answers, by exercise. `anonymous`: without names, and in an order
    that tells none."""
    sections = tuple(
        _section(position, assignment, name, [one for one in answers if one.exercise == name], models, anonymous)
        for position, name in enumerate(exercises_of(assignment, answers), 1)
    )
    return render(
        "answers.html",
        title=one_line(assignment.manifest.title),
        slug=assignment.slug,
        sections=sections,
        anonymous=anonymous,
    )


def exercises_of(assignment: Assignment, answers: Sequence[Answered]) -> list[str]:
    """Those that were answered in words, in the order of the assignment."""
    there = dict.fromkeys(one.exercise for one in answers)
    known = [e.name for e in assignment.manifest.exercises if e.name in there]
    return list(dict.fromkeys([*known, *there]))


def _section(
    position: int,
    assignment: Assignment,
    name: str,
    answers: Sequence[Answered],
    models: Mapping[str, str],
    anonymous: bool,
) -> _Section:
    exercise = next((e for e in assignment.manifest.exercises if e.name == name), None)
    rubric = exercise.rubric if exercise else None
    groups = same_words(one for one in answers if one.answer)
    groups.sort(key=lambda same: (not any(one.waits for one in same), -len(same), same[0].digest if anonymous else ""))
    nothing = [] if anonymous else sorted(one.submission for one in answers if not one.answer)
    return _Section(
        anchor=f"exercise-{position}",
        name=one_line(name),
        title=one_line(exercise.title if exercise else name),
        points=number(answers[0].points),
        rubric=tuple(LevelRow(level.capitalize(), plain(text, limit=1000), False) for level, text in rubric.levels)
        if rubric
        else (),
        model=plain(models.get(name, ""), limit=MAX_ANSWER, lines=MAX_ANSWER),
        answers=tuple(_same(same, anonymous) for same in groups),
        waiting=sum(one.waits for one in answers),
        graded=sum(one.mark is not None for one in answers),
        nothing=tuple(one_line(one, limit=80) for one in nothing[:MOST_NAMES]),
        nobody=sum(not one.answer for one in answers),
    )


def _same(same: Sequence[Answered], anonymous: bool) -> _Same:
    one = same[0]
    agreed = {(a.mark.level, a.mark.comment) if a.mark else None for a in same}
    mark = one.mark if len(agreed) == 1 else None
    names = [] if anonymous else [one_line(a.submission, limit=80) or "(no name)" for a in same[:MOST_NAMES]]
    return _Same(
        names=tuple(names),
        more=len(same) - len(names),
        code=one.digest[:8],
        words=len(one.answer.split()),
        answer=plain(one.answer, limit=MAX_ANSWER, lines=MAX_ANSWER),
        level=mark.level.capitalize() if mark else "",
        comment=plain(mark.comment, limit=4000, lines=100) if mark else "",
    )
