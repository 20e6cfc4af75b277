"""Reading a drop box that anybody may write to: claims are told as claims, and nothing stops the others."""

from __future__ import annotations

import json
import os
import pwd
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_exchange import SLUG, exchange, package

from autograder.errors import AutograderError
from autograder.exchange import Arrival, inbound
from autograder.exchange.manifest import checked_student, manifest_from, quoted
from autograder.exchange.names import claim, file_name

ME = pwd.getpwuid(os.getuid()).pw_name


def only(root: Path) -> Arrival:
    (arrival,) = inbound(root, SLUG)
    return arrival


def test_an_honest_arrival_has_no_doubts(tmp_path: Path) -> None:
    there = exchange(tmp_path / "shared")
    receipt = there.submit(package(ME))
    arrival = only(there.root)
    assert (arrival.student, arrival.attempt, arrival.doubts) == (ME, 1, ())
    assert arrival.path.name == receipt.place
    assert arrival.manifest is not None
    assert arrival.manifest.digest == receipt.digest
    assert abs(arrival.time - arrival.arrived) < timedelta(minutes=1)


def test_whoever_hands_in_as_another_is_not_accused_but_told(tmp_path: Path) -> None:
    there = exchange(tmp_path / "shared")
    there.submit(package("ada"))
    arrival = only(there.root)
    assert arrival.owner_differs
    assert arrival.doubts == (f"its file belongs to {ME}",)


def test_a_name_that_contradicts_the_manifest_is_told(tmp_path: Path) -> None:
    there = exchange(tmp_path / "shared")
    receipt = there.submit(package(ME))
    box = there.root / SLUG / "inbound"
    (box / receipt.place).rename(box / file_name("grace", datetime.now(UTC)))
    arrival = only(there.root)
    assert f"the student is {ME} in its manifest and grace by its place" in arrival.doubts


def test_a_time_that_the_file_system_does_not_bear_out_is_told(tmp_path: Path) -> None:
    there = exchange(tmp_path / "shared")
    receipt = there.submit(package(ME))
    box = there.root / SLUG / "inbound"
    backdated = box / file_name(ME, datetime.now(UTC) - timedelta(hours=5))
    (box / receipt.place).rename(backdated)
    os.utime(backdated, (0, 0))
    (doubt,) = only(there.root).doubts
    assert doubt.endswith("5 h later than its name says")


def test_what_is_no_submission_is_passed_over_and_what_is_a_bad_one_is_told(tmp_path: Path) -> None:
    there = exchange(tmp_path / "shared")
    box = there.root / SLUG / "inbound"
    there.submit(package(ME))
    good = only(there.root)
    now = datetime.now(UTC)
    (box / ".0123.part").write_bytes(b"half")
    (box / "notes.txt").write_text("hello")
    (box / "ada+yesterday+1.zip").write_bytes(b"")
    (box / file_name("folder", now)).mkdir()
    (box / file_name("link", now)).symlink_to(good.path)
    os.mkfifo(box / file_name("pipe", now))
    for student, content in (("empty", b""), ("garbage", b"PK" * 500), ("cut", good.path.read_bytes()[:-7])):
        (box / file_name(student, now)).write_bytes(content)
    found = {a.student: a for a in inbound(there.root, SLUG)}
    assert set(found) == {ME, "empty", "garbage", "cut"}
    assert found[ME].doubts == ()
    for student in ("empty", "garbage", "cut"):
        assert found[student].manifest is None
        assert any("zip" in doubt for doubt in found[student].doubts)


def test_an_assignment_that_is_not_collected_is_one_clear_error(tmp_path: Path) -> None:
    for slug, code in (("02-other", "not-collecting"), ("../../etc", "bad-slug"), (".", "bad-slug")):
        with pytest.raises(AutograderError) as refused:
            list(inbound(tmp_path, slug))
        assert refused.value.code == code


def test_a_class_that_was_copied_elsewhere_still_reads(tmp_path: Path) -> None:
    there = exchange(tmp_path / "shared")
    there.submit(package(ME))
    shutil.copytree(there.root, tmp_path / "copy")
    assert only(tmp_path / "copy").student == ME


NAMES = st.text(min_size=1, max_size=60)


@given(NAMES)
def test_every_name_becomes_a_plain_file_name_that_says_it_again_or_is_refused(name: str) -> None:
    try:
        student = checked_student(name)
    except AutograderError:
        return
    now = datetime(2026, 11, 21, 20, 0, 0, 7, tzinfo=UTC)
    called = file_name(student, now)
    assert called.isascii()
    assert not set(called) & set('/\\:*?"<>| ')
    assert not called.startswith(".")
    assert len(called) < 255
    said = claim(called)
    assert said is not None
    assert (said.student, said.time) == (student, now)


@given(NAMES, NAMES)
def test_two_students_never_share_a_name(one: str, other: str) -> None:
    assert (quoted(one) == quoted(other)) == (one == other)


@given(st.one_of(st.text(max_size=80), st.from_regex(r"[a-z%+.]{0,20}\+[0-9]{8}T[0-9]{12}Z\+[0-9a-f]{32}\.zip")))
def test_any_file_name_is_read_or_passed_over(name: str) -> None:
    said = claim(name)
    assert said is None or name.startswith(f"{quoted(said.student)}+")


@given(
    st.one_of(
        st.binary(max_size=300),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["schema", "slug", "version", "student", "created", "digest", "files", "python"]),
                    inner,
                )
            ),
            max_leaves=12,
        ).map(lambda value: json.dumps(value).encode()),
    )
)
def test_any_bytes_are_a_manifest_or_a_value_error(content: bytes) -> None:
    with pytest.raises(ValueError, match="manifest"):
        manifest_from(content)
