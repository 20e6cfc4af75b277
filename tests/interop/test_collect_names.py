"""Properties of what is read out of names: what a platform writes is found again, and nothing raises."""

from __future__ import annotations

import contextlib
import string
import unicodedata
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from autograder.errors import AutograderError
from autograder.grading import paths
from autograder.interop.collect import blackboard, brightspace, canvas, moodle, nbgrader, read_roster
from autograder.interop.collect.attempts import Student
from autograder.interop.collect.moments import moment_in
from autograder.interop.collect.naming import folder_names, safe_name

NAMES = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=40)
PEOPLE = st.from_regex(r"[^\W\d_][\w' .\-]{0,30}[^\W\d_]", fullmatch=True)
FILES = st.from_regex(r"[\w .\-()]{1,30}\.(ipynb|py|zip)", fullmatch=True)
NUMBERS = st.integers(1, 10**12)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda d: d.replace(second=0, microsecond=0))


@given(st.from_regex(r"[a-zà-ž'\-]{1,30}", fullmatch=True), st.booleans(), NUMBERS, NUMBERS, FILES)
def test_canvas_names_are_read_back(name: str, late: bool, user: int, attachment: int, file: str) -> None:
    found = canvas.file_name(f"{name}{'_LATE' if late else ''}_{user}_{attachment}_{file}")
    assert found is not None
    assert (found["name"], bool(found["late"]), found["user"], found["attachment"], found["file"]) == (
        *(name, late, str(user), str(attachment)),
        file,
    )


@given(PEOPLE, NUMBERS, FILES, st.booleans())
def test_moodle_names_are_read_back(name: str, number: int, file: str, flat: bool) -> None:
    found = moodle.file_name(f"{name}_{number}_assignsubmission_file{'_' if flat else '/'}{file}")
    assert found is not None
    assert (found["name"], found["id"], found["flat"] if flat else found["below"]) == (name, str(number), file)


@given(NAMES, MOMENTS, FILES)
def test_blackboard_names_are_read_back(before: str, moment: datetime, file: str) -> None:
    when = moment.strftime("%Y-%m-%d-%H-%M-%S")
    found = blackboard.file_name(f"{before}_attempt_{when}_{file}")
    assert found is not None
    if "_attempt_" not in before:
        assert (found["before"], found["when"], found["file"]) == (before, when, file)


@given(NUMBERS, NUMBERS, PEOPLE, MOMENTS, FILES, st.booleans())
def test_brightspace_names_are_read_back(
    first: int, second: int, name: str, moment: datetime, file: str, flat: bool
) -> None:
    half = f"{(moment.hour - 1) % 12 + 1}{moment.minute:02} {'AM' if moment.hour < 12 else 'PM'}"
    when = f"{moment.strftime('%b')} {moment.day}, {moment.year} {half}"
    found = brightspace.file_name(f"{first}-{second} - {name} - {when}{' - ' if flat else '/'}{file}")
    assert found is not None
    assert (found["first"], found["second"], found["name"]) == (str(first), str(second), name)
    assert (found["flat"] if flat else found["below"]).strip() == file.strip()
    assert moment_in(found["when"]) == moment.astimezone()


@given(st.from_regex(r"[\w.@\-]{1,20}", fullmatch=True), st.from_regex(r"[\w\-]{1,20}", fullmatch=True), MOMENTS)
def test_nbgrader_inbound_names_are_read_back(student: str, assignment: str, moment: datetime) -> None:
    for token in ("", "+AbC-_9"):
        found = nbgrader.inbound_name(f"{student}+{assignment}+{moment:%Y-%m-%d %H:%M:%S.%f} UTC{token}")
        assert found is not None
        assert (found["student"], found["assignment"]) == (student, assignment)
        read = moment_in(found["when"])
        assert read is not None
        assert read.replace(tzinfo=None) == moment
        assert read.utcoffset() == timedelta(0)


@given(st.text(max_size=200))
def test_no_name_makes_a_parser_raise(name: str) -> None:
    canvas.file_name(name)
    moodle.file_name(name)
    blackboard.file_name(name)
    brightspace.file_name(name)
    nbgrader.inbound_name(name)
    moment_in(name)
    with contextlib.suppress(AutograderError):
        moodle.read_worksheet(name)


def test_long_names_are_read_in_linear_time() -> None:
    """Each of these would take hours by trying every way."""
    for text in (
        "_1" * 100_000,
        "a_" * 100_000,
        "- " * 100_000,
        "_attempt_" * 30_000,
        "+" * 200_000,
        "1-1 - " * 40_000,
    ):
        for parse in (canvas, moodle, blackboard, brightspace):
            parse.file_name(text)
        nbgrader.inbound_name(text)


@given(NAMES)
def test_a_safe_name_is_safe_and_stays_as_it_is(name: str) -> None:
    safe = safe_name(name)
    assert safe == safe_name(safe)
    assert not safe or not paths.name_fault(safe)
    assert len(safe.encode()) <= 120
    assert not safe.startswith((".", "-"))
    assert all(unicodedata.category(c)[0] in "LMN" or c in "._-" for c in safe)


@given(st.lists(st.tuples(NAMES, NAMES), max_size=12, unique_by=lambda pair: pair[0]))
def test_every_student_has_a_name_of_their_own_whatever_the_order(pairs: list[tuple[str, str]]) -> None:
    students = [Student(key, name) for key, name in pairs]
    names = folder_names(students, {})
    assert set(names) == {student.key for student in students}
    assert len({unicodedata.normalize("NFKC", name).casefold() for name in names.values()}) == len(students)
    assert names == folder_names(reversed(students), {})
    assert folder_names(students, names) == names


@given(st.text(string.printable, max_size=200))
def test_no_roster_raises_anything_but_its_own_error(text: str) -> None:
    with contextlib.suppress(AutograderError):
        assert all(read_roster(text).values())
