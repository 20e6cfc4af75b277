from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_verdicts import VERSIONS, verdict

from autograder.course import Part, Profile, Span, Verdict
from autograder.errors import AutograderError
from autograder.gradebook import Gradebook, Profiled
from autograder.gradebook.rows import storable

ASSIGNMENT = "04-softmax-classifier"
PROFILE = Profile(
    spans=(
        Span(part=Part.FORK, start=0.0, seconds=0.004),
        Span(part=Part.CHECK, name="test_0", start=0.004, seconds=0.25),
        Span(part=Part.RECORD, start=0.254, seconds=0.001),
    ),
    seconds=0.255,
)
SLOWER = Profile(spans=(), seconds=2.0)


def _record(book: Gradebook, one: Verdict) -> None:
    book.record(one, grader_version="0.1.0", versions=VERSIONS)


@pytest.fixture
def book(tmp_path: Path) -> Gradebook:
    return Gradebook.open(tmp_path / "gradebook.db")


def test_a_profile_comes_back_with_the_student_of_its_attempt(book: Gradebook) -> None:
    _record(book, verdict())
    book.profiles.record({1: PROFILE})
    assert list(book.profiles.latest(ASSIGNMENT)) == [Profiled("ada", PROFILE)]
    assert list(book.profiles.latest("01-tensors")) == []


def test_a_profile_belongs_to_an_attempt(book: Gradebook) -> None:
    with pytest.raises(AutograderError, match="FOREIGN KEY"):
        book.profiles.record({1: PROFILE})


def test_an_attempt_has_one_profile_for_ever(book: Gradebook) -> None:
    _record(book, verdict())
    book.profiles.record({1: PROFILE})
    book.profiles.record({1: SLOWER})
    assert [one.profile for one in book.profiles.latest(ASSIGNMENT)] == [PROFILE]


def test_only_the_profile_of_a_students_newest_attempt_is_told(book: Gradebook) -> None:
    for student in ("grace", "ada"):
        _record(book, verdict(student))
    book.profiles.record({1: SLOWER, 2: SLOWER})
    _record(book, verdict("ada", seed=8))
    assert [one.submission for one in book.profiles.latest(ASSIGNMENT)] == ["grace"]
    book.profiles.record({3: PROFILE})
    assert list(book.profiles.latest(ASSIGNMENT)) == [Profiled("ada", PROFILE), Profiled("grace", SLOWER)]


def test_the_profiles_of_a_large_class_come_in_chunks_that_leave_nobody_out() -> None:
    book = Gradebook.open("sqlite://")
    names = [f"student {n:04}" for n in range(1_100)]
    for name in names:
        _record(book, verdict(name, checks=1))
    book.profiles.record({n: Profile(spans=PROFILE.spans, seconds=float(n)) for n in range(1, len(names) + 1)})
    book.profiles.record({})
    found = list(book.profiles.latest(ASSIGNMENT))
    assert [one.submission for one in found] == names
    assert [one.profile.seconds for one in found] == [float(n) for n in range(1, len(names) + 1)]


@pytest.mark.parametrize("statement", ["UPDATE profile SET seconds = 0", "DELETE FROM profile"])
def test_the_database_itself_refuses_to_change_or_delete_profiles(book: Gradebook, statement: str) -> None:
    _record(book, verdict())
    book.profiles.record({1: PROFILE})
    raw = sqlite3.connect(book.place, isolation_level=None)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(statement)
    raw.close()


def test_attempts_from_before_there_were_profiles_have_none(book: Gradebook) -> None:
    _record(book, verdict())
    assert list(book.profiles.latest(ASSIGNMENT)) == []
    assert len(book.latest(ASSIGNMENT)) == 1


times = st.integers(0, 10**9).map(lambda microseconds: microseconds / 1e6)
spans = st.builds(
    Span, part=st.sampled_from(Part), name=st.text(st.characters(), max_size=20), start=times, seconds=times
)
profiles = st.builds(Profile, spans=st.lists(spans, max_size=5).map(tuple), seconds=times)


@settings(max_examples=30, deadline=None)
@given(profiles)
def test_any_profile_comes_back_as_it_was_stored(one: Profile) -> None:
    with Gradebook.open("sqlite://") as book:
        _record(book, verdict())
        book.profiles.record({1: one})
        (found,) = book.profiles.latest(ASSIGNMENT)
    assert found.profile.seconds == one.seconds
    assert [(s.part, s.start, s.seconds) for s in found.profile.spans] == [
        (s.part, s.start, s.seconds) for s in one.spans
    ]
    assert [s.name for s in found.profile.spans] == [storable(s.name) for s in one.spans]
