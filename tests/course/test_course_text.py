from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.course.text import check_title, file_stem, number, one_line, plain

anything = st.text(st.characters(), max_size=200)
escapes = st.lists(
    st.sampled_from(
        ["\x1b[31m", "\x1b]0;title\x07", "\x1b]8;;http://x\x1b\\", "\x9b2J", "\x1bc", "\x1b[", "\x1b", "red"]
    )
).map("".join)
RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}


@settings(deadline=None)
@given(st.one_of(anything, escapes))
def test_plain_text_holds_no_escape_codes_no_controls_and_no_marks_that_reorder_it(text: str) -> None:
    shown = plain(text)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f]", shown)
    shown.encode("utf-8")


@settings(deadline=None)
@given(anything, st.integers(1, 50), st.integers(1, 5))
def test_plain_text_is_bounded_in_characters_and_lines(text: str, limit: int, lines: int) -> None:
    shown = plain(text, limit=limit, lines=lines)
    assert len(shown) <= limit + 40
    assert shown.count("\n") <= lines


@settings(deadline=None)
@given(st.text(st.characters(categories=["L", "N", "P", "Sm"]), max_size=80))
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[1;31mError\x1b[0m", "Error"),
        ("\x1b]8;;http://evil\x1b\\click\x1b]8;;\x1b\\", "click"),
        ("10%\r50%\r100%\r\ndone", "10%\n50%\n100%\ndone"),
        ("safe\u202egpj.exe", "safegpj.exe"),
        ("a\tb\0\x08", "a    b"),
        ("z" + "\u0301" * 500, "z" + "\u0301" * 3),
        ("\ud800", "\ufffd"),
    ],
)
def test_hostile_output_becomes_what_it_says(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_what_is_cut_off_is_counted() -> None:
    assert plain("x" * 1_000_000, limit=10) == "x" * 10 + "\n… (999990 more characters)"
    assert one_line("x" * 1_000_000, limit=10) == "x" * 9 + "…"


names = st.one_of(
    anything,
    st.sampled_from(["", "..", "/etc/passwd", "../../x", "C:\\x", "CON", "nul", "index", "a" * 5000, "Ada", "ada"]),
)


@settings(deadline=None)
@given(names)
def test_a_students_file_name_is_safe_everywhere(name: str) -> None:
    stem = file_stem(name)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", stem)
    assert len(stem) <= 51
    assert stem not in RESERVED | {"index"}


@settings(deadline=None)
@given(names, names)
def test_two_students_never_share_a_file_even_where_case_does_not_count(one: str, other: str) -> None:
    assert (file_stem(one).casefold() == file_stem(other).casefold()) == (one == other)


@settings(deadline=None)
@given(st.floats(0, 1000))
def test_points_are_written_with_at_most_two_decimals(value: float) -> None:
    assert re.fullmatch(r"\d+(\.\d?[1-9])?", number(value))
    assert abs(float(number(value)) - value) <= 0.0051


def test_a_checks_name_reads_as_a_sentence() -> None:
    assert check_title("hidden/test_x.py::test_loss_is_a_mean[case-1]") == "Loss is a mean"
    assert check_title("test_") == "A check without a name"
