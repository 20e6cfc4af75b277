"""A verdict as the summary that goes back beside its page."""

from __future__ import annotations

from autograder.course import Assignment, Verdict
from autograder.exchange.summary import ExercisePoints, Summary


def summary_of(assignment: Assignment, verdict: Verdict) -> Summary:
    """Points, by exercise in the assignment's order."""
    titles = {e.name: e.title for e in assignment.manifest.exercises}
    earned = verdict.exercise_points()
    order = [*(name for name in titles if name in earned), *(name for name in earned if name not in titles)]
    return Summary(
        slug=assignment.slug,
        title=assignment.manifest.title[:300],
        points=verdict.points,
        max_points=verdict.max_points,
        pending_points=verdict.pending_points,
        settled=verdict.settled,
        exercises=tuple(
            ExercisePoints(
                name=name[:300],
                title=titles.get(name, "")[:300],
                points=round(earned[name][0], 6),
                max_points=earned[name][1],
            )
            for name in order
        ),
    )
