"""A package on its way into the folder exchange: whole or not at all, over nothing, and with a receipt."""

from __future__ import annotations

import hashlib
import io
import json
import multiprocessing
import os
import resource
import signal
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from small_exchange import NOTEBOOK, NOW, SLUG, exchange, package

from autograder.errors import AutograderError
from autograder.exchange import (
    MANIFEST,
    FolderExchange,
    Standing,
    inbound,
    load_receipt,
    own_receipts,
    pack,
    read_manifest,
    save_receipt,
    transport_at,
)
from autograder.grading.archive import read_files
from autograder.grading.intake import digest_of


def test_the_package_is_the_same_for_the_same_work_and_intake_reads_it_as_the_bare_notebook() -> None:
    one, other = package(), package()
    assert one.content == other.content
    files = read_files(io.BytesIO(one.content))
    assert files == ((f"{SLUG}.ipynb", NOTEBOOK),), "the manifest is no part of what is graded"
    assert one.manifest.digest == digest_of(files)
    manifest = read_manifest(io.BytesIO(one.content))
    assert manifest == one.manifest
    assert manifest.files[0].sha256 == hashlib.sha256(NOTEBOOK).hexdigest()
    assert manifest.created == "2026-11-21T20:00:00+00:00"


def test_a_receipt_names_the_bytes_that_lie_there_and_counts_attempts(tmp_path: Path) -> None:
    there = exchange(tmp_path / "shared")
    before = datetime.now(UTC)
    first, second = (there.submit(package(notebook=NOTEBOOK + end)) for end in (b"", b" "))
    other = there.submit(package("bob"))
    assert [r.attempt for r in (first, second, other)] == [1, 2, 1]
    lying = (there.root / SLUG / "inbound" / first.place).read_bytes()
    assert hashlib.sha256(lying).hexdigest() == first.sha256
    assert abs((datetime.fromisoformat(first.received) - before).total_seconds()) < 60
    assert datetime.fromisoformat(first.local) == datetime.fromisoformat(first.received)
    assert there.receipts(SLUG, "ada") == (first, second)


def test_receipts_are_kept_beside_the_notebook_and_read_back(tmp_path: Path) -> None:
    there = exchange(tmp_path / "shared")
    first, second = there.submit(package()), there.submit(package())
    paths = [save_receipt(receipt, tmp_path) for receipt in (first, msgspec.structs.replace(second, sha256="0" * 64))]
    assert load_receipt(paths[0]) == first
    (tmp_path / "receipts" / "notes.json").write_text("{}")
    assert {r.sha256 for r in own_receipts(tmp_path, SLUG)} == {first.sha256, "0" * 64}
    assert own_receipts(tmp_path, SLUG, "bob") == own_receipts(tmp_path, "02-other") == ()
    with pytest.raises(FileExistsError):
        save_receipt(first, tmp_path)


def test_a_receipt_tells_whether_its_file_is_the_same_was_changed_or_is_gone(tmp_path: Path) -> None:
    there = exchange(tmp_path / "shared")
    receipt = there.submit(package())
    path = there.root / SLUG / "inbound" / receipt.place
    assert there.standing(receipt) is Standing.SAME
    path.write_bytes(path.read_bytes() + b"!")
    assert there.standing(receipt) is Standing.CHANGED
    path.unlink()
    assert there.standing(receipt) is Standing.GONE
    path.symlink_to("/etc/hostname")
    assert there.standing(receipt) is Standing.CHANGED, "a link is not followed"
    elsewhere = msgspec.structs.replace(receipt, place="../../../etc/hostname")
    assert there.standing(elsewhere) is Standing.GONE


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{" * 100_000,
        b"x" * (2 << 20),
        json.dumps({"schema": 2}).encode(),
    ],
)
def test_what_is_no_receipt_is_refused_in_one_shape(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "r.json").write_bytes(content)
    with pytest.raises(AutograderError) as refused:
        load_receipt(tmp_path / "r.json")
    assert refused.value.code == "bad-receipt"


def test_a_receipt_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    receipt = exchange(tmp_path / "shared").submit(package())
    for changed in ({"place": "../secret.zip"}, {"place": ".hidden"}, {"slug": "../x"}, {"student": "a/b"}):
        told = json.loads(msgspec.json.encode(receipt)) | changed
        (tmp_path / "r.json").write_text(json.dumps(told))
        with pytest.raises(AutograderError, match="no receipt"):
            load_receipt(tmp_path / "r.json")


