"""What people say of written answers: kept for ever, put on verdicts when they are read, and never on another's."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec
import pytest
from sample_verdicts import ENVIRONMENT, VERSIONS, begun, verdict

from autograder.course import Finding, Level, Mark, Outcome, Reason, Verdict
from autograder.course.written import answer_digest, written_check
from autograder.gradebook import Gradebook
from autograder.gradebook.recording import Entry

SLUG = "04-softmax-classifier"
WORDS = "The classes are not balanced.\nSo accuracy misleads."


def answered(student: str = "ada", words: str = WORDS, *, right: bool = True, **more: object) -> Verdict:
    """A verdict with full marks (or not) by its checks, and an answer that waits for a person."""
    said = (
        Finding(
            check=written_check("datasheet"),
            exercise="datasheet",
            outcome=Outcome.PENDING if words else Outcome.FAILED,
            reason=Reason.NONE if words else Reason.UNANSWERED,
            max_points=3.0,
            answer=words,
        ),
    )
    findings = verdict(student).findings
    return msgspec.structs.replace(verdict(student), findings=(*(findings[:-1] if right else findings), *said), **more)


def mark(student: str = "ada", words: str = WORDS, level: Level = Level.EXCELLENT, comment: str = "") -> Mark:
    return Mark(student, SLUG, "datasheet", answer_digest(words), level, comment, "Grace")


def _record(book: Gradebook, one: Verdict) -> bool:
    return book.record(one, grader_version="0.1.0", versions=VERSIONS)


@pytest.fixture
def book(tmp_path: Path) -> Gradebook:
    return Gradebook.open(tmp_path / "gradebook.db")


def _points(book: Gradebook, student: str = "ada") -> tuple[float, float]:
    """Those earned, and those that wait, by the newest verdict."""
    (one,) = [v for v in book.latest(SLUG) if v.submission == student]
    return one.points, one.pending_points


def test_an_answer_comes_back_as_it_went_in_and_waits(book: Gradebook) -> None:
    _record(book, answered())
    assert book.latest(SLUG) == (answered(),)
    (waiting,) = book.answers(SLUG)
    assert (waiting.submission, waiting.exercise, waiting.answer, waiting.points) == ("ada", "datasheet", WORDS, 3.0)
    assert waiting.waits


def test_a_mark_is_on_the_verdict_wherever_it_is_read(book: Gradebook) -> None:
    number = book.journal.begin(begun())
    with book.writer() as writer:
        (recorded,) = writer.write(number, [Entry(answered(), "0.1.0", VERSIONS, ENVIRONMENT, number)])
        assert recorded.verdict is None
        assert book.mark([mark(level=Level.MEETS, comment="Say why.")]) == 1
        read = [
            *book.latest(SLUG),
            *(attempt.verdict for attempt in book.history(SLUG, "ada")),
            *book.verdicts([recorded.attempt]),
            *writer.verdicts([recorded.attempt]),
        ]
        assert writer.as_recorded([recorded.attempt]) == (answered(),)
    for one in read:
        last = one.findings[-1]
        assert (last.outcome, last.points, last.message) == (Outcome.PASSED, 2.0, "Meets. Say why.")
        assert last.answer == WORDS
    (graded,) = book.answers(SLUG)
    assert graded.mark == mark(level=Level.MEETS, comment="Say why.")
    assert not graded.waits


def test_the_newest_mark_of_the_same_words_counts_and_all_are_kept(book: Gradebook) -> None:
    _record(book, answered())
    for level in (Level.REVISE, Level.EXCELLENT, Level.REVISE):
        assert book.mark([mark(level=level)]) == 1
    assert _points(book) == (2.0, 0.0)
    (one,) = book.latest(SLUG)
    assert (one.findings[-1].outcome, one.findings[-1].reason) == (Outcome.FAILED, Reason.REVISE)
    (said,) = book.answers(SLUG)
    assert said.mark == mark(level=Level.REVISE)
    assert [earlier.level for earlier in said.before] == [Level.REVISE, Level.EXCELLENT]


def test_saying_the_same_again_writes_nothing(book: Gradebook) -> None:
    assert book.mark([mark(), mark("bob"), mark()]) == 2
    assert book.mark([mark(), mark("bob", comment="Good.")]) == 1
    assert book.mark([]) == 0


def test_the_same_words_in_a_later_attempt_keep_their_mark_and_other_words_wait(book: Gradebook) -> None:
    _record(book, answered())
    book.mark([mark()])
    _record(book, answered(words=WORDS.replace("\n", "  \r\n") + "\n", digest="cd" * 32))
    assert _points(book) == (5.0, 0.0)
    _record(book, answered(words="Something else.", digest="ef" * 32))
    assert _points(book) == (2.0, 3.0)
    assert [one.waits for one in book.answers(SLUG)] == [True]


def test_a_mark_survives_another_version_of_the_assignment(book: Gradebook) -> None:
    _record(book, answered())
    book.mark([mark()])
    _record(book, answered(version="fedcba987654"))
    assert len(book.history(SLUG, "ada")) == 2
    assert _points(book) == (5.0, 0.0)


def test_a_mark_changes_no_attempt_so_that_the_same_verdict_is_still_the_same(book: Gradebook) -> None:
    _record(book, answered())
    book.mark([mark()])
    assert not _record(book, answered(seconds=99.0))
    assert len(book.history(SLUG, "ada")) == 1


def test_a_mark_is_never_anothers_even_where_bytes_and_words_are_the_same(book: Gradebook) -> None:
    number = book.journal.begin(begun())
    with book.writer() as writer:
        (first,) = writer.write(number, [Entry(answered(), "0.1.0", VERSIONS, ENVIRONMENT, number)])
        book.mark([mark()])
        (copied,) = writer.as_recorded([first.attempt])
        theirs = msgspec.structs.replace(copied, submission="bob")
        writer.write(number, [Entry(theirs, "0.1.0", VERSIONS, ENVIRONMENT, number)])
    assert _points(book, "ada") == (5.0, 0.0)
    assert _points(book, "bob") == (2.0, 3.0)


def test_whoever_records_the_same_words_again_is_told_what_was_said_of_them(book: Gradebook) -> None:
    book.mark([mark()])
    number = book.journal.begin(begun())
    with book.writer() as writer:
        (recorded,) = writer.write(number, [Entry(answered(), "0.1.0", VERSIONS, ENVIRONMENT, number)])
        assert recorded.verdict is not None
        assert (recorded.verdict.points, recorded.verdict.pending_points) == (5.0, 0.0)
        assert writer.as_recorded([recorded.attempt]) == (answered(),)


def test_who_only_waits_for_a_person_is_not_graded_again_as_one_that_failed(book: Gradebook) -> None:
    _record(book, answered("waits"))
    _record(book, answered("sent back"))
    _record(book, answered("wrong", right=False))
    _record(book, answered("wrote nothing", words=""))
    book.mark([mark("sent back", level=Level.REVISE)])
    assert book.names_failed(SLUG) == {"wrong", "wrote nothing"}


def test_whoever_wrote_nothing_is_among_the_answers_and_waits_for_nobody(book: Gradebook) -> None:
    _record(book, answered(words=""))
    (nothing,) = book.answers(SLUG)
    assert (nothing.answer, nothing.waits, nothing.mark) == ("", False, None)


def test_only_the_newest_answers_of_this_assignment_are_asked_for(book: Gradebook) -> None:
    _record(book, answered())
    _record(book, answered(words="Newer.", digest="cd" * 32))
    _record(book, answered("bob", assignment="01-tensors"))
    _record(book, answered("aaron"))
    assert [(one.submission, one.answer) for one in book.answers(SLUG)] == [("aaron", WORDS), ("ada", "Newer.")]


def test_a_check_that_is_called_like_an_answer_is_none(book: Gradebook) -> None:
    finding = Finding(check="written_elsewhere", exercise="softmax", outcome=Outcome.FAILED, max_points=1.0)
    _record(book, msgspec.structs.replace(verdict(), findings=(finding,)))
    assert book.answers(SLUG) == ()


def test_names_and_words_that_no_database_takes_are_marked_all_the_same(book: Gradebook) -> None:
    student, words = "j\udce4n\0", "\ud800 and \0"
    _record(book, answered(student, words))
    (waiting,) = book.answers(SLUG)
    book.mark([Mark(student, SLUG, "datasheet", waiting.digest, Level.EXCELLENT, "\ud800\0")])
    assert [one.pending_points for one in book.latest(SLUG)] == [0.0]
    number = book.journal.begin(begun())
    with book.writer() as writer:
        one = answered(student, words, version="fedcba987654")
        (recorded,) = writer.write(number, [Entry(one, "0.1.0", VERSIONS, ENVIRONMENT, number)])
    assert recorded.verdict is not None
    assert (recorded.verdict.submission, recorded.verdict.pending_points) == (student, 0.0)


def test_a_thousand_students_are_marked_at_once(book: Gradebook) -> None:
    names = [f"student {number}" for number in range(1001)]
    assert book.mark([mark(name) for name in names]) == 1001
    assert book.mark([mark(name) for name in names]) == 0


@pytest.mark.parametrize("statement", ["UPDATE mark SET level = 'excellent'", "DELETE FROM mark"])
def test_the_database_itself_refuses_to_change_or_delete_marks(tmp_path: Path, statement: str) -> None:
    with Gradebook.open(tmp_path / "gradebook.db") as book:
        book.mark([mark()])
    raw = sqlite3.connect(tmp_path / "gradebook.db", isolation_level=None)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(statement)
    raw.close()
