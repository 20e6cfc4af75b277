"""What is shown while a batch works: the board, the lines, the pace, and how signals stop it."""

from __future__ import annotations

import dataclasses
import io
import os
import signal
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text
from sample_batch import finding, graded, whole_batch

from autograder.cli.board import Board
from autograder.cli.columns import cut, ends, packed, padded, shares
from autograder.cli.interrupts import AT_ONCE, STOPPING, Interrupts, handled
from autograder.cli.lines import line_of
from autograder.cli.notices import Notices
from autograder.cli.pace import WINDOW, Pace, clock, per_second
from autograder.cli.progress import Heading, progress
from autograder.course.written import written_finding
from autograder.grading.batch import Graded, Known, Planned, Retrying, Started, Stop
from autograder.grading.batch.events import SAME_BYTES
from autograder.report.standing import Standing, standing_of

HOSTILE = "evil [bold]name[/]\x1b[2J\r\nand\u202emore"


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def board(clock: Callable[[], float] | None = None, stop: Stop | None = None) -> Board:
    return Board("01-sums", lambda: "process, 2 at a time", stop or Stop(), clock or Clock())


def shown(board: Board, width: int = 80, height: int = 24, encoding: str = "utf-8") -> list[str]:
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding, write_through=True)
    console = Console(file=file, width=width, height=height, force_terminal=True, color_system=None, highlight=False)
    console.print(board)
    assert isinstance(file.buffer, io.BytesIO)
    return file.buffer.getvalue().decode(encoding).splitlines()


def answered(event: Graded, *words: str) -> Graded:
    """The same with an answer in words beside its checks for each of `words`; "" where nothing was written."""
    said = (written_finding(f"why_{place}", 3.0, text) for place, text in enumerate(words))
    verdict = msgspec.structs.replace(event.verdict, findings=(*event.verdict.findings, *said))
    return dataclasses.replace(event, verdict=verdict)


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (answered(graded("ada"), "Because."), "ada: 3/6, 3 to be graded by a person, 0.2 s"),
        (
            answered(graded("ada", "pff"), "Because.", ""),
            "ada: 1/9, 2 checks failed, 3 to be graded by a person, 1 not",
        ),
        (answered(graded("ada", "uuu")), "ada: 0/3, 3 checks failed, 0.2 s"),
    ],
)
def test_a_line_says_what_waits_for_a_person_and_calls_it_no_failure(event: Graded, line: str) -> None:
    made = line_of(event, standing_of(event.verdict))
    assert made.plain().startswith(line)
    assert "Why" not in made.said


def test_the_board_counts_the_checks_that_answer_and_no_answers_in_words() -> None:
    shows = board()
    shows.told(Planned(2, 2, 0))
    shows.told(answered(graded("ada"), "Because."))
    shows.told(Started("bob", "slot 1"))
    for number in range(3):
        shows.told(Known("bob", finding(number)))
    assert any("3 of 3" in line and "looked at once more" in line for line in shown(shows))


def test_the_board_says_how_far_it_is_how_fast_and_how_long_yet() -> None:
    time = Clock()
    shows = board(time)
    shows.told(Planned(20, 16, 0))
    for number in range(4):
        time.now += 0.5
        shows.told(graded(f"student-{number}", "ppp" if number else "pff"))
    lines = shown(shows)
    assert lines[0].split() == ["01-sums", "process,", "2", "at", "a", "time"]
    assert lines[1].endswith("4/16  25 %")
    assert "● 3 full   ◐ 1 part   ○ 0 none" in lines[2]
    assert lines[3] == "2.0/s, 0:02 so far, about 0:06 left"


def test_what_stood_in_the_gradebook_tells_nothing_about_the_pace() -> None:
    time = Clock()
    shows = board(time)
    shows.told(Planned(10, 10, 4))
    for number in range(3):
        shows.told(graded(f"known-{number}", fresh=False))
    assert "left" not in "".join(shown(shows))
    time.now = 1.0
    shows.told(graded("new"))
    lines = shown(shows)
    assert "(3 recorded before)" in lines[2]
    assert lines[3] == "1.0/s, 0:01 so far, about 0:05 left", "one of the six that are left is only looked up"


def test_what_cannot_be_read_tells_nothing_about_the_pace_either() -> None:
    shows = board()
    shows.told(Planned(10, 10, 0))
    shows.told(graded("wreck", "uuu"))
    assert "left" not in "".join(shown(shows))


def test_verdicts_of_the_same_bytes_are_told_apart() -> None:
    shows = board()
    shows.told(Planned(2, 2, 0))
    shows.told(Graded(graded("ada").verdict, False, SAME_BYTES, 0))
    assert "(1 recorded before, 1 of them with another's bytes)" in shown(shows)