def _hand_in(root: str, student: str) -> None:
    for _ in range(5):
        FolderExchange(Path(root)).submit(package(student))


def test_many_at_once_lose_nothing_and_leave_nothing_unfinished(tmp_path: Path) -> None:
    there = exchange(tmp_path / "shared")
    students = [f"student-{n}" for n in range(6)]
    processes = [
        multiprocessing.get_context("fork").Process(target=_hand_in, args=(str(there.root), s)) for s in students
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    arrived = list(inbound(there.root, SLUG))
    assert [(a.student, a.attempt) for a in arrived] == [(s, n) for s in students for n in range(1, 6)]
    assert all(a.manifest is not None and a.path.read_bytes() == package(a.student).content for a in arrived)
    assert not [p for p in (there.root / SLUG / "inbound").iterdir() if p.name.startswith(".")]


def _hand_in_on_a_full_disk(root: str, told: str) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))  # every write beyond it fails, as on a full disk
    try:
        FolderExchange(Path(root)).submit(package(notebook=b"x" * 10_000))
    except AutograderError as error:
        Path(told).write_text(error.render())


def test_a_full_disk_is_told_and_nothing_half_is_left(tmp_path: Path) -> None:
    there = exchange(tmp_path / "shared")
    told = tmp_path / "told"
    context = multiprocessing.get_context("fork")
    process = context.Process(target=_hand_in_on_a_full_disk, args=(str(there.root), str(told)))
    process.start()
    process.join()
    assert told.read_text().startswith("error[not-handed-in]: ")
    assert "Nothing was handed in." in told.read_text()
    assert list((there.root / SLUG / "inbound").iterdir()) == []


def test_an_exchange_that_is_not_there_or_does_not_collect_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(AutograderError, match="not there") as missing:
        transport_at(str(tmp_path / "nowhere")).submit(package())
    assert missing.value.code == "no-exchange"
    with pytest.raises(AutograderError) as unknown:
        transport_at(str(tmp_path)).submit(package())
    assert unknown.value.code == "not-collecting"
    with pytest.raises(AutograderError) as web:
        transport_at("https://course.example/exchange")
    assert web.value.code == "no-such-transport"


@pytest.mark.parametrize("name", ["../x.ipynb", "/etc/passwd", "a\\b.py", "C:evil", "a\nb", "x" * 300, "a//b"])
def test_files_that_no_grader_would_read_are_not_packed(name: str) -> None:
    with pytest.raises(AutograderError) as refused:
        pack(SLUG, "abc", "ada", ((name, b""),), NOW)
    assert refused.value.code == "bad-file-name"
    assert "\n" not in refused.value.what


def test_names_that_fall_together_elsewhere_are_not_packed() -> None:
    with pytest.raises(AutograderError, match="one name on some systems"):
        pack(SLUG, "abc", "ada", (("a.py", b""), ("A.py", b"")), NOW)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="another user's rights need root")
def test_in_a_drop_box_that_students_cannot_list_they_hand_in_and_check_their_own(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    for parent in tmp_path.parents[:2]:
        parent.chmod(0o755)
    there = exchange(tmp_path / "shared")
    there.submit(package("root"))
    (other,) = inbound(there.root, SLUG)
    answers = tmp_path / "answers"
    answers.mkdir(mode=0o777)
    answers.chmod(0o777)
    child = os.fork()
    if child == 0:
        try:
            os.umask(0o077)
            os.setgid(65534)
            os.setuid(65534)
            receipt = there.submit(package("nobody"))
            told = [receipt.attempt, there.receipts(SLUG, "nobody"), there.standing(receipt)]
            (answers / "told").write_text(repr(told))
            try:
                other.path.unlink()
            except PermissionError:
                (answers / "refused").touch()
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    assert (answers / "told").read_text() == repr([None, None, Standing.SAME]), "it cannot count, and says so"
    assert (answers / "refused").exists(), "what others handed in stays"
    mine, roots = inbound(there.root, SLUG)
    assert (mine.student, mine.owner, mine.owner_differs, mine.doubts) == ("nobody", "nobody", False, ())
    assert roots.student == "root"
    assert mine.manifest is not None, "the umask does not keep the grader out"


def test_a_zip_without_our_manifest_has_none() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("x.ipynb", "{}")
    with pytest.raises(ValueError, match="holds no manifest"):
        read_manifest(buffer)
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(MANIFEST, "x" * (2 << 20))
    with pytest.raises(ValueError, match="too large"):
        read_manifest(buffer)
