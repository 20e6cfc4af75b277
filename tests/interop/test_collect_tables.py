"""Rosters and worksheets as people's programs save them, and moments as platforms write them in other languages."""

from __future__ import annotations

from datetime import datetime

import pytest

from autograder.errors import AutograderError
from autograder.interop.collect import read_roster, table_text
from autograder.interop.collect.moments import moment_in
from autograder.interop.collect.moodle import read_worksheet

NAMED = {"1001": "Ada King", "1002": "Zoë O'Neil; the elder"}


@pytest.mark.parametrize(
    "content",
    [
        'name,id\nAda King,1001\n"Zoë O\'Neil; the elder",1002\n'.encode(),
        '\ufeffname;id\r\nAda King;1001\r\n"Zoë O\'Neil; the elder";1002\r\n'.encode(),
        "name\tid\nAda King\t1001\nZoë O'Neil; the elder\t1002\n".encode("utf-16"),
        "\ufeffid|name\n1001|Ada King\n1002|Zoë O'Neil; the elder\n".encode("utf-16-be"),
        'sep=;\nname;id\nAda King;1001\n"Zoë O\'Neil; the elder";1002\n'.encode(),
        "First name,Last name,Student ID\nAda,King,1001\nZoë,O'Neil; the elder,1002\n".encode(),
        "OrgDefinedId,Display_Name,End-of-Line Indicator\n#1001,Ada King,#\n#1002,Zoë O'Neil; the elder,#\n".encode(),
    ],
)
def test_a_roster_is_read_however_a_program_saved_it(content: bytes) -> None:
    assert read_roster(table_text(content)) == NAMED


@pytest.mark.parametrize("content", ["name,id\nZoë,1\n".encode("cp1252"), b"\xff\xfea", "name".encode("utf-16-le")[1:]])
def test_a_coding_that_must_be_guessed_is_refused_with_its_line(content: bytes) -> None:
    with pytest.raises((ValueError, AutograderError), match=r"line [12]|column of ids"):
        read_roster(table_text(content))


def test_one_id_for_two_people_is_refused() -> None:
    assert read_roster("name,id,email\nAda,1,a@x\nAda,1,a@x\n") == {"1": "Ada", "a@x": "Ada"}
    with pytest.raises(AutograderError, match="row 3: 1 is Bob here, and Ada in a row before"):
        read_roster("name,id\nAda,1\nBob,1\n")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Freitag, 20. März 2026, 14:00 Uhr", datetime(2026, 3, 20, 14)),
        ("viernes, 20 de noviembre de 2026, 14:00", datetime(2026, 11, 20, 14)),
        ("vendredi 20 juillet 2026, 14:00", datetime(2026, 7, 20, 14)),
        ("vendredi 20 juin 2026 à 14h05", datetime(2026, 6, 20, 14, 5)),
        ("sexta-feira, 20 de outubro de 2026 às 14:00", datetime(2026, 10, 20, 14)),
        ("vrijdag, 20 mei 2026, 14:00", datetime(2026, 5, 20, 14)),
        ("fredag, 20 november 2026, kl. 14.00", datetime(2026, 11, 20, 14)),
        ("janv. 15, 2024 2359", datetime(2024, 1, 15, 23, 59)),
        ("ao\u0075\u0302t 3, 2026 1205 AM", datetime(2026, 8, 3, 0, 5)),
        ("Sep 24, 2024 9:26\u202fPM", datetime(2024, 9, 24, 21, 26)),
        ("Sep 24, 2024 9:26 p. m.", datetime(2024, 9, 24, 21, 26)),
        ("20261120", None),
        ("31. Februar 2026, 14:00", None),
        ("20 Thermidor 2026, 14:00", None),
        ("20 mars 2026, 25:00", None),
    ],
)
def test_moments_are_read_in_the_languages_of_platforms(text: str, meant: datetime | None) -> None:
    assert moment_in(text) == (meant.astimezone() if meant else None)


def test_what_a_student_typed_is_no_time_of_theirs() -> None:
    """The worksheet holds the online text as well; here its own times are in a language that is not known."""
    head = "Tunniste,Nimi,Sähköposti,Tila,Muokattu,Teksti\n"
    rows = [f"Osallistuja {n},Ada {n},a{n}@x,Palautettu,torstai 20. marraskuuta 2026,hei\n" for n in range(3)]
    rows.append("Osallistuja 9,Eve,e@x,Palautettu,torstai 20. marraskuuta 2026,2020-01-01 10:00\n")
    told = read_worksheet(head + "".join(rows))
    assert len(told) == 4
    assert {row.moment for row in told.values()} == {None}
    assert told["9"].address == "e@x"