def test_each_slot_shows_whom_it_has_how_far_and_how_long() -> None:
    time = Clock()
    shows = board(time)
    shows.told(Planned(9, 9, 0))
    shows.told(graded("first"))
    shows.told(Started("ada", "slot 2"))
    shows.told(Started("blaise", "slot 1"))
    shows.told(Known("ada", finding(1)))
    time.now = 2.0
    lines = shown(shows)
    assert lines[5].split() == ["slot", "1", "blaise", "0", "of", "3", "2.0", "s"]
    assert lines[6].split() == ["slot", "2", "ada", "1", "of", "3", "Sum", "1", "2.0", "s"]
    shows.told(Known("ada", finding(2)))
    shows.told(Known("ada", finding(3)))
    assert "3 of 3  looked at once more" in shown(shows)[6], "its verdict is not there yet"
    shows.told(graded("ada"))
    assert not any("slot 2" in line for line in shown(shows))


def test_more_slots_than_rows_show_those_that_take_longest_and_count_the_rest() -> None:
    time = Clock()
    shows = board(time)
    shows.told(Planned(900, 900, 0))
    for number in range(300):
        time.now += 0.1
        shows.told(Started(f"student-{number}", f"node-{number % 7} slot {number}"))
    for height in (8, 12, 24, 50, 200):
        lines = shown(shows, height=height)
        assert len(lines) < max(height, 12)
        assert any("student-0 " in line for line in lines)
        assert any("more in flight" in line for line in lines)


def test_what_is_tried_again_waits_on_the_board_until_it_starts() -> None:
    time = Clock()
    shows = board(time)
    shows.told(Planned(3, 3, 0))
    shows.told(Started("ada", "node-1 slot 1"))
    shows.told(Retrying("ada", "the node died", 1, 2.0))
    time.now = 0.5
    text = "\n".join(shown(shows))
    assert "tried again in 1.5 s: ada (the node died)" in text
    assert "node-1 slot 1" not in text
    shows.told(Started("ada", "node-2 slot 1"))
    text = "\n".join(shown(shows))
    assert "tried again" not in text
    assert "node-2 slot 1" in text


def test_the_board_says_that_it_is_stopping_and_no_more_how_long_it_takes() -> None:
    stop = Stop()
    shows = board(stop=stop)
    for event in [*whole_batch(3)][:-1]:
        shows.told(event)
    assert "left" in "".join(shown(shows))
    stop.further()
    assert STOPPING in shown(shows)
    assert "left" not in "".join(shown(shows))
    stop.further()
    assert AT_ONCE in shown(shows)


def test_what_stays_on_the_screen_is_the_count_alone() -> None:
    time = Clock()
    shows = board(time)
    for event in whole_batch(4):
        time.now += 0.25
        shows.told(event)
    shows.finish()
    lines = shown(shows)
    assert len(lines) == 4
    assert "4/4 100 %" in lines[1]
    assert lines[3] == "4 in 0:05, 1.3 s each"


@pytest.mark.parametrize("width", [20, 40, 80, 120, 250])
def test_no_line_is_longer_than_the_terminal_and_no_name_gets_out_of_its_line(width: int) -> None:
    shows = board()
    shows.told(Planned(9, 9, 0))
    for name in (HOSTILE, "x" * 500, "学生" * 60):
        shows.told(Started(name, HOSTILE))
        shows.told(Known(name, finding(1)))
        shows.told(graded(f"{name}!", "pfb"))
        shows.told(Retrying(f"{name}?", HOSTILE, 1, 1.0))
    lines = shown(shows, width)
    assert all(cell_len(line) <= width for line in lines)
    assert not any("\x1b" in line or "\u202e" in line for line in lines)
    assert len(lines) <= 24


def test_a_terminal_of_ascii_gets_ascii() -> None:
    shows = board()
    for event in whole_batch(5):
        shows.told(event)
    assert "#" in shown(shows, encoding="ascii")[1]


def test_memory_does_not_grow_with_the_class() -> None:
    shows = board()
    for event in whole_batch(3000):
        shows.told(event)
    assert len(shown(shows)) < 20
    assert not shows._in_flight
    assert len(shows._last) <= 5


