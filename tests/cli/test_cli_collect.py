"""`autograder collect`, and what `grade` makes of what it wrote."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_course import RIGHT, make_course, notebook


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return make_course(tmp_path / "course")


def autograder(*arguments: str, course: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autograder", *arguments, "--course", str(course)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def handed_in(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.ipynb").write_text(content, encoding="utf-8")
    return folder


def test_a_canvas_download_is_collected_and_graded(course: Path, tmp_path: Path) -> None:
    download = handed_in(
        tmp_path / "download",
        **{"lovelaceada_1_10_01-sums": notebook(*RIGHT), "smithjohn_LATE_2_20_sums": notebook(*RIGHT[:2])},
    )
    done = autograder("collect", "01", str(download), course=course)
    assert done.returncode == 0, done.stderr
    assert "2 students in canvas's download, 1 of them late" in done.stdout
    assert "autograder grade takes" in done.stdout
    graded = autograder("grade", "01", str(course / "submissions" / "01-sums"), "--json", course=course)
    points = {v["submission"]: v["points"] for v in json.loads(graded.stdout)["verdicts"]}
    assert points == {"lovelaceada": 6, "smithjohn": 2}


def test_the_due_date_of_the_course_tells_how_late_and_a_dry_run_writes_nothing(course: Path, tmp_path: Path) -> None:
    (course / "course.toml").write_text('[due]\n"01-sums" = 2026-11-20T14:00:00Z\n', encoding="utf-8")
    place = tmp_path / "submitted" / "ada" / "01-sums"
    handed_in(place, sums=notebook(*RIGHT))
    (place / "timestamp.txt").write_text("2026-11-21 09:05:00 UTC")
    done = autograder("collect", "01", str(tmp_path / "submitted"), "--dry-run", "--json", course=course)
    told = json.loads(done.stdout)
    assert (told["platform"], told["students"][0]["late_by_seconds"]) == ("nbgrader", 19 * 3600 + 300)
    assert {file["path"]: file["fate"] for file in told["files"]} == {
        "ada/01-sums/sums.ipynb": "collected",
        "ada/01-sums/timestamp.txt": "of the platform",
    }
    assert not (course / "submissions").exists()
    shown = autograder("collect", "01", str(tmp_path / "submitted"), "--dry-run", "--all", course=course)
    assert "19 h 5 min" in shown.stdout
    assert "nothing was written" in shown.stdout


def test_who_needs_a_look_is_told_and_the_exit_code_says_so(course: Path, tmp_path: Path) -> None:
    download = handed_in(tmp_path / "download", **{"lovelaceada_1_10_01-sums": notebook(*RIGHT)})
    (download / "evil\x1b[31m\u202e_2_20_page.html").write_text("<html>")
    (download / "blochfelix_3_30_page.html").write_text("<html>")
    done = autograder("collect", "01", str(download), "--all", course=course)
    assert done.returncode == 3
    assert "there is no notebook among the files" in done.stdout
    assert "\x1b[31m" not in done.stdout
    assert "\u202e" not in done.stdout
    graded = autograder("grade", "01", str(course / "submissions" / "01-sums"), "--dry-run", course=course)
    assert "is a web page, not a notebook" in " ".join(graded.stdout.split())


def test_what_no_platform_wrote_is_refused_with_a_way_on(course: Path, tmp_path: Path) -> None:
    done = autograder("collect", "01", str(handed_in(tmp_path / "x", a=notebook(), b=notebook())), course=course)
    assert done.returncode == 1
    assert "unknown-download" in done.stderr
    assert "--from" in done.stderr
    (tmp_path / "names.csv").write_bytes(b"name,id\nZo\xeb,1\n")
    roster = autograder("collect", "01", str(tmp_path), "--roster", str(tmp_path / "names.csv"), course=course)
    assert "unreadable-table" in roster.stderr


def test_a_time_at_the_end_of_all_calendars_is_shown_and_stops_nobody(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for zone, when in (("Asia/Tokyo", "9999-12-31 23:59:59 UTC"), ("America/Lima", "0001-01-01 00:00:00 UTC")):
        monkeypatch.setenv("TZ", zone)
        download = tmp_path / zone.split("/")[1]
        for name in ("ada", "bob"):
            handed_in(download / "submitted" / name / "01-sums", sums=notebook())
        (download / "submitted" / "ada" / "01-sums" / "timestamp.txt").write_text(when)
        done = autograder("collect", "01", str(download), "--dry-run", "--all", course=course)
        assert done.returncode == 0, done.stderr
        assert when[:16] in done.stdout
