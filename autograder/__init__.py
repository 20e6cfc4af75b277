"""Auto-graded deep-learning assignments: hidden solutions, walled submissions, ordinary pytest checks."""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """`from autograder import check` in a notebook, without loading pytest and torch for everyone else."""
    if name == "check":
        from autograder.examiner.notebook import check

        return check
    raise AttributeError(f"module 'autograder' has no attribute {name!r}")
