"""A gradebook in a real PostgreSQL: all that holds of a SQLite file, and what only a server can do to it."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType

import pytest
import sqlalchemy as sa
import test_gradebook
import test_gradebook_journal
import test_gradebook_marks
import test_gradebook_processes
import test_gradebook_profiles
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sample_verdicts import VERSIONS, begun, verdict

from autograder.errors import AutograderError
from autograder.gradebook import Gradebook
from autograder.gradebook.journal import How
from autograder.gradebook.recording import Entry
from autograder.gradebook.schema import REVISION_TABLE
from autograder.gradebook.tables import metadata

sys.path.insert(0, str(Path(__file__).parent.parent))

from postgres import Postgres, postgres


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    with postgres() as server:
        yield server


@pytest.fixture
def path(server: Postgres) -> str:
    """Where the tests of SQLite have a file."""
    return server.database()


@pytest.fixture
def book(path: str) -> Iterator[Gradebook]:
    with Gradebook.open(path) as book:
        yield book


OF_FILES = {
    "test_only_the_owner_reads_a_new_gradebook",
    "test_a_profile_belongs_to_an_attempt",
    "test_the_database_itself_refuses_to_change_or_delete_profiles",
}
"""They open the file themselves, as do those that ask for `tmp_path`."""


def _facts(module: ModuleType) -> dict[str, FunctionType]:
    """What a module proves of any gradebook, whichever database that lives in."""
    return {
        name: fact
        for name, fact in inspect.getmembers(module, inspect.isfunction)
        if name.startswith("test_") and name not in OF_FILES
        if {"book", "path"} & _fixtures(fact) and "tmp_path" not in _fixtures(fact)
    }


def _fixtures(fact: FunctionType) -> set[str]:
    return set(inspect.signature(fact).parameters)


OF_GRADEBOOKS = (
    *(test_gradebook, test_gradebook_journal, test_gradebook_marks),
    *(test_gradebook_processes, test_gradebook_profiles),
)
for module in OF_GRADEBOOKS:
    globals().update(_facts(module))


def _record(url: str, student: str) -> bool:
    with Gradebook.open(url) as book:
        return book.record(verdict(student), grader_version="0.1.0", versions=VERSIONS)


def test_the_migrations_make_exactly_the_tables_that_the_code_uses(book: Gradebook, path: str) -> None:
    with sa.create_engine(path, poolclass=sa.NullPool).connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": REVISION_TABLE, "compare_type": True})
        assert compare_metadata(context, metadata) == []


@pytest.mark.parametrize("table", ["attempt", "finding", "mark", "profile", "batch", "batch_start", "batch_end"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "TRUNCATE {} CASCADE", "UPDATE {} SET {} = {}"])
def test_the_database_itself_refuses_to_change_or_delete_results(
    book: Gradebook, path: str, table: str, change: str
) -> None:
    number = book.journal.begin(begun())
    with book.writer() as writer:
        (recorded,) = writer.write(number, [Entry(verdict(), "0.1.0", VERSIONS, batch=number)], [("ada", "ab" * 32)])
    book.mark([test_gradebook_marks.mark()])
    book.profiles.record({recorded.attempt: test_gradebook_profiles.PROFILE})
    book.journal.end(number, How.DONE)
    column = next(iter(metadata.tables[table].columns)).name
    engine = sa.create_engine(path, poolclass=sa.NullPool)
    with engine.begin() as connection, pytest.raises(sa.exc.DBAPIError, match="append-only"):
        connection.exec_driver_sql(change.format(table, column, column))


def test_a_writer_killed_in_the_middle_leaves_only_whole_verdicts(path: str) -> None:
    test_gradebook_processes.kill_a_writer_in_the_middle(path, 5)


def test_what_was_recorded_survives_a_killed_server_and_the_same_gradebook_goes_on(
    server: Postgres, book: Gradebook
) -> None:
    assert book.record(verdict("before"), grader_version="0.1.0", versions=VERSIONS)
    server.kill()
    with pytest.raises(AutograderError) as refused:
        book.record(verdict("meanwhile"), grader_version="0.1.0", versions=VERSIONS)
    assert refused.value.code == "gradebook-failed"
    server.start()
    assert book.record(verdict("after"), grader_version="0.1.0", versions=VERSIONS)
    assert [one.submission for one in book.latest("04-softmax-classifier")] == ["after", "before"]


def test_a_writer_goes_on_with_a_server_that_was_killed(server: Postgres, book: Gradebook) -> None:
    with book.writer() as writer:
        number = book.journal.begin(begun())
        writer.write(number, begun=[("ada", "ab" * 32)])
        server.kill()
        server.start()
        (first,) = writer.write(number, [Entry(verdict(), "0.1.0", VERSIONS, batch=number)])
        (again,) = writer.write(number, [Entry(verdict(), "0.1.0", VERSIONS, batch=number)])
    assert first.new
    assert (again.attempt, again.new) == (first.attempt, False)


def test_another_programs_tables_in_the_same_database_are_left_alone(path: str) -> None:
    engine = sa.create_engine(path, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num text)")
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('theirs')")
    assert _record(path, "ada")
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == "theirs"


def test_another_programs_table_by_our_name_is_refused(path: str) -> None:
    with sa.create_engine(path, poolclass=sa.NullPool).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE finding (id int)")
    with pytest.raises(AutograderError) as refused:
        Gradebook.open(path)
    assert refused.value.code == "not-a-gradebook"


def test_a_password_is_shown_nowhere(path: str) -> None:
    secret = path.replace("postgres@", "postgres:Swordfish@")
    with Gradebook.open(secret) as book:
        assert "Swordfish" not in book.place
    with pytest.raises(AutograderError) as refused:
        Gradebook.open(secret.replace("host=", "host=/nowhere"))
    assert "Swordfish" not in refused.value.render()
