"""The gradebook: every verdict ever reached, append-only, in SQLite or PostgreSQL."""

from autograder.gradebook.book import Gradebook
from autograder.gradebook.marks import Answered
from autograder.gradebook.profiles import Profiled
from autograder.gradebook.reading import Attempt

__all__ = ["Answered", "Attempt", "Gradebook", "Profiled"]
