"""The report on a terminal: the verdict first, nothing wider than the terminal, no escape code from elsewhere."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console
from sample_verification import SUGGESTION, green, large, troubled, verification

from autograder.grading.verify.result import Verification
from autograder.report import terminal_verification


def shown(verified: Verification, width: int = 80, encoding: str = "utf-8") -> list[str]:
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="replace", write_through=True)
    Console(file=file, width=width, force_terminal=True, color_system=None).print(terminal_verification(verified))
    assert isinstance(file.buffer, io.BytesIO)
    return file.buffer.getvalue().decode(encoding).splitlines()


def test_the_first_words_are_the_verdict() -> None:
    assert shown(green())[0].startswith("04-softmax-classifier: green")
    assert shown(troubled())[0].startswith("04-softmax-classifier: NOT green: the reference")


def test_a_green_report_is_short_enough_for_one_screen() -> None:
    assert len(shown(green())) <= 24


@pytest.mark.parametrize("width", [60, 80, 120])
def test_nothing_is_wider_than_the_terminal(width: int) -> None:
    assert max(cell_len(line) for line in [*shown(troubled(), width), *shown(large(), width)]) <= width


def test_every_part_is_there_where_there_is_something_to_say() -> None:
    text = "\n".join(shown(troubled(), 120))
    for heading in (
        *("Broken promises (5)", "Survivors (2)", "Redundant checks (1)", "Checks that caught nothing (3)"),
        *("Exercises without a wrong answer (2)", "Checks that fail right answers (1)", "Slowest checks", "Notes (1)"),
        "Lenient checks (1)",
    ):
        assert f"\n{heading}\n" in text
    assert "test_softmax_of_one_row  softmax: all zeros" in text
    assert "shifted by one" not in text
    assert "Its author says: Nobody would notice" in text
    for line in SUGGESTION.splitlines():
        assert line in text


def test_a_survivors_diff_shows_what_was_changed() -> None:
    text = "\n".join(shown(troubled(), 120))
    assert "-    return shifted.exp() / shifted.exp().sum(dim, keepdim=True)" in text
    assert "+    return shifted.exp() / shifted.exp().sum(dim + 1, keepdim=True)" in text
    assert "--- solution" not in text


def test_of_very_many_survivors_the_first_ten_are_shown_and_the_rest_are_counted() -> None:
    text = "\n".join(shown(large(), 120))
    assert text.count("[[survivor]]") == 10
    assert "more: `--html FILE` and `--json` show them all" in text


def test_no_control_character_of_a_message_reaches_the_terminal() -> None:
    text = "".join(shown(troubled()))
    assert not {"\x1b", "\u202e"} & set(text)


def test_an_assignment_about_which_there_is_nothing_to_say_can_be_shown() -> None:
    assert shown(verification())[0].startswith("04-softmax-classifier: green")


def test_an_ascii_terminal_is_no_obstacle() -> None:
    assert shown(troubled(), encoding="ascii")[0].startswith("04-softmax-classifier: NOT green")
