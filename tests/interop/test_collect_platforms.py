"""Each platform's download is understood: who, when, how late, which files; and every file is accounted for."""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import downloads
import pytest
from downloads import SLUG, in_folder, in_zip

from autograder.errors import AutograderError
from autograder.grading.sources import find_submissions
from autograder.interop.collect import Asked, Collection, Fate, Wanted, Which, collect, read_roster

DUE = datetime(2026, 11, 20, 14, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock_of_greenwich() -> Iterator[None]:
    """Moments without a zone are by the machine's clock."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


def collected(download: Path, to: Path, **how: object) -> Collection:
    asked = Asked(download, to, wanted=Wanted(SLUG), due=DUE)
    return collect(dataclasses.replace(asked, **how))  # type: ignore[arg-type]


def taken(collection: Collection) -> dict[str, str]:
    """Of each student, by place: which files."""
    return {student.place: ", ".join(student.files) for student in collection.students}


def fates(collection: Collection) -> dict[str, Fate]:
    return {file.path: file.fate for file in collection.files}


@pytest.mark.parametrize("platform", downloads.EACH)
@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
def test_every_platform_is_recognised_and_every_file_accounted_for(platform: str, packed: bool, tmp_path: Path) -> None:
    files = downloads.EACH[platform]
    there = in_zip(tmp_path / "all.zip", files) if packed else in_folder(tmp_path / "all", files)
    found = collected(there, tmp_path / "to")
    assert found.platform == platform
    assert {file.path.split("/")[-1] for file in found.files} == {name.split("/")[-1] for name in files}
    assert len({file.path for file in found.files}) == len(files)
    told = json.loads((tmp_path / "to" / "collected.json").read_bytes())
    assert len(told["students"]) == len([s for s in found.students if s.files])


@pytest.mark.parametrize("platform", downloads.EACH)
def test_what_is_collected_is_what_grade_takes(platform: str, tmp_path: Path) -> None:
    found = collected(in_folder(tmp_path / "all", downloads.EACH[platform]), tmp_path / "to")
    names = {source.path.name for source in find_submissions(tmp_path / "to", SLUG)}
    assert names == {student.place for student in found.students if student.files}


def test_canvas_names_hold_the_student_the_lateness_and_the_file(tmp_path: Path) -> None:
    found = collected(in_zip(tmp_path / "all.zip", downloads.CANVAS), tmp_path / "to")
    assert taken(found) == {
        "lovelaceada": "01-sums.ipynb, helpers.py",
        "o-neil-šmídzoë": "01-sums-2.ipynb",
        "van_der_bergeva": "my_01_02_sums.ipynb",
        "smithjohn-1004": "01-sums.ipynb",
        "smithjohn-1005": "01-sums.ipynb",
        "hopper-murraygrace.zip": "work.zip",
        "pagebloch": "sums.html",
    }
    assert {s.name for s in found.students if s.late} == {"o'neil-šmídzoë", "smithjohn"}
    told = fates(found)
    assert told["hopper-murraygrace_1006_50008_report.pdf"] is Fate.NO_NOTEBOOK
    assert told["wordsonly_1007_text.html"] is Fate.NO_NOTEBOOK
    assert told["pagebloch_1008_50009_sums.html"] is Fate.NO_NOTEBOOK
    assert told["no platform wrote this.txt"] is Fate.STRANGE


def test_canvas_keeps_the_newest_of_a_file_that_was_handed_in_again(tmp_path: Path) -> None:
    files = {
        "ada_1_10_sums.ipynb": b"old",
        "ada_1_12_sums-1.ipynb": downloads.notebook(),
        "LATE_anon_x7F_13_sums.ipynb": downloads.notebook(),
    }
    found = collected(in_folder(tmp_path / "all", files), tmp_path / "to")
    assert taken(found) == {"ada": "sums-1.ipynb", "anonymous-x7f": "sums.ipynb"}
    assert fates(found)["ada_1_10_sums.ipynb"] is Fate.OLDER
    assert [student.late for student in found.students] == [None, True]


def test_canvas_numbers_a_file_handed_in_again_and_what_the_notebook_imports_is_there_by_both_names(
    tmp_path: Path,
) -> None:
    files = {
        "ada_1_10_sums-2.ipynb": downloads.notebook("import helpers"),
        "ada_1_11_helpers-2.py": b"y = 1\n",
        "bob_2_12_sums.ipynb": downloads.notebook(),
        "bob_2_13_data-1.csv": b"1",
        "bob_2_14_data-2.csv": b"2",
        "eve_3_link.html": b"<meta>",
    }
    found = collected(in_folder(tmp_path / "all", files), tmp_path / "to")
    assert taken(found) == {
        "ada": "helpers-2.py, helpers.py, sums-2.ipynb",
        "bob": "data-1.csv, data-2.csv, data.csv, sums.ipynb",
    }
    assert sorted(file.path for file in found.files) == sorted(files)
    assert fates(found)["eve_3_link.html"] is Fate.NO_NOTEBOOK


def test_blackboard_takes_a_name_from_the_texts_only_where_the_file_is_called_so(tmp_path: Path) -> None:
    text = b"Nome: Bob (bob)\nField:\nx: Ada Lovelace (ada)\n"
    forged = b"Comments\nx: Ada Lovelace (ada)\n"
    files = {
        "Sums_ada_attempt_2026-11-20-10-00-00_sums.ipynb": downloads.notebook("ada"),
        "Sums_bob_attempt_2026-11-20-10-00-00_sums.ipynb": downloads.notebook("bob"),
        "Sums_bob_attempt_2026-11-20-10-00-00.txt": text,
        "Sums_mal_attempt_2026-11-20-11-00-00_sums.ipynb": downloads.notebook("mallory"),
        "Sums_mal_attempt_2026-11-20-11-00-00.txt": forged,
    }
    found = collected(in_folder(tmp_path / "all", files), tmp_path / "to")
    assert {(s.key, s.name, s.attempts) for s in found.students} == {
        ("ada", "ada", 1),
        ("bob", "Bob", 1),
        ("mal", "mal", 1),
    }


def test_what_an_editor_leaves_beside_a_notebook_does_not_make_it_another(tmp_path: Path) -> None:
    there = in_folder(tmp_path / "all", downloads.MOODLE)
    collected(there, tmp_path / "to")
    in_folder(tmp_path / "to" / "ada-lovelace", {".ipynb_checkpoints/x.ipynb": b"1", "__pycache__/x.pyc": b"2"})
    assert {s.fate for s in collected(there, tmp_path / "to").students} == {Fate.UNCHANGED}


def test_moodle_folders_and_flat_files_and_its_worksheet_in_any_language(tmp_path: Path) -> None:
    there = in_folder(tmp_path / "all", downloads.MOODLE)
    found = collected(there, tmp_path / "to", wanted=Wanted(SLUG, downloads.WORKSHEET))
    assert taken(found) == {
        "ada-lovelace": "01-sums.ipynb, data/words.csv",
        "zoë-o-neil-šmíd": "01-sums.ipynb",
        "eva-van_der_berg": "01-sums.ipynb",
        "john-smith-2004": "01-sums.ipynb",
        "john-smith-2005": "01-sums.ipynb",
    }
    times = {student.key: (student.late, student.late_by_seconds) for student in found.students}
    assert times["2001"] == (False, None)
    assert times["2002"] == (True, 19 * 3600 + 300)
    assert times["2004"] == (None, None)


def test_blackboard_tells_attempts_and_names_with_underscores_apart(tmp_path: Path) -> None:
    found = collected(in_zip(tmp_path / "all.zip", downloads.BLACKBOARD), tmp_path / "to")
    assert {(s.key, s.name, s.place) for s in found.students} == {
        ("ada_l", "Ada Lovelace", "ada-lovelace"),
        ("zoe.on", "Zoë O'Neil-Šmíd", "zoë-o-neil-šmíd"),
        ("e_van_der_berg", "e_van_der_berg", "e_van_der_berg"),
    }
    (ada,) = (student for student in found.students if student.key == "ada_l")
    assert (ada.attempt, ada.attempts, ada.late) == (2, 2, False)
    assert (tmp_path / "to" / "ada-lovelace" / "01-sums.ipynb").read_bytes() == downloads.notebook("ada = 1")
    assert fates(found)["Sums_and_means_ada_l_attempt_2026-11-19-10-00-00_01-sums.ipynb"] is Fate.OLDER


def test_brightspace_tells_attempts_apart_and_reads_times_without_a_colon(tmp_path: Path) -> None:
    found = collected(in_folder(tmp_path / "all", downloads.BRIGHTSPACE), tmp_path / "to")
    times = {student.place: student.moment and student.moment.strftime("%d %H:%M") for student in found.students}
    assert times == {
        "ada-lovelace": "20 13:59",
        "zoë-o-neil-šmíd": "21 21:26",
        "john-smith-397065": "20 00:05",
        "john-smith-397066": "20 12:05",
    }
    assert [s.late for s in found.students] == [False, False, False, True]


def test_nbgrader_submissions_of_one_assignment_with_their_timestamps(tmp_path: Path) -> None:
    found = collected(in_folder(tmp_path / "course", downloads.NBGRADER), tmp_path / "to")
    assert taken(found) == {"ada": "01-sums.ipynb", "zoe_o-neil": "01-sums.ipynb"}
    assert [student.late_by_seconds for student in found.students] == [None, 19 * 3600 + 300]
    assert fates(found)["submitted/ada/02-other/02-other.ipynb"] is Fate.OTHER
    with pytest.raises(AutograderError, match="none is called 03-none"):
        collected(tmp_path / "course", tmp_path / "to", wanted=Wanted("03-none"))


def test_nbgrader_exchange_folders_are_attempts(tmp_path: Path) -> None:
    found = collected(in_folder(tmp_path / "inbound", downloads.INBOUND), tmp_path / "to")
    assert found.platform == "nbgrader"
    assert [(s.key, s.attempt, s.attempts, s.late) for s in found.students] == [
        ("ada", 2, 2, False),
        ("zoe", 1, 1, True),
    ]


def test_gradescope_groups_hand_in_for_each_of_them(tmp_path: Path) -> None:
    found = collected(in_zip(tmp_path / "all.zip", downloads.GRADESCOPE), tmp_path / "to")
    assert {(s.key, s.name, s.place) for s in found.students} == {
        ("3001", "Ada Lovelace", "ada-lovelace"),
        ("3002", "Zoë O'Neil-Šmíd", "zoë-o-neil-šmíd"),
        ("3004", "John Smith", "john-smith"),
    }
    assert fates(found)["submission_103/01-sums.ipynb"] is Fate.UNKNOWN
    assert [s.late for s in found.students] == [False, True, False]


# which attempt, and whose ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("which", "due", "attempt"),
    [
        (Which.NEWEST, DUE, 2),
        (Which.FIRST, DUE, 1),
        (Which.ON_TIME, DUE, 2),
        (Which.ON_TIME, datetime(2026, 11, 20, tzinfo=UTC), 1),
        (Which.ON_TIME, datetime(2026, 11, 1, tzinfo=UTC), 2),
    ],
)
def test_the_newest_attempt_counts_unless_told_otherwise(
    which: Which, due: datetime, attempt: int, tmp_path: Path
) -> None:
    there = in_folder(tmp_path / "all", downloads.BLACKBOARD)
    found = collected(there, tmp_path / "to", which=which, due=due)
    assert next(s.attempt for s in found.students if s.key == "ada_l") == attempt


def test_a_roster_names_students_and_leaves_out_who_is_not_on_it(tmp_path: Path) -> None:
    roster = read_roster("name,id,email\nAda King,1001,ada@uni.example\nZoë,1002,\n")
    found = collected(in_folder(tmp_path / "all", downloads.CANVAS), tmp_path / "to", roster=roster)
    assert set(taken(found)) == {"ada-king", "zoë"}
    assert fates(found)["smithjohn_1004_50005_01-sums.ipynb"] is Fate.UNKNOWN
    with pytest.raises(AutograderError, match="roster"):
        read_roster("colour\nred\n")


# once, and again ------------------------------------------------------------------------------------------------------


def test_collecting_again_changes_nothing_and_new_attempts_overwrite_nothing(tmp_path: Path) -> None:
    to = tmp_path / "to"
    first = dict(downloads.BLACKBOARD)
    newer = {name: first.pop(name) for name in list(first) if "ada_l_attempt_2026-11-20" in name}
    collected(in_folder(tmp_path / "all", first), to)
    again = collected(tmp_path / "all", to)
    assert {student.fate for student in again.students} == {Fate.UNCHANGED}
    in_folder(tmp_path / "all", newer)
    third = collected(tmp_path / "all", to)
    assert {s.key: s.fate for s in third.students}["ada_l"] is Fate.KEPT
    assert (to / "ada-lovelace" / "01-sums.ipynb").read_bytes() == downloads.notebook("ada = 0")
    fourth = collected(tmp_path / "all", to, update=True)
    assert {s.key: s.fate for s in fourth.students}["ada_l"] is Fate.COLLECTED
    assert (to / "ada-lovelace" / "01-sums.ipynb").read_bytes() == downloads.notebook("ada = 1")
    assert (to / ".older" / "ada-lovelace.1" / "01-sums.ipynb").read_bytes() == downloads.notebook("ada = 0")
    assert len(find_submissions(to, SLUG)) == 3


def test_a_student_keeps_their_folder_when_a_namesake_comes_later(tmp_path: Path) -> None:
    files = dict(downloads.BRIGHTSPACE)
    later = {name: files.pop(name) for name in list(files) if name.startswith("397066")}
    to = tmp_path / "to"
    assert "john-smith" in taken(collected(in_folder(tmp_path / "all", files), to))
    in_folder(tmp_path / "all", later)
    second = collected(tmp_path / "all", to)
    assert {"john-smith", "john-smith-397066"} <= set(taken(second))
    assert Fate.KEPT not in fates(second).values()


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    found = collected(in_folder(tmp_path / "all", downloads.CANVAS), tmp_path / "to", dry_run=True)
    assert len(found.students) == 7
    assert not (tmp_path / "to").exists()


def test_what_lies_in_the_way_is_neither_overwritten_nor_read_as_a_manifest(tmp_path: Path) -> None:
    to = in_folder(tmp_path / "to", {"lovelaceada/notes.txt": b"mine"})
    found = collected(in_folder(tmp_path / "all", downloads.CANVAS), to)
    assert {s.place: s.fate for s in found.students}["lovelaceada"] is Fate.KEPT
    assert (to / "lovelaceada" / "notes.txt").read_bytes() == b"mine"
    (to / "collected.json").write_text('{"schema": 9}')
    with pytest.raises(AutograderError, match=r"collected\.json"):
        collected(tmp_path / "all", to)


def test_what_is_no_download_is_refused_in_words(tmp_path: Path) -> None:
    there = in_folder(tmp_path / "all", {"ada.ipynb": downloads.notebook(), "bob.ipynb": downloads.notebook()})
    with pytest.raises(AutograderError) as refused:
        collected(there, tmp_path / "to")
    assert refused.value.code == "unknown-download"
    for platform in ("canvas", "gradescope", "moodle"):
        with pytest.raises(AutograderError, match="cannot be collected"):
            collected(there, tmp_path / "to", platform=platform)
    with pytest.raises(AutograderError, match="nothing to collect"):
        collected(tmp_path / "nowhere", tmp_path / "to")


def test_a_roster_on_which_nobody_is_is_one_clear_error(tmp_path: Path) -> None:
    there = in_folder(tmp_path / "all", downloads.CANVAS)
    with pytest.raises(AutograderError, match="of 7 students none is on the roster") as refused:
        collected(there, tmp_path / "to", roster=read_roster("name,login\nAda,ada\n"))
    assert "hopper-murraygrace" in refused.value.why
    assert not (tmp_path / "to").exists()
