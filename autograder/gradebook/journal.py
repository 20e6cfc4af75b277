"""The journal of batches: what was asked, what was begun, how it ended. After a crash it says what was in flight.

A submission that was begun ends with an attempt of the same batch. A batch without an end, whose process is no more,
has crashed, and what it had begun and not ended was in flight.
"""

from __future__ import annotations

import contextlib
import os
import socket
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import URL, Connection, Engine

from autograder.gradebook.engine import explained
from autograder.gradebook.rows import storable
from autograder.gradebook.tables import attempt, batch, batch_end, batch_start

SILENT = timedelta(hours=1)
"""A batch of another machine, which cannot be asked, has crashed when it began nothing for so long."""


class How(StrEnum):
    """How a batch ended, where it could still say so."""

    DONE = "done"
    STOPPED = "stopped"
    """What was in flight was finished."""
    GIVEN_UP = "given up"
    """At once: what was in flight was dropped, by a person or for an error."""


@dataclass(frozen=True)
class Begun:
    """A batch as the journal knows it."""

    assignment: str
    version: str
    grader_version: str
    environment: str
    versions: Mapping[str, str]
    asked: Mapping[str, Any]
    """Plain values: what the batch was asked for, and of what."""


class Journal:
    """The batches of one gradebook."""

    def __init__(self, engine: Engine, url: URL) -> None:
        self._reading = engine
        self._writing = engine.execution_options(writes=True)
        self._url = url
        insert = postgresql_insert if engine.dialect.name == "postgresql" else sqlite_insert
        self._start = insert(batch_start).on_conflict_do_nothing()
        self._end = insert(batch_end).on_conflict_do_nothing()

    def begin(self, begun: Begun) -> int:
        """Enter a batch; its number. This process is taken for the one that runs it.

        Raises:
            AutograderError: the database refused.
        """
        row = {
            **{name: storable(getattr(begun, name)) for name in ("assignment", "version", "grader_version")},
            "environment": storable(begun.environment),
            "versions": {storable(name): storable(value) for name, value in begun.versions.items()},
            "asked": dict(begun.asked),
            "host": storable(socket.gethostname()),
            "process": process_mark(os.getpid()),
            "started_at": datetime.now(UTC),
        }
        with explained(self._url), self._writing.begin() as connection:
            return int(connection.execute(sa.insert(batch).values(row).returning(batch.c.id)).scalar_one())

    def start(self, connection: Connection, number: int, begun: Iterable[tuple[str, str]]) -> None:
        """Enter that these (submission, digest) are begun by batch `number`, within the caller's transaction."""
        now = datetime.now(UTC)
        rows = [
            {"batch_id": number, "submission": storable(name), "digest": storable(digest), "started_at": now}
            for name, digest in begun
        ]
        if rows:
            connection.execute(self._start, rows)

    def end(self, number: int, how: How) -> None:
        """Enter how batch `number` ended.

        Raises:
            AutograderError: the database refused.
        """
        row = {"batch_id": number, "how": how.value, "ended_at": datetime.now(UTC)}
        with explained(self._url), self._writing.begin() as connection:
            connection.execute(self._end, row)

    def newest_environment(self, assignment: str, version: str) -> str:
        """The environment of the newest batch by these checks; "" where there was none."""
        query = (
            sa.select(batch.c.environment)
            .where(batch.c.assignment == storable(assignment), batch.c.version == storable(version))
            .order_by(batch.c.id.desc())
            .limit(1)
        )
        with explained(self._url), self._reading.begin() as connection:
            return connection.execute(query).scalar_one_or_none() or ""

    def crashes(self, assignment: str, version: str, environment: str) -> dict[tuple[str, str], int]:
        """How many batches crashed with a submission in flight, by its name and digest; no entry where none did.

        Those are counted that came after its last settled verdict by these checks in this environment.
        """
        same = (
            batch.c.assignment == storable(assignment),
            batch.c.version == storable(version),
            batch.c.environment == storable(environment),
        )
        ended = sa.exists().where(batch_end.c.batch_id == batch.c.id)
        with explained(self._url), self._reading.begin() as connection:
            open_ones = connection.execute(sa.select(batch).where(*same, ~ended)).mappings().all()
            crashed = [row["id"] for row in open_ones if not self._runs(connection, row)]
            counts: Counter[tuple[str, str]] = Counter()
            for number in crashed:
                counts.update((row.submission, row.digest) for row in connection.execute(_in_flight(number)))
        return dict(counts)

    def _runs(self, connection: Connection, row: Mapping[Any, Any]) -> bool:
        known = alive(row["process"], row["host"])
        if known is not None:
            return known
        last = sa.select(sa.func.max(batch_start.c.started_at)).where(batch_start.c.batch_id == row["id"])
        sign: datetime = connection.execute(last).scalar_one() or row["started_at"]
        return datetime.now(UTC) - sign < SILENT


def _in_flight(number: int) -> sa.Select[tuple[str, str]]:
    """Name and digest of what batch `number` began and did not end, and nothing has settled since."""
    same = (attempt.c.submission == batch_start.c.submission, attempt.c.digest == batch_start.c.digest)
    of_batch = sa.select(batch.c.version).where(batch.c.id == number).scalar_subquery()
    environment = sa.select(batch.c.environment).where(batch.c.id == number).scalar_subquery()
    over = sa.exists().where(
        *same,
        attempt.c.version == of_batch,
        attempt.c.environment == environment,
        sa.or_(attempt.c.batch_id == number, sa.and_(attempt.c.settled, attempt.c.batch_id > number)),
    )
    return sa.select(batch_start.c.submission, batch_start.c.digest).where(batch_start.c.batch_id == number, ~over)


def process_mark(pid: int) -> str:
    """What tells process `pid` of this machine from every other, later ones with its number included."""
    return f"{_machine()} {pid} {_born(pid)}"


def alive(mark: str, host: str) -> bool | None:
    """Whether the process of that mark, on the machine of that name, still runs; None where it cannot be asked."""
    machine, _, rest = mark.rpartition(" ")[0].rpartition(" ")
    if not rest.isdecimal():
        return None
    if machine != _machine():
        # The same name, and another start of the system: nothing of it is left. Else it is another machine.
        rebooted = host == storable(socket.gethostname()) and machine.split(" ")[0] != _machine().split(" ")[0]
        return False if rebooted else None
    return process_mark(int(rest)) == mark and bool(_born(int(rest)))


def _machine() -> str:
    """This start of this system, and the numbering of its processes: containers have their own."""
    boot = Path("/proc/sys/kernel/random/boot_id")
    names = Path("/proc/self/ns/pid")
    with contextlib.suppress(OSError):
        return f"{boot.read_text().strip()} {names.stat().st_ino}"
    return f"{socket.gethostname()} -"


def _born(pid: int) -> str:
    """When process `pid` began, in the system's ticks; empty where there is none. "?" where that cannot be told."""
    try:
        told = (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()
        return "" if told[0] in "ZX" else told[19]
    except OSError:
        if Path("/proc/self/stat").exists():
            return ""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return ""
    except OSError:
        pass
    return "?"
