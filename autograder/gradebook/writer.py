"""Recording for a whole batch over one connection: verdicts and the journal in the same transactions.

Questions go over it too: opening a connection costs more than they do, and SQLite makes a reader and a writer that meet
wait for milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.exc import DBAPIError

from autograder.course import Verdict
from autograder.gradebook.engine import explained
from autograder.gradebook.journal import Journal
from autograder.gradebook.marks import marked
from autograder.gradebook.reading import Standing, standing, verdicts_of
from autograder.gradebook.recording import Entry, Recorded, Recording

Value = TypeVar("Value")


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
        return self._surely(lambda: self._written(batch, entries, begun))

    def standing(self, by: tuple[str, str, str], asked: Sequence[tuple[str, str]]) -> tuple[Standing, ...]:
        """As Gradebook.standing; `by`: assignment, version and environment."""
        return self._surely(lambda: self._read(lambda connection: standing(connection, by, asked)))

    def verdicts(self, attempts: Sequence[int]) -> tuple[Verdict, ...]:
        """The verdicts of these attempts, in the order given, with what people said of their written answers."""

        def ask(connection: Connection) -> list[Verdict]:
            found = verdicts_of(connection, attempts)
            return marked(connection, [found[number] for number in attempts])

        return tuple(self._surely(lambda: self._read(ask)))

    def as_recorded(self, attempts: Sequence[int]) -> tuple[Verdict, ...]:
        """The verdicts of these attempts, in the order given, without what people said of them since. Such a one may
        be recorded under another student's name."""
        found = self._surely(lambda: self._read(lambda connection: verdicts_of(connection, attempts)))
        return tuple(found[number] for number in attempts)

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
        connection = self._open().execution_options(writes=True)
        with connection.begin():
            self._journal.start(connection, batch, begun)
            recorded = self._recording.write(connection, entries)
            verdicts = marked(connection, [entry.verdict for entry in entries])
        return [
            replace(done, verdict=verdict) if done.new and verdict is not entry.verdict else done
            for done, entry, verdict in zip(recorded, entries, verdicts, strict=True)
        ]

    def _read(self, ask: Callable[[Connection], Value]) -> Value:
        connection = self._open().execution_options(writes=False)
        with connection.begin():
            return ask(connection)

    def _open(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def _surely(self, do: Callable[[], Value]) -> Value:
        with explained(self._url):
            try:
                return do()
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                self.close()
                return do()