def test_without_a_terminal_there_are_lines_and_a_sum(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(Heading("01-sums", lambda: "process"), Stop(), Notices()) as told:
        told(Planned(4, 3, 0))
        told(graded("ada", "pfb"))
        told(Retrying(HOSTILE, "the node\ndied", 1, 0.5))
        told(graded("blaise", fresh=False))
        told(graded("carol", "uuu"))
    captured = capsys.readouterr()
    assert captured.out == ""
    lines = captured.err.splitlines()
    assert lines[0] == "[1/3] ada: 1/3, 1 check failed, 1 could not be judged, 0.2 s"
    assert lines[1] == "tried again: evil [bold]name[/] andmore, the node died, in 0.5 s"
    assert lines[2] == "[2/3] blaise: 3/3, recorded before"
    assert lines[3] == "[3/3] carol: 0/3, 3 checks failed, 0.2 s"
    assert lines[4].startswith("3 in 0:00, ")
    assert lines[4].endswith(": 1 full, 1 unreadable, 1 broken")
    assert len(lines) == 5


@pytest.mark.parametrize(
    ("outcomes", "standing"),
    [
        ("ppp", Standing.FULL),
        ("pfp", Standing.PART),
        ("fff", Standing.NONE),
        ("uuu", Standing.UNREADABLE),
        ("fpb", Standing.BROKEN),
        ("bpl", Standing.LOST),
    ],
)
def test_every_verdict_stands_in_one_word(outcomes: str, standing: Standing) -> None:
    event = graded("ada", outcomes)
    assert standing_of(event.verdict) is standing
    assert line_of(event, standing).plain().startswith("ada: ")


def test_the_pace_is_that_of_the_last_submissions_and_falls_while_nothing_ends() -> None:
    pace = Pace(0.0)
    assert pace.rate(5.0) is None
    assert pace.left(5.0, 3) is None
    for number in range(WINDOW):
        pace.end(10.0 + number)
    for number in range(2 * WINDOW):
        pace.end(10.0 + WINDOW + number / 10)
    now = 10.0 + WINDOW + (2 * WINDOW - 1) / 10
    rate = pace.rate(now)
    assert rate is not None
    assert rate == pytest.approx(10.0)
    assert pace.left(now, 100) == pytest.approx(10.0)
    assert (pace.rate(now + 5) or 0) < rate
    assert pace.graded == 3 * WINDOW


def test_times_and_rates_are_written_as_people_say_them() -> None:
    assert [clock(s) for s in (0, 34.4, 725, 10880, -1)] == ["0:00", "0:34", "12:05", "3:01:20", "0:00"]
    assert [per_second(r) for r in (41.7, 2.34, 0.2, 0.004)] == ["42/s", "2.3/s", "5.0 s each", "4 min each"]


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Mn", "Me"]), max_size=60)


@given(texts, texts, st.integers(1, 80))
def test_columns_are_as_wide_as_they_are_asked_to_be(left: str, right: str, width: int) -> None:
    assert cut(Text(left), width).cell_len <= width
    assert padded(Text(left), width).cell_len == width
    assert ends(Text(left), Text(right), width).cell_len <= width
    assert all(line.cell_len <= width for line in packed([Text(left), Text(right)] * 3, width))


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=6), st.integers(0, 5000), st.integers(6, 200))
def test_every_part_of_a_bar_that_is_there_is_seen_and_they_never_get_too_long(
    counts: list[int], more: int, cells: int
) -> None:
    whole = sum(counts) + more
    given = shares(dict(enumerate(counts)), whole, cells)
    assert set(given) == {part for part, count in enumerate(counts) if count}
    assert all(cells >= 1 for cells in given.values())
    assert sum(given.values()) <= cells
    if not more and whole:
        assert sum(given.values()) == cells, "what is done fills the bar"


def test_the_first_signal_finishes_and_the_second_stops_at_once(capfd: pytest.CaptureFixture[str]) -> None:
    stop = Stop()
    before = signal.getsignal(signal.SIGINT)
    with handled(Interrupts(stop)) as interrupts:
        interrupts.in_flight = True
        assert not stop.asked
        os.kill(os.getpid(), signal.SIGINT)
        assert (stop.asked, stop.at_once) == (True, False)
        interrupts.said = False
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop.at_once
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL, "a third one ends the process"
    assert signal.getsignal(signal.SIGINT) is before
    assert capfd.readouterr().err == f"\n{STOPPING}\n"


def test_notices_go_where_there_is_room_for_them(capsys: pytest.CaptureFixture[str]) -> None:
    notices, board, log = Notices(), list[str](), list[str]()
    notices.heard_by(log.append)
    notices("one")
    with notices.shown_by(board.append):
        notices("two")
    notices("three")
    assert (board, log) == (["two"], ["one", "two", "three"])
    assert capsys.readouterr().err == "one\nthree\n"
