"""Opening a database: addresses, SQLite's settings, and database errors put into words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool, StaticPool

from autograder.errors import AutograderError, Place

# Below this version a checkpoint that meets a writer can corrupt a write-ahead log.
SAFE_WAL = (3, 51, 3)
_MEMORY = (None, "", ":memory:")


def address(url_or_path: str | Path) -> URL:
    """The database meant by a URL or by the path of a SQLite file.

    Raises:
        AutograderError: `bad-gradebook-url` or `unsupported-database`.
    """
    if "://" not in str(url_or_path):
        return URL.create("sqlite", database=str(Path(url_or_path).expanduser().absolute()))
    try:
        url = make_url(str(url_or_path))
        name = url.get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise AutograderError(
            "bad-gradebook-url",
            "the gradebook's address cannot be read",
            where=Place(str(url_or_path).split("@")[-1]),
            why="An address is a file, or a URL such as postgresql+psycopg://user@host/course.",
            fix="give the path of a file, or a database URL",
        ) from error
    if name not in ("sqlite", "postgresql"):
        raise AutograderError(
            "unsupported-database",
            f"the gradebook cannot live in {name}",
            where=Place(shown(url)),
            why="Append-only tables are held by triggers, written for SQLite and PostgreSQL.",
            fix="use a SQLite file or a postgresql+psycopg:// URL",
        )
    return url


def shown(url: URL) -> str:
    """The database's address as people may read it: a file's path, or the URL without its password."""
    if url.get_backend_name() == "sqlite" and url.database not in _MEMORY:
        return str(url.database)
    return url.render_as_string(hide_password=True)


def connect(url: URL) -> Engine:
    """An engine whose transactions take the write lock at once where the option `writes` is set.

    Connections live as long as one transaction, so a gradebook may be open across a fork.

    Raises:
        AutograderError: `no-database-driver`, `gradebook-not-writable`.
    """
    sqlite = url.get_backend_name() == "sqlite"
    in_memory = sqlite and url.database in _MEMORY
    if sqlite and not in_memory:
        _make_file(Path(str(url.database)))
    try:
        engine = sa.create_engine(
            url,
            poolclass=StaticPool if in_memory else NullPool,
            json_serializer=_as_json,
            json_deserializer=msgspec.json.decode,
        )
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise AutograderError(
            "no-database-driver",
            f"the driver for {url.drivername} is not installed",
            where=Place(shown(url)),
            fix="install it, for PostgreSQL: pip install 'psycopg[binary]' and a postgresql+psycopg:// URL",
        ) from error
    if sqlite:
        sa.event.listen(engine, "connect", _set_up_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _as_json(value: object) -> str:
    # A verdict has some twenty columns of JSON; msgspec writes them ten times as fast as the standard library.
    return msgspec.json.encode(value).decode()


def _make_file(path: Path) -> None:
    """Make an empty file that only its owner reads: it will hold grades and the course key."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600, exist_ok=True)
    except OSError as error:
        raise _not_writable(str(path), error.strerror or str(error)) from error


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # SQLAlchemy begins transactions itself (below); the driver must not begin or commit any behind its back.
    connection.isolation_level = None
    wal = sqlite3.sqlite_version_info >= SAFE_WAL
    for setting in (
        "busy_timeout = 10000",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "recursive_triggers = ON",  # so that INSERT OR REPLACE meets the triggers against deletion
        f"journal_mode = {'WAL' if wal else 'DELETE'}",
        "synchronous = FULL",
    ):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later can fail as locked at its first write; IMMEDIATE waits here.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Turn what the database refuses into an AutograderError that names it.

    Raises:
        AutograderError: `not-a-gradebook`, `gradebook-not-writable`, `gradebook-busy` or `gradebook-failed`.
    """
    try:
        yield
    except DBAPIError as error:
        raise _in_words(url, error) from error


def _in_words(url: URL, error: DBAPIError) -> AutograderError:
    said = str(error.orig).strip()
    lowered = said.lower()
    if "not a database" in lowered or "malformed" in lowered:
        return AutograderError(
            "not-a-gradebook",
            "the file is not a database",
            where=Place(shown(url)),
            why=f"SQLite says: {said}. Nothing was written.",
            fix="name another file with --gradebook, or put the backup of this one back",
        )
    if any(words in lowered for words in ("readonly", "read-only", "unable to open", "permission denied")):
        return _not_writable(shown(url), said)
    if "locked" in lowered or "busy" in lowered:
        return AutograderError(
            "gradebook-busy",
            "another program has held the gradebook for more than 10 seconds",
            where=Place(shown(url)),
            fix="close the program that has the file open, then run the command again",
        )
    return AutograderError(
        "gradebook-failed",
        "the database refused",
        where=Place(shown(url)),
        why=said,
        fix="mend what the database names, then run the command again: what was recorded stays recorded",
    )


def _not_writable(where: str, said: str) -> AutograderError:
    return AutograderError(
        "gradebook-not-writable",
        "the gradebook cannot be opened for writing",
        where=Place(where),
        why=f"The system says: {said}.",
        fix="choose a folder that you may write to with --gradebook, or change its permissions",
    )
