"""Names, archives and files chosen to do harm: none escapes, none stops the others, each is accounted for."""

from __future__ import annotations

import contextlib
import io
import json
import os
import resource
import signal
import stat
import zipfile
from pathlib import Path

import pytest
from downloads import SLUG, in_folder, in_zip, notebook

from autograder.errors import AutograderError
from autograder.grading import paths
from autograder.interop.collect import Asked, Collection, Fate, Wanted, collect


def collected(download: Path, to: Path, platform: str = "auto") -> Collection:
    return collect(Asked(download, to, platform, Wanted(SLUG)))


def tree(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


GOOD = {"lovelaceada_1_10_sums.ipynb": notebook("ada")}
MOODLE_GOOD = {"Ada_1_assignsubmission_file/sums.ipynb": notebook("ada")}
COLLECTED = {"lovelaceada/sums.ipynb", "collected.json"}


@pytest.mark.parametrize(
    "name",
    [
        "../../../evil_2_20_sums.ipynb",
        "/etc/evil_2_20_sums.ipynb",
        "evil_2_20_..\\..\\sums.ipynb",
        "C:evil_2_20_sums.ipynb",
        "evil\x1b[31m_2_20_sums.ipynb",
        "evil\n_2_20_sums.ipynb",
        "evil_2_20_" + "s" * 250 + ".ipynb",
        "./evil_2_20_sums.ipynb",
    ],
)
def test_an_unsafe_name_in_a_zip_is_named_and_the_others_are_collected(name: str, tmp_path: Path) -> None:
    found = collected(in_zip(tmp_path / "all.zip", {**GOOD, name: notebook("evil")}), tmp_path / "in" / "to")
    assert tree(tmp_path / "in" / "to") == COLLECTED
    assert sorted(file.fate for file in found.files) in (
        [Fate.COLLECTED, Fate.UNSAFE],
        [Fate.COLLECTED, Fate.STRANGE],
    )
    assert {path.name for path in tmp_path.iterdir()} == {"all.zip", "in"}


@pytest.mark.parametrize(
    "inside", ["../../evil.ipynb", "a/../../evil.ipynb", "/evil.ipynb", "a\\b.ipynb", ".hidden/x.ipynb"]
)
def test_an_unsafe_name_below_a_students_folder_is_left_out(inside: str, tmp_path: Path) -> None:
    files = {**MOODLE_GOOD, f"Bob_2_assignsubmission_file/{inside}": notebook("evil")}
    found = collected(in_zip(tmp_path / "all.zip", files), tmp_path / "to")
    assert tree(tmp_path / "to") == {"ada/sums.ipynb", "collected.json"}
    bob = next(student for student in found.students if student.name == "Bob")
    assert bob.fate is (Fate.NO_NOTEBOOK if inside.startswith(".hidden") else Fate.UNSAFE)
    assert {file.fate for file in found.files} <= {Fate.COLLECTED, Fate.UNSAFE, Fate.HIDDEN}


@pytest.mark.parametrize(
    "name",
    [
        "..",
        "../..",
        ".",
        "CON",
        "nul.txt",
        "a/../b",
        "\u202egnp.ipynb",
        "--help",
        "-rf",
        "$(reboot)",
        "~root",
        "\u200f",
    ],
)
def test_no_name_of_a_student_becomes_anything_but_one_plain_folder(name: str, tmp_path: Path) -> None:
    metadata = json.dumps({"submission_1": {":submitters": [{":name": name, ":sid": name}], ":created_at": None}})
    files = {"submission_metadata.yml": metadata.encode(), "submission_1/sums.ipynb": notebook()}
    found = collected(in_folder(tmp_path / "all", files), tmp_path / "to", "gradescope")
    (student,) = found.students
    assert (tmp_path / "to" / student.place / "sums.ipynb").read_bytes() == notebook()
    assert not paths.name_fault(student.place)
    assert student.place[0].isalnum()
    assert all(c.isalnum() or c in "._-" for c in student.place)
    assert len(tree(tmp_path / "to")) == 2


def test_links_and_pipes_are_never_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.ipynb").write_bytes(notebook("secret"))
    there = in_folder(tmp_path / "all", GOOD)
    (there / "evil_2_20_sums.ipynb").symlink_to(tmp_path / "secret.ipynb")
    (there / "evil_3_30_sums.ipynb").symlink_to(tmp_path)
    os.mkfifo(there / "evil_4_40_sums.ipynb")
    found = collected(there, tmp_path / "to")
    assert tree(tmp_path / "to") == COLLECTED
    assert sorted(file.fate for file in found.files) == [Fate.COLLECTED, Fate.UNSAFE, Fate.UNSAFE, Fate.UNSAFE]
    (tmp_path / "link").symlink_to(there)
    with pytest.raises(AutograderError, match="cannot be read"):
        collected(tmp_path / "link", tmp_path / "to")


def test_a_link_in_a_zip_is_not_made(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("lovelaceada_1_10_sums.ipynb", notebook("ada"))
        link = zipfile.ZipInfo("evil_2_20_sums.ipynb")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    found = collected(tmp_path / "all.zip", tmp_path / "to")
    assert tree(tmp_path / "to") == COLLECTED
    assert [file.fate for file in found.files] == [Fate.UNSAFE, Fate.COLLECTED]


def test_a_bomb_costs_its_maker_alone(tmp_path: Path) -> None:
    files = {**GOOD, "evil_2_20_sums.ipynb": bytes(paths.MAX_FILE_BYTES + 1), "bomb_3_30_sums.ipynb": bytes(40 << 20)}
    found = collected(in_zip(tmp_path / "all.zip", files), tmp_path / "to")
    assert tree(tmp_path / "to") == COLLECTED
    told = {student.key: student for student in found.students}
    assert told["2"].fate is told["3"].fate is Fate.UNREADABLE
    assert "MB" in told["2"].why
    assert "bomb" in told["3"].why


def test_what_submit_takes_in_one_zip_is_collected(tmp_path: Path) -> None:
    """Several files within the limit of one make a zip beyond it."""
    large = bytes(paths.MAX_FILE_BYTES + 1)
    found = collected(in_folder(tmp_path / "all", {**GOOD, "ada_2_20_work.zip": large}), tmp_path / "to")
    assert {student.fate for student in found.students} == {Fate.COLLECTED}


def test_a_students_own_zip_stays_closed(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("../../evil.ipynb", notebook())
    files = {**GOOD, "evil_2_20_work.zip": inner.getvalue()}
    collected(in_folder(tmp_path / "all", files), tmp_path / "to")
    assert tree(tmp_path / "to") == {*COLLECTED, "evil.zip"}
    assert (tmp_path / "to" / "evil.zip").read_bytes() == inner.getvalue()


def test_ten_thousand_files_of_one_student_are_that_students_loss(tmp_path: Path) -> None:
    files = {f"Evil_2_assignsubmission_file/{n}.py": b"" for n in range(10_000)}
    found = collected(in_zip(tmp_path / "all.zip", {**files, **MOODLE_GOOD}), tmp_path / "to")
    assert tree(tmp_path / "to") == {"ada/sums.ipynb", "collected.json"}
    assert len(found.files) == 10_001
    assert {s.name: s.fate for s in found.students} == {"Ada": Fate.COLLECTED, "Evil": Fate.UNREADABLE}


def test_two_names_that_are_one_on_some_machines_are_told_apart(tmp_path: Path) -> None:
    files = {
        "Zoe\u0308_1_assignsubmission_file/sums.ipynb": notebook("1"),
        "Zo\u00eb_2_assignsubmission_file/sums.ipynb": notebook("2"),
        "ZO\u00cb_3_assignsubmission_file/sums.ipynb": notebook("3"),
        "Zo\u00eb\u200b_4_assignsubmission_file/sums.ipynb": notebook("4"),
        "Zo\u00eb_4_assignsubmission_file/SUMS.ipynb": notebook("4b"),
    }
    found = collected(in_zip(tmp_path / "all.zip", files), tmp_path / "to", "moodle")
    assert len({student.place.casefold() for student in found.students}) == len(found.students)
    assert len(tree(tmp_path / "to")) == len(found.students) + 1


@pytest.mark.parametrize(
    "metadata",
    [
        b"",
        b"- 1\n",
        b"submission_1: 5\n",
        b"!!python/object/apply:os.system ['touch evil']\n",
        b"submission_1: !ruby/object:Gem::Installer {}\n",
        b"[" * 20_000,
        b"a: &a {x: 1}\nb: {<<: [*a, *a]}\n",
        b"\xff\xfe\x00",
        b"submission_1: {:submitters: [5, {}, {:name: []}], :created_at: {}}\n",
        b"a: &a [*b, *b]\n",
        b"submission_1: {:created_at: 9999-99-99 00:00:00}\n",
    ],
)
def test_hostile_metadata_is_refused_in_words_or_names_nobody(metadata: bytes, tmp_path: Path) -> None:
    files = {"submission_metadata.yml": metadata, "submission_1/sums.ipynb": notebook()}
    there = in_folder(tmp_path / "all", files)
    with contextlib.suppress(AutograderError):
        assert collected(there, tmp_path / "to", "gradescope").students == ()
    assert not tree(tmp_path / "to") - {"collected.json"}
    assert not (tmp_path / "evil").exists()
    assert not Path("evil").exists()


def test_a_damaged_zip_is_refused_in_words(tmp_path: Path) -> None:
    whole = in_zip(tmp_path / "all.zip", GOOD)
    (tmp_path / "half.zip").write_bytes(whole.read_bytes()[:-30])
    with pytest.raises(AutograderError, match="cannot be read") as refused:
        collected(tmp_path / "half.zip", tmp_path / "to")
    assert refused.value.code == "unreadable-download"


@pytest.mark.parametrize(
    "one", [5, None, {}, {"name": 5}, {"name": ""}, {"name": "../../out"}, {"name": "a/b"}, {"name": "/a"}]
)
def test_no_name_of_a_manifest_leads_out_of_the_folder(one: object, tmp_path: Path) -> None:
    in_folder(tmp_path / "to", {"collected.json": json.dumps({"schema": 1, "students": {"canvas:1": one}}).encode()})
    with pytest.raises(AutograderError, match=r"collected\.json cannot be read: what it says of canvas:1"):
        collected(in_folder(tmp_path / "all", GOOD), tmp_path / "to")
    assert {path.name for path in tmp_path.iterdir()} == {"all", "to"}


def test_what_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    there = in_folder(tmp_path / "all", GOOD)
    with pytest.raises(AutograderError, match="cannot be written") as refused:
        collected(there, Path("/proc/nothing/can/be/made/here"))
    assert refused.value.code == "not-written"


def test_a_name_of_a_zip_that_is_not_utf_8_costs_its_student_at_most(tmp_path: Path) -> None:
    """Windows writes cp437 and says so; what claims to be UTF-8 and is not belongs to nobody else either."""
    names = ["bob_2_20_L0sung.ipynb", "eve_3_30_\u0430.ipynb"]
    whole = in_zip(tmp_path / "all.zip", {**GOOD, **dict.fromkeys(names, notebook())}).read_bytes()
    (tmp_path / "all.zip").write_bytes(whole.replace(b"L0", b"L\x94").replace("\u0430".encode(), b"\xff\xff"))
    found = collected(tmp_path / "all.zip", tmp_path / "to")
    assert tree(tmp_path / "to") == {*COLLECTED, "bob/Lösung.ipynb"}
    assert [student.why for student in found.students if student.key == "3"] == [
        "eve_3_30_\ufffd\ufffd.ipynb: is not valid UTF-8"
    ]


def test_a_folder_that_may_not_be_opened_costs_its_student_alone(tmp_path: Path) -> None:
    files = {f"{name}_{n}_assignsubmission_file/sums.ipynb": notebook() for n, name in enumerate(("Ada", "Bob", "Eve"))}
    there = in_folder(tmp_path / "all", files)
    for place in (tmp_path, *tmp_path.parents[:2]):
        place.chmod(0o755)
    (there / "Bob_1_assignsubmission_file").chmod(0)
    (there / "Eve_2_assignsubmission_file" / "sums.ipynb").chmod(0)
    (tmp_path / "to").mkdir()
    (tmp_path / "to").chmod(0o777)
    child = os.fork()
    if child == 0:
        try:
            os.setuid(65534)
            found = collected(there, tmp_path / "to")
            (tmp_path / "to" / ".told").write_text(json.dumps({s.name: [s.fate, s.why] for s in found.students}))
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    (there / "Bob_1_assignsubmission_file").chmod(0o755)
    told = json.loads((tmp_path / "to" / ".told").read_text())
    assert {name: fate for name, (fate, _) in told.items()} == {
        "Ada": "collected",
        "Bob": "unreadable",
        "Eve": "unreadable",
    }
    assert told["Bob"][1] == "the folder cannot be opened: Permission denied"


def test_a_full_disk_stops_it_and_the_same_command_goes_on(tmp_path: Path) -> None:
    there = in_folder(tmp_path / "all", {f"ada{n}_{n}_{50 + n}_sums.ipynb": notebook(str(n)) for n in range(4)})
    child = os.fork()
    if child == 0:
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (len(notebook("1")) + 200, -1))  # the manifest soon grows beyond
            with contextlib.suppress(AutograderError):
                collected(there, tmp_path / "to")
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    before = tree(tmp_path / "to")
    assert 0 < len(before) < 5
    assert not [name for name in before if name.startswith(".")]
    found = collected(there, tmp_path / "to")
    assert {student.fate for student in found.students} == {Fate.COLLECTED, Fate.UNCHANGED}
    assert len(tree(tmp_path / "to")) == 5
