"""What a batch leaves in the gradebook while it works, and what is seen of it after a crash."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_verdicts import ENVIRONMENT, VERSIONS, begun, verdict

from autograder.course import Verdict
from autograder.errors import AutograderError
from autograder.gradebook import Gradebook
from autograder.gradebook.journal import How, alive, process_mark
from autograder.gradebook.recording import Entry

BY = ("04-softmax-classifier", "0123456789ab", ENVIRONMENT)
DIGEST = "ab" * 32
CRASHING = f"""
import os, signal, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from sample_verdicts import begun
from test_gradebook_journal import entry, verdict
from autograder.gradebook import Gradebook

book = Gradebook.open(sys.argv[1])
number = book.journal.begin(begun())
with book.writer() as writer:
    writer.write(number, begun=[(name, {DIGEST!r}) for name in sys.argv[2].split(",")])
    writer.write(number, [entry(verdict(name), number) for name in sys.argv[3].split(",") if name])
    os.kill(os.getpid(), signal.SIGKILL)
"""


def entry(one: Verdict, batch: int | None = None, environment: str = ENVIRONMENT) -> Entry:
    return Entry(one, "0.1.0", VERSIONS, environment, batch)


def crash(path: Path, names: Iterable[str], graded: Iterable[str] = ()) -> None:
    """A batch in a process of its own that begins `names`, grades `graded`, and is killed."""
    arguments = [str(path), ",".join(names), ",".join(graded)]
    assert subprocess.run([sys.executable, "-c", CRASHING, *arguments], check=False).returncode == -signal.SIGKILL


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gradebook.db"


@pytest.fixture
def book(path: Path) -> Gradebook:
    return Gradebook.open(path)


def test_several_verdicts_are_written_at_once_and_come_back_by_their_numbers(book: Gradebook) -> None:
    names = [f"student {number}" for number in range(5)]
    with book.writer() as writer:
        recorded = writer.write(1, [entry(verdict(name)) for name in names])
    assert all(one.new for one in recorded)
    backwards = [one.attempt for one in reversed(recorded)]
    assert [one.submission for one in book.verdicts(backwards)] == names[::-1]


def test_what_was_there_before_is_named_in_the_place_of_what_is_refused(book: Gradebook) -> None:
    with book.writer() as writer:
        (lost,) = writer.write(1, [entry(verdict(lost=True))])
        (same,) = writer.write(1, [entry(verdict(lost=True))])
        (first,) = writer.write(1, [entry(verdict())])
        (second,) = writer.write(2, [entry(verdict(seconds=9.0))])
        (late,) = writer.write(2, [entry(verdict(lost=True, seconds=9.0))])
    assert (same.attempt, same.new) == (lost.attempt, False)
    assert first.new
    assert [(one.attempt, one.new) for one in (second, late)] == [(first.attempt, False)] * 2


def test_one_verdict_that_cannot_be_stored_keeps_the_others_of_its_transaction_out(book: Gradebook) -> None:
    bad = msgspec.structs.replace(verdict("bad"), seconds=float("nan"))
    with book.writer() as writer:
        with pytest.raises(AutograderError, match="not finite"):
            writer.write(1, [entry(verdict("good")), entry(bad)])
        assert book.latest(BY[0]) == ()
        assert writer.write(1, [entry(verdict("good"))])[0].new, "the connection still serves"


def test_what_stands_is_told_by_name_bytes_and_environment(book: Gradebook) -> None:
    other = msgspec.structs.replace(verdict("grace"), digest="cd" * 32)
    with book.writer() as writer:
        first, second, lost, elsewhere = writer.write(
            1, [entry(verdict()), entry(verdict(seed=8)), entry(verdict("eve", lost=True)), entry(other)]
        )
        (changed,) = writer.write(1, [entry(verdict(), environment="another")])
    assert changed.new, "another environment is another verdict, whatever the seed"
    asked = [("ada", DIGEST), ("bob", DIGEST), ("eve", DIGEST), ("grace", DIGEST), ("grace", "cd" * 32)]
    ada, bob, eve, grace, grace_own = book.standing(*BY, asked)
    assert [(one.attempt, one.seed) for one in ada.own] == [(first.attempt, 7), (second.attempt, 8)]
    assert bob == eve == grace, "neither under this name, nor lost, nor for these bytes"
    assert not bob.own
    assert {(one.attempt, one.seed) for one in bob.same_bytes} == {(first.attempt, 7), (second.attempt, 8)}
    assert [one.attempt for one in grace_own.own] == [elsewhere.attempt]
    (nothing,) = book.standing(BY[0], "another version", ENVIRONMENT, asked[:1])
    assert not nothing.own
    assert lost.new


def test_names_are_told_by_what_stands_for_them(book: Gradebook) -> None:
    full = msgspec.structs.replace(verdict("full"), findings=verdict().findings[:1])
    with book.writer() as writer:
        writer.write(1, [entry(full), entry(verdict("part")), entry(verdict("lost", lost=True))])
        writer.write(1, [entry(verdict("mended")), entry(msgspec.structs.replace(full, submission="mended", seed=8))])
    assert book.names_standing(*BY) == {"full", "part", "mended"}
    assert book.names_standing(*BY[:2]) == {"full", "part", "mended"}
    assert book.names_standing(*BY[:2], "another") == set()
    assert book.names_failed(BY[0]) == {"part", "lost"}


def test_after_a_crash_one_sees_what_was_in_flight(book: Gradebook, path: Path) -> None:
    crash(path, ["ada", "bob", "eve"], graded=["bob"])
    assert book.journal.crashes(*BY) == {("ada", DIGEST): 1, ("eve", DIGEST): 1}
    crash(path, ["eve"])
    assert book.journal.crashes(*BY) == {("ada", DIGEST): 1, ("eve", DIGEST): 2}
    assert book.journal.crashes(BY[0], BY[1], "another environment") == {}


def test_what_has_been_settled_since_is_suspected_no_more(book: Gradebook, path: Path) -> None:
    crash(path, ["ada", "bob"])
    number = book.journal.begin(begun())
    with book.writer() as writer:
        writer.write(number, [entry(verdict("ada"), number), entry(verdict("bob", lost=True), number)])
    assert book.journal.crashes(*BY) == {("bob", DIGEST): 1}


def test_a_batch_that_runs_or_has_ended_did_not_crash(book: Gradebook) -> None:
    running = book.journal.begin(begun())
    with book.writer() as writer:
        writer.write(running, begun=[("ada", DIGEST)])
    assert book.journal.crashes(*BY) == {}
    book.journal.end(running, How.GIVEN_UP)
    book.journal.end(running, How.DONE)
    assert book.journal.crashes(*BY) == {}


def test_a_process_is_told_from_those_that_have_its_number_later() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    mark, here = process_mark(child.pid), os.uname().nodename
    assert alive(mark, here)
    assert alive(f"{mark}0", here) is False, "the same number, begun at another moment"
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert alive(mark, here) is False, "it only waits to be asked for its exit code"
    child.wait()
    assert child.stdin is not None
    child.stdin.close()
    assert alive(mark, here) is False


def test_a_process_of_another_machine_cannot_be_asked_and_one_before_a_restart_is_gone() -> None:
    own = process_mark(os.getpid())
    boot, rest = own.split(" ", 1)
    assert alive(f"{boot[::-1]}x {rest}", "another machine") is None
    assert alive(f"{boot[::-1]}x {rest}", os.uname().nodename) is False
    assert alive(f"{boot} 1{rest}", os.uname().nodename) is None, "another container of the same machine"


@given(st.text(max_size=40), st.text(max_size=10))
def test_a_mark_that_cannot_be_read_is_nobodys(mark: str, host: str) -> None:
    assert not alive(mark, host)
