"""The log of a batch: what it holds, that it is bounded, and that it stops nothing."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from sample_batch import finding, graded, whole_batch

from autograder.cli.grade_log import GradeLog
from autograder.course import Part, Profile, Span
from autograder.errors import AutograderError
from autograder.grading.batch import Graded, Known, Planned, Retrying, Started


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_each_submission_has_a_line_when_it_begins_and_one_when_it_is_recorded(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    with GradeLog(path) as log:
        log.begin(assignment="01-sums", jobs=2)
        for event in whole_batch(3):
            log.told(event)
        log.end("finished")
    found = lines(path)
    assert [line["event"] for line in found] == ["begun", "planned", *["started", "graded"] * 3, "ended"]
    assert all(line["time"].endswith("Z") for line in found)
    assert found[0]["assignment"] == "01-sums"
    assert found[1] == found[1] | {"total": 3, "chosen": 3, "recorded": 0}
    assert found[2] == found[2] | {"submission": "student-000", "place": "slot 1"}
    assert found[3] == found[3] | {"standing": "full", "points": 3, "fresh": True, "not_passed": [], "tries": 1}
    assert found[3]["seed"] == str(2**62), "a number that JavaScript would round"
    assert found[-1]["how"] == "finished"


def test_what_did_not_pass_is_named_and_only_the_platform_and_the_check_are_quoted(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    with GradeLog(path) as log:
        log.told(graded("ada", "pfbl"))
    (line,) = lines(path)
    assert line["standing"] == "lost"
    assert line["outcomes"] == {"passed": 1, "failed": 1, "broken": 1, "lost": 1}
    assert [check.get("detail") for check in line["not_passed"]] == [None, "why b", "why l"]


def test_what_could_not_be_read_says_why_once(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    with GradeLog(path) as log:
        log.told(graded("ada", "uuu"))
    (line,) = lines(path)
    assert (line["standing"], line["refused"], line["not_passed"]) == ("unreadable", "cut off", [])


def test_a_profile_is_summed_up(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    profile = Profile(spans=(Span(part=Part.CELLS, start=0.0, seconds=0.25),), seconds=0.5)
    with GradeLog(path) as log:
        log.told(Graded(graded("ada").verdict, True, "slot 1", 1, profile))
    assert lines(path)[0]["spent"] == {"cells": 0.25}


def test_hostile_text_stays_in_its_line_and_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    name = 'a"}\n{"event": "graded"}\ud800\x1b[2J' + "x" * 100_000
    with GradeLog(path) as log:
        log.told(Planned(1, 1, 0))
        log.told(Started(name, name))
        log.told(Known(name, finding(1)))
        log.told(Retrying(name, name, 1, 0.5))
        log.told(graded(name, "l" * 5000))
    found = lines(path)
    assert [line["event"] for line in found] == ["planned", "started", "retrying", "graded"]
    assert max(len(line) for line in path.read_bytes().splitlines()) < 64_000


def test_the_log_makes_room_and_keeps_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    with GradeLog(path, most_bytes=10_000) as log:
        for event in whole_batch(300):
            log.told(event)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["log.1.jsonl", "log.jsonl"]
    assert all(p.stat().st_size < 11_000 for p in tmp_path.iterdir())
    assert lines(path)[-1]["submission"] == "student-299"


def test_two_batches_may_share_a_log_and_nobody_else_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    with GradeLog(path) as one, GradeLog(path) as other:
        for event in whole_batch(20):
            one.told(event)
            other.told(event)
    assert len(lines(path)) == 2 * (1 + 2 * 20)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_log_that_cannot_be_opened_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(AutograderError) as caught:
        GradeLog(tmp_path / "nowhere" / "log.jsonl")
    assert caught.value.code == "log-not-writable"


def test_a_log_that_fails_later_stops_nothing() -> None:
    with GradeLog(Path("/dev/full")) as log:
        for event in whole_batch(3):
            log.told(event)
        assert log.trouble == "No space left on device"
