from __future__ import annotations

import io

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from sample_class import ASSIGNMENT, FINDINGS, lost, passed, perfect, rejected, small_class, verdict

from autograder.course import Device, Exercise
from autograder.report import CheckCounts, terminal_statistics, terminal_table

NAMES = (
    *("softmax", "log_softmax", "cross_entropy", "notes_loss", "accuracy_sum", "accuracy_gradient"),
    *("binary", "mlp", "train_epoch", "initial_loss", "train"),
)
MANY = ASSIGNMENT.model_copy(
    update={
        "manifest": ASSIGNMENT.manifest.model_copy(
            update={"exercises": tuple(Exercise(name=name, title=name, points=4) for name in NAMES)}
        )
    }
)


def shown(*renderables: object, width: int = 110, encoding: str = "utf-8") -> list[str]:
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding, write_through=True)
    Console(file=file, width=width, force_terminal=True, color_system=None).print(*renderables)
    assert isinstance(file.buffer, io.BytesIO)
    return file.buffer.getvalue().decode(encoding).splitlines()


def line_of(name: str, lines: list[str]) -> str:
    return next(line for line in lines if line.startswith(name))


def test_the_terminal_table_says_everything_without_colour() -> None:
    lines = shown(terminal_table(ASSIGNMENT, small_class()))
    assert lines[0] == ASSIGNMENT.manifest.title
    assert lines[1].split() == ["student", "softmax", "cross_entropy", "train", "total", "percent", "note"]
    assert line_of("Ada", lines).split() == [
        "Ada",
        "Lovelace",
        "2",
        "3",
        "7.5",
        "12.5",
        "/",
        "20",
        "62",
        "%",
        "1",
        "broken",
    ]
    assert line_of("mallory", lines).rstrip().endswith("0 %  unsafe archive")


def test_a_note_says_how_many_checks_ran_on_the_cpu_for_want_of_a_gpu() -> None:
    fallen = tuple(msgspec.structs.replace(f, device=Device.CPU_INSTEAD) for f in FINDINGS[:2])
    (line,) = (
        line
        for line in shown(terminal_table(ASSIGNMENT, [verdict("Zoe", (*fallen, *FINDINGS[2:]))]), width=200)
        if line.startswith("Zoe")
    )
    assert "2 on the CPU, for want of a GPU" in line


def test_a_class_without_anything_to_note_has_no_column_for_it() -> None:
    assert "note" not in shown(terminal_table(ASSIGNMENT, [perfect("Grace")]))[1]


def test_where_columns_do_not_fit_each_exercise_is_a_mark_and_a_legend_names_them() -> None:
    mixed = [passed(name, f"test_{name}", 4) for name in NAMES if name != "mlp"]
    wrong, partial, broken = FINDINGS[2], FINDINGS[7], FINDINGS[6]
    others = [
        type(f)(**{**{k: getattr(f, k) for k in f.__struct_fields__}, "exercise": exercise})
        for f, exercise in ((wrong, "mlp"), (partial, "train"), (broken, "notes_loss"))
    ]
    kept = [f for f in mixed if f.exercise not in ("accuracy_sum",)]
    lines = shown(terminal_table(MANY, [verdict("Ada", (*kept, *others))]), width=80)
    assert lines[1].split()[:4] == ["student", "12345", "67890", "1"]
    assert line_of("Ada", lines).split()[1:4] == ["●●●?·", "●●○●●", "◐"]
    assert lines[1].index("1") == line_of("Ada", lines).index("●")
    legend = "\n".join(lines[5:])
    assert "● full   ◐ part   ○ none   ? not judged   · not checked" in legend
    assert [f"{place} {name}" in legend for place, name in enumerate(NAMES, 1)] == [True] * 11


def test_a_terminal_that_knows_only_ascii_gets_ascii_marks() -> None:
    lines = shown(terminal_table(MANY, [rejected("eve")]), width=70, encoding="ascii")
    # The rejected one has findings on softmax, cross_entropy and train alone.
    assert line_of("eve", lines).split("|")[1].split() == ["-.-..", ".....", "-"]
    assert any(line.strip() == "- none   . not checked" for line in lines)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.text(st.characters(), max_size=60), min_size=1, max_size=4, unique=True),
    st.integers(66, 240),
    st.booleans(),
)
def test_no_line_is_ever_wider_than_the_terminal(names: list[str], width: int, many: bool) -> None:
    verdicts = [lost(names[0]), *(rejected(name) for name in names[1:])]
    assignment = MANY if many else ASSIGNMENT
    lines = shown(terminal_table(assignment, verdicts), width=width)
    assert max(cell_len(line) for line in lines) <= width
    rows = [line for line in lines if " / 20 " in line]
    assert len(rows) == len(names)


@pytest.mark.parametrize("width", [80, 120, 200])
def test_numbers_and_notes_are_whole_at_ordinary_widths(width: int) -> None:
    lines = shown(terminal_table(MANY, [rejected("x" * 90), lost("Blaise")]), width=width)
    assert line_of("xxx", lines).rstrip().endswith("0 / 20      0 %  unsafe archive")
    assert line_of("Blaise", lines).rstrip().endswith("1 broken, 1 lost")


def test_a_hostile_name_cannot_colour_clear_or_widen_the_terminal() -> None:
    names = ["\x1b[2J[red]gone[/red]", "x" * 5000, "[/]", "a\nb"]
    lines = shown(terminal_table(ASSIGNMENT, [verdict(name) for name in names]))
    text = "\n".join(lines)
    assert "\x1b[2J" not in text
    assert "[red]gone[/red]" in text
    assert "xxx…" in text
    assert max(len(line) for line in lines) <= 110
    assert "a b" in text


def test_an_empty_class_is_an_empty_table() -> None:
    assert shown(terminal_table(ASSIGNMENT, []))[1].split()[0] == "student"


def test_the_statistics_show_broken_and_lost_checks_too() -> None:
    text = "\n".join(shown(terminal_statistics(CheckCounts([verdict(), lost("Blaise")]).ordered(), limit=1)))
    assert "2 of 2" in text
    assert "2 broken" in text
    assert "1 lost" in text
