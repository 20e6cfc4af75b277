"""The levels of isolation: which is chosen, what each shows to a worker, and that nothing of a worker is left."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from autograder.errors import AutograderError
from autograder.examiner.host import ExaminerHost
from autograder.sandbox import levels
from autograder.sandbox.leases import Lease
from autograder.sandbox.levels import LEVELS, Offer, offers, open_sandbox, strongest
from autograder.sandbox.machine import Missing
from autograder.sandbox.slots import FIRST_UID, Slots
from autograder.sandbox.worker import Sandbox, WorkerLimits
from autograder.wire.frames import Channel
from autograder.wire.peer import Peer

HERE = [offer.level for offer in offers() if offer.missing is None and offer.level != "container"]
KEEP_SLOT = """
import sys, time
from autograder.sandbox.levels import open_sandbox
from autograder.sandbox.worker import WorkerLimits
sandbox = open_sandbox(isolation="uid")
worker = sandbox.start((), WorkerLimits(), 1)
print(worker._slot.number, flush=True)
time.sleep(600)
"""


@pytest.fixture(scope="module", params=HERE)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    made = open_sandbox(isolation=request.param, jobs=2)
    yield made
    made.close()


def answer(sandbox: Sandbox, source: str, *files: tuple[str, bytes]) -> Any:
    """What a fresh worker has in `answer` after the cell `source`."""
    worker = sandbox.start(files, WorkerLimits(), 1)
    try:
        peer = Peer(torch, Channel(worker.connection), ExaminerHost(torch, str))
        peer.channel.deadline = time.monotonic() + 60
        told = peer.operate("load", 1, f"import os\n{source}")
        assert "type" not in told, told
        return peer.operate("find", "answer")
    finally:
        worker.end()


def test_the_strongest_that_is_offered_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = Missing("x", "y", "z")
    for offered, expected in (
        ((Offer("process"), Offer("uid"), Offer("container")), "container"),
        ((Offer("process"), Offer("uid"), Offer("container", missing)), "uid"),
        ((Offer("process"), Offer("uid", missing), Offer("container", missing)), "process"),
        (tuple(Offer(level, missing) for level in LEVELS[1:]), "process"),
    ):
        monkeypatch.setattr(levels, "offers", lambda offered=offered: offered)
        assert strongest() == expected


def test_a_level_that_is_not_offered_is_refused_with_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = Missing("rights", "this needs root", "run as root")
    monkeypatch.setattr(levels, "offers", lambda: (Offer("process"), Offer("uid", missing)))
    with pytest.raises(AutograderError, match="does not offer isolation by uid") as refused:
        open_sandbox(isolation="uid")
    assert (refused.value.why, refused.value.fix) == ("this needs root", "run as root")


def test_no_level_is_offered_below_the_weakest_walls() -> None:
    assert [offer.level for offer in offers()] == ["process", "uid", "container"]


def test_a_worker_finds_its_files_and_its_own_folder(sandbox: Sandbox) -> None:
    source = "open('mine', 'w').write('x'); answer = sorted(os.listdir('.')) + [open('data/a.txt').read()]"
    assert answer(sandbox, source, ("data/a.txt", b"hello")) == ["data", "mine", "hello"]


def test_temporary_files_lie_in_its_own_folder(sandbox: Sandbox) -> None:
    source = """
import tempfile
with tempfile.NamedTemporaryFile() as file:
    answer = os.path.dirname(file.name) == os.getcwd()
"""
    assert answer(sandbox, source) is True


def test_a_worker_keeps_to_its_cores(sandbox: Sandbox) -> None:
    cores = len(os.sched_getaffinity(0))
    assert answer(sandbox, "answer = len(os.sched_getaffinity(0))") == max(1, cores // 2)


def test_a_worker_that_cannot_be_locked_in_is_the_platforms_fault_in_its_own_words(sandbox: Sandbox) -> None:
    worker = sandbox.start((), replace(WorkerLimits(), open_files=-2), 1)
    assert worker.connection.recv(1) == b""
    reason, words = worker.end() or ("", "")
    assert reason == "platform"
    assert "could not be made ready" in words
    assert "ValueError" in words
    assert answer(sandbox, "answer = 1") == 1


def test_nothing_of_a_worker_is_left(sandbox: Sandbox) -> None:
    source = "answer = [os.getpid(), os.getcwd()]"
    pid, folder = answer(sandbox, source)
    assert not Path(f"/proc/{pid}").exists() or Path(f"/proc/{pid}/cmdline").read_bytes() == b""
    assert not Path(folder).exists()


@pytest.mark.skipif("uid" not in HERE, reason="user ids of one's own are not offered here")
def test_each_worker_is_a_user_without_rights_in_a_file_system_of_its_own() -> None:
    sandbox = open_sandbox(isolation="uid", jobs=2)
    first = sandbox.start((), WorkerLimits(), 1)
    try:
        source = """
def there(path):
    try:
        os.stat(path)
        return True
    except OSError:
        return False
seen = [p for p in ('/etc/passwd', '/home', '/var', '/usr/bin') if there(p)]
answer = [os.getuid(), os.getgid(), os.getgroups(), seen]
"""
        uid, gid, groups, seen = answer(sandbox, source)
    finally:
        first.end()
        sandbox.close()
    assert uid == gid
    assert uid > FIRST_UID, "the first slot is the other worker's"
    assert groups == []
    assert seen == []


@pytest.mark.skipif("uid" not in HERE, reason="user ids of one's own are not offered here")
def test_a_user_id_whose_supervisor_was_killed_is_given_on_without_its_processes() -> None:
    process = subprocess.Popen([sys.executable, "-c", KEEP_SLOT], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    number = int(process.stdout.readline())
    process.kill()
    process.wait()
    slots = Slots(1, own_uids=True)
    leased: list[Lease] = []
    try:
        while not leased or leased[-1].number < number:
            leased.append(slots.lease())
        assert leased[-1].number == number
        assert uids_in_use().isdisjoint({FIRST_UID + number})
    finally:
        for lease in leased:
            lease.release()


def uids_in_use() -> set[int]:
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                status = (entry / "status").read_text()
            except OSError:
                continue
            if "\nState:\tZ" not in status:
                found.add(int(status.partition("\nUid:\t")[2].split("\t")[0]))
    return found
