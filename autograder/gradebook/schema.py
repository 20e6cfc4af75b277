"""Bringing a database to this program's schema, and refusing one that is not a gradebook or is newer."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine

from autograder.errors import AutograderError, Place
from autograder.gradebook.engine import shown
from autograder.gradebook.tables import metadata

# Its own name, so that another program's migrations in the same database are never taken for ours.
REVISION_TABLE = "gradebook_revision"
MIGRATIONS = Path(__file__).parent / "migrations"
REVISIONS = ("0006", "0005", "0004", "0003", "0002", "0001")
"""The schemas that this program knows, newest first. The migrations say the same, but take half a second to ask."""


def bring_up_to_date(engine: Engine, url: URL) -> None:
    """Make or migrate the tables; only looks, and takes no write lock, where they are current.

    Raises:
        AutograderError: `not-a-gradebook` or `newer-gradebook`. Nothing is written then.
    """
    with engine.begin() as connection:
        if _is_current(connection, url):
            return
    with engine.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            # Two programs that open a new database at once: the second waits, then finds the tables made.
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('autograder gradebook'))"))
        if not _is_current(connection, url):
            from alembic import command  # only where there is something to migrate
            from alembic.config import Config

            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _is_current(connection: Connection, url: URL) -> bool:
    current = _revision(connection)
    if current is None:
        _refuse_foreign_tables(connection, url)
    elif current not in REVISIONS:
        raise AutograderError(
            "newer-gradebook",
            f"the gradebook has schema {current}, this program knows up to {REVISIONS[0]}",
            where=Place(shown(url)),
            why="A newer autograder wrote it. Writing to it from here could lose what it holds.",
            fix="update autograder: pip install --upgrade autograder",
        )
    return current == REVISIONS[0]


def _revision(connection: Connection) -> str | None:
    if not sa.inspect(connection).has_table(REVISION_TABLE):
        return None
    column = sa.column("version_num", sa.Text)
    return connection.execute(sa.select(column).select_from(sa.table(REVISION_TABLE))).scalar_one_or_none()


def _refuse_foreign_tables(connection: Connection, url: URL) -> None:
    names = set(sa.inspect(connection).get_table_names())
    # A SQLite file belongs to one program; a PostgreSQL database may hold others' tables beside ours.
    foreign = names if connection.dialect.name == "sqlite" else names & set(metadata.tables)
    if foreign:
        raise AutograderError(
            "not-a-gradebook",
            "the database belongs to another program",
            where=Place(shown(url)),
            why=f"It holds tables that are not a gradebook's: {', '.join(sorted(foreign)[:5])}. Nothing was written.",
            fix="name another file or database with --gradebook",
        )
