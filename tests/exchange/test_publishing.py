"""A release goes out and feedback comes back, and neither shows anybody what is another's."""

from __future__ import annotations

import os
import stat
import zipfile
from pathlib import Path

import pytest
from small_exchange import SLUG, exchange, package, release

from autograder.errors import AutograderError
from autograder.exchange import FolderExchange, publish


def test_a_release_lies_in_outbound_as_a_folder_and_as_a_zip(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    where = publish(tmp_path / "shared", release(tmp_path / "release"))
    assert where.name == SLUG
    assert sorted(p.relative_to(where).as_posix() for p in where.rglob("*") if p.is_file()) == [
        "01-sums.ipynb",
        "assignment.json",
        "public/test_public.py",
    ]
    with zipfile.ZipFile(where.parent / f"{SLUG}.zip") as archive:
        assert sorted(archive.namelist()) == [
            f"{SLUG}/01-sums.ipynb",
            f"{SLUG}/assignment.json",
            f"{SLUG}/public/test_public.py",
        ]
    modes = {name: stat.S_IMODE((tmp_path / "shared" / SLUG / name).stat().st_mode) for name in ("inbound", "feedback")}
    assert modes == {"inbound": 0o1733, "feedback": 0o711}
    assert all(p.stat().st_mode & 0o044 == 0o044 for p in where.rglob("*"))


def test_the_same_release_is_not_copied_again_and_another_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    first = publish(tmp_path / "shared", release(tmp_path / "release"))
    assert publish(tmp_path / "shared", release(tmp_path / "release")) == first
    outbound = tmp_path / "shared" / SLUG / "outbound"
    first.parent.rename(outbound / "20200101T000000Z-abc")
    second = publish(tmp_path / "shared", release(tmp_path / "release", due="2026-12-01T23:59:00+01:00"))
    assert len(list(outbound.iterdir())) == 2
    assert "2026-12-01" in (second / "assignment.json").read_text()


def test_permissions_that_somebody_chose_are_kept(tmp_path: Path) -> None:
    box = tmp_path / "shared" / SLUG / "inbound"
    box.mkdir(parents=True)
    box.chmod(0o2770)
    publish(tmp_path / "shared", release(tmp_path / "release"))
    assert stat.S_IMODE(box.stat().st_mode) == 0o2770


def test_what_is_no_release_and_where_is_no_exchange_are_told(tmp_path: Path) -> None:
    with pytest.raises(AutograderError) as refused:
        publish(tmp_path, tmp_path)
    assert refused.value.code == "no-release"
    with pytest.raises(AutograderError) as refused:
        publish(tmp_path / "nowhere", release(tmp_path / "release"))
    assert refused.value.code == "no-exchange"


def test_feedback_is_found_by_who_has_the_receipt_and_by_no_one_else(tmp_path: Path) -> None:
    there = exchange(tmp_path / "shared")
    mine, later, others = (
        there.submit(package("ada")),
        there.submit(package("ada", b"{}")),
        there.submit(package("bob")),
    )
    assert there.feedback(SLUG, [mine, later, others]) == ()
    there.give_back(SLUG, "ada", mine.sha256, b"<p>old</p>", b"{}")
    page = there.give_back(SLUG, "ada", mine.sha256, b"<p>new</p>", b"{}")
    (back,) = there.feedback(SLUG, [mine, later, others])
    assert (back.receipt, back.page) == (mine, b"<p>new</p>")
    assert mine.sha256 not in str(page), "the hash, which is on the grader's lists, is not the key itself"
    for folder in (page.parents[1], page.parents[2]):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o711, "others cannot list it"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="another user's rights need root")
def test_a_student_reads_feedback_without_any_rights_of_their_own_and_lists_nothing(tmp_path: Path) -> None:
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    there = exchange(tmp_path / "shared")
    receipt = there.submit(package("ada"))
    there.give_back(SLUG, "ada", receipt.sha256, b"<p>well done</p>", b"{}")
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.setgid(65534)
        os.setuid(65534)
        found = FolderExchange(there.root).feedback(SLUG, [receipt])
        listed: list[Path] = []
        for folder in (there.root / SLUG / "feedback", there.root / SLUG / "feedback" / "ada"):
            try:
                listed += list(folder.iterdir())
            except PermissionError:
                continue
        os.write(writer, repr(([one.page for one in found], listed)).encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reader, 1000).decode() == repr(([b"<p>well done</p>"], []))
