"""Recording for a whole batch over one connection: verdicts and the journal in the same transactions."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Self

from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.exc import DBAPIError

from autograder.gradebook.engine import explained
from autograder.gradebook.journal import Journal
from autograder.gradebook.recording import Entry, Recorded, Recording


class Writer:
    """Writes for one batch, from one thread at a time."""

    def __init__(self, engine: Engine, url: URL, recording: Recording, journal: Journal) -> None:
        self._engine = engine
        self._url = url
        self._recording = recording
        self._journal = journal
        self._connection: Connection | None = None

    def write(self, batch: int, entries: Sequence[Entry] = (), begun: Sequence[tuple[str, str]] = ()) -> list[Recorded]:
        """Record `entries`, and that `batch` begins these (submission, digest), in one transaction; committed when this
        returns. A connection that broke is made anew once: writing twice what was written once changes nothing.

        Returns:
            What became of each entry, in order.

        Raises:
            AutograderError: the database refused, or a verdict is `bad-verdict`; nothing was written.
        """
        with explained(self._url):
            try:
                return self._written(batch, entries, begun)
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                self.close()
                return self._written(batch, entries, begun)

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _written(self, batch: int, entries: Sequence[Entry], begun: Sequence[tuple[str, str]]) -> list[Recorded]:
        if self._connection is None:
            self._connection = self._engine.connect()
        with self._connection.begin():
            self._journal.start(self._connection, batch, begun)
            return self._recording.write(self._connection, entries)
