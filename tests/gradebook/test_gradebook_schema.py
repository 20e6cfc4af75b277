from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sample_verdicts import VERSIONS, begun, verdict

from autograder.course import Device
from autograder.errors import AutograderError
from autograder.gradebook import Gradebook
from autograder.gradebook.engine import SAFE_WAL, address, connect
from autograder.gradebook.journal import How
from autograder.gradebook.schema import MIGRATIONS, REVISION_TABLE, REVISIONS
from autograder.gradebook.tables import metadata


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "gradebook.db"
    with Gradebook.open(path) as book:
        book.record(verdict(), grader_version="0.1.0", versions=VERSIONS)
        number = book.journal.begin(begun())
        with book.writer() as writer:
            writer.write(number, begun=[("ada", "ab" * 32)])
        book.journal.end(number, How.DONE)
    return path


@contextmanager
def _raw(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def test_the_migrations_are_the_schemas_that_the_program_knows() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    assert tuple(script.revision for script in scripts) == REVISIONS


def test_a_gradebook_that_is_current_is_opened_without_the_tools_for_migrating(path: Path) -> None:
    code = "import sys; from autograder.gradebook import Gradebook; Gradebook.open(sys.argv[1])\n"
    code += "assert 'alembic' not in sys.modules"
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)


def test_the_migrations_make_exactly_the_tables_that_the_code_uses(path: Path) -> None:
    with sa.create_engine(f"sqlite:///{path}").connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": REVISION_TABLE, "compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE attempt SET points = 100",
        "DELETE FROM attempt",
        "UPDATE finding SET outcome = 'passed'",
        "DELETE FROM finding",
        "DELETE FROM batch",
        "UPDATE batch SET process = ''",
        "DELETE FROM batch_start",
        "UPDATE batch_end SET how = 'done'",
    ],
)
def test_the_database_itself_refuses_to_change_or_delete_results(path: Path, statement: str) -> None:
    with _raw(path) as raw, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(statement)


def test_replacing_a_row_counts_as_deleting_it(path: Path) -> None:
    with connect(address(path)).begin() as connection, pytest.raises(sa.exc.IntegrityError, match="append-only"):
        connection.exec_driver_sql("INSERT OR REPLACE INTO attempt SELECT * FROM attempt")


def test_a_finding_belongs_to_an_attempt(path: Path) -> None:
    with connect(address(path)).begin() as connection, pytest.raises(sa.exc.IntegrityError, match="FOREIGN KEY"):
        connection.exec_driver_sql(
            'INSERT INTO finding SELECT 999, position, "check", exercise, outcome, reason, points, max_points, message,'
            " hint, detail, public, seconds, series, device, diagnosis, measured, answer FROM finding"
        )


def test_every_connection_has_the_careful_settings(path: Path) -> None:
    with connect(address(path)).begin() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("foreign_keys", "busy_timeout", "trusted_schema", "journal_mode", "synchronous")
        }
    wal = sqlite3.sqlite_version_info >= SAFE_WAL
    assert found == {
        "foreign_keys": 1,
        "busy_timeout": 10000,
        "trusted_schema": 0,
        "journal_mode": "wal" if wal else "delete",
        "synchronous": 2,
    }


def _refused(address_given: str | Path, **options: bool) -> AutograderError:
    with pytest.raises(AutograderError) as caught:
        Gradebook.open(address_given, **options)
    error = caught.value
    assert error.where
    assert error.fix
    return error


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "grades.xlsx"
    path.write_bytes(b"PK\x03\x04 not a database" * 100)
    assert _refused(path).code == "not-a-gradebook"
    assert path.read_bytes() == b"PK\x03\x04 not a database" * 100


def test_the_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "gradebook.db"
    with _raw(path) as raw:
        raw.execute("CREATE TABLE alembic_version (version_num TEXT)")
        raw.execute("CREATE TABLE grade (id INTEGER)")
    before = path.read_bytes()
    error = _refused(path)
    assert error.code == "not-a-gradebook"
    assert "grade" in error.why
    assert path.read_bytes() == before


def test_a_gradebook_of_a_newer_program_is_refused(path: Path) -> None:
    with _raw(path) as raw:
        raw.execute(f"UPDATE {REVISION_TABLE} SET version_num = '9999'")
    error = _refused(path)
    assert error.code == "newer-gradebook"
    assert "9999" in error.what
    assert "update autograder" in error.fix


def _without_answers(raw: sqlite3.Connection) -> None:
    """As before the sixth schema."""
    raw.execute("DROP TABLE mark")
    raw.execute("ALTER TABLE attempt DROP COLUMN pending")
    raw.execute("ALTER TABLE finding DROP COLUMN answer")


