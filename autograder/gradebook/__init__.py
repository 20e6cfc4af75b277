"""The gradebook: every verdict ever reached, append-only, in SQLite or PostgreSQL."""

from autograder.gradebook.book import Attempt, Gradebook
from autograder.gradebook.profiles import Profiled

__all__ = ["Attempt", "Gradebook", "Profiled"]
