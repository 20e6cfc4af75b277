"""The watch ends a real process that takes too much, says why, and leaves the others alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from autograder.sandbox.scratch import remove
from autograder.sandbox.watch import DEEPEST, MOST_FILES, Watch, Watched, WatchLimits, folder_bytes, usage
from autograder.wire.ring import RING_BYTES

MB = 1 << 20
LIMITS = WatchLimits(memory_bytes=64 * MB, threads=8, folder_bytes=4 * MB, cpu_seconds=60)
READY = "print('ready', flush=True); input()\n"


@dataclass
class Running:
    """A process under watch, which waits for a line before it does its deed."""

    process: subprocess.Popen[str]
    pidfd: int
    watched: Watched

    def go(self) -> int:
        """Let it; how it ended."""
        self.process.communicate("\n", timeout=60)
        return self.process.returncode


class Yard:
    """Starts processes under one watch, and clears them away."""

    def __init__(self, folder: Path) -> None:
        self.watch = Watch()
        self.folder = folder
        self.running: list[Running] = []

    def start(self, source: str, limits: WatchLimits = LIMITS) -> Running:
        process = subprocess.Popen(
            [sys.executable, "-c", READY + source],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=self.folder,
        )
        assert process.stdout is not None
        process.stdout.readline()
        pidfd = os.pidfd_open(process.pid)
        baseline = usage(process.pid).memory_kb
        self.running.append(
            Running(process, pidfd, self.watch.add(process.pid, pidfd, limits, str(self.folder), baseline))
        )
        return self.running[-1]

    def clear(self) -> None:
        for running in self.running:
            self.watch.remove(running.watched)
            running.process.kill()
            running.process.communicate()
            os.close(running.pidfd)


@pytest.fixture
def yard(tmp_path: Path) -> Iterator[Yard]:
    yard = Yard(tmp_path)
    yield yard
    yard.clear()


@pytest.mark.parametrize(
    "source",
    [
        "kept = []\nwhile True: kept.append(bytearray(b'x' * 1000000))",
        "import mmap\nm = mmap.mmap(-1, 500 << 20)\nfor i in range(0, 500 << 20, 4096): m[i] = 1\ninput()",
    ],
    ids=["private", "shared"],
)
def test_a_process_that_grows_is_killed_for_its_memory(yard: Yard, source: str) -> None:
    running = yard.start(source)
    assert running.go() == -signal.SIGKILL
    assert running.watched.killed_for == ("out_of_memory", "more than 64 MB of memory was used")
    assert running.watched.peak_kb > 64 * 1024


def test_threads_are_counted(yard: Yard) -> None:
    running = yard.start(
        "import threading, time\nfor i in range(20): threading.Thread(target=time.sleep, args=(60,)).start()"
    )
    assert running.go() == -signal.SIGKILL
    assert running.watched.killed_for == ("limit", "more than 8 threads were started")


def test_disk_is_counted_over_all_files(yard: Yard) -> None:
    running = yard.start(
        "import os, time\nos.mkdir('a')\nfor i in range(8): open(f'a/{i}', 'wb').write(bytes(1 << 20))\ntime.sleep(60)"
    )
    assert running.go() == -signal.SIGKILL
    assert running.watched.killed_for == ("limit", "more than 4 MB were written to disk")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may look at what has no name")
def test_what_is_shared_with_the_examiner_is_no_disk_space_and_more_than_that_is(yard: Yard) -> None:
    hold = "import os, time\nd = os.memfd_create('wire')\nos.write(d, bytes({}))\ntime.sleep({})"
    modest = yard.start(hold.format(RING_BYTES, 0.6))
    greedy = yard.start(hold.format(RING_BYTES + LIMITS.folder_bytes + MB, 60))
    assert greedy.go() == -signal.SIGKILL
    assert greedy.watched.killed_for == ("limit", "more than 4 MB were written to disk")
    assert modest.go() == 0


def test_files_without_end_are_a_limit_too(yard: Yard) -> None:
    running = yard.start(f"import time\nfor i in range({MOST_FILES + 10}): open(str(i), 'w').close()\ntime.sleep(60)")
    assert running.go() == -signal.SIGKILL
    assert running.watched.killed_for == ("limit", f"the work folder holds more than {MOST_FILES} files")


def test_one_that_keeps_its_limits_is_left_alone_beside_one_that_does_not(yard: Yard) -> None:
    modest = yard.start("sum(range(5_000_000)); print('done')")
    greedy = yard.start("kept = []\nwhile True: kept.append(bytearray(b'x' * 1000000))")
    assert greedy.go() == -signal.SIGKILL
    assert modest.go() == 0
    assert modest.watched.killed_for is None


def test_memory_that_the_zygote_holds_already_is_not_counted() -> None:
    assert usage(os.getpid()).memory_kb > 1000
    assert usage(os.getpid()).threads >= 1


def test_cpu_time_is_measured(yard: Yard) -> None:
    running = yard.start("while True: pass")
    assert running.process.stdin is not None
    running.process.stdin.write("\n")
    running.process.stdin.flush()
    deadline = time.monotonic() + 60
    while running.watched.cpu_seconds < 0.3 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert running.watched.cpu_seconds >= 0.3


def test_a_name_full_of_brackets_does_not_confuse_the_watch(yard: Yard) -> None:
    running = yard.start(
        "open('/proc/self/comm', 'w').write('a) R 1 (\\nThreads')\n"
        "kept = []\nwhile True: kept.append(bytearray(b'x' * 1000000))"
    )
    assert running.go() == -signal.SIGKILL
    assert running.watched.killed_for == ("out_of_memory", "more than 64 MB of memory was used")


def test_watching_what_has_ended_is_refused(yard: Yard) -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    with pytest.raises(ProcessLookupError):
        yard.watch.add(process.pid, -1, LIMITS, str(yard.folder), 0)


def test_a_watch_starts_again_after_a_pause(yard: Yard) -> None:
    first = yard.start("")
    assert first.go() == 0
    yard.watch.remove(first.watched)
    yard.watch.remove(first.watched)
    time.sleep(0.1)
    greedy = yard.start("kept = []\nwhile True: kept.append(bytearray(b'x' * 1000000))")
    assert greedy.go() == -signal.SIGKILL


def test_links_are_not_followed_when_a_folder_is_measured(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "big").write_bytes(bytes(4 * MB))
    (tmp_path / "work" / "file").symlink_to(tmp_path / "big")
    (tmp_path / "work" / "folder").symlink_to(tmp_path)
    assert folder_bytes(str(tmp_path / "work")) < MB


def test_holes_cost_nothing_and_contents_do(tmp_path: Path) -> None:
    with (tmp_path / "hole").open("wb") as file:
        file.truncate(1 << 40)
    assert folder_bytes(str(tmp_path)) < MB
    (tmp_path / "full").write_bytes(b"x" * MB)
    assert MB <= folder_bytes(str(tmp_path)) < 2 * MB


def test_a_folder_nested_too_deep_is_refused(tmp_path: Path) -> None:
    (tmp_path / "/".join("d" * (DEEPEST + 2))).mkdir(parents=True)
    with pytest.raises(OverflowError, match="deep"):
        folder_bytes(str(tmp_path))


def test_folders_with_paths_longer_than_the_system_takes_are_measured_all_the_same(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(20):
        os.mkdir("n" * 255, dir_fd=here)
        inner = os.open("n" * 255, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.write(os.open("file", os.O_CREAT | os.O_WRONLY, dir_fd=here), bytes(MB))
    assert folder_bytes(str(tmp_path)) >= MB
    remove(tmp_path)


def test_a_process_that_cannot_be_looked_at_is_ended_and_the_others_are_still_watched(yard: Yard) -> None:
    odd = yard.start("import time; time.sleep(60)")
    os.dup2(os.open(os.devnull, os.O_RDONLY), odd.watched.status_fd)
    greedy = yard.start(f"x = bytearray(200 * {MB}); import time; time.sleep(60)")
    assert odd.go() == -signal.SIGKILL
    assert odd.watched.killed_for == ("limit", "what it uses could not be told (KeyError)")
    assert greedy.go() == -signal.SIGKILL


def test_processor_time_of_all_threads_together_is_a_limit(yard: Yard) -> None:
    busy = yard.start("while True: pass", replace(LIMITS, cpu_seconds=0.2))
    assert busy.go() == -signal.SIGKILL
    assert busy.watched.killed_for is not None
    assert busy.watched.killed_for[0] == "timeout"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root sees the descriptors of others")
@pytest.mark.parametrize("keep", ["file", "mmap.mmap(file.fileno(), 4096, prot=mmap.PROT_READ)"])
def test_files_without_a_name_are_counted_while_they_are_open_or_mapped(yard: Yard, keep: str) -> None:
    source = f"""
import mmap, os, time
held = []
for i in range(100):
    file = open('x', 'w+b'); os.remove('x')
    file.write(bytes({MB})); file.flush()
    held.append({keep})
    time.sleep(0.02)
time.sleep(60)
"""
    hoarder = yard.start(source)
    assert hoarder.go() == -signal.SIGKILL
    assert hoarder.watched.killed_for is not None
    assert "written to disk" in hoarder.watched.killed_for[1]
