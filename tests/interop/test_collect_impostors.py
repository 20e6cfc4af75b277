"""Nobody takes another's place: not by the name of a file, nor by a name or number that students choose themselves."""

from __future__ import annotations

import json
from pathlib import Path

from downloads import SLUG, in_folder, in_zip, notebook

from autograder.interop.collect import Asked, Collection, Fate, Wanted, collect


def collected(download: Path, to: Path, platform: str = "auto") -> Collection:
    return collect(Asked(download, to, platform, Wanted(SLUG)))


def tree(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def placed(download: Path, to: Path, platform: str) -> dict[str, str]:
    """Whose each file became."""
    found = collected(download, to, platform)
    return {file.path: file.student for file in found.files if file.fate is Fate.COLLECTED}


def test_no_name_of_a_file_makes_it_another_students(tmp_path: Path) -> None:
    """Each of these is Bob's, whose file has in its name what would make it Ada's."""
    own = {
        "moodle": (
            "Ada_1_assignsubmission_file_sums.ipynb",
            "Bob_2_assignsubmission_file_x_1_assignsubmission_file_sums.ipynb",
        ),
        "canvas": ("lovelaceada_1_10_sums.ipynb", "babbagebob_2_20_lovelaceada_1_30_sums.ipynb"),
        "blackboard": (
            "Sums_ada_attempt_2026-11-20-10-00-00_sums.ipynb",
            "Sums_bob_attempt_2026-11-20-10-00-00_Sums_ada_attempt_2026-11-20-11-00-00_sums.ipynb",
        ),
        "brightspace": (
            "1-9 - Ada - Nov 20, 2026 1000 AM - sums.ipynb",
            "2-9 - Bob - 20 nov. 2026 1000 - 1-9 - Ada - Nov 1, 2026 1100 AM - sums.ipynb",
        ),
        "nbgrader": ("ada/01-sums/sums.ipynb", "bob/01-sums/submitted/ada/01-sums/sums.ipynb"),
    }
    for platform, (adas, bobs) in own.items():
        there = in_folder(tmp_path / platform, {adas: notebook("ada"), bobs: notebook("bob")})
        names = placed(there, tmp_path / f"to-{platform}", platform)
        assert "ada" in names[adas].lower(), platform
        assert names[bobs].lower().endswith("bob"), platform


def test_two_names_for_one_number_are_for_a_person_to_look_at(tmp_path: Path) -> None:
    files = {
        "Ada_1_assignsubmission_file/sums.ipynb": notebook("ada"),
        "Bob_1_assignsubmission_file_2_assignsubmission_file_sums.ipynb": notebook("bob"),
        "Eva_3_assignsubmission_file/sums.ipynb": notebook("eva"),
    }
    found = collected(in_folder(tmp_path / "all", files), tmp_path / "to")
    assert [student.name for student in found.students] == ["Eva"]
    assert sorted(file.fate for file in found.files) == [Fate.COLLECTED, Fate.UNSAFE, Fate.UNSAFE]


def test_one_number_with_two_addresses_is_for_a_person_to_look_at(tmp_path: Path) -> None:
    """A student can set name and number in Gradescope's profile as another has them; the address is their own."""
    people = [("Ada", "1", "ada@x"), ("Ada", "1", "mallory@x"), ("Eve", "3", "eve@x")]
    metadata = {
        f"submission_{n}": {":submitters": [dict(zip((":name", ":sid", ":email"), p, strict=True))]}
        for n, p in enumerate(people)
    }
    files = {f"submission_{n}/sums.ipynb": notebook(str(n)) for n, _ in enumerate(people)}
    there = in_folder(tmp_path / "all", {"submission_metadata.yml": json.dumps(metadata).encode(), **files})
    found = collected(there, tmp_path / "to")
    assert [student.name for student in found.students] == ["Eve"]
    assert sum(file.fate is Fate.UNSAFE for file in found.files) == 2


def test_a_name_that_ends_in_a_number_takes_nobodys_place_in_canvas(tmp_path: Path) -> None:
    files = {
        "lovelaceada_1001_5000001_sums.ipynb": notebook("ada"),
        "bob_1002_5000002_02_sums.ipynb": notebook("a number of the student's own is no doubt"),
        "_1003_5000003_12_34_sums.ipynb": notebook("of some names Canvas leaves nothing"),
        "lovelaceada_1001_1004_5000004_sums.ipynb": notebook("mallory, who is number 1004"),
    }
    found = collected(in_folder(tmp_path / "all", files), tmp_path / "to")
    assert tree(tmp_path / "to") == {
        "lovelaceada/sums.ipynb",
        "bob/02_sums.ipynb",
        "1003/12_34_sums.ipynb",
        "collected.json",
    }
    assert {f.path for f in found.files if f.fate is Fate.UNSAFE} == {"lovelaceada_1001_1004_5000004_sums.ipynb"}


def test_no_student_is_called_like_what_lies_among_their_folders(tmp_path: Path) -> None:
    own = {"a.ipynb": notebook()}
    files = {
        "collected.json_1_assignsubmission_file/a.ipynb": notebook(),
        "Ada.zip_2_assignsubmission_file/a.ipynb": notebook(),
        "ada_3_assignsubmission_file/work.zip": in_zip(tmp_path / "work.zip", own).read_bytes(),
    }
    found = collected(in_folder(tmp_path / "all", files), tmp_path / "to")
    assert {student.fate for student in found.students} == {Fate.COLLECTED}
    assert len({student.place for student in found.students}) == 3
    assert set(json.loads((tmp_path / "to" / "collected.json").read_bytes())) == {"schema", "students"}
