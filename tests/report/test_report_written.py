"""What waits for a person is said everywhere, and counts neither for nor against a student until it is decided."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

import pytest
from rich.cells import cell_len
from sample_written import ASSIGNMENT, RUBRIC, graded, only_words, verdict
from test_feedback import SCRIPT, Page
from test_report_terminal import line_of, shown

from autograder.course import Level
from autograder.report import (
    CheckCounts,
    check_statistics,
    class_table,
    terminal_statistics,
    terminal_table,
    to_csv,
    write_feedback,
)
from autograder.report.class_summary import ClassSummary
from autograder.report.score import comment_of, level_of, score_of
from autograder.report.standing import Standing, standing_of


def page_of(tmp_path: Path, *verdicts: object) -> Page:
    return Page(write_feedback(ASSIGNMENT, verdicts, tmp_path)[0].read_text(encoding="utf-8"))  # type: ignore[arg-type]


def index_of(tmp_path: Path, *verdicts: object) -> Page:
    return Page(write_feedback(ASSIGNMENT, verdicts, tmp_path)[-1].read_text(encoding="utf-8"))  # type: ignore[arg-type]


def test_the_total_so_far_and_what_is_possible_are_kept_apart() -> None:
    score = score_of(verdict().findings)
    assert score.whole_text == "31 of 40 so far, 6 to be graded by a person"
    assert score_of(only_words().findings).whole_text == "– of 3, 3 to be graded by a person"
    assert (score.earned, score.possible, score.decided, score.pending, score.open) == (31, 40, 34, 6, 0)


def test_percent_is_of_what_is_decided_and_the_bar_of_all() -> None:
    score = score_of(verdict().findings)
    assert score.percent == pytest.approx(100 * 31 / 34, abs=0.01)
    assert (score.earned_percent, score.pending_percent) == (77.5, 15.0)
    assert score_of(verdict(short=0).findings).percent == 100


def test_what_a_person_decides_is_in_the_points_from_then_on() -> None:
    one = graded(verdict(), Level.MEETS)
    assert score_of(one.findings).whole_text == "33 of 40 so far, 3 to be graded by a person"
    both = graded(one, Level.REVISE, exercise="leakage")
    assert score_of(both.findings).whole_text == "33 of 40"
    assert score_of(both.findings).percent == 82.5


def test_the_level_and_the_comment_are_told_from_a_finding() -> None:
    for level in Level:
        finding = graded(verdict(), level, "Excellent. Or not.").findings[-2]
        assert (level_of(finding), comment_of(finding)) == (level, "Excellent. Or not.")
    assert level_of(verdict().findings[-2]) is None
    assert level_of(verdict(datasheet="").findings[-2]) is None
    assert level_of(verdict().findings[0]) is None


def test_a_standing_is_about_what_is_decided() -> None:
    assert standing_of(verdict(short=0)) is Standing.FULL
    assert standing_of(verdict()) is Standing.PART
    assert standing_of(only_words()) is Standing.PENDING
    assert standing_of(graded(only_words(), Level.EXCELLENT)) is Standing.FULL
    assert standing_of(graded(only_words(), Level.REVISE)) is Standing.NONE


def test_the_page_shows_the_answer_and_what_will_be_looked_for(tmp_path: Path) -> None:
    text = page_of(tmp_path, verdict()).text
    assert "31 of 40 points so far, 6 to be graded by a person" in text
    assert "2 passed 1 failed 2 to be graded by a person" in text
    assert "The digits were written by 43 people" in text
    assert "1. Split by writer instead." in text
    assert f"Excellent {RUBRIC.excellent} Meets {RUBRIC.meets} Revise {RUBRIC.revise}" in text
    assert "–/3" in text
    assert "not your fault" not in text


def test_the_page_keeps_the_lines_of_an_answer_and_renders_nothing_of_it(tmp_path: Path) -> None:
    markdown = "# Title\n\n**bold** [link](javascript:alert(1)) <b>x</b>\n  indented"
    (path, _) = write_feedback(ASSIGNMENT, [verdict(datasheet=markdown)], tmp_path)
    html = path.read_text(encoding="utf-8")
    assert "# Title\n\n**bold** [link](javascript:alert(1)) &lt;b&gt;x&lt;/b&gt;\n  indented" in html
    assert not [a for a in Page(html).all("a") if not (a["href"] or "").startswith("#")]


def test_the_page_shows_the_level_and_the_comment_once_a_person_has_graded(tmp_path: Path) -> None:
    one = graded(verdict(), Level.REVISE, "Which hand?\nSay who wrote them.")
    page = page_of(tmp_path, one)
    assert "Revise Which hand? Say who wrote them." in page.text
    assert "1 sent back to you 1 to be graded by a person" in page.text
    assert [a for a in page.all("div") if a.get("class") == "given"]
    meets = page_of(tmp_path, graded(verdict(), Level.MEETS, "Good."))
    assert "Meets Good." in meets.text
    assert "2/3" in meets.text
    assert "partly right" not in meets.text


def test_whoever_wrote_nothing_is_told_so(tmp_path: Path) -> None:
    text = page_of(tmp_path, verdict(datasheet="")).text
    assert "Not answered There is no answer yet." in text
    assert "31 of 40 points so far, 3 to be graded by a person" in text


@pytest.mark.parametrize(
    "hostile",
    [SCRIPT, "\x1b[2J\x1b]0;x\x07 done", "\u202eevil", "\ud800\0", "x" * 300_000, "\n" * 9999 + "x", "a\n" * 9000],
)
def test_hostile_words_are_only_ever_text(tmp_path: Path, hostile: str) -> None:
    for one in (verdict(datasheet=hostile), graded(verdict(datasheet=hostile), Level.MEETS, hostile)):
        for path in write_feedback(ASSIGNMENT, [one], tmp_path):
            html = path.read_text(encoding="utf-8")
            page = Page(html)
            assert page.all("script") == page.all("img") == []
            assert not any(c in html for c in "\x1b\x07\0\u202e")
            assert len(html) < 120_000


def test_the_overview_counts_answers_apart_and_leaves_them_out_of_the_percents(tmp_path: Path) -> None:
    page = index_of(tmp_path, verdict("ada"), verdict("bob", short=0), only_words("eve"), verdict("dan", datasheet=""))
    assert "Answers to be graded by a person 6" in page.text
    assert "Broken checks 0 Lost checks 0" in page.text
    assert "31 / 40 91 % 6" in page.text
    assert "0 / 3 – 3" in page.text
    assert "Percent of what is decided To be graded by a person" in page.text
    assert "Written" not in page.text.split("Students")[-1]
    assert "Weights sum to one balance 2 of 3" in page.text
    assert "Datasheet" not in page.text


def test_an_overview_without_such_answers_says_nothing_of_them(tmp_path: Path) -> None:
    done = graded(graded(verdict(), Level.MEETS), Level.EXCELLENT, exercise="leakage")
    assert "graded by a person" not in index_of(tmp_path, done).text


def test_the_class_table_has_a_column_for_what_waits_and_no_zero_for_it() -> None:
    frame = class_table(ASSIGNMENT, [verdict(), graded(verdict("bob"), Level.MEETS), only_words("eve")])
    ada, bob, eve = frame.to_dict("records")
    assert (ada["total"], ada["max"], ada["pending"], ada["percent"]) == (31, 40, 6, 91.18)
    assert math.isnan(ada["datasheet"])
    assert (bob["datasheet"], bob["pending"]) == (2, 3)
    assert math.isnan(bob["leakage"])
    assert (eve["pending"], math.isnan(eve["percent"])) == (3, True)
    rows = list(csv.DictReader(io.StringIO(to_csv(frame))))
    assert (rows[0]["datasheet"], rows[0]["total"], rows[0]["pending"]) == ("", "31.0", "6.0")


def test_the_statistics_hold_answers_and_the_checks_that_failed_most_do_not() -> None:
    verdicts = [verdict("ada", datasheet=""), graded(verdict("bob"), Level.REVISE), verdict("eve")]
    frame = check_statistics(verdicts)
    row = frame[frame["check"] == "written_datasheet"].iloc[0]
    assert (row["pending"], row["failed"]) == (1, 2)
    text = "\n".join(shown(terminal_statistics(CheckCounts(verdicts).ordered())))
    assert "Weights sum to one" in text
    assert "ritten" not in text


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", "◇"), ("ascii", "~")])
def test_the_terminal_table_shows_what_waits_apart_from_trouble(encoding: str, mark: str) -> None:
    table = terminal_table(ASSIGNMENT, [verdict(), verdict("bob", leakage="")])
    lines = [line.replace("|", "") for line in shown(table, width=120, encoding=encoding)]
    assert lines[1].split() == [
        *("student", "split", "balance", "datasheet", "leakage", "total", "percent", "pending"),
    ]
    assert line_of("ada", lines).split() == ["ada", "20", "11", mark, mark, "31", "/", "40", "91", "%", "6"]
    assert line_of("bob", lines).split() == ["bob", "20", "11", mark, "0", "31", "/", "40", "84", "%", "3"]
    assert lines[-1].strip() == f"{mark} to be graded by a person   percent is of what is decided"


def test_where_nothing_is_decided_there_is_no_percent() -> None:
    lines = shown(terminal_table(ASSIGNMENT, [only_words()]))
    assert line_of("ada", lines).split()[-5:] == ["0", "/", "3", "–", "3"]


@pytest.mark.parametrize("width", [44, 60, 80])
def test_the_marks_of_a_narrow_terminal_have_their_legend_once(width: int) -> None:
    lines = shown(terminal_table(ASSIGNMENT, [verdict("x" * 60)]), width=width)
    assert sum("to be graded by a person" in line for line in lines) == 1
    assert all(cell_len(line) <= width for line in lines)


def summary(*verdicts: object) -> list[str]:
    made = ClassSummary(ASSIGNMENT)
    for one in verdicts:
        made.add(one)  # type: ignore[arg-type]
    assert len(made) == len(verdicts)
    return shown(made)


def test_the_end_of_a_batch_says_what_is_left_for_a_person() -> None:
    lines = summary(verdict("ada"), verdict("bob", leakage=""))
    assert lines[-2:] == ["3 answers of 2 submissions to be graded by a person:", "autograder written 02-data"]
    done = graded(graded(verdict(), Level.MEETS), Level.REVISE, exercise="leakage")
    assert not any("by a person" in line for line in summary(done))


def test_a_large_class_is_spread_by_what_is_decided() -> None:
    full = [verdict(f"full-{n:02}", short=0) for n in range(40)]
    lines = summary(*full, *(verdict(f"part-{n}") for n in range(10)), *(only_words(f"words-{n}") for n in range(5)))
    assert next(line for line in lines if line.lstrip().startswith("100 %")).split()[2] == "40"
    assert next(line for line in lines if line.lstrip().startswith("90 –")).split()[4] == "10"
    assert "lowest (8 of 50)" in lines
    assert any(line.startswith("Of 40 points so far, up to 6 to be graded by a person: median 34") for line in lines)
    assert not any(line.startswith("words-") for line in lines)
    assert lines[-2].startswith("105 answers of 55 submissions")
