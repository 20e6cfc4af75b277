from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_class import ASSIGNMENT, perfect, verdict
from sample_profiles import class_profiles, profile

from autograder.course import Part, Profile, Span
from autograder.gradebook import Profiled
from autograder.report import write_feedback
from autograder.report.plots import stacks
from autograder.report.profile_page import ProfileSection, profile_section

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def _profiled(students: int, training: float = 0.0) -> list[Profiled]:
    return [Profiled(name, one) for name, one in class_profiles(students, training)]


def _section(profiles: list[Profiled]) -> ProfileSection:
    section = profile_section(profiles, {}, "x")
    assert section is not None
    return section


def _index(folder: Path, profiles: list[Profiled]) -> str:
    verdicts = [perfect(one.submission) for one in profiles]
    return write_feedback(ASSIGNMENT, verdicts, folder, profiles=profiles)[-1].read_text(encoding="utf-8")


def test_the_overview_shows_parts_slow_checks_and_slow_submissions_with_their_pages(tmp_path: Path) -> None:
    text = _index(tmp_path, _profiled(30))
    for words in ("Where the time went", "30 submissions. Half of them took at most", "Walls", "Slowest checks"):
        assert words in text
    slowest = text[text.index("Slowest submissions") :]
    (first,) = re.findall(r'<a href="(student-0007-\w+\.html)">student 0007</a></bdi><span class="number">', slowest)
    assert (tmp_path / first).is_file()


def test_no_students_page_says_what_took_how_long(tmp_path: Path) -> None:
    pages = write_feedback(ASSIGNMENT, [verdict("student 0001")], tmp_path, profiles=_profiled(1))
    assert "time went" not in pages[0].read_text(encoding="utf-8")
    assert "time went" in pages[-1].read_text(encoding="utf-8")


def test_without_profiles_the_overview_has_no_such_section(tmp_path: Path) -> None:
    assert profile_section([], {}, "x") is None
    assert "time went" not in write_feedback(ASSIGNMENT, [verdict()], tmp_path)[-1].read_text(encoding="utf-8")


def test_the_same_profiles_give_the_same_bytes(tmp_path: Path) -> None:
    assert _index(tmp_path / "a", _profiled(60)) == _index(tmp_path / "b", _profiled(60))


def test_one_submission_is_a_bar_and_is_not_compared_with_itself(tmp_path: Path) -> None:
    section = _section(_profiled(1))
    assert section.picture == ""
    assert section.slowest == ()
    assert sum(float(one.width) for one in section.bar) == pytest.approx(100, abs=0.1)
    assert "8 of 10" not in _index(tmp_path, _profiled(1))


def test_a_few_slow_ones_do_not_flatten_the_others() -> None:
    section = _section(_profiled(100))
    assert "columns of the slowest are cut off" in section.caption
    assert "cut off" not in _section([Profiled(str(n), profile()) for n in range(9)]).caption


def test_a_class_of_thousands_gives_a_small_picture() -> None:
    section = _section(_profiled(3000))
    assert section.caption.startswith("48 of the submissions")
    assert len(section.picture) < 60_000


def test_the_picture_follows_the_page_and_holds_no_names() -> None:
    section = _section(_profiled(20))
    root = ElementTree.fromstring(section.picture)
    assert {element.tag.split("}")[-1] for element in root.iter()} <= {
        *("svg", "g", "path", "text", "defs", "clipPath", "rect", "style", "use")
    }
    assert all(f"var(--tint-{n})" in section.picture for n in range(1, 8))
    assert "#0102" not in section.picture
    assert "student" not in section.picture
    assert "Training" not in section.picture


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.floats(0, 1e6), min_size=7, max_size=7), min_size=1, max_size=6), st.floats(1e-6, 1e6))
def test_any_stacks_can_be_drawn(columns: list[list[float]], top: float) -> None:
    ElementTree.fromstring(stacks(columns, top, "x"))


@pytest.mark.parametrize("hostile", [SCRIPT, "\x1b[2J\x1b]0;x\x07", "\u202eevil", "x" * 300_000])
def test_hostile_names_are_only_ever_text(tmp_path: Path, hostile: str) -> None:
    span = Span(part=Part.CHECK, name=f"test_{hostile}", start=0.0, seconds=0.5)
    text = _index(tmp_path, [Profiled(hostile, Profile(spans=(span,), seconds=0.5)), *_profiled(3)])
    assert "<script" not in text
    assert "<img" not in text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\x9b\u202e]", text)
    assert len(text) < 100_000


def test_attempts_that_took_no_time_at_all_are_shown_too(tmp_path: Path) -> None:
    nothing = Profile(spans=(Span(part=Part.CHECK, name="test_x", start=0.0, seconds=0.0),), seconds=0.0)
    assert "0 ms" in _index(tmp_path, [Profiled("ada", nothing), Profiled("bob", nothing)])
