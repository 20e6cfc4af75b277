"""What each test case of a question is worth, by otter's rules."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.interop.otter.config import BadConfig, Question


def resolved(question: Question, given: Sequence[float | None]) -> tuple[float, ...]:
    """The points of the cases, whose own configurations say `given`.

    What a question is worth beyond what its cases say is shared out among those that say nothing. Where nothing is
    said at all the question is worth one point.

    Raises:
        BadConfig: a list of another length; more in the cases than in the question.
    """
    if question.by_case is not None:
        if len(question.by_case) != len(given):
            raise BadConfig(f"points of question {question.name!r} name {len(question.by_case)} of {len(given)} tests")
        given = question.by_case
    total = question.each * len(given) if question.each is not None else question.points
    said = sum(points for points in given if points is not None)
    silent = sum(points is None for points in given)
    if total is not None:
        if said > total:
            raise BadConfig(f"the tests of question {question.name!r} are worth more than the question")
        share = (total - said) / silent if silent else 0.0
    else:
        share = 1 / silent if silent and said == 0 else 0.0
    return tuple(share if points is None else points for points in given)
