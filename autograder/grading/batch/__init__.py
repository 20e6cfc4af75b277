"""A batch: many submissions, several at a time. Each gets a verdict, recorded the moment it exists; none stops the
others, and what was interrupted goes on where it was."""

from autograder.grading.batch.events import Event, Graded, Known, Planned, Retrying, Started
from autograder.grading.batch.plan import Foreseen, Prospect, plan_batch
from autograder.grading.batch.run import grade_batch
from autograder.grading.batch.wanted import Stop, Wanted

__all__ = [
    "Event",
    "Foreseen",
    "Graded",
    "Known",
    "Planned",
    "Prospect",
    "Retrying",
    "Started",
    "Stop",
    "Wanted",
    "grade_batch",
    "plan_batch",
]
