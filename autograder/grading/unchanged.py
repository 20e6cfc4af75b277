"""That an assignment is still the one that a grader has loaded: verdicts of two versions must not go by one name."""

from __future__ import annotations

from autograder.course import Assignment
from autograder.errors import AutograderError, Place


class Unchanged:
    """An assignment at one moment."""

    def __init__(self, assignment: Assignment) -> None:
        """Look at it.

        Raises:
            AutograderError: `assignment-changed`: while it was looked at.
        """
        self._assignment = assignment
        self._signature = assignment.signature()
        self.version = assignment.version()
        if assignment.signature() != self._signature:
            raise self.error()

    def require(self) -> None:
        """Look again, which takes a tenth of a millisecond. Files that were written anew with the same bytes are no
        change.

        Raises:
            AutograderError: `assignment-changed`.
        """
        if self._assignment.signature() == self._signature:
            return
        signature = self._assignment.signature()
        if self._assignment.version() != self.version:
            raise self.error()
        self._signature = signature

    def error(self) -> AutograderError:
        """What people are told."""
        return AutograderError(
            "assignment-changed",
            f"{self._assignment.slug} was changed while it was used",
            where=Place(str(self._assignment.root)),
            why=f"Verdicts so far are by version {self.version}, and are recorded. What was in flight is not: it may "
            "have been judged by either.",
            fix="when the files are as they should be, give the same command again: it grades all by the new version",
        )
