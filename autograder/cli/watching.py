"""What was saved among the sources of a course. Asked for again and again: that sees network shares too, and what was
saved while a build was running."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

from autograder.course.assignment import signature
from autograder.course.settings import FILE

SECONDS = 0.5


class Sources:
    """The folders of a course's assignments, as they were when they were last looked at."""

    def __init__(self, course: Path) -> None:
        self._course = course
        self._seen = self._look()

    def saved(self) -> Iterator[frozenset[str]]:
        """The slugs of those whose sources have changed, each time that some have. Ends with Ctrl-C."""
        with contextlib.suppress(KeyboardInterrupt):
            while True:
                now = self._look()
                changed = frozenset(slug for slug, told in now.items() if self._seen.get(slug) != told)
                self._seen = now
                if changed:
                    yield changed
                time.sleep(SECONDS)

    def _look(self) -> dict[str, tuple[int, float]]:
        settings = self._course / FILE
        said = settings.stat().st_mtime if settings.exists() else 0.0
        folders = (self._course / "assignments").iterdir()
        return {folder.name: (signature(folder), said) for folder in folders if folder.is_dir()}
