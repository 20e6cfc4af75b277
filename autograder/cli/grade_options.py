"""What `autograder grade` was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """What the command line says, but for the submissions, the engine and the course."""

    gradebook: str | None
    feedback: Path | None
    dry_run: bool
    only: tuple[str, ...]
    """Names, or what they are like."""
    failed_only: bool
    since: datetime | None
    resume: bool
    again: bool
    profile: bool
    log: Path | None
    show_all: bool
    as_json: bool
