"""The gradebook: every verdict ever reached, append-only, in SQLite or PostgreSQL."""

from autograder.gradebook.book import Attempt, Gradebook

__all__ = ["Attempt", "Gradebook"]
