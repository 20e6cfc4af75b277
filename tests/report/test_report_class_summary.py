"""The end of a batch on a terminal: everybody where there are few, the spread where there are many."""

from __future__ import annotations

import io
import random

import msgspec
import pytest
from rich.cells import cell_len
from rich.console import Console
from sample_class import ASSIGNMENT, perfect, rejected, verdict

from autograder.course import Outcome, Verdict
from autograder.report.class_summary import MOST_IN_TABLE, MOST_LOWEST, MOST_OF_EACH, ClassSummary


def shown(summary: ClassSummary, width: int = 100, encoding: str = "utf-8") -> list[str]:
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding, write_through=True)
    Console(file=file, width=width, force_terminal=True, color_system=None, highlight=False).print(summary)
    assert isinstance(file.buffer, io.BytesIO)
    return file.buffer.getvalue().decode(encoding).splitlines()


def scored(name: str, share: float) -> Verdict:
    """With that share of the points, from 0 to 1."""
    whole = perfect(name)
    findings = [
        msgspec.structs.replace(
            f, points=share * f.max_points, outcome=Outcome.PASSED if share == 1 else Outcome.FAILED
        )
        for f in whole.findings
    ]
    return msgspec.structs.replace(whole, findings=tuple(findings))


def with_outcome(name: str, outcome: Outcome) -> Verdict:
    whole = perfect(name)
    first = msgspec.structs.replace(whole.findings[0], outcome=outcome, points=0)
    return msgspec.structs.replace(whole, findings=(first, *whole.findings[1:]))


def summary(*verdicts: Verdict) -> ClassSummary:
    made = ClassSummary(ASSIGNMENT)
    for one in verdicts:
        made.add(one)
    return made


def test_a_small_class_is_the_table_of_everybody_by_name() -> None:
    made = summary(*(perfect(f"student-{number:02}") for number in reversed(range(MOST_IN_TABLE))))
    assert made.whole
    rows = [line for line in shown(made) if line.startswith("student-")]
    assert [row.split()[0] for row in rows] == [f"student-{number:02}" for number in range(MOST_IN_TABLE)]


def test_a_large_class_is_its_spread_and_those_to_look_at() -> None:
    numbers = list(range(900))
    random.Random(0).shuffle(numbers)
    made = summary(*(scored(f"student-{number:03}", number / 899) for number in numbers))
    assert not made.whole
    assert len(made) == 900
    lines = shown(made)
    bins = [line.split("%")[1].split()[0] for line in lines if " %  " in line and "█" in line]
    assert bins[0] == "1"
    assert sum(map(int, bins)) == 900
    assert {int(many) for many in bins[1:]} == {89, 90}
    assert lines[0] == "A softmax classifier: 900 submissions"
    assert "Of 20 points: median 10, mean 10, the middle half 4.99 to 15.01" in lines
    lowest = lines[lines.index("lowest (8 of 900)") :]
    assert [line.split()[0] for line in lowest if line.startswith("student-")] == [
        f"student-{number:03}" for number in range(MOST_LOWEST)
    ]
    assert len(lines) < 50


def test_whoever_is_not_judged_or_not_read_is_named_and_not_in_the_spread() -> None:
    few = [
        *(with_outcome(f"lost-{number}", Outcome.LOST) for number in range(20)),
        *(with_outcome(f"broken-{number}", Outcome.BROKEN) for number in range(3)),
        rejected("unreadable-1"),
    ]
    made = summary(*(perfect(f"student-{number}") for number in range(100)), *few)
    lines = shown(made)
    assert f"not judged or not read ({MOST_OF_EACH + 4} of 24)" in lines
    named = [line.split()[0] for line in lines if line.startswith(("lost-", "broken-", "unreadable-"))]
    assert named == [*(f"lost-{n}" for n in range(5)), "broken-0", "broken-1", "broken-2", "unreadable-1"]
    assert next(line for line in lines if line.lstrip().startswith("100 %")).split()[2] == "100"
    assert not any(line.startswith("lowest") for line in lines), "nobody judged has less than all"


@pytest.mark.parametrize("width", [40, 80, 120])
def test_it_fits_every_terminal(width: int) -> None:
    made = summary(*(scored(f"student-{number}" * 5, number / 60) for number in range(60)), verdict("x" * 300))
    assert all(cell_len(line) <= width for line in shown(made, width))


def test_it_says_the_same_in_ascii() -> None:
    made = summary(*(scored(f"student-{number}", number / 60) for number in range(60)))
    assert any("90 - 99 %" in line and "#" in line for line in shown(made, encoding="ascii"))


def test_an_empty_class_shows_no_row() -> None:
    assert len(summary()) == 0
    assert shown(summary())