def _without_journal(raw: sqlite3.Connection) -> None:
    """As before the fifth schema."""
    _without_answers(raw)
    for table in ("batch_start", "batch_end", "batch"):
        raw.execute(f"DROP TABLE {table}")
    for index in ("uq_attempt_settled", "uq_attempt_content", "ix_attempt_bytes", "ix_attempt_batch"):
        raw.execute(f"DROP INDEX {index}")
    for column in ("environment", "batch_id"):
        raw.execute(f"ALTER TABLE attempt DROP COLUMN {column}")
    key = "submission, digest, assignment, version, grader_version, seed"
    raw.execute(f"CREATE UNIQUE INDEX uq_attempt_settled ON attempt ({key}) WHERE settled")
    raw.execute(f"CREATE UNIQUE INDEX uq_attempt_content ON attempt ({key}, content)")


def test_verdicts_from_before_there_were_written_answers_wait_for_nobody(path: Path) -> None:
    with _raw(path) as raw:
        _without_answers(raw)
        raw.execute(f"UPDATE {REVISION_TABLE} SET version_num = '0005'")
    with Gradebook.open(path) as book:
        assert book.latest(verdict().assignment) == (verdict(),)
        assert book.answers(verdict().assignment) == ()
        assert book.names_failed(verdict().assignment) == {"ada"}


def test_verdicts_from_before_environments_were_told_are_kept_and_stand_for_none(path: Path) -> None:
    with _raw(path) as raw:
        _without_journal(raw)
        raw.execute(f"UPDATE {REVISION_TABLE} SET version_num = '0004'")
    one = verdict()
    with Gradebook.open(path) as book:
        assert book.latest(one.assignment) == (one,)
        (standing,) = book.standing(one.assignment, one.version, "abc", [(one.submission, one.digest)])
        assert (standing.own, standing.same_bytes) == ((), ())


def test_findings_from_before_there_were_gpus_were_judged_on_the_cpu(path: Path) -> None:
    with _raw(path) as raw:  # as the first program left it
        _without_journal(raw)
        raw.execute("DROP TABLE profile")
        for column in ("device", "diagnosis", "measured"):
            raw.execute(f"ALTER TABLE finding DROP COLUMN {column}")
        raw.execute(f"UPDATE {REVISION_TABLE} SET version_num = '0001'")
    with Gradebook.open(path) as book:
        (found,) = book.latest("04-softmax-classifier")
    assert {f.device for f in found.findings} == {Device.CPU}


def test_findings_from_before_there_were_diagnoses_have_none(path: Path) -> None:
    with _raw(path) as raw:
        _without_journal(raw)
        raw.execute("DROP TABLE profile")
        for column in ("diagnosis", "measured"):
            raw.execute(f"ALTER TABLE finding DROP COLUMN {column}")
        raw.execute(f"UPDATE {REVISION_TABLE} SET version_num = '0002'")
    with Gradebook.open(path) as book:
        (found,) = book.latest("04-softmax-classifier")
    assert {(f.diagnosis, f.measured) for f in found.findings} == {("", ())}


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    # /proc refuses new files even to root, whom file modes do not stop.
    folder = Path("/proc") if os.geteuid() == 0 else tmp_path
    if folder == tmp_path:
        folder.chmod(0o500)
    error = _refused(folder / "gradebook.db")
    assert error.code == "gradebook-not-writable"
    assert error.where[0].path == str(folder / "gradebook.db")


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    assert _refused(tmp_path).code == "gradebook-not-writable"


def test_a_gradebook_that_must_exist_is_not_made(tmp_path: Path) -> None:
    assert _refused(tmp_path / "gradebook.db", must_exist=True).code == "no-gradebook"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("mysql://root:secret@host/course", "unsupported-database"),
        ("nonsense://u:secret@x", "unsupported-database"),
        ("://", "bad-gradebook-url"),
        ("postgresql+nosuchdriver://u:secret@host/course", "no-database-driver"),
    ],
)
def test_an_address_that_cannot_be_used_is_explained_without_its_password(url: str, code: str) -> None:
    error = _refused(url)
    assert error.code == code
    assert "secret" not in error.render()


def test_a_gradebook_held_by_another_program_is_named(path: Path) -> None:
    with _raw(path) as raw, Gradebook.open(path) as book:
        raw.execute("BEGIN IMMEDIATE")
        # The real time limit is 10 seconds; the behaviour does not depend on its length.
        sa.event.listen(book._reading, "connect", lambda c, _: c.execute("PRAGMA busy_timeout = 10"))
        with pytest.raises(AutograderError) as caught:
            book.record(verdict("late"), grader_version="0.1.0", versions=VERSIONS)
    assert caught.value.code == "gradebook-busy"
