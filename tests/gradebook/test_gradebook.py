from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_verdicts import VERSIONS, verdict

from autograder.course import Finding, Measured, Outcome, Reason, Verdict
from autograder.errors import AutograderError
from autograder.gradebook import Gradebook
from autograder.gradebook.rows import storable, storable_verdict

KEY = {"assignment": "04-softmax-classifier", "version": "0123456789ab", "grader_version": "0.1.0"}


def _record(book: Gradebook, one: Verdict) -> bool:
    return book.record(one, grader_version="0.1.0", versions=VERSIONS)


@pytest.fixture
def book(tmp_path: Path) -> Gradebook:
    return Gradebook.open(tmp_path / "gradebook.db")


def test_a_verdict_comes_back_as_it_went_in(book: Gradebook) -> None:
    assert _record(book, verdict())
    assert book.latest("04-softmax-classifier") == (verdict(),)


def test_an_attempt_remembers_when_and_with_what_it_was_graded(book: Gradebook) -> None:
    _record(book, verdict())
    (attempt,) = book.history("04-softmax-classifier", "ada")
    assert (attempt.grader_version, attempt.versions) == ("0.1.0", VERSIONS)
    assert attempt.graded_at.tzinfo is UTC
    assert datetime.now(UTC) - attempt.graded_at < timedelta(hours=1)


def test_recording_the_same_verdict_again_writes_nothing_and_says_so(book: Gradebook) -> None:
    assert [_record(book, verdict()), _record(book, verdict()), _record(book, verdict(seconds=9.0))] == [
        True,
        False,
        False,
    ]
    assert len(book.history("04-softmax-classifier", "ada")) == 1


def test_another_seed_or_another_grader_is_another_attempt(book: Gradebook) -> None:
    _record(book, verdict())
    assert _record(book, verdict(seed=8))
    assert book.record(verdict(), grader_version="0.2.0", versions=VERSIONS)
    assert len(book.history("04-softmax-classifier", "ada")) == 3


def test_a_lost_verdict_is_kept_but_does_not_count_as_finished(book: Gradebook) -> None:
    assert _record(book, verdict(lost=True))
    assert book.recorded(**KEY) == set()
    assert not book.has("ada", "ab" * 32, 7, **KEY)


def test_a_lost_verdict_is_tried_again_with_the_same_seed_until_it_is_settled(book: Gradebook) -> None:
    assert _record(book, verdict(lost=True, seconds=1.0))
    assert _record(book, verdict(lost=True, seconds=2.0))
    assert not _record(book, verdict(lost=True, seconds=2.0)), "the very same verdict twice"
    assert _record(book, verdict())
    assert not _record(book, verdict(lost=True, seconds=3.0)), "after a settled one nothing more is recorded"
    assert book.latest("04-softmax-classifier") == (verdict(),)
    assert book.recorded(**KEY) == {("ada", "ab" * 32, 7)}
    assert book.has("ada", "ab" * 32, 7, **KEY)


def test_the_latest_verdict_of_each_student_is_the_newest_one(book: Gradebook) -> None:
    for student in ("grace", "ada"):
        for seed in (1, 2, 3):
            _record(book, verdict(student, seed=seed))
    assert [(v.submission, v.seed) for v in book.latest("04-softmax-classifier")] == [("ada", 3), ("grace", 3)]
    assert book.latest("01-tensors") == ()


def test_the_course_key_is_made_once_and_is_32_bytes(tmp_path: Path) -> None:
    with Gradebook.open(tmp_path / "book.db") as first, Gradebook.open(tmp_path / "book.db") as second:
        assert first.course_key() == second.course_key()
        assert len(first.course_key()) == 32
    with Gradebook.open(tmp_path / "other.db") as other:
        assert other.course_key() != first.course_key()


def test_only_the_owner_reads_a_new_gradebook(book: Gradebook) -> None:
    assert stat.S_IMODE(Path(book.place).stat().st_mode) == 0o600


def test_a_seed_may_use_all_64_bits(book: Gradebook) -> None:
    _record(book, verdict(seed=2**64 - 1))
    assert book.has("ada", "ab" * 32, 2**64 - 1, **KEY)


def test_names_that_no_database_takes_are_stored_as_escapes_and_found_again(book: Gradebook) -> None:
    name = "j\udce4n\0"
    _record(book, verdict(name))
    assert [v.submission for v in book.latest("04-softmax-classifier")] == ["j\\udce4n\\x00"]
    assert book.has(name, "ab" * 32, 7, **KEY)
    assert len(book.history("04-softmax-classifier", name)) == 1


def test_points_that_are_no_number_are_refused(book: Gradebook) -> None:
    last = verdict().findings[-1]
    unmeasured = msgspec.structs.replace(last.measured[0], high=float("inf"))
    odd = msgspec.structs.replace(last, measured=(unmeasured,))
    for broken in (
        msgspec.structs.replace(verdict(), seconds=float("nan")),
        msgspec.structs.replace(verdict(), findings=(odd,)),
    ):
        with pytest.raises(AutograderError, match="not finite"):
            _record(book, broken)
    assert book.history("04-softmax-classifier", "ada") == ()


# Every code point, lone surrogates and NUL too: nothing that a student names or prints may stop a batch.
texts = st.text(st.characters(), max_size=20)
numbers = st.floats(allow_nan=False, allow_infinity=False)
measurements = st.builds(
    Measured,
    name=texts,
    value=numbers,
    low=numbers,
    high=numbers,
    full=numbers,
    half=numbers,
    larger_is_better=st.booleans(),
    ceiling=st.none() | st.tuples(numbers, numbers),
    examples=st.integers(0, 2**40),
    run=st.integers(1, 2),
)
findings = st.builds(
    Finding,
    check=texts,
    exercise=texts,
    outcome=st.sampled_from(Outcome),
    reason=st.sampled_from(Reason),
    points=st.floats(0, 100),
    max_points=st.floats(0, 100),
    message=texts,
    hint=texts,
    diagnosis=texts,
    measured=st.lists(measurements, max_size=2).map(tuple),
    detail=texts,
    public=st.booleans(),
    seconds=numbers,
    series=st.dictionaries(texts, st.lists(st.floats(allow_nan=False), max_size=4), max_size=2),
    answer=texts,
)
verdicts = st.builds(
    Verdict,
    submission=texts,
    digest=texts,
    assignment=st.just("a"),
    version=texts,
    seed=st.integers(-(2**70), 2**70),
    isolation=texts,
    seconds=numbers,
    findings=st.lists(findings, max_size=3).map(tuple),
    notes=st.lists(texts, max_size=2).map(tuple),
)


@settings(max_examples=50, deadline=None)
@given(verdicts)
def test_any_verdict_comes_back_as_it_was_stored(one: Verdict) -> None:
    with Gradebook.open("sqlite://") as book:
        assert book.record(one, grader_version="0", versions={})
        assert book.latest("a") == (storable_verdict(one),)


@settings(deadline=None)
@given(texts.filter(lambda text: "\0" not in text and text.isprintable()))
def test_ordinary_text_is_stored_as_it_is(text: str) -> None:
    assert storable(text) == text
