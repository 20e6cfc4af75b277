"""What lies in our own exchange is collected as any download is, and what is doubtful about it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from autograder.exchange import Arrival
from autograder.interop.collect import NAME, Asked, Fate, collect_from, names_collected, read_roster, reading_of


def arrival(student: str, owner: str, *doubts: str, attempt: int = 1) -> Arrival:
    moment = datetime(2026, 11, 21, 12, attempt, tzinfo=UTC)
    return Arrival(
        path=Path(f"/exchange/01-sums/inbound/{student}.zip"),
        student=student,
        time=moment,
        arrived=moment,
        attempt=attempt,
        size=10,
        owner=owner,
        owner_differs=owner != student,
        manifest=None,
        doubts=(*([f"its file belongs to {owner}"] if owner != student else []), *doubts),
    )


def test_one_account_that_hands_in_for_everybody_is_no_doubt() -> None:
    reading = reading_of([arrival("ada", "httpd"), arrival("bob", "httpd", "no manifest")])
    assert [attempt.doubts for attempt in reading.attempts] == ["", "no manifest"]


def test_a_file_of_anothers_is_one() -> None:
    reading = reading_of([arrival("ada", "ada"), arrival("bob", "mallory")])
    assert [attempt.doubts for attempt in reading.attempts] == ["", "its file belongs to mallory"]


def test_times_and_attempts_are_as_they_were_claimed() -> None:
    first = arrival("ada", "ada")
    reading = reading_of([first, replace(first, attempt=2)])
    assert [attempt.order for attempt in reading.attempts] == [1, 2]
    assert {attempt.moment for attempt in reading.attempts} == {first.time}


def test_anothers_file_takes_no_place_of_what_the_students_own_account_handed_in() -> None:
    forged = replace(arrival("ada", "mallory", attempt=2), path=Path("/exchange/01-sums/inbound/forged.zip"))
    reading = reading_of([arrival("ada", "ada"), forged, arrival("zoe", "lab"), arrival("mallory", "mallory")])
    assert [(attempt.student.key, attempt.doubts) for attempt in reading.attempts] == [
        ("ada", ""),
        ("zoe", "its file belongs to lab"),
        ("mallory", ""),
    ]
    assert [(file.path, file.fate, file.why) for file in reading.others] == [
        ("forged.zip", Fate.UNSAFE, "its file belongs to mallory")
    ]


def test_whom_a_roster_renamed_is_found_again_for_their_feedback(tmp_path: Path) -> None:
    (tmp_path / "ada.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    one = replace(arrival("ada", "ada"), path=tmp_path / "ada.zip")
    asked = Asked(Path(), tmp_path / "to", roster=read_roster("login,name\nada,Ada King\n"))
    collect_from(NAME, reading_of([one]), asked)
    assert names_collected(tmp_path / "to") == {"ada": "ada-king"}
    assert names_collected(tmp_path / "none") == {}
