from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from sample_profiles import class_profiles

from autograder.course import Part, Profile, Span
from autograder.report.profile import Profiling
from autograder.report.profile_terminal import terminal_profile


def _shown(profiles: list[tuple[str, Profile]], width: int = 100, encoding: str = "utf-8") -> list[str]:
    profiling = Profiling()
    for name, one in profiles:
        profiling.add(name, one)
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding, write_through=True)
    console = Console(file=file, width=width, force_terminal=True, color_system=None)
    console.print(terminal_profile(profiling.summary()))
    assert isinstance(file.buffer, io.BytesIO)
    return file.buffer.getvalue().decode(encoding).splitlines()


def test_every_part_has_its_median_its_spread_and_its_share() -> None:
    lines = _shown(class_profiles(300))
    assert lines[0].startswith("where the time of 300 submissions went: ")
    (walls,) = [line for line in lines if line.startswith("walls")]
    assert walls.split() == ["walls", "1.7", "ms", "1.2", "ms", "–", "2.2", "ms", "2", "%", "━"]
    assert sum("━" in line for line in lines) == 10


def test_the_five_slowest_checks_are_named_with_what_the_students_code_took() -> None:
    lines = _shown(class_profiles(40, training=4.0))
    start = next(n for n, line in enumerate(lines) if line.startswith("slowest checks"))
    assert lines[start].split("  ")[-1].strip() == "student's code"
    assert len(lines) == start + 2 + 5
    assert all("Training" in line and "100 %" in line for line in lines[start + 2 : start + 4])


def test_one_submission_has_no_spread() -> None:
    text = "\n".join(_shown(class_profiles(1)))
    assert "where the time of 1 submission went" in text
    assert "median" not in text
    assert "within" not in text


def test_a_narrow_terminal_leaves_out_whole_columns() -> None:
    text = "\n".join(_shown(class_profiles(40), width=46))
    assert "checks: the student's code" in text
    assert "share" in text
    assert "within" not in text
    assert "…" not in text


def test_a_terminal_without_unicode_gets_plain_characters() -> None:
    lines = _shown(class_profiles(3), encoding="ascii")
    assert any("====" in line for line in lines)


def test_a_batch_that_was_only_rejected_has_no_checks_to_show() -> None:
    lines = _shown([("mallory", Profile(spans=(Span(part=Part.RECORD, start=0, seconds=0.002),), seconds=0.002))])
    assert not any("slowest" in line for line in lines)


@pytest.mark.parametrize("hostile", ["test_[bold]x[/bold]", "test_\x1b[2J\u202evil", "test_" + "x" * 5000])
def test_a_check_with_an_odd_name_is_only_ever_text(hostile: str) -> None:
    one = Profile(spans=(Span(part=Part.CHECK, name=hostile, start=0, seconds=1.0),), seconds=1.0)
    text = "\n".join(_shown([("ada", one)]))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert max(cell_len(line) for line in text.splitlines()) <= 100


@settings(max_examples=25, deadline=None)
@given(st.integers(20, 200), st.integers(1, 5))
def test_no_line_is_wider_than_the_terminal(width: int, students: int) -> None:
    assert max(cell_len(line) for line in _shown(class_profiles(students, training=2.0), width)) <= width
