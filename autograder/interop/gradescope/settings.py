"""What the instructor decided when the zip was made; it travels in it as settings.json."""

from __future__ import annotations

import msgspec

from autograder.interop.results.gradescope import Visibility

FILE = "settings.json"
LONGEST_MINUTES = 40.0
"""What Gradescope can be set to; 10 is what it is set to."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How an exported assignment is graded there."""

    slug: str
    version: str
    minutes: float
    """Gradescope ends the container after so long, and then nothing counts: grading stops a little before."""
    hidden_checks: Visibility
    leaderboard: bool
